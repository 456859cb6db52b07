//! What the macros say to what was found.

use std::fs;

use crate::fixture::Crate;

const API: (&str, &str) = ("web/src/api.ts", "export const users = () =>\n  fetch('https://api.example.com/users');\n");
const FEED: (&str, &str) = ("web/src/feed.ts", "export const feed = new WebSocket('wss://ws.example.com/feed');\n");
const OWN: (&str, &str) = ("web/src/own.ts", "fetch('/session');\n");
const LOCAL: (&str, &str) = ("web/src/dev/tools.ts", "fetch('http://localhost:3000/x');\n");
const UNKNOWN: (&str, &str) = ("web/src/tenant.ts", "fetch(`https://${tenant}.example.com/x`);\n");

fn item(attribute: &str, list: &str) -> String {
    format!("csp_runtime::connect_src! {{\n    {attribute}\n    /// The shop.\n    pub static SHOP = [{list}];\n}}\n")
}

/// A name, a declaration, the files of a front end, and what the compiler says in a debug build.
type Case<'c> = (&'c str, String, &'c [(&'c str, &'c str)], &'c [&'c str]);

#[test]
#[expect(clippy::too_many_lines, reason = "a table")]
fn declarations_are_compared() {
    let cases: &[Case<'_>] = &[
        (
            "all is covered",
            item("#[scanned]", "self, \"https://api.example.com\", \"wss://ws.example.com\""),
            &[API, FEED, OWN],
            &[],
        ),
        (
            "one error for each call, naming its place and the line to add",
            item("#[scanned]", "\"https://api.exmple.com\" => \"old\""),
            &[API, FEED, OWN],
            &[
                "error: `fetch` at web/src/api.ts:2:3 connects to `https://api.example.com`, which SHOP doesn't cover\n\
                 the browser will block this call (nearest: https://api.exmple.com, host differs)\n\
                 help: add to SHOP: \"https://api.example.com\",",
                "error: `WebSocket` at web/src/feed.ts:1:21 connects to `wss://ws.example.com`, which SHOP doesn't cover\n\
                 the browser will block this call (nearest: https://api.exmple.com, host differs)\n\
                 help: add to SHOP: \"wss://ws.example.com\",",
                "error: `fetch` at web/src/own.ts:1:1 connects to `'self'`, which SHOP doesn't cover\n\
                 the browser will block this call: it goes to the page's own origin\n\
                 help: add to SHOP: self,",
            ],
        ),
        (
            "https doesn't cover wss",
            item("#[scanned]", "\"https://ws.example.com\" => \"pages\""),
            &[FEED],
            &[
                "error: `WebSocket` at web/src/feed.ts:1:21 connects to `wss://ws.example.com`, which SHOP doesn't cover\n\
                 the browser will block this call (nearest: https://ws.example.com, scheme differs)\n\
                 help: add to SHOP: \"wss://ws.example.com\",",
            ],
        ),
        (
            "a wildcard covers",
            item("#[scanned]", "\"https://*.example.com\", #[cfg(debug_assertions)] \"http://localhost:*\""),
            &[API, LOCAL],
            &[],
        ),
        (
            "only in other builds",
            item("#[scanned]", "#[cfg(not(debug_assertions))] \"https://api.example.com\""),
            &[API],
            &[
                "error: `fetch` at web/src/api.ts:2:3 connects to `https://api.example.com`, which SHOP doesn't cover in \
               this build\nthe browser will block this call\nnote: `https://api.example.com` covers it only where \
               `not(debug_assertions)` holds\nhelp: keep the call out of the front end of this build, or add a source that \
               counts in it",
            ],
        ),
        (
            "a source that nothing uses",
            item("#[scanned]", "\"https://api.example.com\", \"https://old.example.com\""),
            &[API],
            &["error: use of deprecated unit struct `SHOP::unused_source`: no call of the front end connects to \
               `https://old.example.com`\nhelp: remove it, or say why it is there: \"https://old.example.com\" => \"reason\""],
        ),
        (
            "a reason silences it, and servers for development are in no code",
            item(
                "#[scanned]",
                "\"https://api.example.com\", \"https://old.example.com\" => \"the till\", #[cfg(debug_assertions)] \
                 \"ws://localhost:*\"",
            ),
            &[API],
            &[],
        ),
        (
            "one warning for all that is unresolved",
            item("#[scanned]", "\"https://api.example.com\""),
            &[API, UNKNOWN],
            &[
                "error: use of deprecated unit struct `SHOP::unresolved_url`: of 1 call of the front end it is not known what \
               it connects to: SHOP can't be compared with them\n`fetch` at web/src/tenant.ts:1:1: after `https://` comes the \
               global `tenant` where a URL is expected\nhelp: say it in a comment before the call: // csp-connect: https://…",
            ],
        ),
        (
            "a path is not compared",
            item("#[scanned]", "\"https://api.example.com/v1/\""),
            &[API],
            &["error: use of deprecated unit struct `SHOP::path_not_compared`: `https://api.example.com/v1/` covers \
               `fetch` at web/src/api.ts:2:3 below its path only, and a scan knows no paths\nhelp: look whether the browser \
               will allow it, and say so: \"https://api.example.com/v1/\" => \"reason\", or declare the origin"],
        ),
        ("one root", item("#[scanned(\"web/src\")]", "\"https://api.example.com\""), &[API], &[]),
        (
            "a root that isn't scanned",
            item("#[scanned(\"web/app\")]", "\"https://api.example.com\""),
            &[API],
            &["error: the build script doesn't scan `web/app`, but \"web/src\"\nhelp: add it in build.rs: \
               .root(\"web/app\"), or name one that is scanned"],
        ),
        (
            "what was found is the list",
            item("", "..scanned")
                + "const HEADER: &str = \"connect-src 'self' http://localhost:3000 https://api.example.com \
                   wss://ws.example.com\";\nconst _: [u8; HEADER.len()] = [0; SHOP.header().len()];\n",
            &[API, FEED, OWN, LOCAL],
            &[],
        ),
        (
            "what was found covers itself",
            item("#[scanned]", "\"https://api.example.com\", ..scanned"),
            &[API, FEED, OWN, LOCAL],
            &[],
        ),
        (
            "plain text is not taken in",
            item("", "..scanned"),
            &[("web/src/till.ts", "fetch('http://till.example.com/x')")],
            &["error: `..scanned` doesn't take in `http://till.example.com`, which is not encrypted: `fetch` at \
               web/src/till.ts:1:1 connects to it\nanybody on the network can read and change what goes over it\nhelp: call it \
               by an encrypted scheme, or declare it: #[insecure(reason = \"…\")] \"http://till.example.com\","],
        ),
        (
            "a declaration that is taken in counts",
            "csp_runtime::connect_src! { static API = [\"https://api.example.com\"]; }\n".to_owned()
                + &item("#[scanned]", "self, ..API"),
            &[API, OWN],
            &[],
        ),
        (
            "and what it lacks is an error",
            "csp_runtime::connect_src! { static API = [\"https://api.example.com\"]; }\n".to_owned()
                + &item("#[scanned]", "..API"),
            &[API, FEED],
            &[
                "error[E0080]: evaluation panicked: `WebSocket` at web/src/feed.ts:1:21 connects to `wss://ws.example.com`, \
               which SHOP doesn't cover\nthe browser will block this call (nearest: https://api.example.com, host \
               differs)\nhelp: add to SHOP: \"wss://ws.example.com\",",
            ],
        ),
        (
            "a whole policy",
            "csp_runtime::policy! {\n    #[scanned]\n    pub static PAGE = { use_defaults: true };\n}\n".to_owned(),
            &[OWN, API],
            &[
                "error[E0080]: evaluation panicked: `fetch` at web/src/api.ts:2:3 connects to `https://api.example.com`, which \
               PAGE doesn't cover\nthe browser will block this call\nhelp: add to PAGE: \"https://api.example.com\",",
            ],
        ),
    ];
    let fixture = Crate::new("", &[]);
    for (name, declaration, files, expected) in cases {
        let _ = fs::remove_dir_all(fixture.folder.join("web"));
        for (path, text) in *files {
            fixture.write(path, text);
        }
        fixture.write("src/lib.rs", &format!("//! {name}\n#![deny(warnings)]\n{declaration}"));
        fixture.lock(&["web/src"]);
        let messages = fixture.messages(&[]);
        assert_eq!(messages, *expected, "{name}");
    }
}

/// Without data nothing counts as covered.
#[test]
fn missing_data_are_an_error() {
    let fixture = Crate::new(&item("#[scanned]", "\"https://api.example.com\""), &[API]);
    for (build, head) in [
        (Some("fn main() {}"), "error: `scanned` needs what a build script finds, and this crate's doesn't look\n"),
        (None, "error: `scanned` needs what a build script finds, and this crate has none\n"),
    ] {
        match build {
            Some(build) => fixture.write("build.rs", build),
            None => fs::remove_file(fixture.folder.join("build.rs")).expect("is there"),
        }
        let messages = fixture.messages(&[]);
        assert_eq!(messages.len(), 1, "{messages:?}");
        assert!(messages[0].starts_with(head), "{messages:?}");
        assert!(messages[0].contains("csp_build::scan(\"web/src\").emit()"), "{messages:?}");
        assert!(messages[0].contains("[build-dependencies] csp-build"), "{messages:?}");
    }
}

/// `scanned_calls!` is a value of the same calls, all or those below a root.
#[test]
fn what_was_found_is_a_value() {
    const CHECKED: &str = r#"
        use csp_runtime::{ScannedCalls, scanned_calls};

        const ALL: ScannedCalls = scanned_calls!();
        const FOUND: ScannedCalls = scanned_calls!(crate = ::csp_runtime; "web/src",);
        const _: () = assert!(ALL.calls().len() == 2 && ALL.unresolved().len() == 1);
        const _: () = assert!(matches!(FOUND.calls()[0].2.as_bytes(), b"web/src/api.ts:2:3"));
        const _: () = assert!(matches!(FOUND.calls()[0].0.as_bytes(), b"https://api.example.com"));
        const _: () = assert!(matches!(FOUND.calls()[1].0.as_bytes(), b"'self'"));
        const _: () = assert!(matches!(FOUND.unresolved()[0].1.as_bytes(), b"web/src/tenant.ts:1:1"));
        /// Used.
        pub fn found() -> ScannedCalls { FOUND }
    "#;
    let fixture = Crate::new(CHECKED, &[API, OWN, UNKNOWN]);
    fixture.lock(&["web/src"]);
    let run = fixture.check(&[]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));

    for (call, expected) in [
        ("scanned_calls!(\"web/admin\")", "the build script doesn't scan `web/admin`, but \"web/src\""),
        ("scanned_calls!(web)", "expected a root of the scan as a string literal: \"web/src\""),
    ] {
        fixture.write("src/lib.rs", &format!("const _: csp_runtime::ScannedCalls = csp_runtime::{call};"));
        let messages = fixture.messages(&[]);
        assert!(messages.len() == 1 && messages[0].contains(expected), "{call}: {messages:?}");
    }
}
