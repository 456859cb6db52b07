csp_runtime::connect_src! {
    pub static POLICY = [
        https://api.example.com,
        wss://ws.example.com
    ];
}

fn main() {}
