//! What kind a report is of.

use csp_core::report::{Class, OwnPolicies, PolicyMatch, classify, parse};

use crate::{OWN, QUOTED, legacy, read_one};

const SHOP: &str = "https://shop.example.com/";
const APP: &str = "https://shop.example.com/app.js";

#[test]
fn each_kind_is_told_from_the_others() {
    use Class::{Browser, Extension, ForeignDocument, ForeignPolicy, Invalid, Local, Redirect, SchemeOnly};
    use Class::{StalePolicy, Violation};
    let cases: &[(Class, [&str; 5])] = &[
        (Violation, [SHOP, "connect-src", "https://evil.example/", QUOTED, APP]),
        (Violation, [SHOP, "connect-src", "https://evil.example/", QUOTED, ""]),
        (Violation, [SHOP, "connect-src", "https://evil.example/", OWN, APP]),
        (Violation, [SHOP, "CONNECT-SRC", "https://evil.example/", QUOTED, APP]),
        (Violation, [SHOP, "connect-src", "https://evil.example/", "", APP]),
        (Violation, [SHOP, "connect-src", "http://api.example.com/", QUOTED, APP]),
        (Violation, [SHOP, "connect-src", "https://api.example.com:444/", QUOTED, APP]),
        (Violation, [SHOP, "connect-src", "wss://example.org/", QUOTED, APP]),
        (Violation, [SHOP, "connect-src", "https://stream.example.com/v2/", QUOTED, APP]),
        (Violation, [SHOP, "script-src-elem", "inline", QUOTED, APP]),
        (Violation, [SHOP, "script-src", "eval", QUOTED, APP]),
        (Violation, [SHOP, "script-src", "wasm-eval", QUOTED, APP]),
        (Violation, [SHOP, "require-trusted-types-for", "trusted-types-sink", QUOTED, APP]),
        (Violation, [SHOP, "style-src-attr", "INLINE", QUOTED, APP]),
        (Violation, ["http://localhost:3000/", "connect-src", "https://evil.example/", QUOTED, ""]),
        (Violation, ["http://localhost:3000/", "connect-src", "http://localhost:4000/", QUOTED, ""]),
        // A redirect.
        (Redirect, [SHOP, "connect-src", "https://api.example.com/old", QUOTED, ""]),
        (Redirect, [SHOP, "connect-src", "https://shop.example.com/login", QUOTED, ""]),
        (Redirect, [SHOP, "connect-src", "https://stream.example.com/v1/x?y", QUOTED, ""]),
        (Redirect, [SHOP, "connect-src", "wss://feed.example.org/", QUOTED, ""]),
        (Redirect, [SHOP, "script-src-elem", "https://shop.example.com/app.js", QUOTED, ""]),
        // Extensions: bare, with a colon, with slashes, in whichever member.
        (Extension, [SHOP, "connect-src", "https://evil.example/", QUOTED, "chrome-extension"]),
        (Extension, [SHOP, "connect-src", "https://evil.example/", QUOTED, "chrome-extension:"]),
        (Extension, [SHOP, "connect-src", "https://evil.example/", QUOTED, "chrome-extension://"]),
        (Extension, [SHOP, "connect-src", "https://evil.example/", QUOTED, "chrome-extension://abcdef/c.js"]),
        (Extension, [SHOP, "connect-src", "https://evil.example/", QUOTED, "moz-extension"]),
        (Extension, [SHOP, "connect-src", "https://evil.example/", QUOTED, "moz-extension://1-2-3/c.js"]),
        (Extension, [SHOP, "connect-src", "https://evil.example/", QUOTED, "safari-extension://com.example/c.js"]),
        (Extension, [SHOP, "connect-src", "https://evil.example/", QUOTED, "safari-web-extension://A-B/c.js"]),
        (Extension, [SHOP, "connect-src", "https://evil.example/", QUOTED, "webkit-masked-url://hidden/"]),
        (Extension, [SHOP, "connect-src", "https://evil.example/", QUOTED, "user-script:1"]),
        (Extension, [SHOP, "connect-src", "https://evil.example/", QUOTED, "user-script"]),
        (Extension, [SHOP, "connect-src", "https://evil.example/", QUOTED, "MOZ-EXTENSION"]),
        (Extension, [SHOP, "img-src", "chrome-extension", QUOTED, ""]),
        (Extension, [SHOP, "font-src", "moz-extension://1-2-3/f.woff", QUOTED, ""]),
        (Extension, ["moz-extension://1-2-3/p.html", "connect-src", "https://evil.example/", QUOTED, ""]),
        (Violation, [SHOP, "connect-src", "https://chrome-extension.example/", QUOTED, APP]),
        // The browser itself.
        (Browser, ["about", "connect-src", "https://evil.example/", QUOTED, ""]),
        (Browser, ["about:blank", "connect-src", "https://evil.example/", QUOTED, ""]),
        (Browser, ["about:srcdoc", "connect-src", "https://evil.example/", QUOTED, ""]),
        (Browser, ["view-source:https://shop.example.com/", "style-src", "inline", QUOTED, ""]),
        (Browser, [SHOP, "frame-src", "about:blank", QUOTED, ""]),
        (Browser, [SHOP, "frame-src", "about", QUOTED, ""]),
        (Browser, [SHOP, "img-src", "https://evil.example/", QUOTED, "resource://gre/x.js"]),
        // This machine.
        (Local, [SHOP, "connect-src", "http://localhost:9000/", QUOTED, ""]),
        (Local, [SHOP, "connect-src", "ws://127.0.0.1:35729/livereload", QUOTED, ""]),
        (Local, [SHOP, "connect-src", "http://127.8.0.1/", QUOTED, ""]),
        (Local, [SHOP, "connect-src", "http://[::1]:9000/", QUOTED, ""]),
        (Local, [SHOP, "connect-src", "http://0.0.0.0/", QUOTED, ""]),
        (Local, [SHOP, "connect-src", "http://app.localhost/", QUOTED, ""]),
        (Local, [SHOP, "connect-src", "http://localhost./", QUOTED, ""]),
        (Local, [SHOP, "img-src", "file", QUOTED, ""]),
        (Local, [SHOP, "img-src", "file:///home/user/p.png", QUOTED, ""]),
        (Local, [SHOP, "connect-src", "https://evil.example/", QUOTED, "file:///home/user/x.js"]),
        (Local, ["file:///home/user/p.html", "connect-src", "https://evil.example/", QUOTED, ""]),
        (Violation, [SHOP, "connect-src", "https://localhost.example/", QUOTED, APP]),
        // Pages and policies of others.
        (ForeignDocument, ["https://mirror.example/", "connect-src", "https://evil.example/", QUOTED, ""]),
        (ForeignDocument, ["http://shop.example.com/", "connect-src", "https://evil.example/", QUOTED, ""]),
        (ForeignDocument, ["data:text/html,hi", "connect-src", "https://evil.example/", QUOTED, ""]),
        (ForeignDocument, ["blob:https://shop.example.com/1-2", "connect-src", "https://evil.example/", QUOTED, ""]),
        (ForeignPolicy, [SHOP, "connect-src", "https://evil.example/", "connect-src 'none'", ""]),
        (ForeignPolicy, [SHOP, "script-src", "inline", "script-src 'none'; report-uri https://proxy.example/", ""]),
        (ForeignPolicy, [SHOP, "connect-src", "https://evil.example/", "nonsense", ""]),
        (
            StalePolicy,
            [
                SHOP,
                "connect-src",
                "https://evil.example/",
                "default-src 'none'; connect-src 'self'; script-src 'self'; img-src data:; report-uri /x",
                "",
            ],
        ),
        // Schemes.
        (SchemeOnly, [SHOP, "connect-src", "data", QUOTED, ""]),
        (SchemeOnly, [SHOP, "connect-src", "blob:", QUOTED, ""]),
        (SchemeOnly, [SHOP, "connect-src", "https", QUOTED, ""]),
        (SchemeOnly, [SHOP, "connect-src", "https://", QUOTED, ""]),
        (SchemeOnly, [SHOP, "connect-src", "data:text/plain,x", QUOTED, ""]),
        (SchemeOnly, [SHOP, "worker-src", "blob:https://shop.example.com/1-2", QUOTED, ""]),
        (SchemeOnly, [SHOP, "connect-src", "android-webview-video-poster:", QUOTED, ""]),
        // What says nothing.
        (Invalid, [SHOP, "conect-src", "https://evil.example/", QUOTED, ""]),
        (Invalid, [SHOP, "<script>alert(1)</script>", "https://evil.example/", QUOTED, ""]),
        (Invalid, [SHOP, "connect-src\u{0}", "https://evil.example/", QUOTED, ""]),
        (Invalid, [SHOP, "connect-src", "evil.example/path", QUOTED, ""]),
        (Invalid, [SHOP, "connect-src", "//evil.example/", QUOTED, ""]),
        (Invalid, [SHOP, "connect-src", "https://[::1", QUOTED, ""]),
        (Invalid, [SHOP, "connect-src", "https://a.example:99999/", QUOTED, ""]),
        (Invalid, ["/cart", "connect-src", "https://evil.example/", QUOTED, ""]),
        (Invalid, ["shop.example.com", "connect-src", "https://evil.example/", QUOTED, ""]),
        (Invalid, ["inline", "connect-src", "https://evil.example/", QUOTED, ""]),
    ];
    for (expected, [document, directive, blocked, policy, file]) in cases {
        let (found, _) = read_one(&legacy(document, directive, blocked, policy, file));
        assert_eq!(found.class, *expected, "{document} {directive} {blocked} {policy:?} {file}");
    }
}

#[test]
fn without_own_policies_nothing_is_foreign() {
    let body = legacy("https://any.example/", "connect-src", "https://evil.example/", "connect-src 'none'", "");
    let batch = parse(body.as_bytes(), &csp_core::report::Limits::default()).unwrap();
    let found = classify(&batch.reports()[0], &OwnPolicies::default());
    assert_eq!((found.class, found.policy), (Class::Violation, PolicyMatch::Unknown));
}

#[test]
fn only_redirects_and_breaches_are_no_noise() {
    let shown: Vec<_> = Class::ALL.iter().filter(|class| !class.is_noise()).map(|class| class.as_str()).collect();
    assert_eq!(shown, ["redirect", "violation"]);
    assert!(Class::ALL.is_sorted_by_key(|class| class.as_str()));
}
