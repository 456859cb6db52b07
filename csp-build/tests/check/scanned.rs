//! `..scanned` in the commands that read declarations.

use serde_json::Value;

use crate::package::Package;

const FILES: &[(&str, &str)] = &[
    ("web/a.ts", "fetch('https://api.example.com/x');\nnew WebSocket('ws://localhost:3000');\n"),
    (
        "src/lib.rs",
        "csp_runtime::connect_src! {\n    pub static SHOP = [self => \"forms\", ..scanned];\n}\ncsp_runtime::policy! {\n    \
         pub static PAGE = { default_src: [none], base_uri: [none], connect_src: SHOP };\n}\n",
    ),
];

const CONFIGURATION: &str = "[package.metadata.csp]\nroots = [\"web\"]\n";

fn header(package: &Package, arguments: &[&str]) -> (i32, String, String) {
    let run = package.csp(&[&["emit", "--format", "header", "--name", "SHOP"], arguments].concat());
    (run.code, run.out.trim_end().replace("Content-Security-Policy: ", ""), run.err)
}

#[test]
fn it_comes_out_of_the_lock_or_of_a_scan() {
    let expected = "connect-src 'self' https://api.example.com".to_owned();
    let debug = format!("{expected} ws://localhost:3000");
    let package = Package::new("", FILES);
    let (code, out, err) = header(&package, &[]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(
        err.starts_with(
            "error: src/lib.rs:2: `..scanned` can't be filled: nobody has scanned the front end of `shop`: "
        ),
        "{err}"
    );
    assert!(err.contains("cargo csp scan --lock web"), "{err}");

    assert_eq!(package.csp(&["scan", "--lock", "web"]).code, 0);
    assert_eq!(header(&package, &[]), (0, expected.clone(), String::new()));
    assert_eq!(header(&package, &["--debug"]), (0, debug, String::new()));

    // A stale one is not believed.
    package.write("web/b.ts", "fetch('https://more.example.com');\n");
    let (code, out, err) = header(&package, &[]);
    assert_eq!((code, out), (0, format!("{expected} https://more.example.com")));
    assert_eq!(err, "note: csp.lock is stale: web/b.ts is new: the front end is scanned instead\n");
    package.write("csp.lock", "csp-scan 1\nwhat\n");
    let (code, out, err) = header(&package, &[]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("csp.lock: line 2: `what` is no line of the format"), "{err}");

    let configured = Package::new(CONFIGURATION, FILES);
    assert_eq!(header(&configured, &[]), (0, expected.clone(), String::new()));
    // From wherever it is run.
    let run = configured.csp_in("web", &["emit", "--format", "header", "--name", "SHOP"]);
    assert_eq!(run.out, format!("Content-Security-Policy: {expected}\n"));
    let missing = Package::new("[package.metadata.csp]\nroots = [\"wbe\"]\n", FILES);
    let (code, _, err) = header(&missing, &[]);
    assert!(code == 2 && err.contains("`wbe` doesn't exist"), "{err}");
}

#[test]
fn policies_with_it_are_compared_evaluated_and_documented() {
    let package = Package::new(CONFIGURATION, FILES);
    let run = package.csp(&["check", "--name", "SHOP", "--format", "json"]);
    let report: Value = serde_json::from_str(&run.out).unwrap_or_else(|_| panic!("{}", run.err));
    let messages: Vec<&str> = report["findings"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|finding| finding["message"].as_str())
        .collect();
    assert_eq!(messages, ["`WebSocket` connects to `ws://localhost:3000`, which SHOP doesn't cover in release builds"]);
    // Unresolved calls are findings of a strict check, and no reason for it to end.
    package.write("web/c.ts", "fetch(y);\n");
    let run = package.csp(&["check", "--name", "SHOP", "--strict", "--format", "json"]);
    assert_eq!(run.code, 1, "{}", run.err);
    assert!(run.out.contains("\"code\": \"unresolved-url\""), "{}", run.out);

    let run = package.csp(&["evaluate", "--format", "json"]);
    assert!(run.code < 2 && run.out.contains("PAGE (src/lib.rs:5)"), "{}", run.err);
    let run = package.csp(&["docs", "--format", "json"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let reference: Value = serde_json::from_str(&run.out).expect("JSON");
    let endpoint = &reference["endpoints"]
        .as_array()
        .expect("a list")
        .iter()
        .find(|each| each["origin"] == "https://api.example.com");
    let source = &endpoint.expect("an endpoint")["allowed_by"][0];
    assert_eq!((&source["line"], &source["reason"]), (&2.into(), &"fetch at web/a.ts:1:1".into()));
    // The same without a configuration, of what is named.
    let plain = Package::new("", FILES);
    let run = plain.csp(&["docs", "--root", "web", "--format", "json"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let run = plain.csp(&["check", "--name", "SHOP", "web"]);
    assert_eq!(run.code, 1, "{}", run.err);
}
