//! The protocol of `--jsonl`.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Command, Stdio};

use serde_json::json;

use crate::{ask, run};

const EXPLAIN: [&str; 3] = ["csp", "explain", "--jsonl"];

#[test]
fn ids_are_echoed_as_they_are() {
    for id in [
        "null",
        "true",
        "0",
        "-1.50e+3",
        "123456789012345678901234567890",
        "\"text \\u00e9\\n\"",
        "[1, [], {}]",
        "{\"b\": 1, \"a\":  2}",
    ] {
        let run = run(&EXPLAIN, format!("{{\"id\": {id}, \"policy\": \"\", \"url\": \"https://a.test\"}}"));
        let expected = format!(
            "{{\"id\":{id},\"verdict\":\"allow\",\"directive\":null,\"source\":null,\
             \"reason\":\"no directive restricts connections\"}}\n"
        );
        assert_eq!((run.code, run.out.as_str(), run.err.as_str()), (0, expected.as_str(), ""));
    }
}

#[test]
fn answers_keep_the_order_and_empty_lines_are_skipped() {
    let line = |id: usize| format!("{{\"id\":{id},\"policy\":\"connect-src *\",\"url\":\"https://a.test/{id}\"}}");
    let input: Vec<_> = (0..5_000).map(line).collect();
    let run = run(&EXPLAIN, format!("\n{}\r\n  \n\n", input.join("\r\n")));
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    let ids: Vec<_> = run.out.lines().map(|line| line.split([':', ',']).nth(1).map(str::to_owned)).collect();
    assert_eq!(ids, (0..5_000).map(|id| Some(id.to_string())).collect::<Vec<_>>());
    assert_eq!(crate::run(&EXPLAIN, "").out, "");
}

#[test]
fn what_is_no_url_is_an_error() {
    for (url, reason) in [
        ("", "not a URL: relative URL without a base"),
        ("hooks.example.net", "not a URL: relative URL without a base"),
        ("//a.test/", "not a URL: relative URL without a base"),
        ("https://", "not a URL: empty host"),
        ("https://a.test:99999/", "not a URL: invalid port number"),
        ("https://[::1/", "not a URL: invalid IPv6 address"),
    ] {
        let answer = ask(&json!({ "id": 7, "policy": "connect-src *", "url": url }));
        let expected = json!({ "id": 7, "verdict": "error", "directive": null, "source": null, "reason": reason });
        assert_eq!(answer, expected, "{url}");
    }
    // The URL Standard trims these.
    assert_eq!(ask(&json!({ "policy": "connect-src *", "url": " \t\nhttps://a.test/\n " }))["verdict"], "allow");
}

#[test]
fn a_line_that_cannot_be_read_is_answered_and_the_rest_too() {
    let good = json!({ "id": "good", "policy": "connect-src *", "url": "https://a.test" }).to_string();
    for (bad, id, reason) in [
        ("nonsense", "null", "line 2: expected an object"),
        ("{", "null", "line 2: EOF while parsing an object at column 1"),
        ("[]", "null", "line 2: expected an object"),
        ("{\"id\": 3}", "3", "line 2: missing field `url` at column 9"),
        ("{\"id\": 3, \"url\": \"https://a.test\"}", "3", "line 2: missing field `policy`"),
        ("{\"id\": 3, \"url\": \"https://a.test\", \"policy\": null}", "3", "line 2: missing field `policy`"),
        (
            "{\"id\": [4], \"url\": \"https://a.test\", \"policy\": 1}",
            "[4]",
            "line 2: expected `policy` to be a string or a list of strings at column 49",
        ),
        (
            "{\"policy\": \"\", \"url\": \"https://a.test\", \"self\": \"shop\"}",
            "null",
            "line 2: `self`: `shop` is no origin, such as `https://shop.example.com`: relative URL without a base",
        ),
        (
            "{\"policy\": \"\", \"url\": \"https://a.test\", \"self\": \"data:,x\"}",
            "null",
            "line 2: `self`: `data:,x` has no origin that a policy can name; an opaque origin is written `null`",
        ),
    ] {
        let run = run(&EXPLAIN, format!("{good}\n{bad}\n{good}\n"));
        let lines: Vec<_> = run.out.lines().collect();
        assert_eq!(run.code, 2, "{bad}");
        assert_eq!((lines.len(), lines[0]), (3, lines[2]), "{bad}");
        let expected = format!(
            "{{\"id\":{id},\"verdict\":\"error\",\"directive\":null,\"source\":null,\"reason\":{}}}",
            serde_json::Value::from(reason)
        );
        assert_eq!(lines[1], expected);
        assert_eq!(run.err, format!("error: {reason}\n"));
    }
}

#[test]
fn other_malformed_lines() {
    let inputs: [&[u8]; 5] = [
        b"{\"policy\": \"\", \"url\": \"https://\xff\"}",
        br#"{"policy": "", "url": "https://a.test", "delivery": "carrier pigeon"}"#,
        br#"{"policy": "", "url": "https://a.test", "redirected": "yes"}"#,
        br#"{"policy": "", "url": "https://a.test", "url": "https://b.test"}"#,
        br#"{"policy": "", "url": "https://a.test"} {}"#,
    ];
    for input in inputs {
        let run = run(&EXPLAIN, input);
        assert_eq!(run.code, 2, "{}", run.err);
        assert!(run.out.contains(r#""verdict":"error""#) && run.err.starts_with("error: line 1: "), "{}", run.err);
    }
    let run =
        run(&["csp", "explain", "--jsonl", "--as", "guard"], r#"{"policy": "connect-src *", "url": "https://a.test"}"#);
    assert_eq!(
        (run.code, run.err.as_str()),
        (2, "error: line 1: missing field `allow`, which --as guard decides by\n")
    );
}

#[test]
fn other_members_are_let_pass() {
    let question = json!({ "policy": "connect-src *", "url": "https://a.test", "expected": "allow", "delivery": null });
    assert_eq!(ask(&question)["verdict"], "allow");
}

/// Whoever asks one question after the other gets each answer before the next question.
#[test]
fn answers_do_not_wait_for_the_next_question() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_cargo-csp"))
        .args(EXPLAIN)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("runs");
    let mut questions = child.stdin.take().expect("piped");
    let mut answers = BufReader::new(child.stdout.take().expect("piped"));
    for id in 0..3 {
        writeln!(questions, "{}", json!({ "id": id, "policy": "", "url": "https://a.test" })).expect("reads");
        let mut answer = String::new();
        answers.read_line(&mut answer).expect("answers");
        assert!(answer.starts_with(&format!("{{\"id\":{id},")), "{answer}");
    }
    drop(questions);
    assert!(child.wait().expect("ends").success());
}
