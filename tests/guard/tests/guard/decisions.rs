use csp_runtime::{Blocked, Difference, Guard, Reason, connect_src};
use http::Uri;
use url::Url;

connect_src! {
    static BACKEND = [
        self,
        "https://api.example.com/v1/",
        "https://hooks.example.net",
        "wss://*.example.org:8443",
        #[insecure(reason = "a test's server")] "http://127.0.0.1:8080",
        "https://exact.example.com/one",
    ];
    static NOTHING = [none];
}

const LINE: u32 = 5;

#[test]
fn urls_as_text() {
    let guard = BACKEND.guard();
    for (url, expected) in [
        ("https://api.example.com/v1/users?q#f", None),
        ("https://API.example.com:443/v1/", None),
        ("https://api.example.com/v1", Some(Reason::NoSourceMatched)),
        ("https://api.example.com/v1/../v2/", Some(Reason::NoSourceMatched)),
        ("https://api.example.com/v1/%2e%2e/v2/", Some(Reason::NoSourceMatched)),
        ("https://api.example.com/v1/..%2fv2", Some(Reason::NotCanonical)),
        ("https://api.example.com/v1/a%2Fb", Some(Reason::NotCanonical)),
        ("https://api.example.com/v1/a%5cb", Some(Reason::NotCanonical)),
        ("https://api.example.com/v1/..;/v2", Some(Reason::NotCanonical)),
        ("https://hooks.example.net/a%2Fb", None),
        ("https://hooks.example.net.", Some(Reason::NoSourceMatched)),
        ("https://hooks.example.net@evil.example/", Some(Reason::Credentials)),
        ("https://user:pass@hooks.example.net/", Some(Reason::Credentials)),
        ("https://hooks.example.net\\@evil.example/", None),
        ("https://evil.example\\@hooks.example.net/", Some(Reason::NoSourceMatched)),
        ("https://hooks.example.net:8443/", Some(Reason::NoSourceMatched)),
        ("http://hooks.example.net/", Some(Reason::NoSourceMatched)),
        ("wss://hooks.example.net/", Some(Reason::NoSourceMatched)),
        ("wss://a.b.example.org:8443/", None),
        ("wss://example.org:8443/", Some(Reason::NoSourceMatched)),
        ("ws://a.example.org:8443/", Some(Reason::NoSourceMatched)),
        ("http://127.0.0.1:8080/", None),
        ("http://127.1:8080/", None),
        ("http://2130706433:8080/", None),
        ("http://[::ffff:127.0.0.1]:8080/", Some(Reason::NoSourceMatched)),
        ("http://127.0.0.1:8081/", Some(Reason::NoSourceMatched)),
        ("https://127.0.0.1:8080/", Some(Reason::NoSourceMatched)),
        ("https://exact.example.com/one", None),
        ("https://exact.example.com/one/", Some(Reason::NoSourceMatched)),
        ("//hooks.example.net/", Some(Reason::Unparsable)),
        ("hooks.example.net", Some(Reason::Unparsable)),
        ("", Some(Reason::Unparsable)),
        ("https://", Some(Reason::Unparsable)),
        ("https://hooks.example.net:99999/", Some(Reason::Unparsable)),
        ("data:text/plain,x", Some(Reason::NoSourceMatched)),
        ("file:///etc/passwd", Some(Reason::NoSourceMatched)),
    ] {
        let found = guard.check(url).err().map(|blocked| blocked.reason());
        assert_eq!(found, expected, "{url}");
        assert_eq!(guard.allows(url), expected.is_none(), "{url}");
        assert_eq!(guard.parse(url).err().map(|blocked| blocked.reason()), expected, "{url}");
        if let Ok(url) = Url::parse(url) {
            assert_eq!(guard.check(&url).err().map(|blocked| blocked.reason()), expected, "{url}");
        }
        assert!(NOTHING.guard().check(url).is_err(), "{url}");
    }
}

