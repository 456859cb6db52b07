//! Bodies as browsers of several makes and ages send them.

use csp_monitor_tests::{POLICY, entry, legacy};

use crate::Case;

const ROWS: &[(&str, &str, [u64; 4])] = &[
    (
        "Chromium, report-uri, fetch",
        r#"{"csp-report":{"document-uri":"https://shop.example.com/cart?token=s3cret","referrer":"https://shop.example.com/login?code=s3cret","violated-directive":"connect-src","effective-directive":"connect-src","original-policy":"POLICY","disposition":"enforce","blocked-uri":"https://stream.exmple.com/n?key=s3cret","line-number":9,"column-number":13,"source-file":"https://shop.example.com/app.js?s3cret","status-code":200,"script-sample":""}}"#,
        [1, 0, 0, 0],
    ),
    (
        "Chromium, report-uri, XMLHttpRequest, only reported",
        r#"{"csp-report":{"document-uri":"https://shop.example.com/","referrer":"","violated-directive":"connect-src","effective-directive":"connect-src","original-policy":"POLICY","disposition":"report","blocked-uri":"https://evil.example/xhr","status-code":200,"script-sample":""}}"#,
        [1, 0, 0, 0],
    ),
    (
        "Chromium, report-uri, WebSocket",
        r#"{"csp-report":{"document-uri":"http://localhost:3000/","referrer":"","violated-directive":"connect-src","effective-directive":"connect-src","original-policy":"POLICY","disposition":"enforce","blocked-uri":"wss://feed.example.net/live","status-code":200,"script-sample":""}}"#,
        [1, 0, 0, 0],
    ),
    (
        "Chromium, report-uri, EventSource",
        r#"{"csp-report":{"document-uri":"https://shop.example.com/","referrer":"","violated-directive":"connect-src","effective-directive":"connect-src","original-policy":"POLICY","disposition":"enforce","blocked-uri":"https://evil.example/events","line-number":2,"source-file":"https://shop.example.com/","status-code":200,"script-sample":""}}"#,
        [1, 0, 0, 0],
    ),
    (
        "Chromium, report-uri, redirect",
        r#"{"csp-report":{"document-uri":"https://shop.example.com/","referrer":"","violated-directive":"connect-src","effective-directive":"connect-src","original-policy":"POLICY","disposition":"enforce","blocked-uri":"https://api.example.com/old","status-code":200,"script-sample":""}}"#,
        [1, 0, 0, 0],
    ),
    (
        "Chromium, report-uri, inline script with a sample",
        r#"{"csp-report":{"document-uri":"https://shop.example.com/","referrer":"","violated-directive":"script-src-elem","effective-directive":"script-src-elem","original-policy":"script-src 'nonce-s3cret' 'report-sample'","disposition":"enforce","blocked-uri":"inline","line-number":1,"source-file":"https://shop.example.com/","status-code":200,"script-sample":"alert(1)"}}"#,
        [1, 0, 0, 0],
    ),
    (
        "Chromium, report-uri, eval",
        r#"{"csp-report":{"document-uri":"https://shop.example.com/","violated-directive":"script-src","effective-directive":"script-src","original-policy":"script-src 'self'","disposition":"enforce","blocked-uri":"eval","status-code":200,"script-sample":""}}"#,
        [1, 0, 0, 0],
    ),
    (
        "Chromium, report-uri, data image",
        r#"{"csp-report":{"document-uri":"https://shop.example.com/","violated-directive":"img-src","effective-directive":"img-src","original-policy":"img-src 'self'","disposition":"enforce","blocked-uri":"data","status-code":200}}"#,
        [1, 0, 0, 0],
    ),
    (
        "Chromium, report-uri, default-src decides",
        r#"{"csp-report":{"document-uri":"https://shop.example.com/","violated-directive":"connect-src","effective-directive":"connect-src","original-policy":"default-src 'self'","disposition":"enforce","blocked-uri":"https://evil.example/d","status-code":200}}"#,
        [1, 0, 0, 0],
    ),
    (
        "Chromium, report-to, three types",
        r#"[{"type":"deprecation","age":1,"url":"https://shop.example.com/","body":{"id":"x","message":"m","anticipatedRemoval":null}},{"type":"csp-hash","age":2,"url":"https://shop.example.com/","body":{"subresource_url":"https://shop.example.com/a.js","hash":"sha256-x","type":"subresource"}},ENTRY]"#,
        [1, 2, 0, 0],
    ),
    (
        "Chromium, report-to, other types only",
        r#"[{"type":"intervention","body":{}},{"type":"crash","body":{"reason":"oom"}}]"#,
        [0, 2, 0, 0],
    ),
    (
        "Chromium, report-to, network errors",
        r#"[{"type":"network-error","age":3,"body":{"phase":"dns"}}]"#,
        [0, 1, 0, 0],
    ),
    (
        "Chromium, report-to, coep and coop",
        r#"[{"type":"coep","body":{"blockedURL":"https://x.example/"}},{"type":"coop","body":{}}]"#,
        [0, 2, 0, 0],
    ),
    (
        "Chromium, report-to, permissions policy",
        r#"[{"type":"permissions-policy-violation","body":{"policyId":"geolocation"}}]"#,
        [0, 1, 0, 0],
    ),
    (
        "Chromium, report-to, integrity",
        r#"[{"type":"integrity-violation","body":{"documentURL":"https://shop.example.com/"}}]"#,
        [0, 1, 0, 0],
    ),
    (
        "Chromium, report-to, no URL was blocked",
        r#"[{"age":0,"body":{"disposition":"enforce","documentURL":"https://shop.example.com/","effectiveDirective":"require-trusted-types-for","originalPolicy":"POLICY","statusCode":200},"type":"csp-violation","url":"https://shop.example.com/"}]"#,
        [1, 0, 0, 0],
    ),
    (
        "Firefox ESR, report-to, null members",
        r#"[{"age":12,"type":"csp-violation","url":"https://shop.example.com/","user_agent":"Mozilla/5.0 Firefox/153.0","body":{"documentURL":"https://shop.example.com/","referrer":null,"blockedURL":"https://evil.example/x","effectiveDirective":"connect-src","originalPolicy":"POLICY","sourceFile":null,"sample":null,"disposition":"enforce","statusCode":200,"lineNumber":null,"columnNumber":null}}]"#,
        [1, 0, 0, 0],
    ),
    (
        "Firefox, report-uri",
        r#"{"csp-report":{"blocked-uri":"https://evil.example/x","column-number":5,"disposition":"report","document-uri":"https://shop.example.com/","effective-directive":"connect-src","line-number":7,"original-policy":"POLICY","referrer":"","source-file":"https://shop.example.com/app.js","status-code":200,"violated-directive":"connect-src"}}"#,
        [1, 0, 0, 0],
    ),
    (
        "old Firefox: the whole directive, no effective one",
        r#"{"csp-report":{"blocked-uri":"https://evil.example","document-uri":"https://shop.example.com/","original-policy":"POLICY","referrer":"","violated-directive":"connect-src 'self' https://api.example.com"}}"#,
        [1, 0, 0, 0],
    ),
    (
        "old Firefox: inline code is self, the line a string",
        r#"{"csp-report":{"blocked-uri":"self","document-uri":"https://shop.example.com/","original-policy":"script-src 'self'","violated-directive":"script-src 'self'","script-sample":"onclick","line-number":"12","source-file":"https://shop.example.com/"}}"#,
        [1, 0, 0, 0],
    ),
    (
        "WebKit: type and url beside csp-report, no disposition",
        r#"{"type":"csp-violation","url":"https://shop.example.com/","csp-report":{"document-uri":"https://shop.example.com/","referrer":"","violated-directive":"connect-src","effective-directive":"connect-src","original-policy":"POLICY","blocked-uri":"https://evil.example","status-code":200,"source-file":"https://shop.example.com/app.js","line-number":3,"column-number":1}}"#,
        [1, 0, 0, 0],
    ),
    (
        "old WebKit: a single object of the Reporting API",
        r#"{"type":"csp-violation","url":"https://shop.example.com/","user_agent":"Safari","body":{"documentURL":"https://shop.example.com/","effectiveDirective":"connect-src","originalPolicy":"POLICY","blockedURL":"https://evil.example/x","disposition":"enforce","statusCode":200}}"#,
        [1, 0, 0, 0],
    ),
    (
        "old WebKit: a body with the older names",
        r#"[{"type":"csp-violation","url":"https://shop.example.com/","body":{"document-uri":"https://shop.example.com/","effective-directive":"connect-src","original-policy":"POLICY","blocked-uri":"https://evil.example/x"}}]"#,
        [1, 0, 0, 0],
    ),
    (
        "a worker",
        r#"{"csp-report":{"document-uri":"https://shop.example.com/worker.js","effective-directive":"connect-src","violated-directive":"connect-src","original-policy":"POLICY","disposition":"enforce","blocked-uri":"https://evil.example/from-a-worker","status-code":0}}"#,
        [1, 0, 0, 0],
    ),
    (
        "a page in a frame",
        r#"{"csp-report":{"document-uri":"https://shop.example.com/frame","effective-directive":"frame-ancestors","violated-directive":"frame-ancestors","original-policy":"frame-ancestors 'none'","disposition":"enforce","blocked-uri":"https://framing.example/","status-code":200}}"#,
        [1, 0, 0, 0],
    ),
    (
        "a form",
        r#"{"csp-report":{"document-uri":"https://shop.example.com/","effective-directive":"form-action","violated-directive":"form-action","original-policy":"form-action 'self'","disposition":"enforce","blocked-uri":"https://evil.example/form?password=s3cret","status-code":200}}"#,
        [1, 0, 0, 0],
    ),
    (
        "WebAssembly",
        r#"{"csp-report":{"document-uri":"https://shop.example.com/","effective-directive":"script-src","violated-directive":"script-src","original-policy":"script-src 'self'","disposition":"enforce","blocked-uri":"wasm-eval","status-code":200}}"#,
        [1, 0, 0, 0],
    ),
    (
        "a blob",
        r#"{"csp-report":{"document-uri":"https://shop.example.com/","effective-directive":"worker-src","violated-directive":"worker-src","original-policy":"worker-src 'self'","disposition":"enforce","blocked-uri":"blob","status-code":200}}"#,
        [1, 0, 0, 0],
    ),
    ("one violation as a batch", "[ENTRY]", [1, 0, 0, 0]),
    ("the same twice", "[ENTRY,ENTRY]", [2, 0, 0, 0]),
    ("blanks everywhere", " \r\n[ \tENTRY \n, ENTRY ]\r\n ", [2, 0, 0, 0]),
    (
        "no type, the shape says enough",
        r#"[{"body":{"documentURL":"https://shop.example.com/","effectiveDirective":"connect-src","originalPolicy":"POLICY","blockedURL":"https://evil.example/x"}}]"#,
        [1, 0, 0, 0],
    ),
    (
        "no documentURL, the outer url says it",
        r#"[{"type":"csp-violation","url":"https://shop.example.com/p?s3cret","body":{"effectiveDirective":"connect-src","originalPolicy":"POLICY","blockedURL":"https://evil.example/x"}}]"#,
        [1, 0, 0, 0],
    ),
    (
        "an array of the older format",
        r#"[{"csp-report":{"document-uri":"https://shop.example.com/","effective-directive":"img-src","original-policy":"POLICY","blocked-uri":"https://cdn.example/p.png"}}]"#,
        [1, 0, 0, 0],
    ),
    ("an empty batch", "[]", [0, 0, 0, 0]),
    ("an empty batch with blanks", " \r\n[ \t]\n", [0, 0, 0, 0]),
];

/// The content types under which browsers send the older format.
const OLDER: [&str; 3] = ["application/csp-report", "application/json", "application/csp-report; charset=utf-8"];

pub(super) fn cases() -> Vec<Case> {
    let filled = |body: &str| body.replace("POLICY", POLICY).replace("ENTRY", &entry("https://evil.example/e?s3cret"));
    let mut cases: Vec<_> = ROWS.iter().map(|(name, body, counts)| Case::taken(*name, filled(body), *counts)).collect();
    for content_type in OLDER {
        let body = legacy("https://evil.example/older?s3cret");
        cases.push(Case::taken(format!("as {content_type}"), body, [1, 0, 0, 0]).content_type(content_type));
    }
    for query in
        ["/__csp/report?d=e", "/__csp/report?d=r", "/__csp/report?d=x&d=r", "/__csp/report?", "/__csp/report?d"]
    {
        let body = legacy("https://evil.example/query").replace(r#""disposition":"enforce","#, "");
        cases.push(Case::taken(query, body, [1, 0, 0, 0]).to("POST", query));
    }
    cases
}
