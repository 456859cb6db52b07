csp_runtime::connect_src! {
    pub static POLICY = ["wss"];
}

fn main() {}
