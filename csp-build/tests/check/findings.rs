//! What is found.

use serde_json::Value;

use crate::package::Package;

const API: (&str, &str) = ("web/api.ts", "export const users = () =>\n  fetch('https://api.example.com/users');\n");
const LOCAL: (&str, &str) = ("web/local.ts", "fetch('http://localhost:3000/x');\n");

fn declared(attribute: &str, list: &str) -> String {
    format!("csp_runtime::connect_src! {{\n    {attribute}\n    pub static SHOP = [\n        {list}\n    ];\n}}\n")
}

/// `code file:line:column message` of each finding.
fn check(package: &Package, arguments: &[&str]) -> (i32, Vec<String>) {
    let run = package.csp(&[&["check", "--format", "json"], arguments].concat());
    let report: Value = serde_json::from_str(&run.out).unwrap_or_else(|_| panic!("{}{}", run.out, run.err));
    assert_eq!(report["schema"], "cargo-csp/check/1");
    let findings = report["findings"].as_array().expect("a list").iter();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let lines = findings.map(|finding| {
        let place = format!("{}:{}:{}", text(&finding["file"]), finding["line"], finding["column"]);
        format!("{}[{}] {place} {}", text(&finding["level"]), text(&finding["code"]), text(&finding["message"]))
    });
    (run.code, lines.collect())
}

#[test]
fn calls_and_sources_are_compared_in_both_builds() {
    for (list, files, expected) in [
        ("\"https://api.example.com\"", &[API][..], &[][..]),
        (
            "self => \"forms\"",
            &[API],
            &[
                "error[uncovered-endpoint] web/api.ts:2:3 `fetch` connects to `https://api.example.com`, which SHOP doesn't \
               cover",
            ],
        ),
        (
            "#[cfg(debug_assertions)] \"https://api.example.com\"",
            &[API],
            &[
                "error[uncovered-endpoint] web/api.ts:2:3 `fetch` connects to `https://api.example.com`, which SHOP doesn't \
               cover in release builds",
            ],
        ),
        (
            "#[cfg(not(debug_assertions))] \"https://api.example.com\"",
            &[API],
            &[
                "error[uncovered-endpoint] web/api.ts:2:3 `fetch` connects to `https://api.example.com`, which SHOP doesn't \
               cover in debug builds",
            ],
        ),
        (
            "#[cfg(debug_assertions)] \"http://localhost:*\"",
            &[LOCAL],
            &[
                "error[uncovered-endpoint] web/local.ts:1:1 `fetch` connects to `http://localhost:3000`, which SHOP doesn't \
               cover in release builds",
            ],
        ),
        (
            "\"https://api.example.com\", \"https://old.example.com\", \"https://due.example.com\" => \"soon\", \
             #[cfg(debug_assertions)] \"ws://localhost:*\"",
            &[API],
            &["warning[unused-source] src/csp.rs:4:36 no call of the front end connects to `https://old.example.com`"],
        ),
        (
            "\"https://api.example.com/v1/\"",
            &[API],
            &[
                "warning[path-not-compared] src/csp.rs:4:9 `https://api.example.com/v1/` covers `fetch` at web/api.ts:2:3 \
               below its path only, and a scan knows no paths",
            ],
        ),
        (
            "none",
            &[("web/x.ts", "fetch(`https://${tenant}.example.com`);")],
            &["warning[dynamic-host] web/x.ts:1:1 it is not known what `fetch` connects to"],
        ),
    ] {
        let package = Package::new("", files);
        package.write("src/csp.rs", &declared("#[scanned]", list));
        let (code, found) = check(&package, &["web"]);
        assert_eq!(found, expected, "{list}");
        assert_eq!(code, i32::from(!expected.is_empty()), "{list}");
    }
}

#[test]
fn ways_to_connect_at_one_place_are_one_finding() {
    let wrapper = "function call(kind, url) {\n  if (kind) return new EventSource(url);\n  return fetch(url);\n}\n\
                   call(location.hash, 'https://a.example');\n";
    let package = Package::new("", &[("web/a.js", wrapper)]);
    package.write("src/csp.rs", &declared("#[scanned]", "none"));
    let expected = "error[uncovered-endpoint] web/a.js:5:1 `EventSource`, `fetch` connect to `https://a.example`, which SHOP \
                    doesn't cover";
    assert_eq!(check(&package, &["web"]), (1, vec![expected.to_owned()]));
}

#[test]
fn which_declaration_is_meant_is_never_guessed() {
    let package = Package::new("", &[API]);
    let other = "csp_runtime::connect_src! { static BACKEND = [\"https://api.example.com\"]; }";
    package.write("src/csp.rs", &(declared("", "self => \"forms\"") + other));
    let run = package.csp(&["check", "web"]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    assert!(
        run.err.contains("no declaration is #[scanned]: choose one by --name\n  SHOP (src/csp.rs:3)"),
        "{}",
        run.err
    );
    assert_eq!(check(&package, &["--name", "BACKEND", "web"]), (0, Vec::new()));
    assert_eq!(check(&package, &["--name", "SHOP", "web"]).0, 1);
    assert!(
        package.csp(&["check", "--name", "SHPO", "web"]).err.contains("there is no declaration `SHPO`, but\n  SHOP")
    );

    package.write("src/csp.rs", &(declared("#[scanned]", "self => \"forms\"") + other));
    assert_eq!(check(&package, &["web"]).0, 1);
    package.write("src/csp.rs", &declared("#[scanned(\"pages\")]", "self"));
    let run = package.csp(&["check", "web"]);
    assert!(run.code == 2 && run.err.contains("is of `pages`, which is not scanned, but web"), "{}", run.err);
    package.write("src/csp.rs", "");
    assert!(package.csp(&["check", "web"]).err.contains("the package declares nothing"));
}

#[test]
fn a_policy_counts_with_what_it_falls_back_to() {
    let package = Package::new("", &[API, ("web/own.ts", "fetch('/x')")]);
    let policy = |more: &str| {
        format!("csp_runtime::policy! {{ #[scanned] pub static PAGE = {{ use_defaults: true, {more} }}; }}")
    };
    package.write("src/csp.rs", &policy(""));
    let (_, found) = check(&package, &["web"]);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("error[uncovered-endpoint] web/api.ts:2:3 "), "{found:?}");
    package.write("src/csp.rs", &policy("connect_src: [self, \"https://api.example.com\"],"));
    assert_eq!(check(&package, &["web"]), (0, Vec::new()));
}

#[test]
fn a_stale_lock_is_found() {
    let package = Package::new("", &[API]);
    package.write("src/csp.rs", &declared("#[scanned]", "\"https://api.example.com\""));
    assert_eq!(package.csp(&["scan", "--lock", "web"]).code, 0);
    assert_eq!(check(&package, &["web"]), (0, Vec::new()));
    package.write("web/more.ts", "fetch('https://api.example.com/x')");
    assert_eq!(
        check(&package, &["web"]),
        (1, vec!["error[stale-lock] csp.lock:1:1 csp.lock is stale: web/more.ts is new".to_owned()])
    );
}
