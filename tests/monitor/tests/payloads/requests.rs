//! Requests that are none for this endpoint.

use csp_monitor_tests::legacy;

use crate::Case;

pub(super) fn cases() -> Vec<Case> {
    let good = || legacy("https://evil.example/request");
    let mut cases = Vec::new();
    for method in ["GET", "PUT", "DELETE", "PATCH", "HEAD", "TRACE", "REPORT", "post"] {
        // Nobody reports this way: nothing is counted.
        cases.push(Case::new(format!("method {method}"), good(), 405, [0; 4]).to(method, "/__csp/report"));
    }
    for content_type in [
        "text/plain",
        "text/plain;charset=UTF-8",
        "text/html",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/xml",
        "application/octet-stream",
        "application/json5",
        "text/json",
        "*/*",
        "",
    ] {
        let case = Case::new(format!("content type {content_type:?}"), good(), 415, [0, 0, 1, 0]);
        cases.push(case.content_type(content_type));
    }
    for encoding in ["gzip", "br", "deflate", "zstd", "identity, gzip"] {
        let case = Case::new(format!("encoding {encoding}"), good(), 415, [0, 0, 1, 0]);
        cases.push(case.header("Content-Encoding", encoding));
    }
    cases.push(Case::taken("encoding identity", good(), [1, 0, 0, 0]).header("Content-Encoding", "identity"));
    cases.push(Case::taken("an origin", good(), [1, 0, 0, 0]).header("Origin", "https://shop.example.com"));
    cases.push(Case::taken("no origin", good(), [1, 0, 0, 0]).header("Origin", "null"));
    cases.push(Case::taken("a cookie", good(), [1, 0, 0, 0]).header("Cookie", "session=s3cret"));
    cases.push(Case::taken("a name of a browser that is no text", good(), [1, 0, 0, 0]).header("User-Agent", "\u{fc}"));
    cases.push(Case::new("preflight", "", 204, [0; 4]).to("OPTIONS", "/__csp/report"));
    for target in
        ["/__csp/report/", "/__csp/reports", "/__csp/report/x", "/report", "/__csp/../__csp/report", "//__csp/report"]
    {
        cases.push(Case::new(format!("elsewhere: {target}"), good(), 404, [0; 4]).to("POST", target));
    }
    cases
}
