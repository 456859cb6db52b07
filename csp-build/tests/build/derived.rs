//! `..scanned`: what the compiler makes of it, and what the command reads out of the text.

use crate::fixture::Crate;

const BUILD: &str = "fn main() -> Result<(), csp_build::Error> {\n    csp_build::scan(\"web/src\").root(\"web/till\").root(\"web/late\").emit()\n}\n";

const FILES: &[(&str, &str)] = &[
    (
        "web/src/api.ts",
        "fetch('https://api.example.com/users'); fetch('https://cdn.example.org:8443/x'); fetch('/own');",
    ),
    ("web/src/feed.ts", "new WebSocket('wss://ws.example.com/feed'); new EventSource('https://last.example/e');"),
    ("web/src/dev.ts", "fetch('http://localhost:3000/x'); new WebSocket('ws://127.0.0.1:5173');"),
    (
        "web/late/z.ts",
        "fetch('https://late.example'); fetch('https://early.example'); fetch('https://api.example.com/y')",
    ),
    ("web/till/print.ts", "fetch('http://till.example.net/print');"),
];

const DECLARATIONS: &str = r#"
csp_runtime::connect_src! {
    pub static PLAIN = [..scanned("web/src")];
    pub static MIXED = [
        "https://first.example",
        "https://*.example.com" => "covers two of them",
        ..scanned("web/src"),
        ..OTHER,
        "https://last.example",
    ];
    pub static OTHER = ["https://other.example", #[cfg(debug_assertions)] "ws://localhost:1234"];
    pub static ALL = [
        #[insecure(reason = "the till has no certificate")] "http://till.example.net",
        ..scanned,
    ];
    pub static TWICE = [
        ..scanned("web/src"),
        #[insecure(reason = "the till has no certificate")] "http://till.example.net",
        ..scanned("web/till", "web/late"),
        "wss://more.example",
        ..scanned("web/late"),
    ];
}

csp_runtime::policy! {
    pub static PAGE = { use_defaults: true, connect_src: [self, ..scanned("web/src"), "https://more.example"] };
    pub static EXTENDED = { extends: PAGE, connect_src: ["https://extended.example"] };
    pub static TAKING = { default_src: [none], base_uri: [none], connect_src: [..OTHER, ..scanned("web/src")] };
}
"#;

const NAMES: [&str; 8] = ["PLAIN", "MIXED", "OTHER", "ALL", "TWICE", "PAGE", "EXTENDED", "TAKING"];

fn program() -> String {
    let prints = NAMES.map(|name| format!("    println!(\"{name} {{}}\", {name}.header());\n"));
    format!("{DECLARATIONS}\nfn main() {{\n{}}}\n", prints.concat())
}

fn fixture(files: &[(&str, &str)]) -> Crate {
    let fixture = Crate::new("", files);
    fixture.write("build.rs", BUILD);
    fixture
}

#[test]
fn text_and_program_say_the_same() {
    let fixture = fixture(FILES);
    fixture.write("src/main.rs", &program());
    fixture.lock(&["web/src", "web/till", "web/late"]);
    for (arguments, more) in [(&["--debug"][..], &[][..]), (&[], &["--release"])] {
        let run = fixture.cargo("run", more);
        assert_eq!(run.code, 0, "{}", run.err);
        let read = fixture.csp(&[&["emit", "--format", "json"], arguments].concat());
        assert_eq!((read.code, read.err.as_str()), (0, ""));
        let read: serde_json::Value = serde_json::from_str(&read.out).expect("JSON");
        let read = read["policies"].as_array().expect("a list").iter();
        let text = |value: &serde_json::Value| value.as_str().expect("a text").to_owned();
        let lines: Vec<String> =
            read.map(|policy| format!("{} {}", text(&policy["name"]), text(&policy["header"]))).collect();
        assert_eq!(lines.len(), NAMES.len());
        assert_eq!(lines, run.out.lines().collect::<Vec<_>>(), "{arguments:?}");
        // A server for development is in debug builds only.
        let plain = run.out.lines().next().expect("a line");
        assert_eq!(plain.contains("localhost"), more.is_empty(), "{plain}");
    }
}

/// The scan that the configuration asks for gives the same as the lock.
#[test]
fn a_lock_and_a_scan_say_the_same() {
    let fixture = fixture(FILES);
    fixture.write("src/main.rs", &program());
    let manifest = std::fs::read_to_string(fixture.folder.join("Cargo.toml")).expect("a manifest");
    fixture.write(
        "Cargo.toml",
        &format!("{manifest}\n[package.metadata.csp]\nroots = [\"web/src\", \"web/till\", \"web/late\"]\n"),
    );
    let scanned = fixture.csp(&["emit", "--format", "json"]);
    assert_eq!((scanned.code, scanned.err.as_str()), (0, ""));
    fixture.lock(&["web/src", "web/till", "web/late"]);
    assert_eq!(fixture.csp(&["emit", "--format", "json"]).out, scanned.out);
}

#[test]
fn what_the_compiler_refuses_the_command_refuses() {
    for (list, options, files) in [
        ("..scanned", &[][..], FILES),
        ("..OTHER, ..scanned(\"web/src\")", &[], FILES),
        ("..scanned(\"web/src\", \"web/app\")", &[], FILES),
        (
            "..scanned(\"web/src\")",
            &["--strict"],
            &[
                ("web/src/x.ts", "fetch(`https://${y}.example`); fetch('/x')"),
                ("web/till/y.ts", ""),
                ("web/late/y.ts", ""),
            ],
        ),
    ] {
        let fixture = fixture(files);
        if options.is_empty() {
            fixture.lock(&["web/src", "web/till", "web/late"]);
        } else {
            fixture.write("build.rs", &BUILD.replace(".emit()", ".strict().emit()"));
            fixture.lock(&["--strict", "web/src", "web/till", "web/late"]);
        }
        fixture.write(
            "src/lib.rs",
            &format!(
                "csp_runtime::connect_src! {{\n    pub static SHOP = [{list}];\n    pub static OTHER = [self];\n}}\n"
            ),
        );
        let messages = fixture.messages(&[]);
        assert_eq!(messages.len(), 1, "{messages:?}");
        let run = fixture.csp(&["emit", "--format", "header"]);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{list}");
        // To the compiler, a declaration stands where the macro does.
        let expected = messages[0]
            .replacen("error[E0080]: evaluation panicked: ", "error: ", 1)
            .replacen("error: ", "error: src/lib.rs:2: ", 1)
            .replacen("OTHER at src/lib.rs:1,", "OTHER at src/lib.rs:3,", 1);
        assert_eq!(run.err.trim_end(), expected, "{list}");
    }
}
