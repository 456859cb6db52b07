//! The program from outside: what it prints.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use std::process::Command;

#[test]
fn it_says_what_was_allowed_and_what_was_refused() {
    let output = Command::new(env!("CARGO_BIN_EXE_hyper-client")).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let printed = String::from_utf8(output.stdout).unwrap();
    let starts = [
        "allowed: GET /api/users was answered: Ada, Grace, Edsger",
        "allowed: GET /api/old-users was answered: Ada, Grace, Edsger",
        "refused: GET /admin/keys\nRefused to connect to 'http://127.0.0.1:",
        "refused: GET /api/moved\nRefused to connect to 'http://127.0.0.1:",
    ];
    let paragraphs: Vec<&str> = printed.trim_end().split("\n\n").collect();
    assert_eq!(paragraphs.len(), starts.len(), "{printed}");
    for (paragraph, start) in paragraphs.iter().zip(starts) {
        assert!(paragraph.starts_with(start), "{paragraph}");
    }
    let redirected = |paragraph: &str| paragraph.contains("\n  redirected from: http://127.0.0.1:");
    assert!(!redirected(paragraphs[2]) && redirected(paragraphs[3]), "{printed}");
}
