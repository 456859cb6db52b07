//! Received policies: what is kept, what is dropped, and what is said about it.

use csp_core::{FindingCode, HashAlgorithm, HostPart, PolicyList, PortPart, SchemePart, SourceExpression};

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
        ("connect-src 1a:", DeadSource, "1a:"),
        ("connect-src 1a://b.test", DeadSource, "1a://b.test"),
        ("connect-src :", DeadSource, ":"),
        ("connect-src https://a..test", DeadSource, "https://a..test"),
        ("connect-src .a.test", DeadSource, ".a.test"),
        ("connect-src *.", DeadSource, "*."),
        ("connect-src https://", DeadSource, "https://"),
        ("connect-src https://*a.test", DeadSource, "https://*a.test"),
        ("connect-src a.test:8x", DeadSource, "a.test:8x"),
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
    for (received, message) in [
        ("connect-src api_1.test", "underscore"),
        ("connect-src https:/a.test", "no `//` after `https:`"),
        ("connect-src http://[::1]", "IPv6"),
    ] {
        let (_, findings) = PolicyList::parse_with_findings(received);
        assert!(findings[0].message.contains(message), "{received}: {}", findings[0].message);
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

#[test]
fn the_parts_of_a_host_source() {
    use {HostPart::*, PortPart as Port, SchemePart as Scheme};

    for (text, scheme, host, port, path) in [
        ("https://a.test", Some(Scheme::Https), Exact("a.test"), Port::Default, ""),
        ("WS://*.A.test:00081/v1?q", Some(Scheme::Ws), Subdomains("a.test"), Port::Number(81), "/v1"),
        ("a.test:*/", None, Exact("a.test"), Port::Any, "/"),
        ("x+y://*:65535", Some(Scheme::Other("X+Y")), Any, Port::Number(65535), ""),
    ] {
        let Some(SourceExpression::Host(source)) = SourceExpression::parse(text) else { panic!("{text}") };
        assert_eq!((source.scheme(), source.host(), source.port()), (scheme, host, port), "{text}");
        assert_eq!((source.path().as_str(), source.path().is_empty()), (path, path.is_empty()), "{text}");
    }
    let hosts = [Exact("a.test"), Exact("b.test"), Subdomains("a.test"), Subdomains("b.test"), Any];
    for (place, host) in hosts.iter().enumerate() {
        assert_eq!(hosts.iter().position(|other| other == host), Some(place), "{host}");
    }
}

#[test]
fn nonces_and_hashes() {
    for (text, algorithm, value) in [
        ("'Nonce-a+/-_Z9=='", None, Some("a+/-_Z9==")),
        ("'nonce-'", None, None),
        ("'nonce-='", None, None),
        ("'nonce-a==='", None, None),
        ("'nonce-abcd==='", None, None),
        ("'nonce-a=b'", None, None),
        ("'nonce-a b'", None, None),
        ("'SHA256-a='", Some(HashAlgorithm::Sha256), Some("a=")),
        ("'sha384-a'", Some(HashAlgorithm::Sha384), Some("a")),
        ("'sha512-a'", Some(HashAlgorithm::Sha512), Some("a")),
        ("'sha512a'", None, None),
        ("'sha1-a'", None, None),
    ] {
        let found = match SourceExpression::parse(text) {
            Some(SourceExpression::Nonce(nonce)) => (None, Some(nonce.value())),
            Some(SourceExpression::Hash(hash)) => (Some(hash.algorithm()), Some(hash.value())),
            _ => (None, None),
        };
        assert_eq!(found, (algorithm, value), "{text}");
    }
}
