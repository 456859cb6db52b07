//! What comes from extensions, browsers, other sites and other builds. It is counted as accepted: noise is hidden, and never
//! thrown away.

use csp_monitor_tests::POLICY;

use crate::Case;

/// The page, what was blocked, and the source file.
const ROWS: &[(&str, &str, &str)] = &[
    ("https://shop.example.com/", "chrome-extension", ""),
    ("https://shop.example.com/", "chrome-extension:", ""),
    ("https://shop.example.com/", "chrome-extension://aapbdbdomjkkjkaonfhkkikfgjllcleb/x.js", ""),
    ("https://shop.example.com/", "moz-extension", ""),
    ("https://shop.example.com/", "moz-extension://", ""),
    ("https://shop.example.com/", "safari-extension://com.example.x/", ""),
    ("https://shop.example.com/", "safari-web-extension", ""),
    ("https://shop.example.com/", "webkit-masked-url://hidden/", ""),
    ("https://shop.example.com/", "user-script:3", ""),
    ("https://shop.example.com/", "https://tracker.example/t?s3cret", "chrome-extension"),
    ("https://shop.example.com/", "https://tracker.example/t?s3cret", "moz-extension://5b2b/content.js"),
    ("https://shop.example.com/", "https://tracker.example/t?s3cret", "safari-web-extension:"),
    ("https://shop.example.com/", "inline", "user-script"),
    ("about:blank", "https://evil.example/", ""),
    ("about:srcdoc", "inline", ""),
    ("https://shop.example.com/", "about", ""),
    ("https://shop.example.com/", "view-source", ""),
    ("https://shop.example.com/", "resource://gre/x", ""),
    ("https://shop.example.com/", "http://127.0.0.1:8080/socket", ""),
    ("https://shop.example.com/", "http://localhost/", ""),
    ("https://shop.example.com/", "ws://[::1]:3000/", ""),
    ("https://shop.example.com/", "file", ""),
    ("file:///home/user/page.html", "https://evil.example/", ""),
    ("https://shop.example.com/", "https", ""),
    ("https://shop.example.com/", "wss:", ""),
    ("https://shop.example.com/", "data", ""),
    ("https://shop.example.com/", "blob:https://shop.example.com/1-2-3", ""),
    ("https://shop.example.com/", "mediastream", ""),
    ("https://shop.example.com/", "", ""),
    ("https://shop.example.com/", "not a URL s3cret", ""),
    ("https://shop.example.com/", "//evil.example/x", ""),
    ("not a page", "https://evil.example/", ""),
    ("https://translate.example/shop", "https://evil.example/", ""),
    ("http://user:s3cret@shop.example.com/", "https://user:s3cret@evil.example/", ""),
];

pub(super) fn cases() -> Vec<Case> {
    let body = |page: &str, blocked: &str, file: &str, directive: &str, policy: &str| {
        // What is forbidden may be known by its name alone.
        let blocked = blocked.replace("not a URL s3cret", "not a URL");
        format!(
            r#"{{"csp-report":{{"document-uri":"{page}","effective-directive":"{directive}","original-policy":"{policy}","disposition":"enforce","blocked-uri":"{blocked}","source-file":"{file}"}}}}"#
        )
    };
    let mut cases: Vec<_> = ROWS
        .iter()
        .map(|(page, blocked, file)| {
            let name = format!("noise: {blocked} on {page} by {file}");
            Case::taken(name, body(page, blocked, file, "connect-src", POLICY), [1, 0, 0, 0])
        })
        .collect();
    for (name, policy) in [
        ("an earlier build's policy", "connect-src 'self' https://old.example.com; report-uri /__csp/report"),
        ("somebody else's policy", "default-src 'none'; upgrade-insecure-requests"),
        ("no policy", ""),
        ("a policy with nonces", "script-src 'nonce-s3cret' 'nonce-s3cret2'"),
        ("a policy with other blanks", "  connect-src   'self'  https://api.example.com   wss://ws.example.com ;;"),
        ("no policy at all", "s3cr3t words"),
    ] {
        let page = "https://shop.example.com/";
        cases.push(Case::taken(name, body(page, "https://evil.example/", "", "connect-src", policy), [1, 0, 0, 0]));
    }
    for directive in
        ["no-such-src", "CONNECT-SRC", "connect-src 'self' https://x.example", "default-src", "\\u0000", "💥"]
    {
        let page = "https://shop.example.com/";
        let body = body(page, "https://evil.example/", "", directive, POLICY);
        cases.push(Case::taken(format!("the directive {directive}"), body, [1, 0, 0, 0]));
    }
    cases
}
