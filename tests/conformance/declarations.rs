//! Declared sources: what is refused, as what, and what the help says.

use std::collections::BTreeSet;

use csp_core::{
    Entry, FindingCode, ProblemKind, SourceErrorKind as Kind, SourceExpression, check, needs_justification,
};

/// Text, kind, and what the help says at least; `write "x"` says that x is admitted.
const REFUSED: &[(&str, Kind, &str)] = &[
    ("https:\\\\a.test\\x", Kind::Backslash, "write \"https://a.test/x\""),
    (" https://a.test", Kind::Blank, "write \"https://a.test\""),
    ("https://a.test\t", Kind::Blank, "write \"https://a.test\""),
    ("https//a.test", Kind::ColonMissing, "write \"https://a.test\""),
    ("https：//a.test", Kind::ColonMissing, "write \"https://a.test\""),
    ("https:／／a.test/x", Kind::ColonMissing, "write \"https://a.test/x\""),
    ("https", Kind::ColonMissing, "write a host after https://"),
    ("WS", Kind::ColonMissing, "write a host after wss://"),
    ("data", Kind::ColonMissing, "write \"data:\""),
    ("https://a.test,https://b.test", Kind::Comma, "\"https://a.test\", \"https://b.test\""),
    (
        "https://a.test, http://localhost:1",
        Kind::Comma,
        "\"https://a.test\", #[cfg(debug_assertions)] \"http://localhost:1\"",
    ),
    (
        "https://a.test:80,8443",
        Kind::Comma,
        "write each source on its own: \"https://a.test:80\", \"https://a.test:8443\"",
    ),
    ("https://a.test,443", Kind::Comma, "write \"https://a.test\""),
    ("{}, []", Kind::Comma, "write each source in a string of its own"),
    (",", Kind::Comma, "remove it"),
    ("file:///a,b", Kind::Comma, "write `%2C` for it"),
    ("https://a.test/a,b", Kind::Comma, "write \"https://a.test/a%2Cb\""),
    ("https://a.test\0", Kind::ControlCharacter, "write \"https://a.test\""),
    ("https://a\u{b}.test", Kind::ControlCharacter, "write \"https://a.test\""),
    ("connect-src https://a.test", Kind::DirectiveName, "write \"https://a.test\""),
    ("connect-src", Kind::DirectiveName, "remove it"),
    ("connect-src 'none'", Kind::DirectiveName, "write `none`"),
    ("https://a.test/v1/../x", Kind::DotSegment, "write \"https://a.test/x\""),
    ("https://a.test/%2E%2e/x", Kind::DotSegment, "write \"https://a.test/x\""),
    ("https://a.test/x/.", Kind::DotSegment, "write \"https://a.test/x/\""),
    ("", Kind::Empty, "`none`"),
    (" \t", Kind::Empty, "`none`"),
    ("https://a..test", Kind::EmptyLabel, "write \"https://a.test\""),
    ("https://.a.test", Kind::EmptyLabel, "write \"https://a.test\""),
    ("https://a.test:", Kind::EmptyPort, "write \"https://a.test\""),
    ("https://a.test//v1", Kind::EmptySegment, "write \"https://a.test/v1\""),
    ("https://a.test/a%2fb", Kind::EncodedSeparator, "write \"https://a.test/a/b\""),
    ("https://a.test/a%5Cb", Kind::EncodedSeparator, "remove the `%5C`"),
    ("https://a.test/#top", Kind::Fragment, "write \"https://a.test/\""),
    ("https://a+b.test", Kind::HostCharacter, "host"),
    ("https://a%2e.test", Kind::HostCharacter, "host"),
    ("https://{tenant}.test", Kind::HostCharacter, "list the hosts"),
    (
        "https://{tenant}.a.test",
        Kind::HostCharacter,
        "write \"https://*.a.test\" (every host below a.test), or list the hosts",
    ),
    ("https://api.{Tenant}.{zone}.a.test", Kind::HostCharacter, "write \"https://*.a.test\" (every host below a.test)"),
    ("https://[tenant].a.test", Kind::HostCharacter, "write \"https://*.a.test\" (every host below a.test)"),
    ("https://", Kind::HostMissing, "https://"),
    ("https:///a.test", Kind::HostMissing, "write \"https://a.test\""),
    ("https://:443", Kind::HostMissing, "https://"),
    ("https://*.", Kind::HostMissing, "name"),
    ("https://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.test", Kind::HostTooLong, "host"),
    ("http://256.1.1.1", Kind::InvalidIpv4, "four numbers"),
    ("https://*.0.0.1", Kind::InvalidIpv4, "four numbers"),
    ("https://a.1", Kind::InvalidIpv4, "four numbers"),
    ("https://1a2.3.4", Kind::InvalidIpv4, "four numbers"),
    ("https://a\u{200b}.test", Kind::InvisibleCharacter, "write \"https://a.test\""),
    ("https://a.test\u{202e}", Kind::InvisibleCharacter, "write \"https://a.test\""),
    ("https://a.test\u{a0}", Kind::InvisibleCharacter, "write \"https://a.test\""),
    ("https://[::1]", Kind::Ipv6, "host name"),
    ("https://::1", Kind::Ipv6, "host name"),
    ("'unsafe-inline'", Kind::KeywordWithoutEffect, "remove it"),
    ("'nonce-abc'", Kind::KeywordWithoutEffect, "remove it"),
    ("'sha256-abc'", Kind::KeywordWithoutEffect, "remove it"),
    ("https://a.test:0443", Kind::LeadingZeroPort, "write \"https://a.test:443\""),
    ("https://a.test\r\nX: y", Kind::LineBreak, "write \"https://a.test\""),
    ("https://a.test\nhttps://b.test", Kind::LineBreak, "\"https://a.test\", \"https://b.test\""),
    (
        "default-src 'self';\n  connect-src https://a.test;\n",
        Kind::LineBreak,
        "sources of connect-src: \"https://a.test\"",
    ),
    ("https://a.test\n", Kind::LineBreak, "write \"https://a.test\""),
    ("a.test", Kind::MissingScheme, "\"https://a.test\" (and \"wss://a.test\""),
    ("*.a.test", Kind::MissingScheme, "write \"https://*.a.test\""),
    ("//a.test", Kind::MissingScheme, "write \"https://a.test\""),
    ("a.test:8443/v1/", Kind::MissingScheme, "write \"https://a.test:8443/v1/\""),
    ("localhost:3000", Kind::MissingScheme, "#[cfg(debug_assertions)] \"http://localhost:3000\""),
    ("API.test?q#f", Kind::MissingScheme, "write \"https://api.test\""),
    ("*/v1/", Kind::MissingScheme, "list the hosts"),
    (
        "my_api.a.test",
        Kind::MissingScheme,
        "write \"https://*.a.test\" (every host below a.test), or give the host a name",
    ),
    ("https:/a.test", Kind::MissingSlash, "write \"https://a.test\""),
    ("wss:a.test", Kind::MissingSlash, "write \"wss://a.test\""),
    ("https://a.test https://b.test", Kind::MultipleSources, "\"https://a.test\", \"https://b.test\""),
    ("https://a.test: 8443", Kind::MultipleSources, "write \"https://a.test:8443\""),
    ("self https://b.test", Kind::MultipleSources, "write each source on its own: self, \"https://b.test\""),
    (
        "https://a*.a.test b.test",
        Kind::MultipleSources,
        "\"https://*.a.test\" (every host below a.test), \"https://b.test\"",
    ),
    (
        "Content-Security-Policy: connect-src a.test",
        Kind::MultipleSources,
        "sources of connect-src: \"https://a.test\"",
    ),
    ("http://127.1", Kind::NonCanonicalIpv4, "\"http://127.0.0.1\""),
    ("https://0xa.0.0.1", Kind::NonCanonicalIpv4, "write \"https://10.0.0.1\""),
    ("https://010.0.0.1", Kind::NonCanonicalIpv4, "write \"https://8.0.0.1\""),
    ("https://bücher.test", Kind::NonAsciiHost, "write \"https://xn--bcher-kva.test\""),
    ("https://ａ.test", Kind::NonAsciiHost, "write \"https://a.test\""),
    ("https://a.test/é", Kind::NonAsciiPath, "write \"https://a.test/%C3%A9\""),
    ("'none'", Kind::NoneWithOthers, "remove it"),
    (
        "https://api*.a.test",
        Kind::PartialWildcard,
        "write \"https://*.a.test\" (every host below a.test), or list the hosts",
    ),
    ("https://api*.co.uk", Kind::PartialWildcard, "list the hosts"),
    ("https://*a.test", Kind::PartialWildcard, "write \"https://*.a.test\""),
    ("https://a.test/a|b", Kind::PathCharacter, "write \"https://a.test/a%7Cb\""),
    (
        "https://a.test/v1/{id}/x",
        Kind::PathCharacter,
        "write \"https://a.test/v1/\" (everything below it), or list the paths",
    ),
    ("https://a.test/v1/user-${id}?q", Kind::PathCharacter, "write \"https://a.test/v1/\" (everything"),
    (
        "https://a.test/<tenant>",
        Kind::PathCharacter,
        "write \"https://a.test/\" (every path of the host), or list the paths",
    ),
    ("https://*/v1", Kind::PathOnAnyHost, "list the hosts"),
    ("https://a.test/%zz", Kind::PercentEncoding, "write \"https://a.test/%25zz\""),
    ("https://a.test/%é", Kind::PercentEncoding, "write \"https://a.test/%25%C3%A9\""),
    ("https://a.test:80a", Kind::PortCharacter, "1 to 65535"),
    ("https://a.test:80:80", Kind::PortCharacter, "write one port"),
    ("https://a.test:*:80", Kind::PortCharacter, "write one port"),
    ("https://a.test:99999", Kind::PortOutOfRange, "1 to 65535"),
    ("https://a.test:0", Kind::PortOutOfRange, "1 to 65535"),
    ("https://a.test/?q", Kind::Query, "write \"https://a.test/\""),
    ("https://a.test?q", Kind::Query, "write \"https://a.test\""),
    ("/v1/users", Kind::RelativeReference, "`self`"),
    ("./v1/users", Kind::RelativeReference, "`self`"),
    ("../v1/users", Kind::RelativeReference, "`self`"),
    ("https;//a.test", Kind::Semicolon, "write \"https://a.test\""),
    ("https://a.test; script-src *", Kind::Semicolon, "write \"https://a.test\""),
    ("https://a.test; connect-src *", Kind::Semicolon, "write \"https://a.test\""),
    (
        "default-src 'self'; connect-src 'self' a.test",
        Kind::Semicolon,
        "sources of connect-src: self, \"https://a.test\"",
    ),
    (
        "default-src 'self' https://a.test; img-src *",
        Kind::Semicolon,
        "sources of connect-src: self, \"https://a.test\"",
    ),
    ("script-src 'self'; img-src *", Kind::Semicolon, "write only the sources of connect-src"),
    ("connect-src 'none';", Kind::Semicolon, "sources of connect-src: none"),
    (";", Kind::Semicolon, "remove it"),
    ("https://a.test/x;v=1", Kind::Semicolon, "write \"https://a.test/x%3Bv=1\""),
    ("‘self’", Kind::SmartQuote, "write `self`"),
    ("“https://a.test”", Kind::SmartQuote, "write \"https://a.test\""),
    ("https://a.test.", Kind::TrailingDot, "write \"https://a.test\""),
    ("'self", Kind::UnbalancedQuote, "write `self`"),
    ("''self''", Kind::UnbalancedQuote, "write `self`"),
    ("\"self\"", Kind::UnbalancedQuote, "write `self`"),
    ("https://a_b.test", Kind::Underscore, "underscores"),
    ("https://a_b.c.test", Kind::Underscore, "write \"https://*.c.test\" (every host below c.test), or give"),
    ("'slef'", Kind::UnknownKeyword, "did you mean `self`"),
    ("'https://a.test'", Kind::UnknownKeyword, "write \"https://a.test\""),
    ("htps://a.test", Kind::UnknownScheme, "write \"https://a.test\""),
    ("https?://a.test", Kind::UnknownScheme, "write \"https://a.test\""),
    ("http*://a.test", Kind::UnknownScheme, "write \"https://a.test\""),
    ("http(s)://a.test", Kind::UnknownScheme, "write https:// or wss://"),
    ("htps:", Kind::UnknownScheme, "write \"https:\""),
    ("1http://a.test", Kind::UnknownScheme, "\"http://a.test\""),
    ("self", Kind::UnquotedKeyword, "write `self` bare, without the double quotes"),
    ("nonce-abc", Kind::UnquotedKeyword, "remove it"),
    ("unsafe-inline", Kind::UnquotedKeyword, "remove it"),
    ("unsafe_inline", Kind::UnquotedKeyword, "remove it"),
    ("ftp://a.test", Kind::UnsupportedScheme, "write \"https://a.test\""),
    ("file:///etc/passwd", Kind::UnsupportedScheme, "remove it"),
    ("javascript:", Kind::UnsupportedScheme, "remove it"),
    ("data:text/plain,x", Kind::UnsupportedScheme, "write \"data:\" if"),
    ("data:text/plain;base64,eA==", Kind::UnsupportedScheme, "write \"data:\" if"),
    ("javascript:f(1,2)", Kind::UnsupportedScheme, "remove it"),
    ("tauri://localhost", Kind::UnsupportedScheme, "\"tauri:\""),
    ("HTTPS://a.test", Kind::Uppercase, "write \"https://a.test\""),
    ("https://A.test", Kind::Uppercase, "write \"https://a.test\""),
    ("https://u:p@a.test", Kind::Userinfo, "write \"https://a.test\""),
    (
        "https://a.*.b.test",
        Kind::WildcardPosition,
        "write \"https://*.b.test\" (every host below b.test), or list the hosts",
    ),
    ("https://a.*", Kind::WildcardPosition, "list the hosts"),
];

