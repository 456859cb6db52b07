csp_runtime::connect_src! {
    static SHOP = [self, "https://api.example.com"];
}

csp_runtime::policy! {
    pub static PAGE = {
        default_src: [none],
        base_uri: [none],
        connect_src: [..SHOP, "https://api.example.com"],
    };
}

fn main() {}
