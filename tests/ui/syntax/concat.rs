csp_runtime::connect_src! {
    pub static POLICY = [concat!("https://", "api.example.com")];
}

fn main() {}