#[test]
fn refused_sources() {
    for (text, kind, help) in REFUSED {
        let error = SourceExpression::declare(text).expect_err(text);
        assert_eq!(error.kind(), *kind, "{text:?}: {}", error.report());
        assert!(error.help().is_some_and(|found| found.contains(help)), "{text:?}: {}", error.report());
        assert!(text.is_char_boundary(error.range().start) && text.is_char_boundary(error.range().end), "{text:?}");
    }
}

#[test]
fn every_refusal_has_help_that_is_admitted() {
    for (text, ..) in REFUSED {
        let help = SourceExpression::declare(text).expect_err(text).help().expect(text);
        let quoted = help.split('"').skip(1).step_by(2).filter(|quoted| quoted.contains("://"));
        for source in quoted {
            let admitted = SourceExpression::declare(source).unwrap_or_else(|error| panic!("{text:?}: {error}"));
            assert!(!needs_justification(&admitted) || help.contains("#[cfg(debug_assertions)]"), "{text:?}: {help}");
        }
    }
}

#[test]
fn headlines_name_what_is_meant() {
    for (text, headline) in [
        ("self", "is a keyword in a string"),
        ("NONE", "is a keyword in a string"),
        ("unsafe-inline", "is a keyword without quotes"),
        ("nonce-abc", "is a nonce without quotes"),
        ("sha256-abc", "is a hash without quotes"),
        ("https://a.test\u{a0}", "has the invisible character \\u{a0}"),
        ("https://a.test/{id}", "has the placeholder `{id}` in its path"),
        ("javascript:", "has the scheme `javascript`, by which nothing connects"),
        ("file:", "has the scheme `file`, by which nothing connects"),
        ("data:text/plain,x", "has more than the scheme `data`"),
    ] {
        let error = SourceExpression::declare(text).expect_err(text);
        let shown = csp_core::excerpt(text);
        assert_eq!(error.to_string(), format!("source `{shown}` {headline}"));
        assert!(!error.to_string().contains(['\u{a0}']), "{text:?}");
    }
}

