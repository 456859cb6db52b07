//! Reports as browsers send them.

/// The policy that the program under test sends.
pub const POLICY: &str = "connect-src 'self' https://api.example.com wss://ws.example.com; report-uri /__csp/report";

/// The members of a violation in the Reporting API.
#[must_use]
pub fn violation(blocked: &str) -> String {
    format!(
        r#"{{"blockedURL":"{blocked}","columnNumber":3,"disposition":"enforce","documentURL":"https://shop.example.com/cart?token=s3cret","effectiveDirective":"connect-src","lineNumber":4,"originalPolicy":"{POLICY}","referrer":"","sample":"","sourceFile":"https://shop.example.com/app.js?v=s3cret","statusCode":200}}"#
    )
}

/// An entry of a batch.
#[must_use]
pub fn entry(blocked: &str) -> String {
    format!(
        r#"{{"age":10,"body":{},"type":"csp-violation","url":"https://shop.example.com/cart?token=s3cret","user_agent":"Mozilla/5.0 (X11; Linux x86_64)"}}"#,
        violation(blocked)
    )
}

/// A body of `report-uri`.
#[must_use]
pub fn legacy(blocked: &str) -> String {
    format!(
        r#"{{"csp-report":{{"document-uri":"https://shop.example.com/cart?token=s3cret","referrer":"","violated-directive":"connect-src","effective-directive":"connect-src","original-policy":"{POLICY}","disposition":"enforce","blocked-uri":"{blocked}","line-number":9,"column-number":13,"source-file":"https://shop.example.com/app.js?v=s3cret","status-code":200,"script-sample":""}}}}"#
    )
}
