csp_runtime::connect_src! {
    pub static POLICY = [api-1.example.com];
}

fn main() {}
