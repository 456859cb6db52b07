//! `cargo csp reports`, as scripts and people run it.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a test whose command can't be run can only fail")]

use std::io::Write as _;
use std::process::{Command, Stdio};

use serde_json::Value;

const POLICY: &str = "connect-src 'self' https://api.example.com; report-uri /csp";

/// How a run ended, and what it said.
struct Run {
    code: i32,
    out: String,
    err: String,
}

fn run(arguments: &[&str], input: impl AsRef<[u8]>) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-csp"));
    command.env_remove("CLICOLOR_FORCE").args(["csp", "reports"]).args(arguments);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("runs");
    let mut stdin = child.stdin.take().expect("piped");
    let input = input.as_ref().to_owned();
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().expect("ends");
    // Who stops on its arguments reads nothing.
    let _ = writer.join().expect("writes");
    Run {
        code: output.status.code().expect("a code"),
        out: String::from_utf8(output.stdout).expect("UTF-8"),
        err: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

fn legacy(blocked: &str, more: &str) -> String {
    format!(
        r#"{{"csp-report":{{"document-uri":"https://shop.example.com/cart?s3cret","effective-directive":"connect-src","original-policy":"{POLICY}","blocked-uri":"{blocked}"{more}}}}}"#
    )
}

fn summary(run: &Run) -> Value {
    serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error}: {}", run.out))
}

