csp_runtime::policy! {
    pub static PAGE = {
        default_src: [none],
        report_to: "csp" => "http://reports.example.com/csp",
    };
}

fn main() {}
