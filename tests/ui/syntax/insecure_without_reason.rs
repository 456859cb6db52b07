csp_runtime::connect_src! {
    pub static POLICY = [#[insecure] "http://till.example.com"];
}

fn main() {}
