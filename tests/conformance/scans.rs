//! What a scan has found: its text, and whether sources cover it.

use csp_core::SourceExpression;
use csp_core::scan::{Coverage, ScanData, coverage, coverage_in, is_local};

#[test]
fn sources_cover_origins() {
    use Coverage::{BelowPath, Nothing, Whole};

    for (source, endpoint, expected) in [
        ("https://api.example.com", "https://api.example.com", Whole),
        ("https://api.example.com", "wss://api.example.com", Nothing),
        ("https://api.example.com", "http://api.example.com", Nothing),
        ("https://api.example.com", "https://api.example.com:8443", Nothing),
        ("https://api.example.com:*", "https://api.example.com:8443", Whole),
        ("https://api.example.com:8443", "https://api.example.com", Nothing),
        ("https://api.example.com:443", "https://api.example.com", Whole),
        ("https://*.example.com", "https://api.example.com", Whole),
        ("https://*.example.com", "https://a.b.example.com", Whole),
        ("https://*.example.com", "https://example.com", Nothing),
        ("https://api.example.com/", "https://api.example.com", Whole),
        ("https://api.example.com/v1/", "https://api.example.com", BelowPath),
        ("https://api.example.com/v1/", "https://other.example.com", Nothing),
        ("http://localhost:*", "http://localhost:3000", Whole),
        ("http://localhost:*", "https://localhost:3000", Whole),
        ("http://localhost:*", "ws://localhost:3000", Nothing),
        ("https:", "https://api.example.com", Whole),
        ("https:", "wss://api.example.com", Nothing),
        ("*", "wss://api.example.com", Whole),
        ("*", "'self'", Whole),
        ("*", "data:", Nothing),
        ("'self'", "'self'", Whole),
        ("'self'", "https://api.example.com", Nothing),
        ("https://api.example.com", "'self'", Nothing),
        ("data:", "data:", Whole),
        ("blob:", "data:", Nothing),
        ("https:", "https:", Whole),
        ("https://*", "https:", Nothing),
        // What a comment names may be a pattern.
        ("https://*.example.com", "https://*.example.com", Whole),
        ("https://*.example.com", "https://*.api.example.com", Whole),
        ("https://*.api.example.com", "https://*.example.com", Nothing),
        ("https://api.example.com", "https://*.example.com", Nothing),
        ("https://example.com", "https://*.example.com", Nothing),
        ("https://api.example.com:*", "https://api.example.com:*", Whole),
        ("https://api.example.com:8443", "https://api.example.com:*", Nothing),
        ("https://api.example.com", "https://api.example.com:*", Nothing),
        ("*", "https://api.example.com:*", Whole),
        ("https:", "https://api.example.com:*", Whole),
        // What is no source is covered by nothing.
        ("*", "'nonce-AAAAAAAAAAAAAAAAAAAAAA'", Nothing),
        ("*", "", Nothing),
    ] {
        let parsed = SourceExpression::parse(source).unwrap();
        assert_eq!(coverage(endpoint, &parsed), expected, "{source} and {endpoint}");
        assert_eq!(coverage_in(&format!("wss://none.example {source}"), endpoint), expected, "{source} and {endpoint}");
    }
}

#[test]
fn this_machine_is_told_from_others() {
    for (endpoint, expected) in [
        ("http://localhost:3000", true),
        ("ws://app.localhost", true),
        ("https://127.0.0.1:8080", true),
        ("https://0.0.0.0", true),
        ("https://notlocalhost", false),
        ("https://localhost.example.com", false),
        ("https://127.example.com", false),
        ("https://127.0.example.com", false),
        ("'self'", false),
    ] {
        assert_eq!(is_local(endpoint), expected, "{endpoint}");
    }
}

const TEXT: &str = "csp-scan 1
mode production
root web/my%20app
option ignore **/legacy/**
option strict %
file 0a web/my%20app/100%25.ts
variable % VITE_API
call 'self' web/my%20app/100%25.ts:4:10 fetch
call https://api.example.com web/a:b.ts:1:2 link%20rel=preload
unresolved web/c.ts:7:3 fetch dynamic-host after `https://` comes  100%25
end
";

#[test]
fn data_are_read_as_they_are_written() {
    let data = ScanData::parse(TEXT).unwrap();
    assert_eq!(data.roots, ["web/my app"]);
    assert_eq!(data.files[0].path, "web/my app/100%.ts");
    assert_eq!(data.options[1].value, "");
    assert_eq!(data.calls[1].place.file, "web/a:b.ts");
    assert_eq!(data.calls[1].sink, "link rel=preload");
    assert_eq!(data.unresolved[0].detail, "after `https://` comes  100%");
    assert_eq!(data.to_string(), TEXT);
    let mut sorted = data.clone();
    sorted.sort();
    let mut turned = data;
    turned.calls.reverse();
    turned.calls.push(turned.calls[0].clone());
    turned.sort();
    assert_eq!(turned, sorted);
    assert_eq!(ScanData::parse(&format!("# for people\n{TEXT}")).unwrap().to_string(), TEXT);
    assert_eq!(ScanData::parse(&TEXT.replace('\n', "\r\n")).unwrap().to_string(), TEXT);
}

/// What can't be read whole is refused: a call that is left out would count as covered.
#[test]
fn what_is_not_understood_is_refused() {
    for (text, message) in [
        ("", "line 1: it does not begin with `csp-scan` and its version"),
        (
            "csp-scan 2\nend\n",
            "line 1: it has version 2 of the format, and this is a reader of version 1: use one version of the csp crates",
        ),
        ("csp-scan 1\n", "line 1: it is cut: the line `end` is missing"),
        ("csp-scan 1\nmode production\n", "line 2: it is cut: the line `end` is missing"),
        ("csp-scan 1\ncalls 'self' a:1:1 fetch\nend\n", "line 2: `calls 'self' a:1:1 fetch` is no line of the format"),
        ("csp-scan 1\ncall 'self' a:1:1\nend\n", "line 2: `call 'self' a:1:1` is no line of the format"),
        (
            "csp-scan 1\ncall 'self' a:1:1 fetch x\nend\n",
            "line 2: `call 'self' a:1:1 fetch x` is no line of the format",
        ),
        ("csp-scan 1\ncall 'self' a:1 fetch\nend\n", "line 2: `call 'self' a:1 fetch` is no line of the format"),
        ("csp-scan 1\nroot a%2\nend\n", "line 2: `root a%2` is no line of the format"),
        ("csp-scan 1\nend\nroot a\n", "line 3: `root a` is no line of the format"),
        ("csp-scan 1\n<<<<<<< ours\nend\n", "line 2: `<<<<<<< ours` is no line of the format"),
    ] {
        assert_eq!(ScanData::parse(text).unwrap_err().to_string(), message, "{text:?}");
    }
}
