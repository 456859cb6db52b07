csp_runtime::connect_src! {
    /// Everything the shop's pages may talk to.
    pub static SHOP = [
        self,
        "https://api.example.com/v1/" => "prices and carts",
        "wss://ws.example.com" => "live order feed",
        "https://*.cdn.example.com",
        "https://legacy.example.com" => "the old search; <b>gone</b> in | 2027",
        #[cfg(debug_assertions)] "http://localhost:*",
        #[cfg(debug_assertions)] "ws://localhost:*" => "reload of the development server",
        #[cfg(feature = "beta")] "https://beta.example.com",
    ];

    /// What the server's own clients may call.
    pub static BACKEND = ["https://payments.example.net/v1/", "https://id.example.net" => "sign-in"];
}

csp_runtime::policy! {
    pub static PAGE = {
        use_defaults: true,
        connect_src: [..SHOP, "https://metrics.example.org" => "page views, without cookies"],
    };
}
