csp_runtime::connect_src! {
    pub static POLICY = ["1https://api.example.com"];
}

fn main() {}
