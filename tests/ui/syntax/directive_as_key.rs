csp_runtime::connect_src! {
    connect_src: ["https://api.example.com"]
}

fn main() {}
