csp_runtime::policy! {
    pub static PAGE = {
        default_src: [none],
        #[cfg(debug_assertions)] report_to: "csp" => "/csp",
    };
}

fn main() {}
