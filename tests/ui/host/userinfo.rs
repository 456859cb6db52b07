csp_runtime::connect_src! {
    pub static POLICY = ["https://user:secret@api.example.com"];
}

fn main() {}
