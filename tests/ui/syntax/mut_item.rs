csp_runtime::connect_src! {
    pub static mut POLICY = ["https://api.example.com"];
}

fn main() {}
