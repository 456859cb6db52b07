csp_runtime::policy! {
    pub static PAGE = {
        default_src: [none],
        report_to: "csp" => "/csp",
        report_uri: ["/csp"],
    };
}

fn main() {}
