csp_runtime::connect_src! {
    pub static POLICY = [c"https://api.example.com"];
}

fn main() {}
