csp_runtime::policy! {
    pub static PAGE = {
        default_src: [self],
        base_uri: [none],
        report_only: true,
        #[cfg(debug_assertions)] report_to: "csp" => "/csp",
    };
}

fn main() {}
