//! Received policies: what is kept, what is dropped, and what is said about it.

use csp_core::{FindingCode, PolicyList};

#[test]
fn the_canonical_text() {
    for (received, canonical) in [
        ("", ""),
        ("connect-src", "connect-src 'none'"),
        ("Connect-Src  HTTPS://A.Test:00443/P?q\t*.B.test", "connect-src https://a.test:443/P *.b.test"),
        ("connect-src 'SELF' 'Nonce-Abc' 'SHA256-abc='", "connect-src 'self' 'nonce-Abc' 'sha256-abc='"),
        ("img-src *;;  sandbox  allow-scripts ;", "img-src *; sandbox allow-scripts"),
        ("a, img-src *,, connect-src data:", "img-src *, connect-src data:"),
        ("upgrade-insecure-requests", "upgrade-insecure-requests"),
    ] {
        let policies = PolicyList::parse(received);
        assert_eq!(policies.to_string(), canonical, "{received}");
        assert_eq!(PolicyList::parse(canonical), policies, "{received}");
    }
}

#[test]
fn what_is_dropped_is_said() {
    use FindingCode::{
        CutSource, DeadSource, DroppedDirective, DuplicateDirective, NoEffect, NoneWithOthers, UnknownDirective,
    };

    for (received, code, text) in [
        ("connect-src api_1.test", DeadSource, "api_1.test"),
        ("connect-src https:/a.test", DeadSource, "https:/a.test"),
        ("connect-src http://[::1]", DeadSource, "http://[::1]"),
        ("connect-src https://a.test:99999", DeadSource, "https://a.test:99999"),
        ("connect-src 'slef'", DeadSource, "'slef'"),
        ("connect-src https://a.test/?q", CutSource, "https://a.test/?q"),
        ("connect-src 'none' https://a.test", NoneWithOthers, "'none'"),
        ("connect-src 'unsafe-inline'", NoEffect, "'unsafe-inline'"),
        ("conect-src *", UnknownDirective, "conect-src"),
        ("connect-src *; connect-src 'none'", DuplicateDirective, "connect-src 'none'"),
        ("connect-src https://é.test", DroppedDirective, "connect-src https://é.test"),
    ] {
        let (_, findings) = PolicyList::parse_with_findings(received);
        let found: Vec<_> = findings.iter().map(|finding| (finding.code, finding.text)).collect();
        assert_eq!(found, [(code, text)], "{received}");
    }
    let (_, findings) = PolicyList::parse_with_findings("conect-src *");
    assert_eq!(findings[0].help.as_deref(), Some("did you mean connect-src?"));
}

#[test]
fn clean_policies_have_no_findings() {
    for received in ["default-src 'self'; connect-src https://a.test *.b.test c.test:8080 data:", "connect-src 'none'"]
    {
        assert_eq!(PolicyList::parse_with_findings(received).1, [], "{received}");
    }
}
