//! Bodies that no browser sends.

use csp_core::report::{BodyErrorKind, Limits, RejectionKind, accepts, parse};

use crate::{json, read, row};

/// A report that can be read.
const GOOD: &str = r#"{"csp-report":{"document-uri":"https://shop.example.com/","effective-directive":"connect-src","blocked-uri":"https://evil.example/"}}"#;

#[test]
fn what_is_no_batch_counts_as_one_rejected() {
    let deep_open = "[".repeat(10_000);
    let deep_object = r#"{"a":"#.repeat(10_000);
    let cases: &[(&str, &[u8])] = &[
        ("empty", b""),
        ("blanks", b" \r\n\t "),
        ("byte order mark alone", b"\xef\xbb\xbf"),
        ("null", b"null"),
        ("true", b"true"),
        ("a number", b"5"),
        ("a huge number", b"1e999999"),
        ("a string", br#""csp-report""#),
        ("a word", b"csp-report"),
        ("a form", b"csp-report=1&a=b"),
        ("XML", b"<csp-report/>"),
        ("truncated object", &GOOD.as_bytes()[..GOOD.len() - 1]),
        ("truncated in a string", &GOOD.as_bytes()[..40]),
        ("truncated in a name", br#"{"csp-rep"#),
        ("truncated array", br#"[{"type":"csp-violation"},"#),
        ("array without end", b"["),
        ("object without end", b"{"),
        ("trailing comma", br#"[{"type":"x"},]"#),
        ("no comma", br#"[{"type":"x"}{"type":"x"}]"#),
        ("two documents", br#"{"type":"x"}{"type":"x"}"#),
        ("text behind", br#"[{"type":"x"}] x"#),
        ("single quotes", b"{'type': 'x'}"),
        ("a comment", b"[/* no */]"),
        ("NaN", br#"{"age": NaN}"#),
        ("a number as a name", b"{1: 2}"),
        ("wrong brackets", br#"[{"type":"x"]}"#),
        ("not UTF-8", b"{\"type\":\"\xff\xfe\"}"),
        ("UTF-16", b"\xff\xfe{\0}\0"),
        ("overlong slash", b"[\"\xc0\xaf\"]"),
        ("half a character", b"[\"\xe2\x82\"]"),
        ("a raw line break in a string", b"{\"type\":\"a\nb\"}"),
        ("NUL behind", b"[]\0"),
        ("a bad escape", br#"{"type":"\x41"}"#),
        ("10,000 arrays without end", deep_open.as_bytes()),
        ("10,000 objects without end", deep_object.as_bytes()),
    ];
    for (note, body) in cases {
        let error = read(body).err().unwrap_or_else(|| panic!("{note}"));
        assert_eq!(row(error.counts()), [0, 0, 1, 0], "{note}");
        assert!(!error.to_string().is_empty());
    }
}

#[test]
fn one_bad_entry_does_not_lose_the_batch() {
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    let deep_objects = format!("{}1{}", r#"{"a":"#.repeat(10_000), "}".repeat(10_000));
    let deep_body = format!(r#"{{"type":"csp-violation","body":{deep}}}"#);
    let deep_member = format!(r#"{{"type":"csp-violation","body":{{"documentURL":{deep_objects}}}}}"#);
    let cases: &[(&str, RejectionKind)] = &[
        ("null", RejectionKind::NotAnObject),
        ("5", RejectionKind::NotAnObject),
        ("1e999999", RejectionKind::NotAnObject),
        ("\"x\"", RejectionKind::NotAnObject),
        ("[]", RejectionKind::NotAnObject),
        (&deep, RejectionKind::NotAnObject),
        ("{}", RejectionKind::UnknownShape),
        (r#"{"a":1}"#, RejectionKind::UnknownShape),
        (&deep_objects, RejectionKind::UnknownShape),
        (r#"{"type":null}"#, RejectionKind::UnknownShape),
        (r#"{"type":5,"body":{}}"#, RejectionKind::WrongType { member: "type" }),
        (r#"{"type":["csp-violation"],"body":{}}"#, RejectionKind::WrongType { member: "type" }),
        (r#"{"type":"csp-violation"}"#, RejectionKind::Missing { member: "body" }),
        (r#"{"type":"csp-violation","body":null}"#, RejectionKind::WrongType { member: "body" }),
        (r#"{"type":"csp-violation","body":[]}"#, RejectionKind::WrongType { member: "body" }),
        (r#"{"type":"csp-violation","body":"x"}"#, RejectionKind::WrongType { member: "body" }),
        (&deep_body, RejectionKind::WrongType { member: "body" }),
        (&deep_member, RejectionKind::WrongType { member: "documentURL" }),
        (r#"{"csp-report":null}"#, RejectionKind::WrongType { member: "csp-report" }),
        (r#"{"csp-report":"x"}"#, RejectionKind::WrongType { member: "csp-report" }),
        (r#"{"csp-report":[{}]}"#, RejectionKind::WrongType { member: "csp-report" }),
        (r#"{"csp-report":{}}"#, RejectionKind::Missing { member: "documentURL" }),
        (r#"{"csp-report":{"document-uri":""}}"#, RejectionKind::Missing { member: "documentURL" }),
        (r#"{"csp-report":{"document-uri":null}}"#, RejectionKind::Missing { member: "documentURL" }),
        (r#"{"csp-report":{"document-uri":{}}}"#, RejectionKind::WrongType { member: "document-uri" }),
        (r#"{"csp-report":{"document-uri":5}}"#, RejectionKind::WrongType { member: "document-uri" }),
        (
            r#"{"csp-report":{"document-uri":"https://a.example/"}}"#,
            RejectionKind::Missing { member: "effectiveDirective" },
        ),
        (
            r#"{"csp-report":{"document-uri":"https://a.example/","effective-directive":""}}"#,
            RejectionKind::Missing { member: "effectiveDirective" },
        ),
        (
            r#"{"csp-report":{"document-uri":"https://a.example/","effective-directive":["connect-src"]}}"#,
            RejectionKind::WrongType { member: "effective-directive" },
        ),
        (
            r#"{"csp-report":{"document-uri":"https://a.example/","effective-directive":"img-src","line-number":[1]}}"#,
            RejectionKind::WrongType { member: "line-number" },
        ),
        (
            r#"{"csp-report":{"document-uri":"https://a.example/","effective-directive":"img-src","status-code":true}}"#,
            RejectionKind::WrongType { member: "status-code" },
        ),
        (
            r#"{"csp-report":{"document-uri":"https://a.example/","effective-directive":"img-src","disposition":1}}"#,
            RejectionKind::WrongType { member: "disposition" },
        ),
        (
            r#"{"csp-report":{"document-uri":"https://a.example/","effective-directive":"img-src"},"age":{}}"#,
            RejectionKind::WrongType { member: "age" },
        ),
        (
            r#"{"csp-report":{"document-uri":"https://a.example/","effective-directive":"img-src"},"user_agent":0}"#,
            RejectionKind::WrongType { member: "user_agent" },
        ),
        (r#"{"\ud800":1}"#, RejectionKind::Unreadable),
    ];
    for (entry, expected) in cases {
        let shown: String = entry.chars().take(100).collect();
        let body = format!("[{GOOD}, {entry}, {{\"type\": \"x\"}}, {GOOD}]");
        let batch = parse(body.as_bytes(), &Limits::default()).unwrap_or_else(|error| panic!("{shown}: {error}"));
        assert_eq!(row(batch.counts()), [2, 1, 1, 0], "{shown}");
        let rejection = batch.rejections()[0];
        assert_eq!((rejection.index, rejection.kind), (1, *expected), "{shown}");
        // Alone it is rejected for the same reason.
        if entry.starts_with('{') && entry.len() < 1 << 16 {
            let batch = parse(entry.as_bytes(), &Limits::default()).unwrap_or_else(|error| panic!("{shown}: {error}"));
            assert_eq!(row(batch.counts()), [0, 0, 1, 0], "{shown}");
            assert_eq!(batch.rejections()[0].kind, *expected, "{shown}");
        }
    }
}

#[test]
fn limits_hold_and_everything_counts() {
    let entries = |count: usize| format!("[{}]", vec![GOOD; count].join(","));
    let padded = |length: usize| format!("{}{GOOD}", " ".repeat(length - GOOD.len()));
    for (note, body, expected) in [
        ("199 entries", entries(199), Ok([199, 0, 0, 0])),
        ("200 entries", entries(200), Ok([200, 0, 0, 0])),
        ("201 entries", entries(201), Ok([200, 0, 0, 1])),
        ("5,000 entries", entries(5_000), Ok([200, 0, 0, 4_800])),
        (
            "filtered and rejected ones take place too",
            format!("[{}{GOOD}]", "1,{\"type\":\"x\"},".repeat(100)),
            Ok([0, 100, 100, 1]),
        ),
        ("64 KiB", padded(64 << 10), Ok([1, 0, 0, 0])),
        ("64 KiB and 1", padded((64 << 10) + 1), Err(64 << 10)),
        ("a batch of 1 MiB", format!("[{}]", " ".repeat((1 << 20) - 2)), Ok([0, 0, 0, 0])),
        ("a batch of 1 MiB and 1", format!("[{}]", " ".repeat((1 << 20) - 1)), Err(1 << 20)),
        ("a number of 100 KiB", "1".repeat(100 << 10), Err(64 << 10)),
    ] {
        let found = parse(body.as_bytes(), &Limits::default());
        match (found, expected) {
            (Ok(batch), Ok(counts)) => assert_eq!(row(batch.counts()), counts, "{note}"),
            (Err(error), Err(limit)) => {
                assert_eq!(error.kind(), BodyErrorKind::TooLong { limit }, "{note}");
                assert_eq!(row(error.counts()), [0, 0, 0, 1], "{note}");
            }
            (found, _) => panic!("{note}: {found:?}"),
        }
    }
    let broken_late = format!("[{},]", vec![GOOD; 300].join(","));
    assert!(parse(broken_late.as_bytes(), &Limits::default()).is_err());
    assert_eq!(row(parse(entries(300).as_bytes(), &Limits::NONE).unwrap().counts()), [300, 0, 0, 0]);
    assert_eq!(row(parse(entries(3).as_bytes(), &Limits::default().entries(0)).unwrap().counts()), [0, 0, 0, 3]);
    assert_eq!(Limits::default().bytes(10, 5).longest(), 10);
}

#[test]
fn a_nesting_that_fills_the_batch_is_no_danger() {
    let depth = 500_000;
    let body = format!("[{{\"x\":{}{}}},{GOOD}]", "[".repeat(depth), "]".repeat(depth));
    assert_eq!(row(parse(body.as_bytes(), &Limits::default()).unwrap().counts()), [1, 0, 1, 0]);
}

#[test]
fn content_types_are_told_apart() {
    for (content_type, expected) in [
        ("application/csp-report", true),
        ("application/reports+json", true),
        ("application/json", true),
        ("Application/CSP-Report ; charset=utf-8", true),
        (" application/json", true),
        ("text/plain", false),
        ("text/plain; application/json", false),
        ("application/x-www-form-urlencoded", false),
        ("multipart/form-data; boundary=x", false),
        ("application/json5", false),
        ("application/jsonapplication/json", false),
        ("*/*", false),
        ("", false),
    ] {
        assert_eq!(accepts(content_type), expected, "{content_type}");
    }
}

#[test]
fn injected_text_stays_text() {
    for hostile in ["<script>alert(1)</script>", "a\r\nSet-Cookie: x=1", "\u{1b}[31mred", "\u{202e}gpj.exe", "\u{0}"] {
        let member = json(hostile);
        let body = format!(
            r#"{{"csp-report":{{"document-uri":{member},"effective-directive":{member},"blocked-uri":{member},
                "original-policy":{member},"source-file":{member},"script-sample":{member},"referrer":{member}}},
                "user_agent":{member}}}"#
        );
        let (counts, reports) = read(body.as_bytes()).unwrap();
        assert_eq!(row(counts), [1, 0, 0, 0], "{hostile:?}");
        let (classification, report) = &reports[0];
        assert_eq!(classification.class, csp_core::report::Class::Invalid, "{hostile:?}");
        let texts = [
            Some(&report.document_url),
            Some(&report.effective_directive),
            Some(&report.blocked_url),
            Some(&report.original_policy),
            report.source_file.as_ref(),
            report.sample.as_ref(),
            report.referrer.as_ref(),
            report.user_agent.as_ref(),
        ];
        for text in texts.into_iter().flatten() {
            assert!(!text.contains(|character: char| character.is_control() || character == '\u{202e}'), "{text:?}");
        }
    }
}
