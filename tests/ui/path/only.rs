csp_runtime::connect_src! {
    pub static POLICY = ["/v1/users"];
}

fn main() {}
