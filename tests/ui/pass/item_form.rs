//! Everything that an item can have.
#![deny(warnings)]

csp_runtime::connect_src! {
    /// Everything the shop's pages may talk to.
    pub static SHOP = [
        self,
        "https://api.example.com/v1/",
        "wss://ws.example.com" => "live order feed",
        "https://*.cdn.example.com:*",
        #[cfg(all())] #[insecure(reason = "the till speaks no TLS")] "http://till.example.com:8080" => "the till",
        #[cfg(any())] "http://localhost:*",
    ];
}

fn main() {
    let header = "connect-src 'self' https://api.example.com/v1/ wss://ws.example.com https://*.cdn.example.com:* \
                  http://till.example.com:8080";
    assert_eq!(SHOP.header(), header);
    assert_eq!(SHOP.header_value(), header);
    assert_eq!(SHOP.sources().len(), 5);
    assert_eq!(SHOP.name(), "SHOP");
    assert!(SHOP.file().ends_with("item_form.rs"));
    assert_eq!(SHOP.line(), 4);

    let guard = SHOP.guard();
    assert!(guard.allows("https://api.example.com/v1/users"));
    assert!(guard.allows("https://a.cdn.example.com:8443/"));
    assert!(!guard.allows("https://api.example.com/v2/users"));
    assert!(!guard.allows("https://ws.example.com/"));
    assert!(!guard.allows("http://localhost:3000/"));
}
