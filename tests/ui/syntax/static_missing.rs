csp_runtime::connect_src! {
    POLICY = ["https://api.example.com"];
}

fn main() {}
