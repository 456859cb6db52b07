//! Every spelling of a string literal.
#![deny(warnings)]

csp_runtime::connect_src! {
    static POLICY = [
        r"https://raw.example.com",
        r#"https://hashes.example.com"#,
        "https://\u{65}scapes.example.com",
        "https://continued.\
         example.com",
        "https://reason.example.com" => r#"called "live""#,
    ];
}

fn main() {
    assert_eq!(
        POLICY.header(),
        "connect-src https://raw.example.com https://hashes.example.com https://escapes.example.com \
         https://continued.example.com https://reason.example.com"
    );
}
