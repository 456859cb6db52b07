csp_runtime::policy! {
    pub static PAGE = {
        default_src: [none],
        report_to: "https://reports.example.com/csp",
    };
}

fn main() {}
