csp_runtime::connect_src! {
    pub static POLICY = ["https://*/v1/"];
}

fn main() {}
