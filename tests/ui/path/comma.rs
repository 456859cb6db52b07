csp_runtime::connect_src! {
    pub static POLICY = ["https://api.example.com/1,2/"];
}

fn main() {}
