csp_runtime::connect_src! {
    pub static POLICY = ["https://api.\u{202e}example.com"];
}

fn main() {}
