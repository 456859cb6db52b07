csp_runtime::policy! {
    pub static PAGE = {
        default_src: [none],
        report_uri: [],
    };
}

fn main() {}
