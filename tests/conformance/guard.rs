//! What a guard admits beside what browsers let through, and whose page `'self'` is.

use csp_core::{
    AddressKind, Difference, Origin, Refusal, Request, SourceExpression, SourceList, Target, admit_url, difference,
};
use url::Url;

use Refusal::{Address, Credentials, HiddenSeparator, NoSourceMatched};

fn parsed(list: &str) -> Vec<SourceExpression<'_>> {
    list.split(' ').map(|source| SourceExpression::parse(source).expect("a source")).collect()
}

#[test]
fn admitted_and_refused() {
    for (list, url, expected) in [
        ("https://a.test https://b.test", "https://b.test/", Ok(1)),
        ("https://a.test https://b.test", "https://a.test/", Ok(0)),
        ("https://a.test", "https://b.test/", Err(NoSourceMatched)),
        ("https://a.test", "https://u:p@a.test/", Err(Credentials)),
        ("https://a.test", "https://u@a.test/", Err(Credentials)),
        ("https://a.test", "https://:p@a.test/", Err(Credentials)),
        ("https://a.test", "https://@a.test/", Ok(0)),
        ("https://a.test", "https://u@b.test/", Err(Credentials)),
        ("https://a.test/v1/", "https://a.test/v1/x", Ok(0)),
        ("https://a.test/v1/", "https://a.test/v1/%2fx", Err(HiddenSeparator)),
        ("https://a.test/v1/", "https://a.test/v1/%252fx", Err(HiddenSeparator)),
        ("https://a.test/v1/", "https://a.test/v1/..;/x", Err(HiddenSeparator)),
        ("https://a.test/v1/", "https://a.test/v2/%2fx", Err(NoSourceMatched)),
        ("https://a.test/v1/ https://b.test", "https://a.test/v1/%2fx", Err(HiddenSeparator)),
        ("https://a.test/v1/ https://a.test", "https://a.test/v1/%2fx", Ok(1)),
        ("https://a.test/", "https://a.test/v1/%2fx", Ok(0)),
        ("https://a.test", "https://a.test/v1/%2fx", Ok(0)),
        ("https:", "https://a.test/v1/%2fx", Ok(0)),
        ("http:", "http://169.254.169.254/", Err(Address(AddressKind::Metadata))),
        ("http:", "http://0xa9fea9fe/", Err(Address(AddressKind::Metadata))),
        ("https://a.test", "http://169.254.169.254/", Err(NoSourceMatched)),
        ("'self'", "https://page.test/%2f", Ok(0)),
        ("'self'", "https://a.test/", Err(NoSourceMatched)),
    ] {
        let page = Origin::parse("https://page.test");
        let url = Url::parse(url).expect("URLs of the table parse");
        assert_eq!(admit_url(&parsed(list), &url, page.as_ref()), expected, "{list} for {url}");
    }
    let url = Url::parse("https://page.test/").expect("a URL");
    assert_eq!(admit_url(&parsed("'self'"), &url, None), Err(NoSourceMatched));
}

#[test]
fn origins() {
    for (text, expected) in [
        ("https://a.test", Some("https://a.test")),
        ("https://a.test/", Some("https://a.test")),
        ("https://a.test:443", Some("https://a.test")),
        ("ws://a.test:81/", Some("ws://a.test:81")),
        ("https://a.test/x", None),
        ("https://a.test?q", None),
        ("https://a.test/#f", None),
        ("https://A.test", None),
        ("ipc://localhost", None),
    ] {
        assert_eq!(Origin::parse(text).map(|origin| origin.to_string()).as_deref(), expected, "{text}");
    }
    for (url, expected) in [
        ("https://A.test:444/x?q", Some("https://a.test:444")),
        ("http://[::1]:3000/", Some("http://[::1]:3000")),
        ("ipc://localhost/", None),
        ("data:text/plain,x", None),
        ("file:///x", None),
    ] {
        let url = Url::parse(url).expect("URLs of the table parse");
        let origin = Origin::of(&Target::from(&url));
        assert_eq!(origin.map(|origin| origin.to_string()).as_deref(), expected, "{url}");
    }
}

