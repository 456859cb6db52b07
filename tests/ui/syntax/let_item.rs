csp_runtime::connect_src! {
    let policy = ["https://api.example.com"];
}

fn main() {}
