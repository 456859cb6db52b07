//! `cargo csp diff`, as scripts and people run it.

#![allow(clippy::expect_used, reason = "a test whose command can't be run can only fail")]

use std::process::Command;

const OLD: &str = "default-src 'self'; connect-src https://*.example.com";
const NEW: &str = "default-src 'self'; connect-src https://api.example.com https://b.example; img-src data:";

/// Exit code, stdout, stderr.
fn diff(arguments: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_cargo-csp"))
        .args(["csp", "diff"])
        .args(arguments)
        .env_remove("CLICOLOR_FORCE")
        .output()
        .expect("the command runs");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (output.status.code().expect("a code"), text(output.stdout), text(output.stderr))
}

#[test]
fn people_see_what_is_gained_and_lost() {
    let (code, out, err) = diff(&[OLD, NEW]);
    let expected = "\
connect-src is wider and narrower
  + https://b.example
  - https://*.example.com
img-src is wider and narrower
  + data:
  - 'self'
";
    assert_eq!((code, out.as_str(), err.as_str()), (1, expected, ""));
    assert_eq!(diff(&[OLD, OLD]), (0, "the policies allow the same\n".to_owned(), String::new()));
}

#[test]
fn scripts_get_json() {
    let (code, out, _) = diff(&["--format", "json", OLD, NEW]);
    let expected = concat!(
        r#"{"schema":"cargo-csp/diff/1","widened":true,"changes":["#,
        r#"{"directive":"connect-src","gained":["https://b.example"],"lost":["https://*.example.com"]},"#,
        r#"{"directive":"img-src","gained":["data:"],"lost":["'self'"]}]}"#,
        "\n"
    );
    assert_eq!((code, out.as_str()), (1, expected));
    let (code, out, _) = diff(&["--format", "json", "connect-src *", "connect-src 'self'"]);
    assert_eq!(code, 0, "{out}");
}

#[test]
fn what_a_browser_drops_is_said() {
    let (code, out, err) = diff(&["img-src 'self'", "img-src 'self' https://api_1.example"]);
    assert_eq!((code, out.as_str()), (0, "the policies allow the same\n"));
    assert!(err.starts_with("NEW: warning[dead-source]: "), "{err}");
}

#[test]
fn policies_are_read_from_files() {
    let path = std::env::temp_dir().join(format!("csp-diff-{}.txt", std::process::id()));
    std::fs::write(&path, format!("Content-Security-Policy: {OLD}\n")).expect("a file can be written");
    let found = diff(&[path.to_str().expect("UTF-8"), NEW]);
    std::fs::remove_file(&path).expect("it was written");
    assert_eq!(found, diff(&[OLD, NEW]));
}

#[test]
fn wrong_arguments_are_no_answer() {
    for arguments in [&[][..], &[OLD], &[OLD, NEW, "x"], &["--format", "xml", OLD, NEW]] {
        let (code, out, err) = diff(arguments);
        assert_eq!((code, out.as_str()), (2, ""), "{err}");
    }
}
