//! Bodies that no browser sends.

use csp_monitor_tests::{POLICY, entry, legacy};

use crate::Case;

const BROKEN: &[(&str, &[u8])] = &[
    ("empty", b""),
    ("blanks", b" \r\n\t "),
    ("a byte order mark alone", b"\xef\xbb\xbf"),
    ("null", b"null"),
    ("true", b"true"),
    ("a number", b"5"),
    ("a huge number", b"1e999999"),
    ("a string", br#""csp-report""#),
    ("a word", b"csp-report"),
    ("a form", b"csp-report=1&a=b"),
    ("XML", b"<?xml version=\"1.0\"?><csp-report/>"),
    ("a page", b"<!doctype html><script>alert(1)</script>"),
    (
        "gzip without saying so",
        b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\x8b\x8e\x05\x00\x29\xbb\x4c\x0d\x02\x00\x00\x00",
    ),
    ("truncated in a name", br#"{"csp-rep"#),
    ("truncated array", br#"[{"type":"csp-violation"},"#),
    ("an array without end", b"["),
    ("an object without end", b"{"),
    ("trailing comma", br#"[{"type":"x"},]"#),
    ("no comma", br#"[{"type":"x"}{"type":"x"}]"#),
    ("two documents", br#"{"type":"x"}{"type":"x"}"#),
    ("NDJSON", b"{\"type\":\"x\"}\n{\"type\":\"x\"}\n"),
    ("text behind", br#"[{"type":"x"}] x"#),
    ("single quotes", b"{'type': 'x'}"),
    ("a comment", b"[/* no */]"),
    ("NaN", br#"{"age": NaN}"#),
    ("a number as a name", b"{1: 2}"),
    ("wrong brackets", br#"[{"type":"x"]}"#),
    ("not UTF-8", b"{\"type\":\"\xff\xfe\"}"),
    ("UTF-16", b"\xff\xfe{\0}\0"),
    ("an overlong slash", b"[\"\xc0\xaf\"]"),
    ("half a character", b"[\"\xe2\x82\"]"),
    ("a surrogate in UTF-8", b"[\"\xed\xa0\x80\"]"),
    ("a raw line break in a string", b"{\"type\":\"a\nb\"}"),
    ("NUL behind", b"[]\0"),
    ("NUL before", b"\0[]"),
    ("a bad escape", br#"{"type":"\x41"}"#),
];

/// Entries of a batch that are no reports.
const REJECTED: &[&str] = &[
    "null",
    "5",
    "1e999999",
    "\"x\"",
    "[]",
    "[{}]",
    "{}",
    r#"{"a":1}"#,
    r#"{"type":null}"#,
    r#"{"type":5,"body":{}}"#,
    r#"{"type":["csp-violation"],"body":{}}"#,
    r#"{"type":"csp-violation"}"#,
    r#"{"type":"csp-violation","body":null}"#,
    r#"{"type":"csp-violation","body":[]}"#,
    r#"{"type":"csp-violation","body":"x"}"#,
    r#"{"csp-report":null}"#,
    r#"{"csp-report":"x"}"#,
    r#"{"csp-report":[{}]}"#,
    r#"{"csp-report":{}}"#,
    r#"{"csp-report":{"document-uri":""}}"#,
    r#"{"csp-report":{"document-uri":{}}}"#,
    r#"{"csp-report":{"document-uri":5}}"#,
    r#"{"csp-report":{"document-uri":"https://a.example/"}}"#,
    r#"{"csp-report":{"document-uri":"https://a.example/","effective-directive":""}}"#,
    r#"{"csp-report":{"document-uri":"https://a.example/","effective-directive":["connect-src"]}}"#,
    r#"{"csp-report":{"document-uri":"https://a.example/","effective-directive":"img-src","line-number":[1]}}"#,
    r#"{"csp-report":{"document-uri":"https://a.example/","effective-directive":"img-src","status-code":true}}"#,
    r#"{"csp-report":{"document-uri":"https://a.example/","effective-directive":"img-src","disposition":1}}"#,
    r#"{"csp-report":{"document-uri":"https://a.example/","effective-directive":"img-src"},"age":{}}"#,
    r#"{"csp-report":{"document-uri":"https://a.example/","effective-directive":"img-src"},"user_agent":0}"#,
    r#"{"\ud800":1}"#,
];

/// Members of a report that is accepted all the same.
const MEMBERS: &[(&str, &str)] = &[
    ("line as a string", r#""line-number":"9""#),
    ("line of 26 digits", r#""line-number":99999999999999999999999999"#),
    ("negative line", r#""line-number":-1"#),
    ("line as a fraction", r#""line-number":9.5"#),
    ("status 70000", r#""status-code":70000"#),
    ("status as a string", r#""status-code":"200""#),
    ("a name twice", r#""blocked-uri":"https://one.example/","blocked-uri":"https://two.example/""#),
    ("a name twice, escaped", r#""blocked\u002duri":"inline""#),
    ("unknown members", r#""constructor":{"prototype":1},"__proto__":{"a":[1,{}]}"#),
    ("an unknown disposition", r#""disposition":"maybe""#),
    ("NUL in texts", r#""source-file":"\u0000","script-sample":"a\u0000b","referrer":"\u0000""#),
    ("half a surrogate", r#""script-sample":"a\ud83d""#),
    ("other half", r#""script-sample":"\udc00b""#),
    (
        "right to left",
        "\"script-sample\":\"\u{202e}gnp.exe\u{2066}\",\"source-file\":\"https://x.example/\u{202e}sj.a\"",
    ),
    ("invisible", "\"script-sample\":\"a\u{200b}b\",\"referrer\":\"https://x.example/\u{200b}\""),
    ("line breaks", r#""script-sample":"a\r\nSet-Cookie: x","source-file":"https://x.example/\r\nforged""#),
    ("terminal escapes", r#""script-sample":"\u001b[2J","blocked-uri":"https://x.example/\u001b]0;title\u0007""#),
    (
        "markup",
        r#""script-sample":"</script><script>alert(1)</script>","blocked-uri":"https://x.example/<img src=x onerror=alert(1)>""#,
    ),
    ("a quote in an origin", r#""blocked-uri":"https://x.example\",*,\"/""#),
    ("a semicolon in an origin", r#""blocked-uri":"https://x.example;script-src *""#),
    ("a blank in an origin", r#""blocked-uri":"https://x.example *""#),
    ("a javascript URL", r#""blocked-uri":"javascript:alert(1)""#),
    ("an odd host", r#""blocked-uri":"https://xn--e1afmkfd.example/""#),
    ("a host of other letters", r#""blocked-uri":"https://аpple.example/""#),
    ("SQL", r#""blocked-uri":"https://x.example/'); DROP TABLE csp_group; --","script-sample":"' OR 1=1 --""#),
    ("a path", r#""source-file":"../../../../etc/passwd""#),
    ("an age of ages", r#""x":1},"age":18446744073709551615,"y":{"z":1"#),
    ("a negative age", r#""x":1},"age":-5,"y":{"z":1"#),
    (
        "credentials",
        r#""blocked-uri":"https://user:s3cret@evil.example/","source-file":"https://s3cret@x.example/a.js""#,
    ),
    (
        "secrets in fragments",
        r#""blocked-uri":"https://evil.example/#s3cret","document-uri":"https://shop.example.com/#s3cret""#,
    ),
];

pub(super) fn cases() -> Vec<Case> {
    let mut cases: Vec<_> = BROKEN.iter().map(|(name, body)| Case::broken(*name, *body)).collect();
    let good = entry("https://evil.example/good");
    for rejected in REJECTED {
        // One bad entry doesn't lose the batch.
        let body = format!("[{good},{rejected},{{\"type\":\"x\"}},{good}]");
        cases.push(Case::taken(format!("among others: {rejected}"), body, [2, 1, 1, 0]));
        if rejected.starts_with('{') {
            cases.push(Case::taken(format!("alone: {rejected}"), *rejected, [0, 0, 1, 0]));
        }
    }
    for (name, member) in MEMBERS {
        let body = format!(
            r#"{{"csp-report":{{"document-uri":"https://shop.example.com/","effective-directive":"connect-src","original-policy":"{POLICY}",{member}}}}}"#
        );
        cases.push(Case::taken(*name, body, [1, 0, 0, 0]));
    }
    cases.extend(sizes());
    cases.extend(depths());
    cases
}

fn sizes() -> Vec<Case> {
    let good = legacy("https://evil.example/size");
    let padded = |length: usize| format!("{}{good}", " ".repeat(length - good.len()));
    let entries = |count: usize| format!("[{}]", vec![r#"{"type":"x"}"#; count].join(","));
    let long = |length: usize| legacy(&format!("https://evil.example/{}", "a".repeat(length)));
    vec![
        Case::taken("a byte order mark", [b"\xef\xbb\xbf", good.as_bytes()].concat(), [1, 0, 0, 0]),
        Case::broken("a byte order mark twice", [b"\xef\xbb\xbf\xef\xbb\xbf", good.as_bytes()].concat()),
        Case::taken("200 entries", entries(200), [0, 200, 0, 0]),
        Case::taken("201 entries", entries(201), [0, 200, 0, 1]),
        Case::taken("5,000 entries", entries(5_000), [0, 200, 0, 4_800]),
        Case::taken("100,000 numbers", format!("[{}1]", "1,".repeat(99_999)), [0, 0, 200, 99_800]),
        Case::taken("64 KiB", padded(64 << 10), [1, 0, 0, 0]),
        Case::new("64 KiB and 1", padded((64 << 10) + 1), 413, [0, 0, 0, 1]),
        Case::taken("a batch of 1 MiB", format!("[{}]", " ".repeat((1 << 20) - 2)), [0, 0, 0, 0]),
        Case::new("a batch of 1 MiB and 1", format!("[{}]", " ".repeat((1 << 20) - 1)), 413, [0, 0, 0, 1]),
        Case::new("4 MiB", "[".repeat(4 << 20), 413, [0, 0, 0, 1]),
        Case::new("1 MiB of blanks", " ".repeat(1 << 20), 413, [0, 0, 0, 1]),
        Case::taken("a URL of 60,000 characters", long(60_000), [1, 0, 0, 0]),
        Case::taken(
            "a host of 5,000 characters",
            legacy(&format!("https://{}.example/", "a".repeat(5_000))),
            [1, 0, 0, 0],
        ),
        Case::taken("a policy of 60,000 characters", good.replace(POLICY, &"x ".repeat(30_000)), [1, 0, 0, 0]),
        Case::broken("a truncated report", &good[..good.len() - 1]),
        Case::broken("half a report", &good[..good.len() / 2]),
    ]
}

fn depths() -> Vec<Case> {
    let arrays = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    let objects = |depth: usize| format!("{}1{}", r#"{"a":"#.repeat(depth), "}".repeat(depth));
    vec![
        Case::broken("10,000 arrays without end", "[".repeat(10_000)),
        Case::broken("10,000 objects without end", r#"{"a":"#.repeat(10_000)),
        Case::taken("10,000 arrays", arrays(10_000), [0, 0, 1, 0]),
        Case::taken("500,000 arrays", arrays(500_000), [0, 0, 1, 0]),
        Case::taken("10,000 objects", objects(10_000), [0, 0, 1, 0]),
        Case::taken("a deep body", format!(r#"[{{"type":"csp-violation","body":{}}}]"#, arrays(100_000)), [0, 0, 1, 0]),
        Case::taken(
            "a deep member that nobody needs",
            format!(
                r#"[{{"type":"csp-violation","body":{{"documentURL":"https://shop.example.com/","effectiveDirective":"connect-src","x":{}}}}}]"#,
                objects(100_000)
            ),
            [1, 0, 0, 0],
        ),
        Case::taken(
            "a deep report of another type",
            format!(r#"[{{"type":"x","body":{}}}]"#, objects(10_000)),
            [0, 1, 0, 0],
        ),
    ]
}
