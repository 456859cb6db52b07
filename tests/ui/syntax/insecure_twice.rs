csp_runtime::connect_src! {
    pub static POLICY = [#[insecure(reason = "the till speaks no TLS")] #[insecure(reason = "it is old")] "http://till.example.com"];
}

fn main() {}
