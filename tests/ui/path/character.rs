csp_runtime::connect_src! {
    pub static POLICY = ["https://api.example.com/a|b/"];
}

fn main() {}
