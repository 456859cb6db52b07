csp_runtime::connect_src! {
    pub static POLICY = ["https://api.example.com/users/{id}/posts"];
}

fn main() {}
