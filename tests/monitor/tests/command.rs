//! `cargo csp reports URL` asks a collector that runs.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use csp_monitor_tests::{Program, entry, legacy, post, request};

/// Builds the command, which takes long only where it has not been built before.
fn cargo_csp() -> PathBuf {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let output = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--package", "csp-build", "--features", "cli", "--bin", "cargo-csp", "--target-dir"])
        .arg(target)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    target.join("debug/cargo-csp")
}

fn run(program: &Path, arguments: &[&str], input: &[u8]) -> (Option<i32>, String, String) {
    let mut command = Command::new(program);
    command.args(["csp", "reports"]).args(arguments).env_remove("CLICOLOR_FORCE");
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), input).unwrap();
    let Output { status, stdout, stderr } = child.wait_with_output().unwrap();
    (status.code(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}

#[test]
fn a_running_collector_is_summarised() {
    let command = cargo_csp();
    let program = Program::start(env!("CARGO_BIN_EXE_collector"), &[], "memory");
    let base = format!("http://127.0.0.1:{}/__csp", program.port());
    let (code, out, err) = run(&command, &[&base], b"");
    assert_eq!((code, out.as_str(), err.as_str()), (Some(0), "0 reports: 0 of violations\n", ""));

    for path in ["one?key=s3cret", "two"] {
        assert_eq!(post(program.port(), legacy(&format!("https://stream.exmple.com/{path}")).as_bytes()).status, 204);
    }
    assert_eq!(post(program.port(), b"[{\"type\":\"x\"}, 5]").status, 204);
    // More groups than one answer has.
    for start in 0..11 {
        let entries: Vec<_> =
            (0..100).map(|number| entry(&format!("https://h{}.example", start * 100 + number))).collect();
        assert_eq!(post(program.port(), format!("[{}]", entries.join(",")).as_bytes()).status, 204);
    }
    let document = loop {
        let (_, out, err) = run(&command, &["--format", "json", &format!("{base}/")], b"");
        assert_eq!(err, "");
        let document: serde_json::Value = serde_json::from_str(&out).unwrap();
        // The collector writes what it has within a second.
        if document["groups"].as_array().unwrap().len() >= 1_000 {
            break document;
        }
    };
    assert_eq!(document["schema"], "cargo-csp/reports/1");
    assert_eq!(
        document["counters"],
        serde_json::json!({"received": 1104, "accepted": 1102, "filtered": 1, "rejected": 1, "over_limit": 0, "shed": 0})
    );
    // 1,000 new groups an hour.
    assert_eq!(document["other"], 101);
    let group = &document["groups"][0];
    assert_eq!((&group["count"], &group["blocked_url"]), (&2.into(), &"https://stream.exmple.com/two".into()));
    assert_eq!((&group["entry"], &group["verified"]), (&"\"https://stream.exmple.com\",".into(), &false.into()));

    let (code, out, err) = run(&command, &[&base], b"");
    assert_eq!((code, err.as_str()), (Some(1), ""));
    assert!(out.starts_with("2 × connect-src: https://stream.exmple.com/two\n  on https://shop.example.com, by https://shop.example.com/app.js:9\n"), "{out}");
    assert!(out.contains("101 reports of groups beyond the first"), "{out}");
    // What another client got says the same.
    let piped = request(program.port(), "GET", "/__csp/api/groups?all&limit=1", &[], b"");
    let (code, out, err) = run(&command, &["-"], &piped.body);
    assert_eq!((code, err.as_str()), (Some(1), ""), "{out}");
    assert!(out.contains(" × connect-src: https://"), "{out}");
}

#[test]
fn what_is_no_collector_of_this_machine_is_refused() {
    let command = cargo_csp();
    let program = Program::start(env!("CARGO_BIN_EXE_collector"), &[], "memory");
    let port = program.port();
    for (url, expected) in [
        ("https://shop.example.com/__csp", "collectors of other machines are asked with a client that has TLS"),
        ("https://127.0.0.1/__csp", "collectors of other machines are asked with a client that has TLS"),
        ("http://192.0.2.1/__csp", "collectors of other machines"),
        ("http://[", "expected the URL of a collector"),
        (&format!("http://127.0.0.1:{port}/elsewhere"), "there is no collector (404)"),
        ("http://127.0.0.1:1/__csp", "refused"),
    ] {
        let (code, out, err) = run(&command, &[url], b"");
        assert_eq!((code, out.as_str()), (Some(2), ""), "{url}");
        assert!(err.contains(expected), "{url}: {err}");
    }
    let (code, _, err) = run(&command, &["-"], b"{\"schema\":\"csp-monitor/groups/1\"}");
    assert_eq!(code, Some(2));
    assert!(err.contains("the collector's answer can't be read"), "{err}");
}
