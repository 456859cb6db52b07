use csp_runtime::{SourceErrorKind, connect_src, policy};

connect_src! {
    static SHOP = [self, "https://api.example.com"];
    static NOTHING = [none];
}

policy! {
    static PAGE = {
        default_src: [self],
        script_src: [nonce],
        style_src: [nonce, self],
        base_uri: [none],
    };
}

#[test]
fn additions_count_like_declared_sources() {
    let extended = SHOP.extend(["https://search.example.net/v2/", "wss://feed.example.net"]).expect("admitted");
    assert_eq!(
        extended.header(),
        "connect-src 'self' https://api.example.com https://search.example.net/v2/ wss://feed.example.net"
    );
    let guard = extended.guard();
    assert!(guard.allows("https://api.example.com/"));
    assert!(guard.allows("https://search.example.net/v2/x"));
    assert!(!guard.allows("https://search.example.net/v1/x"));
    assert!(!SHOP.guard().allows("https://search.example.net/v2/x"));

    let refusal = guard.check("https://search.example.net/v1/").expect_err("blocked");
    assert_eq!(refusal.nearest().map(|nearest| nearest.source).as_deref(), Some("https://search.example.net/v2/"));
    assert_eq!(refusal.directive(), extended.header());
}

#[test]
fn policies_with_nonces_are_extended_alike() {
    let extended = PAGE.extend(["https://search.example.net"]).expect("admitted");
    assert_eq!(
        extended.template(),
        "default-src 'self'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}' 'self'; base-uri 'none'; connect-src 'self' \
         https://search.example.net"
    );
    assert_eq!(extended.directive(), "connect-src 'self' https://search.example.net");
    assert!(extended.guard().allows("https://search.example.net/"));
    assert!(!PAGE.guard().allows("https://search.example.net/"));
    assert_eq!(
        (extended.base().name(), extended.additions()),
        ("PAGE", &["https://search.example.net".to_owned()][..])
    );

    let error = PAGE.extend(["search.example.net", "http://localhost:3000"]).expect_err("refused");
    assert_eq!(error.errors().len(), 2);
    assert!(PAGE.extend_insecure(["http://localhost:3000"], "a test").is_ok());
}

#[test]
fn none_gives_way() {
    assert_eq!(NOTHING.extend(["https://a.example"]).expect("admitted").header(), "connect-src https://a.example");
    assert_eq!(NOTHING.extend::<[&str; 0]>([]).expect("admitted").header(), "connect-src 'none'");
}

#[test]
fn every_mistake_is_named_and_nothing_is_added() {
    let additions =
        ["search.example.net", "https://ok.example", "https://api.example.com", "http://plain.example", "'none'", ""];
    let error = SHOP.extend(additions).expect_err("refused");
    let found: Vec<_> = error.errors().iter().map(|entry| (entry.index, entry.error.kind())).collect();
    assert_eq!(
        found,
        [
            (0, SourceErrorKind::MissingScheme),
            (2, SourceErrorKind::Duplicate),
            (3, SourceErrorKind::Insecure),
            (4, SourceErrorKind::NoneWithOthers),
            (5, SourceErrorKind::Empty),
        ]
    );
    let text = error.to_string();
    assert!(
        text.starts_with("SHOP can't be extended: 5 additions are refused\naddition 1: source `search.example.net`")
    );
    assert!(text.contains("help: write \"https://search.example.net\""), "{text}");
}

#[test]
fn insecure_additions_are_a_choice_of_their_own() {
    assert!(SHOP.extend(["http://localhost:3000"]).is_err());
    let extended = SHOP.extend_insecure(["http://localhost:3000"], "a test").expect("admitted");
    assert!(extended.guard().allows("http://localhost:3000/x"));
    assert!(SHOP.extend_insecure(["localhost:3000"], "a test").is_err());
}

#[test]
fn risks_are_told() {
    let extended = SHOP.extend(["https://*.co.uk"]).expect("admitted");
    assert_eq!(extended.warnings().len(), 1);
    assert!(extended.warnings()[0].contains("`co.uk`"), "{:?}", extended.warnings());
}