#[test]
fn uris_that_clients_read_otherwise_are_refused() {
    let guard = BACKEND.guard();
    for (uri, expected) in [
        ("https://hooks.example.net", None),
        ("https://hooks.example.net/x?q", None),
        ("https://hooks.example.net:443/", None),
        ("wss://a.example.org:8443/feed", None),
        ("https://user@hooks.example.net/", Some(Reason::Credentials)),
        // An http client takes a port that is none for the default port.
        ("https://hooks.example.net:65979/", Some(Reason::Unparsable)),
        ("http://127.1:8080/", Some(Reason::NotCanonical)),
        ("https://HOOKS.example.net/", Some(Reason::NotCanonical)),
        ("https://api.example.com/v1/../v2", Some(Reason::NotCanonical)),
        ("/only/a/path", Some(Reason::Unparsable)),
        ("hooks.example.net:443", Some(Reason::Unparsable)),
        ("https://evil.example/", Some(Reason::NoSourceMatched)),
    ] {
        let uri: Uri = uri.parse().unwrap_or_else(|error| panic!("{uri}: {error}"));
        assert_eq!(guard.check(&uri).err().map(|blocked| blocked.reason()), expected, "{uri}");
    }
}

#[test]
fn self_is_nothing_without_an_origin() {
    assert!(!BACKEND.guard().allows("https://shop.example.com/"));
    let guard = BACKEND.guard().self_origin("https://shop.example.com").expect("an origin");
    assert!(guard.allows("https://shop.example.com/cart"));
    assert!(guard.allows("wss://shop.example.com/feed"));
    assert!(!guard.allows("http://shop.example.com/"));
    for text in
        ["", "shop.example.com", "https://shop.example.com/x", "https://SHOP.example.com", "https://a@b.c", "null"]
    {
        assert!(BACKEND.guard().self_origin(text).is_err(), "{text}");
    }
}

fn blocked(guard: &Guard, url: &str) -> Blocked {
    guard.check(url).expect_err("blocked")
}

#[test]
fn a_refusal_explains_itself() {
    let guard = BACKEND.guard();
    let refusal = blocked(&guard, "https://hoks.example.net/x?key=secret#part");
    let file = file!();
    let expected = format!(
        "Refused to connect to 'https://hoks.example.net/x' because it violates the following Content Security Policy \
         directive: \"{}\"\n  nearest: https://hooks.example.net (host differs)\n  help: add \
         \"https://hoks.example.net\" to BACKEND at {file}:{LINE}",
        BACKEND.header()
    );
    assert_eq!(refusal.to_string(), expected);
    assert_eq!(refusal.unredacted_url(), "https://hoks.example.net/x?key=secret#part");
    assert_eq!(refusal.policy().line(), LINE);
    assert_eq!(refusal.policy().file(), file);

    for (url, source, difference) in [
        ("https://api.example.com/v2/", "https://api.example.com/v1/", Difference::Path),
        ("https://hooks.example.net:1/", "https://hooks.example.net", Difference::Port),
        ("http://hooks.example.net/", "https://hooks.example.net", Difference::Scheme),
        ("wss://example.org:8443/", "wss://*.example.org:8443", Difference::Subdomain),
        ("https://exact.exmple.com/one", "https://exact.example.com/one", Difference::Host),
    ] {
        let nearest = blocked(&guard, url).nearest().expect(url);
        assert_eq!((nearest.source.as_str(), nearest.difference), (source, difference), "{url}");
    }
}

#[test]
fn secrets_and_addresses_are_not_passed_on() {
    let guard = BACKEND.guard();
    for (url, shown) in [
        ("https://user:secret@hooks.example.net/x", "https://hooks.example.net/x"),
        ("https://evil.example/x?secret", "https://evil.example/x"),
        ("user:secret@evil.example?secret#secret", "user:"),
        ("data:text/plain,secret", "data:"),
        ("//user:secret@evil.example/x?secret", "//evil.example/x"),
        ("https://user:secret@evil.example:99999/x#secret", "https://evil.example:99999/x"),
    ] {
        let refusal = blocked(&guard, url);
        assert_eq!(refusal.blocked_url(), shown, "{url}");
        assert!(!refusal.to_string().contains("secret"), "{refusal}");
        assert!(!format!("{refusal:?}").is_empty());
    }
    for url in ["https://10.0.0.1/", "http://[::1]/", "https://u@evil.example/", "data:,x", "http://169.254.169.254/"] {
        assert_eq!(blocked(&guard, url).suggestion(), None, "{url}");
    }
    assert_eq!(blocked(&guard, "wss://evil.example:8443/x").suggestion().as_deref(), Some("wss://evil.example:8443"));
}

