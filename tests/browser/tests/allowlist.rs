//! What `Connection-Allowlist` names, Chromium loads; what it doesn't, Chromium stops, whatever kind of request it is.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use csp_browser_tests::answer;
use csp_harness::{Browser, Page, Response, Server, require_chromium};
use csp_runtime::{Policy, connect_src, policy};

connect_src! {
    static SHOP = [
        self,
        #[insecure(reason = "the tests' server speaks no TLS")]
        "http://api.test",
        #[insecure(reason = "the tests' server speaks no TLS")]
        "ws://ws.test",
    ];
}

policy! {
    static TAKEN_IN = {
        default_src: [#[insecure(reason = "what the allowlist stops is not stopped by this")] "*"],
        base_uri: [none],
        connect_src: SHOP,
        connection_allowlist: true,
    };
    static PARTS = {
        default_src: [#[insecure(reason = "what the allowlist stops is not stopped by this")] "*"],
        base_uri: [none],
        connect_src: [
            self,
            #[insecure(reason = "a test")] "http://*.wild.test",
            #[insecure(reason = "a test")] "http://any-port.test:*",
            #[insecure(reason = "a test")] "http://port.test:8080",
            #[insecure(reason = "a test")] "http://path.test/v1/",
            #[insecure(reason = "a test")] "http://exact.test/a(b)+c",
        ],
        connection_allowlist: { also: [#[insecure(reason = "a test")] "http://images.test"] },
    };
    static EXTENDED = {
        extends: PARTS,
        connect_src: [#[insecure(reason = "a test")] "http://added.test"],
    };
    static ONLY_REPORTING = {
        default_src: [none],
        base_uri: [none],
        connect_src: [self, "wss://ws.test", "https://ws.test", "https://*.wild.test:*"],
        connection_allowlist: { also: ["https://images.test"], report_only: true },
        report_to: "csp" => "/csp",
    };
}

#[test]
fn the_header_names_what_is_declared() {
    for (policy, header, value) in [
        (
            &TAKEN_IN,
            "Connection-Allowlist",
            r#"(response-origin "http://api.test" "https://api.test" "http://ws.test" "https://ws.test")"#,
        ),
        (
            &PARTS,
            "Connection-Allowlist",
            r#"(response-origin "http://*.wild.test" "https://*.wild.test" "http://any-port.test:*" "https://any-port.test:*" "http://port.test:8080" "http://path.test/v1/*" "https://path.test/v1/*" "http://exact.test/a\\(b\\)\\+c" "https://exact.test/a\\(b\\)\\+c" "http://images.test" "https://images.test")"#,
        ),
        (
            &ONLY_REPORTING,
            "Connection-Allowlist-Report-Only",
            r#"(response-origin "https://ws.test" "https://*.wild.test:*" "https://images.test");report-to=csp"#,
        ),
    ] {
        assert_eq!(policy.connection_allowlist(), Some((header, value)));
    }
    let (_, value) = EXTENDED.connection_allowlist().unwrap();
    assert!(value.contains(r#" "http://added.test" "https://added.test" "http://images.test""#), "{value}");
}

struct Case {
    policy: &'static Policy,
    /// Each is fetched, and loaded as an image, except `ws:` URLs.
    loaded: &'static [&'static str],
    stopped: &'static [&'static str],
    /// Loaded as images, and not connected to.
    images: &'static [&'static str],
}

const CASES: &[Case] = &[
    Case {
        policy: &TAKEN_IN,
        loaded: &["http://page.test/own", "http://api.test/users", "ws://ws.test/orders"],
        stopped: &["http://evil.test/", "ws://evil.test/", "http://sub.api.test/", "http://api.test:8080/"],
        images: &[],
    },
    Case {
        policy: &PARTS,
        loaded: &[
            "http://page.test/own",
            "http://a.wild.test/",
            "http://a.b.wild.test/",
            "http://any-port.test/",
            "http://any-port.test:8080/",
            "http://port.test:8080/",
            "http://path.test/v1/users?page=1",
            "http://exact.test/a(b)+c",
        ],
        stopped: &[
            "http://wild.test/",
            "http://a.wild.test:8080/",
            "http://port.test/",
            "http://path.test/v1",
            "http://path.test/v2/users",
            "http://exact.test/ab+c",
            "http://exact.test/a(b)+c/d",
            "http://added.test/",
        ],
        images: &["http://images.test/logo"],
    },
    Case {
        policy: &EXTENDED,
        loaded: &["http://added.test/", "http://a.wild.test/"],
        stopped: &["http://evil.test/"],
        images: &["http://images.test/logo"],
    },
    // Report-only stops nothing by itself; this one's connect-src does.
    Case { policy: &ONLY_REPORTING, loaded: &["http://page.test/own"], stopped: &["http://evil.test/"], images: &[] },
];

#[test]
fn chromium_loads_what_the_header_names() {
    let Some(chromium) = require_chromium("chromium_loads_what_the_header_names") else { return };
    let server = Server::start(|request| {
        if (request.host(), request.path()) == ("page.test", "/page") {
            let policy = CASES[request.query().parse::<usize>().unwrap()].policy;
            let (name, value) = policy.connection_allowlist().unwrap();
            return Response::html("<title>Allowlist</title>")
                .header(policy.header_name(), policy.header())
                .header(name, value);
        }
        answer(request)
    });
    let browser = Browser::launch_for(&chromium, &server, &[]).unwrap();
    for (number, Case { policy, loaded, stopped, images }) in CASES.iter().enumerate() {
        let mut page = browser.page().unwrap();
        page.navigate(&format!("http://page.test/page?{number}")).unwrap();
        for (url, expected) in loaded.iter().map(|url| (url, true)).chain(stopped.iter().map(|url| (url, false))) {
            assert_eq!(connects(&mut page, &server, url), expected, "{}: {url}", policy.name());
            // An image of the page's own policy is stopped by that.
            if !url.starts_with("ws") && policy.name() != "ONLY_REPORTING" {
                assert_eq!(shows(&mut page, &server, url), expected, "{}: image {url}", policy.name());
            }
        }
        for url in *images {
            assert!(shows(&mut page, &server, url), "{}: image {url}", policy.name());
        }
        // What a browser refuses of the header's grammar it says in the console.
        let console = page.console().unwrap();
        let complaint = console.iter().find(|message| message.text.contains("Allowlist"));
        assert_eq!(complaint, None, "{}", policy.name());
        page.close().unwrap();
    }
}

/// Whether a connection reaches the server.
fn connects(page: &mut Page, server: &Server, url: &str) -> bool {
    server.clear();
    let script = if url.starts_with("ws") {
        format!(
            "new Promise(resolve => {{ const socket = new WebSocket('{url}'); socket.onopen = () => resolve(true); \
             socket.onerror = () => resolve(false); }})"
        )
    } else {
        format!("fetch('{url}').then(() => true, () => false)")
    };
    let opened = page.evaluate(&script).unwrap() == true;
    assert_eq!(opened, server.urls().iter().any(|seen| seen == url), "{url}: {:?}", server.urls());
    opened
}

/// Whether the request for an image reaches the server.
fn shows(page: &mut Page, server: &Server, url: &str) -> bool {
    server.clear();
    let script = format!(
        "new Promise(resolve => {{ const image = new Image(); image.onload = image.onerror = () => resolve(true); \
         image.src = '{url}'; }})"
    );
    page.evaluate(&script).unwrap();
    server.urls().iter().any(|seen| seen == url)
}
