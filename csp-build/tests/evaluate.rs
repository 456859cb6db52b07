//! `cargo csp evaluate`: of policies that are given, and of those that a crate declares.

#![allow(clippy::expect_used, reason = "a test whose command can't be run can only fail")]

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

/// Exit code, stdout, stderr.
fn evaluate(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_cargo-csp"))
        .args(["csp", "evaluate"])
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("the command runs");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (output.status.code().expect("a code"), text(output.stdout), text(output.stderr))
}

fn codes(policy: &str) -> (i32, Vec<String>) {
    let (code, out, err) = evaluate(&std::env::temp_dir(), &["--format", "json", policy]);
    assert_eq!(err, "", "{policy}");
    let found: Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(found["schema"], "cargo-csp/evaluate/1");
    let findings = found["policies"][0]["findings"].as_array().expect("a list");
    let code_of = |finding: &Value| {
        assert!(finding["message"].as_str().is_some_and(|message| !message.is_empty()));
        format!("{}:{}", finding["severity"].as_str().expect("text"), finding["code"].as_str().expect("text"))
    };
    (code, findings.iter().map(code_of).collect())
}

#[test]
fn policies_are_evaluated() {
    for (policy, code, expected) in [
        (
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
             require-trusted-types-for 'script'",
            0,
            &[][..],
        ),
        (
            "default-src 'self'; base-uri 'none'",
            0,
            &["note:missing-form-action", "note:missing-frame-ancestors", "note:missing-trusted-types"],
        ),
        (
            "script-src 'unsafe-inline' https:; object-src 'none'; base-uri 'none'; default-src 'none'; form-action \
             'none'; frame-ancestors 'none'; require-trusted-types-for 'script'",
            1,
            &["error:unsafe-inline", "error:wide-scripts"],
        ),
        // Nothing at all, as of a variable that isn't set.
        ("", 1, &["error:missing-script-src"]),
        (" ; ,", 1, &["error:missing-script-src"]),
        ("nonsense 'self'", 1, &["error:unknown-directive", "error:missing-script-src"]),
        // Of connections alone, only what concerns them.
        ("connect-src *", 0, &["note:open-channel"]),
        ("connect-src 'self'", 0, &[]),
        ("conect-src 'self'; default-src 'none'; base-uri 'none'", 1, &["error:unknown-directive"]),
    ] {
        let (found_code, found) = codes(policy);
        let found: Vec<&str> = found.iter().map(String::as_str).collect();
        if expected.is_empty() || found.len() == expected.len() {
            assert_eq!(found, expected, "{policy}");
        } else {
            assert!(expected.iter().all(|code| found.contains(code)), "{policy}: {found:?}");
        }
        assert_eq!(found_code, code, "{policy}: {found:?}");
    }
}

#[test]
fn declared_policies_are_evaluated_as_in_a_release() {
    let folder = std::env::temp_dir().join(format!("csp-evaluate-{}", std::process::id()));
    fs::create_dir_all(folder.join("src")).expect("a folder can be made");
    let manifest = "[package]\nname = \"fixture\"\nversion = \"0.1.0\"\nedition = \"2024\"\n[workspace]\n";
    fs::write(folder.join("Cargo.toml"), manifest).expect("a file can be written");
    let source = r#"
csp_runtime::connect_src! {
    static API = ["https://api.example.com", #[cfg(debug_assertions)] "http://localhost:*"];
}
csp_runtime::policy! {
    static PAGE = { use_defaults: true, script_src: [nonce, strict_dynamic] };
    static OPEN = { connect_src: API, img_src: [self] };
}
"#;
    fs::write(folder.join("src/lib.rs"), source).expect("a file can be written");
    let (code, out, _) = evaluate(&folder, &["--color", "never"]);
    let (denied, _, _) = evaluate(&folder, &["--deny", "note"]);
    let (json_code, json_out, _) = evaluate(&folder, &["--format", "json", "--deny", "error"]);
    fs::remove_dir_all(&folder).expect("a folder can be removed");
    assert_eq!((code, denied, json_code), (1, 1, 1), "{out}");
    let expected = "\
API (src/lib.rs:3)
PAGE (src/lib.rs:6)
  note[unsafe-inline-style]: 'unsafe-inline' in style-src: injected styles can read what is on the page
    help: give inline styles a nonce, or move them into a file
";
    assert!(out.starts_with(expected), "{out}");
    let found: Value = serde_json::from_str(&json_out).expect("JSON");
    assert_eq!(found["policies"][0], json!({ "title": "API (src/lib.rs:3)", "findings": [] }));
    assert_eq!(found["policies"][2]["title"], "OPEN (src/lib.rs:7)");
}

#[test]
fn what_cannot_be_evaluated_is_said() {
    let folder = std::env::temp_dir().join(format!("csp-evaluate-none-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder can be made");
    let (code, out, err) = evaluate(&folder, &[]);
    fs::remove_dir_all(&folder).expect("a folder can be removed");
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("Cargo.toml"), "{err}");
}
