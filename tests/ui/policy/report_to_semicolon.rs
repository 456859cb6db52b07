csp_runtime::policy! {
    pub static PAGE = {
        default_src: [none],
        report_to: "csp" => "https://reports.example.com/csp;x",
    };
}

fn main() {}
