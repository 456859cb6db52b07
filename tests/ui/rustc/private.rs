mod declarations {
    csp_runtime::connect_src! {
        static POLICY = ["https://api.example.com"];
    }
}

fn main() {
    let _ = declarations::POLICY.header();
}
