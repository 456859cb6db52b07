csp_runtime::policy! {
    pub static PAGE = {
        default_src: [none],
        report_to: "CSP endpoint" => "/csp",
    };
}

fn main() {}
