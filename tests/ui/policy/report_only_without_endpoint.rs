csp_runtime::policy! {
    pub static PAGE = {
        default_src: [self],
        base_uri: [none],
        report_only: true,
    };
}

fn main() {}
