csp_runtime::policy! {
    pub static PAGE = {
        default_src: [none],
        report_to: "csp" => "reports.example.com/csp",
    };
}

fn main() {}
