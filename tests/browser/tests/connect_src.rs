//! What a declaration says, Chromium does, and the guard agrees.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use csp_browser_tests::{Call, Violation, answer, assert_same, calls, probe, urls_of_calls};
use csp_harness::{Browser, Response, Server, require_chromium};
use csp_runtime::{Policy, connect_src};

/// The origin of the pages.
const ORIGIN: &str = "http://page.test";

connect_src! {
    static SHOP = [
        self,
        "https://api.example.com",
        "wss://ws.example.com" => "live order feed",
        "https://stream.example.com",
        #[cfg(debug_assertions)] "http://localhost:*",
        #[cfg(debug_assertions)] "ws://localhost:*",
    ];
    static PARTS = [
        "https://api.example.com/v1/",
        "https://hooks.example.org/exact",
        "https://*.example.net",
        "https://stream.example.com:8443",
        "wss://*.example.com:8443",
    ];
    static NOTHING = [none];
}

struct Case {
    policy: &'static Policy,
    allowed: &'static [&'static str],
    blocked: &'static [&'static str],
}

const CASES: &[Case] = &[
    Case {
        policy: &SHOP,
        allowed: &[
            "http://page.test/users",
            "ws://page.test/orders",
            "https://api.example.com/users",
            "wss://ws.example.com/orders",
            "https://stream.example.com/notifications",
            #[cfg(debug_assertions)]
            "http://localhost:8080/users",
            // Any port, and a better scheme.
            #[cfg(debug_assertions)]
            "https://localhost:8080/users",
            #[cfg(debug_assertions)]
            "ws://localhost:8080/orders",
        ],
        blocked: &[
            "https://stream.exmple.com/notifications",
            "https://evil.example/collect",
            "https://api.example.com.evil.example/users",
            "https://example.com/users",
            "https://api.example.com:8443/users",
            "http://api.example.com/users",
            "wss://api.example.com/orders",
            "https://ws.example.com/orders",
            "ws://ws.example.com/orders",
            "http://page.test:8080/users",
            "http://127.0.0.1:8080/users",
            #[cfg(not(debug_assertions))]
            "http://localhost:8080/users",
            #[cfg(not(debug_assertions))]
            "ws://localhost:8080/orders",
        ],
    },
    Case {
        policy: &PARTS,
        allowed: &[
            "https://api.example.com/v1/users",
            "https://hooks.example.org/exact",
            "https://a.example.net/users",
            "https://a.b.example.net/users",
            "https://stream.example.com:8443/notifications",
            "wss://ws.example.com:8443/orders",
        ],
        blocked: &[
            "http://page.test/users",
            "https://api.example.com/v1",
            "https://api.example.com/v2/users",
            "https://hooks.example.org/exact/more",
            "https://example.net/users",
            "http://a.example.net/users",
            "https://stream.example.com/notifications",
            "wss://ws.example.com/orders",
            "ws://ws.example.com:8443/orders",
        ],
    },
    Case {
        policy: &NOTHING,
        allowed: &[],
        blocked: &["http://page.test/users", "ws://page.test/orders", "https://api.example.com/users"],
    },
];

/// `http://page.test/SHOP` is a page with the header of SHOP, and so on; every other URL is a service.
fn serve() -> Server {
    Server::start_tls(|request| {
        let page =
            CASES.iter().find(|case| request.host() == "page.test" && request.path()[1..] == *case.policy.name());
        match page {
            Some(case) => Response::html("a page").header("Content-Security-Policy", case.policy.header()),
            None => answer(request),
        }
    })
}

/// The URLs of the calls.
fn urls(calls: &[Call]) -> Vec<&str> {
    calls.iter().map(|call| call.url.as_str()).collect()
}

/// The URLs of the violations, all of them of this policy.
fn blocked_urls<'v>(policy: &Policy, violations: &'v [Violation]) -> Vec<&'v str> {
    for violation in violations {
        assert_eq!(violation.original_policy, policy.header(), "{violation:?}");
        assert_eq!(violation.effective_directive, "connect-src", "{violation:?}");
        assert_eq!(violation.violated_directive, "connect-src", "{violation:?}");
        assert_eq!(violation.disposition, "enforce", "{violation:?}");
    }
    violations.iter().map(|violation| violation.blocked_uri.as_str()).collect()
}

#[test]
fn chromium_does_what_is_declared() {
    let Some(chromium) = require_chromium("chromium_does_what_is_declared") else {
        return;
    };
    let server = serve();
    let browser = Browser::launch_for(&chromium, &server, &[]).unwrap();
    for Case { policy, allowed, blocked } in CASES {
        let mut page = browser.page().unwrap();
        let url = format!("{ORIGIN}/{}", policy.name());
        page.navigate(&url).unwrap();
        server.clear();
        assert_eq!(page.response_head(&url).unwrap().values("content-security-policy"), [policy.header()]);

        let allowed: Vec<_> = allowed.iter().flat_map(|url| calls(url)).collect();
        let blocked: Vec<_> = blocked.iter().flat_map(|url| calls(url)).collect();
        let outcome = probe(&mut page, &[&allowed[..], &blocked].concat(), blocked.len()).unwrap();

        let name = policy.name();
        assert_same(name, &blocked_urls(policy, &outcome.violations), &urls(&blocked));
        assert_same(name, &urls_of_calls(&server, allowed.len()), &urls(&allowed));
        for (call, answer) in allowed.iter().zip(&outcome.answers) {
            let expected = if call.kind == "sendBeacon" { None } else { Some("hello") };
            assert_eq!(answer.as_deref(), expected, "{name}: {call:?}");
        }
        page.close().unwrap();
    }
}

#[test]
fn chromium_checks_where_redirects_lead() {
    let Some(chromium) = require_chromium("chromium_checks_where_redirects_lead") else {
        return;
    };
    let server = serve();
    let browser = Browser::launch_for(&chromium, &server, &[]).unwrap();
    let mut page = browser.page().unwrap();
    page.navigate(&format!("{ORIGIN}/SHOP")).unwrap();
    server.clear();
    let away = |target: &str| Call { kind: "fetch", url: format!("https://api.example.com/away?{target}") };
    let [declared, undeclared] = ["https://stream.example.com/users", "https://evil.example/collect"];

    let outcome = probe(&mut page, &[away(declared), away(undeclared)], 1).unwrap();

    // Browsers report the URL that was called, not the one that it led to: pages may not learn that.
    assert_eq!(blocked_urls(&SHOP, &outcome.violations), [away(undeclared).url]);
    assert_eq!(outcome.answers, [Some("hello".to_owned()), None]);
    let reached = [&away(declared).url, &away(undeclared).url, declared];
    assert_same("reached", &urls_of_calls(&server, reached.len()), &reached);
}

#[test]
fn the_guard_agrees_with_chromium() {
    for Case { policy, allowed, blocked } in CASES {
        let guard = policy.guard().self_origin(ORIGIN).unwrap();
        let expected = allowed.iter().map(|url| (url, true)).chain(blocked.iter().map(|url| (url, false)));
        for call in expected.flat_map(|(url, expected)| calls(url).into_iter().map(move |call| (call.url, expected))) {
            assert_eq!(guard.allows(&call.0), call.1, "{} {}", policy.name(), call.0);
        }
    }
}