#[test]
fn every_kind_is_in_the_table() {
    let table: BTreeSet<Kind> = REFUSED.iter().map(|(_, kind, _)| *kind).collect();
    // Two are about a list, and are checked below; two are about scripts and styles, in the table of `directives`.
    let others = BTreeSet::from([Kind::DigestLength, Kind::Duplicate, Kind::FixedNonce, Kind::Insecure]);
    let missing: Vec<_> = Kind::ALL.iter().filter(|kind| !table.contains(kind) && !others.contains(kind)).collect();
    assert_eq!(missing, Vec::<&Kind>::new());
}

#[test]
fn admitted_sources_are_their_own_canonical_text() {
    for text in [
        "'self'",
        "*",
        "https:",
        "data:",
        "ipc:",
        "https://a.test",
        "wss://a.test",
        "http://a.test",
        "ws://a.test",
        "https://*.a.test",
        "https://*",
        "https://*:*",
        "https://*:8443",
        "http://localhost:*",
        "http://127.0.0.1:3000",
        "https://255.254.10.0",
        "https://a.test:8443/v1/",
        "https://a.test/",
        "https://a.test/a%20b/~x!$&'()*+=:@",
        "https://xn--bcher-kva.test",
        "https://a--b.test",
        "https://3com.test",
    ] {
        let source = SourceExpression::declare(text).unwrap_or_else(|error| panic!("{}", error.report()));
        assert_eq!(source.to_string(), text);
        assert_eq!(SourceExpression::parse(text), Some(source));
    }
}

