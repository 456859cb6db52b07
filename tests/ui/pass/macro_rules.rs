//! Declarations that other macros write.
#![deny(warnings)]

macro_rules! declare {
    ($(#[$attribute:meta])* $visibility:vis $name:ident: $($url:literal),* $(; $other:expr)?) => {
        csp_runtime::connect_src! {
            $(#[$attribute])*
            $visibility static $name = [self, $($url,)* $($other)?];
        }
    };
}

macro_rules! header {
    ($($entry:tt)*) => {
        csp_runtime::connect_src!($($entry)*).header()
    };
}

macro_rules! endpoint {
    ($policy:path, $url:literal) => {
        csp_runtime::endpoint!($policy, $url)
    };
}

declare!(
    /// A declaration.
    pub(crate) SHOP: "https://api.example.com", "wss://ws.example.com"
);
declare!(OTHER: "https://api.example.com"; "https://expression.example.com");

const USERS: csp_runtime::Endpoint = endpoint!(self::SHOP, "https://api.example.com/v1/users");

fn main() {
    assert_eq!(SHOP.header(), "connect-src 'self' https://api.example.com wss://ws.example.com");
    assert_eq!(OTHER.header(), "connect-src 'self' https://api.example.com https://expression.example.com");
    assert_eq!(
        header!(
            self,
            #[cfg(all())]
            "https://tokens.example.com"
        ),
        "connect-src 'self' https://tokens.example.com"
    );
    assert_eq!(USERS.as_str(), "https://api.example.com/v1/users");
}
