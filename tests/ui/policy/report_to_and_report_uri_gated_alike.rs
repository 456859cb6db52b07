csp_runtime::policy! {
    pub static PAGE = {
        default_src: [self],
        base_uri: [none],
        #[cfg(debug_assertions)] report_uri: ["/csp"],
        #[cfg(debug_assertions)] report_to: "csp" => "/csp",
    };
}

fn main() {}