/// The codes of errors and findings of a list, by entry.
fn problems(list: &[&str]) -> Vec<(Option<usize>, &'static str)> {
    let entries: Vec<Entry<'_>> = list.iter().map(|text| Entry::source(text)).collect();
    let checked = check(&entries);
    let code = |kind: &ProblemKind<'_>| match kind {
        ProblemKind::Error(error) => error.kind().as_str(),
        ProblemKind::Warning(finding) => finding.code.as_str(),
        _ => unreachable!("no other kind"),
    };
    checked.problems.iter().map(|problem| (problem.entry, code(&problem.kind))).collect()
}

#[test]
fn risky_and_refused_lists() {
    for (list, expected) in [
        (&["https://a.test", "wss://a.test"][..], &[][..]),
        (&["'none'"], &[]),
        (&[], &[(None, "empty-list")]),
        (&["https://a.test", "https://a.test"], &[(Some(1), "duplicate")]),
        (&["'none'", "https://a.test"], &[(Some(0), "none-with-others")]),
        (&["http://a.test"], &[(Some(0), "insecure")]),
        (&["ws://a.test"], &[(Some(0), "insecure")]),
        (&["http:"], &[(Some(0), "insecure"), (Some(0), "scheme-only")]),
        (&["https://localhost:3000"], &[(Some(0), "insecure")]),
        (&["https://app.localhost"], &[(Some(0), "insecure")]),
        (&["https://127.8.0.1"], &[(Some(0), "insecure")]),
        (&["https://0.0.0.0:80"], &[(Some(0), "insecure")]),
        (&["*"], &[(Some(0), "any-host")]),
        (&["https://*"], &[(Some(0), "any-host")]),
        (&["https:"], &[(Some(0), "scheme-only")]),
        (&["data:"], &[(Some(0), "local-scheme")]),
        (&["ipc:"], &[(Some(0), "custom-scheme")]),
        (&["https://a.test:443"], &[(Some(0), "default-port")]),
        (&["wss://a.test:443"], &[(Some(0), "default-port")]),
        (&["https://*.co.uk"], &[(Some(0), "public-suffix")]),
        (&["https://*.com"], &[(Some(0), "public-suffix")]),
        (&["https://*.github.io"], &[(Some(0), "public-suffix")]),
        (&["https://a.test/v1"], &[(Some(0), "exact-path")]),
        (&["https://a.test/api"], &[(Some(0), "exact-path")]),
        (&["https://a.test/graphql"], &[]),
        (&["https://a.test/v1/*"], &[(Some(0), "literal-asterisk")]),
        (&["https://*.a.test", "https://b.a.test"], &[(Some(1), "shadowed-source")]),
        (&["https://*.a.test", "wss://b.a.test"], &[]),
        (&["https://*.a.test", "https://b.a.test:8443"], &[]),
        (&["https://*.a.test:*", "https://b.a.test:8443"], &[(Some(1), "shadowed-source")]),
        (&["https://*.a.test", "https://*.b.a.test"], &[(Some(1), "shadowed-source")]),
        (&["https://b.a.test", "https://*.a.test"], &[(Some(0), "shadowed-source")]),
        (&["https://a.test", "https://a.test/v1/"], &[(Some(1), "shadowed-source")]),
        (&["https://a.test/v1/", "https://a.test/v1/x/"], &[(Some(1), "shadowed-source")]),
        (&["https://a.test", "https://a.test/"], &[(Some(1), "shadowed-source")]),
        (&["https://a.test/v1/", "https://a.test"], &[(Some(0), "shadowed-source")]),
    ] {
        assert_eq!(problems(list), expected, "{list:?}");
    }
}

