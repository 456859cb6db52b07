csp_runtime::connect_src! {
    pub static POLICY = ["https://bücher.example"];
}

fn main() {}
