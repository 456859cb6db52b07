csp_runtime::connect_src! {
    pub static = ["https://api.example.com"];
}

fn main() {}