#[test]
fn long_headers_are_warned_of() {
    let hosts: Vec<String> = (0..200).map(|index| format!("https://host-{index}.example.com")).collect();
    let list: Vec<&str> = hosts.iter().map(String::as_str).collect();
    assert_eq!(problems(&list), [(None, FindingCode::LongHeader.as_str())]);
}

/// The ASCII form that a help writes is the one that URLs have, or the source would never match.
#[test]
fn ascii_forms_are_those_of_url_parsers() {
    let mut told = 0;
    let mut wrong = Vec::new();
    for character in ('\u{80}'..=char::MAX).filter(|character| !character.is_control()) {
        let source = format!("https://a{character}b.test");
        let Err(error) = SourceExpression::declare(&source) else { panic!("{source} is admitted") };
        let help = error.help().unwrap_or_default();
        let Some(written) = help.strip_prefix("write \"").and_then(|help| help.split('"').next()) else { continue };
        told += 1;
        let parsed = url::Url::parse(&source).map(|url| format!("https://{}", url.host_str().unwrap_or_default()));
        // What can't be seen, or looks like another character, was meant as that.
        let is_meant = error.kind() != Kind::NonAsciiHost || ('\u{ff01}'..='\u{ff5e}').contains(&character);
        if parsed.as_deref() != Ok(written) && !is_meant {
            wrong.push(format!("{:x}", u32::from(character)));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    assert!(told > 30_000, "{told}");
}
