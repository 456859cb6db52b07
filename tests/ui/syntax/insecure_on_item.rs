csp_runtime::connect_src! {
    #[insecure(reason = "the till speaks no TLS")]
    pub static POLICY = ["http://till.example.com"];
}

fn main() {}
