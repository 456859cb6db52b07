csp_runtime::policy! {
    pub static PAGE = {
        default_src: [none],
        report_uri: ["/csp?a=1,2"],
    };
}

fn main() {}