#[test]
fn suggestions_open_no_more_than_needed() {
    let guard = BACKEND.guard();
    for (url, suggestion) in [
        ("https://api.example.com/v2/users", "https://api.example.com/v2/"),
        ("https://api.example.com/v2/a/b?q", "https://api.example.com/v2/a/"),
        ("https://api.example.com/v2;a=1,2/b", "https://api.example.com/v2%3Ba=1%2C2/"),
        ("https://api.example.com/v2|3/b", "https://api.example.com/v2%7C3/"),
        ("https://api.example.com/v2", "https://api.example.com/v2"),
        ("https://exact.example.com/two", "https://exact.example.com/two"),
        ("https://api.exmple.com/v1/users", "https://api.exmple.com"),
        ("https://hooks.example.net:8443/x/y", "https://hooks.example.net:8443"),
        ("http://evil.example/x", "http://evil.example"),
        ("http://localhost:3000/x", "http://localhost:3000"),
    ] {
        let refusal = blocked(&guard, url);
        assert_eq!(refusal.suggestion().as_deref(), Some(suggestion), "{url}");
        let extended = BACKEND.extend_insecure([suggestion], "a test").expect(suggestion);
        assert!(extended.guard().allows(url), "{url}");
        assert_eq!(BACKEND.extend([suggestion]).is_err(), refusal.to_string().contains("#[insecure("), "{refusal}");
    }
}

#[test]
fn what_is_covered_encrypted_is_not_suggested_in_plain_text() {
    let guard = BACKEND.guard();
    for (url, help) in [
        ("http://hooks.example.net/x?key=secret", "call it by https: \"https://hooks.example.net/x\""),
        ("http://user:secret@hooks.example.net:80/x", ""),
        ("http://hooks.example.net:80/x", "call it by https: \"https://hooks.example.net/x\""),
        ("http://api.example.com/v2/x", "call it by https: \"https://api.example.com/v2/x\""),
        ("ws://a.example.org:8443/feed", "call it by wss: \"wss://a.example.org:8443/feed\""),
    ] {
        let refusal = blocked(&guard, url);
        assert_eq!(refusal.suggestion(), None, "{url}");
        let text = refusal.to_string();
        let last = text.lines().last().and_then(|line| line.strip_prefix("  help: ")).unwrap_or_default();
        assert_eq!(last, help, "{url}");
    }
}

#[test]
fn refusals_travel() {
    fn is_portable<T: Send + Sync + Clone + 'static>() {}
    is_portable::<Blocked>();
    is_portable::<Guard>();

    let refusal = blocked(&BACKEND.guard(), "https://evil.example/");
    let wrapped = std::io::Error::other(refusal.clone());
    assert_eq!(Blocked::find(&refusal).map(Blocked::blocked_url), Some(refusal.blocked_url()));
    assert_eq!(Blocked::find(&wrapped).map(Blocked::blocked_url), Some(refusal.blocked_url()));
    assert!(Blocked::find(&std::io::Error::other("something else")).is_none());
}

#[test]
fn a_declared_plain_scheme_is_no_reason_to_encrypt() {
    connect_src! {
        static LOCAL = [#[insecure(reason = "a test's server")] "http://127.0.0.1:*/api/"];
    }
    let refusal = blocked(&LOCAL.guard(), "http://127.0.0.1:3000/admin/keys");
    assert!(!refusal.to_string().contains("call it by"), "{refusal}");
    assert_eq!(refusal.nearest().map(|nearest| nearest.difference), Some(Difference::Path));
}
