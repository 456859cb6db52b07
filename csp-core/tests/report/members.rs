//! The members of a report, one at a time.

use csp_core::Disposition;
use csp_core::report::{Limits, ViolationReport, parse};

/// Reads a report with one more member.
fn with(member: &str) -> ViolationReport<'static> {
    let body = format!(
        r#"{{"csp-report": {{"document-uri": "https://shop.example.com/", "effective-directive": "connect-src", {member}}}}}"#
    );
    let batch = parse(body.as_bytes(), &Limits::default()).unwrap_or_else(|error| panic!("{error}: {member}"));
    let report = batch.into_reports().pop().unwrap_or_else(|| panic!("rejected: {member}"));
    report.into_owned()
}

#[test]
fn numbers_come_in_many_forms() {
    for (value, expected) in [
        ("9", Some(9)),
        ("\"9\"", Some(9)),
        ("\" 9 \"", Some(9)),
        ("9.0", Some(9)),
        ("4294967295", Some(u32::MAX)),
        ("4294967296", None),
        ("99999999999999999999999999", None),
        ("1e400", None),
        ("-1", None),
        ("\"+9\"", None),
        ("9.5", None),
        ("0", None),
        ("\"\"", None),
        ("\"x\"", None),
        ("null", None),
    ] {
        assert_eq!(with(&format!("\"line-number\": {value}")).line_number, expected, "{value}");
        assert_eq!(with(&format!("\"columnNumber\": {value}")).column_number, expected, "{value}");
    }
    assert_eq!(with("\"status-code\": \"200\"").status_code, Some(200));
    assert_eq!(with("\"status-code\": 0").status_code, Some(0));
    assert_eq!(with("\"status-code\": 70000").status_code, None);
}

#[test]
fn of_a_name_that_stands_twice_the_last_counts() {
    assert_eq!(with(r#""sample": "a", "sample": "b""#).sample.as_deref(), Some("b"));
    assert_eq!(with(r#""effective-directive": "img-src""#).effective_directive, "img-src");
    assert_eq!(with(r#""line-number": {}, "line-number": 3"#).line_number, Some(3));
    assert_eq!(with(r#""blocked-uri": "https://a.example/", "blocked\u002duri": "inline""#).blocked_url, "inline");
    let body = r#"{"type": "x", "type": "csp-violation", "body": 1, "body":
        {"documentURL": "https://shop.example.com/", "effectiveDirective": "connect-src"}}"#;
    assert_eq!(parse(body.as_bytes(), &Limits::default()).unwrap().counts().accepted, 1);
}

#[test]
fn texts_are_read_whatever_is_in_them() {
    for (member, expected) in [
        (r#""script-sample": "a\ud83d""#, "a\u{fffd}"),
        (r#""script-sample": "\udc00b""#, "\u{fffd}b"),
        (r#""script-sample": "\ud83d\ude00""#, "\u{1f600}"),
        (r#""script-sample": "\u0000\n""#, "\0\n"),
        (r#""sample": "ü\/""#, "ü/"),
    ] {
        let sample = with(member).sample.expect(member);
        // Half a character takes three bytes, each of which may be replaced.
        assert_eq!(sample.replace("\u{fffd}\u{fffd}\u{fffd}", "\u{fffd}"), expected, "{member}");
    }
    for member in ["\"unknown\": {\"a\": [1, {}]}", "\"\": null", "\"sample\": null", "\"sample\": \"\""] {
        assert_eq!(with(member).sample, None, "{member}");
    }
}

#[test]
fn directives_and_dispositions_are_words() {
    for (value, expected) in [
        ("connect-src", "connect-src"),
        ("connect-src 'self' https://a.example", "connect-src"),
        (" Connect-SRC\t*", "connect-src"),
        ("no-such-src", "no-such-src"),
    ] {
        assert_eq!(with(&format!("\"effective-directive\": {}", crate::json(value))).effective_directive, expected);
    }
    for (value, expected) in [
        ("\"enforce\"", Some(Disposition::Enforce)),
        ("\"report\"", Some(Disposition::Report)),
        ("\"Enforce\"", None),
        ("\"x\"", None),
        ("null", None),
    ] {
        assert_eq!(with(&format!("\"disposition\": {value}")).disposition, expected, "{value}");
    }
}

#[test]
fn what_needs_no_change_is_borrowed() {
    let body = crate::legacy("https://shop.example.com/", "connect-src", "https://evil.example/", "img-src *", "x.js");
    let batch = parse(body.as_bytes(), &Limits::default()).unwrap();
    let report = &batch.reports()[0];
    for text in [&report.document_url, &report.effective_directive, &report.blocked_url, &report.original_policy] {
        assert!(matches!(text, std::borrow::Cow::Borrowed(_)), "{text}");
    }
}
