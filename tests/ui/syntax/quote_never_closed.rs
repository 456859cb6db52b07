csp_runtime::connect_src! {
    pub static POLICY = ['self, "https://api.example.com"];
}

fn main() {}