#[test]
fn targets() {
    for (url, host, port, path, shown) in [
        ("https://a.test:443/x?q#f", "a.test", None, "/x", "https://a.test/x"),
        ("ws://u:p@A.test:81", "a.test", Some(81), "/", "ws://a.test:81/"),
        ("http://[::1]:443/", "[::1]", Some(443), "/", "http://[::1]:443/"),
        ("data:text/plain,x", "", None, "text/plain,x", "data:text/plain,x"),
    ] {
        let url = Url::parse(url).expect("URLs of the table parse");
        let target = Target::from(&url);
        assert_eq!((target.host(), target.port(), target.path()), (host, port, path), "{url}");
        assert_eq!(target.to_string(), shown);
    }
}

#[test]
fn canonical_text() {
    // The longest name that DNS has.
    let long = |last: &str| format!("https://{}{last}", "a.".repeat(124));
    for (url, is_canonical) in [
        (long("btest").as_str(), true),
        (long("bbtest").as_str(), false),
        (long("btest/").as_str(), true),
        (long("bbtest/").as_str(), false),
        ("https://a-", true),
        ("https://a--", false),
        ("https://a--b.test/", false),
        ("https://255.254.10.0", true),
        ("https://1.2.3.256", false),
        ("https://1.2.3", false),
        ("https://1.2.3.", false),
        ("https://1.2.3.4.5", false),
        ("https://1a2.3.4", false),
        ("https://1.2.3.4a", false),
        ("https://1.2.3.04", false),
        ("https://a.test/%a", false),
        ("https://a.test/%", false),
        ("https://a.test/%a?b", false),
        ("https://a.test/%ab", true),
        ("https://a.test/%2", false),
        ("https://a.test/%2e", false),
        ("https://a.test/%2ea", true),
        ("https://a.test/x/.%2E/y", false),
        ("https://a.test/%2f%3e", true),
        ("https://a.test/...", true),
        ("https://a.test/.a", true),
    ] {
        assert_eq!(Target::canonical(url).is_some(), is_canonical, "{url}");
        csp_oracle::check_canonical(url).expect("read alike");
    }
}

#[test]
fn the_part_that_differs() {
    for (source, url, expected) in [
        ("https://a.test", "https://a.test/", None),
        ("https://a.test", "https://b.test/", Some(Difference::Host)),
        ("https://*.a.test", "https://a.test/", Some(Difference::Subdomain)),
        ("https://*.a.test", "https://b.test/", Some(Difference::Host)),
        ("https://a.test", "http://a.test/", Some(Difference::Scheme)),
        ("https://a.test", "https://a.test:444/", Some(Difference::Port)),
        ("https://a.test/v1", "https://a.test/v2", Some(Difference::Path)),
        ("https://a.test/v1", "http://b.test:444/v2", Some(Difference::Host)),
        ("https:", "wss://a.test/", Some(Difference::Scheme)),
        ("a.test", "https://a.test/", Some(Difference::Scheme)),
        ("'self'", "https://a.test/", Some(Difference::Host)),
        ("'unsafe-inline'", "https://a.test/", Some(Difference::Host)),
    ] {
        let target = Target::canonical(url).expect("canonical");
        let source = SourceExpression::parse(source).expect("a source");
        assert_eq!(difference(&source, &Request::new(target)), expected, "{source} for {url}");
    }
}

#[test]
fn lists() {
    for (list, length, has_self) in
        [("https://a.test 'self'", 2, true), ("https://a.test", 1, false), ("a.test b.test data:", 3, false)]
    {
        let sources = parsed(list);
        let list = SourceList::new(sources.clone());
        assert_eq!((list.len(), list.is_empty(), list.has_self()), (length, false, has_self), "{list}");
        assert_eq!((&list).into_iter().copied().collect::<Vec<_>>(), sources);
        assert_eq!(sources.into_iter().collect::<SourceList<'_>>(), list);
    }
    assert!(SourceList::default().is_empty());
}
