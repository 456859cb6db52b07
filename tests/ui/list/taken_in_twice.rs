csp_runtime::connect_src! {
    static SHOP = [self, "https://api.example.com"];
    pub static POLICY = [..SHOP, "https://pay.example.com", ..SHOP];
}

fn main() {}
