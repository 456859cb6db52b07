csp_runtime::connect_src! {
    pub static POLICY = ["https://api.example.com/v1%2Fadmin/"];
}

fn main() {}
