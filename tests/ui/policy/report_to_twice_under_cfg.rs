csp_runtime::policy! {
    pub static PAGE = {
        use_defaults: true,
        #[cfg(debug_assertions)] report_to: "csp" => "/csp",
        #[cfg(not(debug_assertions))] report_to: "csp" => "https://reports.example.com/csp",
    };
}

fn main() {}
