csp_runtime::connect_src! {
    pub static POLICY = [#[insecure(reason = "")] "http://till.example.com"];
}

fn main() {}
