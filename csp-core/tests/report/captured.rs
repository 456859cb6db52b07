//! Bodies as browsers of several makes and ages send them.

use crate::{QUOTED, read, row};

/// A body, its counts, and of each report: class, directive, document, blocked URL, line.
type Row = (&'static str, &'static str, [usize; 4], &'static [&'static str]);

const ROWS: &[Row] = &[
    (
        "Chromium, report-uri, fetch",
        r#"{"csp-report":{"document-uri":"https://shop.example.com/cart?token=s3cret","referrer":"","violated-directive":"connect-src","effective-directive":"connect-src","original-policy":"POLICY","disposition":"enforce","blocked-uri":"https://stream.exmple.com/n?key=s3cret","line-number":9,"column-number":13,"source-file":"https://shop.example.com/app.js","status-code":200,"script-sample":""}}"#,
        [1, 0, 0, 0],
        &["violation connect-src https://shop.example.com/cart https://stream.exmple.com/n 9"],
    ),
    (
        "Chromium, report-uri, WebSocket",
        r#"{"csp-report":{"document-uri":"http://localhost:3000/","referrer":"","violated-directive":"connect-src","effective-directive":"connect-src","original-policy":"POLICY","disposition":"report","blocked-uri":"wss://feed.example.net/live","status-code":200,"script-sample":""}}"#,
        [1, 0, 0, 0],
        &["violation connect-src http://localhost:3000/ wss://feed.example.net/live -"],
    ),
    (
        "Chromium, report-uri, a redirect: the first URL, no position",
        r#"{"csp-report":{"document-uri":"https://shop.example.com/","referrer":"","violated-directive":"connect-src","effective-directive":"connect-src","original-policy":"POLICY","disposition":"enforce","blocked-uri":"https://api.example.com/old","status-code":200,"script-sample":""}}"#,
        [1, 0, 0, 0],
        &["redirect connect-src https://shop.example.com/ https://api.example.com/old -"],
    ),
    (
        "Chromium, report-to, one",
        r#"[{"age":59410,"body":{"blockedURL":"https://evil.example/x","columnNumber":3,"disposition":"enforce","documentURL":"https://shop.example.com/","effectiveDirective":"connect-src","lineNumber":4,"originalPolicy":"POLICY","referrer":"","sample":"","sourceFile":"https://shop.example.com/","statusCode":200},"type":"csp-violation","url":"https://shop.example.com/","user_agent":"Mozilla/5.0 (X11; Linux x86_64)"}]"#,
        [1, 0, 0, 0],
        &["violation connect-src https://shop.example.com/ https://evil.example/x 4"],
    ),
    (
        "Chromium, report-to, with other types",
        r#"[{"type":"deprecation","age":1,"url":"https://shop.example.com/","body":{"id":"x"}},{"type":"csp-hash","age":2,"url":"https://shop.example.com/","body":{"subresource_url":"https://shop.example.com/a.js","hash":"sha256-x"}},{"age":0,"body":{"blockedURL":"inline","disposition":"enforce","documentURL":"https://shop.example.com/","effectiveDirective":"script-src-elem","originalPolicy":"POLICY","sample":"alert(1)","statusCode":200},"type":"csp-violation","url":"https://shop.example.com/"}]"#,
        [1, 2, 0, 0],
        &["violation script-src-elem https://shop.example.com/ inline -"],
    ),
    (
        "Chromium, report-to, no URL was blocked",
        r#"[{"age":0,"body":{"disposition":"enforce","documentURL":"https://shop.example.com/","effectiveDirective":"require-trusted-types-for","originalPolicy":"POLICY","statusCode":200},"type":"csp-violation","url":"https://shop.example.com/"}]"#,
        [1, 0, 0, 0],
        &["violation require-trusted-types-for https://shop.example.com/  -"],
    ),
    (
        "Firefox ESR 153, report-to",
        r#"[{"age":12,"type":"csp-violation","url":"https://shop.example.com/","user_agent":"Mozilla/5.0 Firefox/153.0","body":{"documentURL":"https://shop.example.com/","referrer":null,"blockedURL":"https://evil.example/x","effectiveDirective":"connect-src","originalPolicy":"POLICY","sourceFile":null,"sample":null,"disposition":"enforce","statusCode":200,"lineNumber":null,"columnNumber":null}}]"#,
        [1, 0, 0, 0],
        &["violation connect-src https://shop.example.com/ https://evil.example/x -"],
    ),
    (
        "Firefox, report-uri",
        r#"{"csp-report":{"blocked-uri":"https://evil.example/x","column-number":5,"disposition":"report","document-uri":"https://shop.example.com/","effective-directive":"connect-src","line-number":7,"original-policy":"POLICY","referrer":"","source-file":"https://shop.example.com/app.js","status-code":200,"violated-directive":"connect-src"}}"#,
        [1, 0, 0, 0],
        &["violation connect-src https://shop.example.com/ https://evil.example/x 7"],
    ),
    (
        "old Firefox: the whole directive, no effective one",
        r#"{"csp-report":{"blocked-uri":"https://evil.example","document-uri":"https://shop.example.com/","original-policy":"POLICY","referrer":"","violated-directive":"connect-src 'self' https://api.example.com"}}"#,
        [1, 0, 0, 0],
        &["violation connect-src https://shop.example.com/ https://evil.example/ -"],
    ),
    (
        "old Firefox: inline code is `self`",
        r#"{"csp-report":{"blocked-uri":"self","document-uri":"https://shop.example.com/","original-policy":"POLICY","violated-directive":"script-src 'self'","script-sample":"onclick","line-number":"12","source-file":"https://shop.example.com/"}}"#,
        [1, 0, 0, 0],
        &["violation script-src https://shop.example.com/ self 12"],
    ),
    (
        "WebKit: type and url beside csp-report, no disposition",
        r#"{"type":"csp-violation","url":"https://shop.example.com/","csp-report":{"document-uri":"https://shop.example.com/","referrer":"","violated-directive":"connect-src","effective-directive":"connect-src","original-policy":"POLICY","blocked-uri":"https://evil.example","status-code":200,"source-file":"https://shop.example.com/app.js","line-number":3,"column-number":1}}"#,
        [1, 0, 0, 0],
        &["violation connect-src https://shop.example.com/ https://evil.example/ 3"],
    ),
    (
        "old WebKit: a single object of the Reporting API",
        r#"{"type":"csp-violation","url":"https://shop.example.com/","user_agent":"Safari","body":{"documentURL":"https://shop.example.com/","effectiveDirective":"connect-src","originalPolicy":"POLICY","blockedURL":"https://evil.example/x","disposition":"enforce","statusCode":200}}"#,
        [1, 0, 0, 0],
        &["violation connect-src https://shop.example.com/ https://evil.example/x -"],
    ),
    (
        "old WebKit: a body with the older names",
        r#"[{"type":"csp-violation","url":"https://shop.example.com/","body":{"document-uri":"https://shop.example.com/","effective-directive":"connect-src","original-policy":"POLICY","blocked-uri":"https://evil.example/x"}}]"#,
        [1, 0, 0, 0],
        &["violation connect-src https://shop.example.com/ https://evil.example/x -"],
    ),
    (
        "an array of the older format",
        r#"[{"csp-report":{"document-uri":"https://shop.example.com/","effective-directive":"img-src","original-policy":"POLICY","blocked-uri":"https://cdn.example/p.png"}}]"#,
        [1, 0, 0, 0],
        &["violation img-src https://shop.example.com/ https://cdn.example/p.png -"],
    ),
    (
        "no type, the shape says enough",
        r#"[{"body":{"documentURL":"https://shop.example.com/","effectiveDirective":"connect-src","originalPolicy":"POLICY","blockedURL":"https://evil.example/x"}}]"#,
        [1, 0, 0, 0],
        &["violation connect-src https://shop.example.com/ https://evil.example/x -"],
    ),
    (
        "no documentURL, the outer url says it",
        r#"[{"type":"csp-violation","url":"https://shop.example.com/p?q","body":{"effectiveDirective":"connect-src","originalPolicy":"POLICY","blockedURL":"https://evil.example/x"}}]"#,
        [1, 0, 0, 0],
        &["violation connect-src https://shop.example.com/p https://evil.example/x -"],
    ),
    (
        "an extension's content script",
        r#"{"csp-report":{"document-uri":"https://shop.example.com/","effective-directive":"connect-src","original-policy":"POLICY","blocked-uri":"https://tracker.example/","source-file":"chrome-extension"}}"#,
        [1, 0, 0, 0],
        &["extension connect-src https://shop.example.com/ https://tracker.example/ -"],
    ),
    (
        "two in a batch, two documents",
        r#"[{"type":"csp-violation","body":{"documentURL":"https://shop.example.com/a","effectiveDirective":"connect-src","originalPolicy":"POLICY","blockedURL":"https://one.example/"}},{"type":"csp-violation","body":{"documentURL":"https://shop.example.com/b","effectiveDirective":"connect-src","originalPolicy":"POLICY","blockedURL":"https://two.example/"}}]"#,
        [2, 0, 0, 0],
        &[
            "violation connect-src https://shop.example.com/a https://one.example/ -",
            "violation connect-src https://shop.example.com/b https://two.example/ -",
        ],
    ),
    ("an empty batch", "[]", [0, 0, 0, 0], &[]),
    ("an empty batch with blanks", " \r\n[ \t]\n", [0, 0, 0, 0], &[]),
    ("other types only", r#"[{"type":"intervention","body":{}},{"type":"crash"},{"type":""}]"#, [0, 3, 0, 0], &[]),
    ("one of another type", r#"{"type":"network-error","body":null}"#, [0, 1, 0, 0], &[]),
    ("coep is another type", r#"[{"type":"coep","body":{"blockedURL":"https://x.example/"}}]"#, [0, 1, 0, 0], &[]),
];

#[test]
fn what_browsers_send_is_read() {
    for (note, body, counts, expected) in ROWS {
        let body = body.replace("POLICY", QUOTED);
        let (found, reports) = read(body.as_bytes()).unwrap_or_else(|error| panic!("{note}: {error}"));
        assert_eq!(row(found), *counts, "{note}");
        let reports: Vec<_> = reports
            .iter()
            .map(|(classification, report)| {
                let line = report.line_number.map_or_else(|| "-".to_owned(), |line| line.to_string());
                let class = classification.class.as_str();
                format!("{class} {} {} {} {line}", report.effective_directive, report.document_url, report.blocked_url)
            })
            .collect();
        assert_eq!(reports, *expected, "{note}");
    }
}
