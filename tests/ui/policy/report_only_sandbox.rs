csp_runtime::policy! {
    pub static PAGE = {
        default_src: [none],
        sandbox: [allow_forms],
        report_only: true,
        report_to: "csp" => "/csp",
    };
}

fn main() {}
