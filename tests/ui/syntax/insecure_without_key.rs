csp_runtime::connect_src! {
    pub static POLICY = [#[insecure("the till speaks no TLS")] "http://till.example.com"];
}

fn main() {}