/// A line of each kind.
fn lines() -> String {
    let array = format!(
        r#"[{{"type":"deprecation","body":{{}}}},{{"type":"csp-violation","url":"https://shop.example.com/","body":{{"documentURL":"https://shop.example.com/","effectiveDirective":"connect-src","originalPolicy":"{POLICY}","blockedURL":"https://evil.example/2","disposition":"report"}}}}]"#
    );
    [
        legacy(
            "https://api.exmple.com/v1?s3cret",
            r#","source-file":"https://shop.example.com/app.js?v=1","line-number":9"#,
        ),
        legacy("https://api.exmple.com/v2", r#","source-file":"https://shop.example.com/app.js?v=2","line-number":9"#),
        String::new(),
        legacy("https://evil.example/", r#","source-file":"moz-extension://1/x.js""#),
        array,
    ]
    .join("\n")
}

#[test]
fn groups_are_shown_to_people() {
    let run = run(&["--policy", POLICY, "-"], lines());
    assert_eq!((run.code, run.err.as_str()), (1, ""));
    assert_eq!(
        run.out,
        "2 × connect-src: https://api.exmple.com/v1
  on https://shop.example.com, by https://shop.example.com/app.js:9
  = because: no source covers it; the nearest is https://api.example.com (host differs)
  = help: in connect_src!, if your code means to connect there, add
      \"https://api.exmple.com\",

1 × connect-src: https://evil.example/2
  on https://shop.example.com
  = only reported: the browser let it pass
  = because: no source covers it; the nearest is https://api.example.com (host differs)
  = help: in connect_src!, if your code means to connect there, add
      \"https://evil.example\",

noise: 1 extension (--noise lists it)
5 reports: 4 of violations, 1 of other types
"
    );
}

#[test]
fn scripts_get_all_groups() {
    let run = run(&["--policy", POLICY, "--format", "json", "-"], lines());
    assert_eq!(run.code, 1);
    assert!(!run.out.contains("s3cret"));
    let found = summary(&run);
    assert_eq!(found["schema"], "cargo-csp/reports/1");
    assert_eq!(
        found["counters"],
        serde_json::json!({"received": 5, "accepted": 4, "filtered": 1, "rejected": 0, "over_limit": 0})
    );
    assert_eq!(found["classes"], serde_json::json!({"extension": 1, "violation": 3}));
    let groups = found["groups"].as_array().unwrap();
    assert_eq!(groups.len(), 3);
    assert_eq!(groups[0]["count"], 2);
    assert_eq!(groups[0]["entry"], "\"https://api.exmple.com\",");
    assert_eq!(groups[0]["reason"], "no-source-for-host");
    assert_eq!(groups[0]["nearest"], "https://api.example.com");
    assert_eq!(groups[0]["verified"], false);
    assert_eq!(groups[0]["disposition"], "enforce");
    assert_eq!(groups[2]["class"], "extension");
    assert_eq!(groups[2]["entry"], Value::Null);
}

#[test]
fn the_form_of_the_input_is_told_by_its_shape() {
    let one = legacy("https://evil.example/", "");
    let spread = one.replace(',', ",\n  ");
    for (note, input, received) in [
        ("a line", one.clone(), 1),
        ("a line with an end", format!("{one}\r\n"), 1),
        ("blank lines", format!("\n\n{one}\n\n{one}\n"), 2),
        ("an object over lines", spread.clone(), 1),
        ("an array over lines", format!("[\n{spread},\n{spread}\n]\n"), 2),
        ("an array of more than a request may have", format!("[{}]", vec![one.as_str(); 500].join(",\n")), 500),
        ("arrays, one a line", format!("[{one},{one}]\n[{one}]\n[]"), 3),
    ] {
        let run = run(&["--format", "json", "-"], &input);
        assert_eq!((run.code, run.err.as_str()), (1, ""), "{note}");
        assert_eq!(summary(&run)["counters"]["accepted"], received, "{note}");
    }
}

#[test]
fn what_cannot_be_read_is_told_and_the_rest_is_summarised() {
    let one = legacy("https://evil.example/", "");
    for (note, input, message, counters) in [
        ("a line", format!("{one}\noops\n{one}"), "error: line 2: not JSON at line 1 column 1\n", [2, 1]),
        ("the first line", format!("oops\n{one}"), "error: line 1: not JSON at line 1 column 1\n", [1, 1]),
        ("an entry", format!("[{one},5]"), "error: line 1: entry 1: expected an object\n", [1, 1]),
        ("no object", format!("5\n{one}"), "error: line 1: expected an object or an array\n", [1, 1]),
    ] {
        let run = run(&["--format", "json", "-"], input);
        assert_eq!((run.code, run.err.as_str()), (2, message), "{note}");
        let found = summary(&run);
        assert_eq!([&found["counters"]["accepted"], &found["counters"]["rejected"]], counters, "{note}");
    }
    let run = run(&["-"], b"\xff\n{}");
    assert_eq!(run.code, 2);
    assert_eq!(run.err.lines().count(), 2, "{}", run.err);
}

#[test]
fn exit_codes_say_what_was_found() {
    let noise = legacy("https://evil.example/", r#","source-file":"chrome-extension""#);
    assert_eq!(run(&["-"], "").code, 0);
    assert_eq!(run(&["-"], "[]").code, 0);
    assert_eq!(run(&["-"], &noise).code, 0);
    let stale = legacy("https://evil.example/", "");
    assert_eq!(run(&["-"], &stale).code, 1);
    assert_eq!(run(&["--policy", "connect-src 'self'", "-"], &stale).code, 0);
    assert_eq!(run(&["--page", "https://other.example", "-"], &stale).code, 0);
    let listed = run(&["--noise", "--page", "https://other.example", "-"], &stale);
    assert!(listed.out.contains("  = because: a page of another site\n"), "{}", listed.out);
    let missing = run(&["no-such-file.ndjson"], "");
    assert_eq!((missing.code, missing.out.as_str()), (2, ""));
    assert!(missing.err.starts_with("error: no-such-file.ndjson: "), "{}", missing.err);
    assert_eq!(run(&[], "").code, 2);
}

#[test]
fn forged_text_does_not_reach_the_terminal() {
    let run = run(&["--noise", "-"], legacy(r"\u001b[31mred\r\n\u202e", r#","source-file":"\u001b]0;x\u0007""#));
    assert_eq!(run.code, 0);
    assert!(!run.out.contains(['\u{1b}', '\r', '\u{7}', '\u{202e}']), "{:?}", run.out);
}

#[test]
fn a_flood_of_hosts_is_counted() {
    let hosts: Vec<_> = (0..10_050).map(|number| legacy(&format!("https://h{number}.example/"), "")).collect();
    let run = run(&["--format", "json", "-"], hosts.join("\n"));
    let found = summary(&run);
    assert_eq!(run.code, 1);
    assert_eq!(found["groups"].as_array().unwrap().len(), 10_000);
    assert_eq!(found["other"], 50);
    assert_eq!(found["counters"]["accepted"], 10_050);
}
