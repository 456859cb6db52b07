//! What holds for every declaration and every text.

use csp_core::{
    DirectiveName, Origin, Policy, Request, SourceExpression, SourceList, Target, Tokens, covering, nearest, nearest_in,
};
use csp_oracle::{check_policy, check_source};
use proptest::prelude::*;

/// Sources that a declaration admits, in every form.
pub(crate) fn declared_source() -> impl Strategy<Value = String> {
    let host = prop_oneof![
        "[a-z][a-z0-9]{0,5}(-[a-z0-9]{1,3})?(\\.[a-z]{2,6}){1,3}",
        "\\*\\.[a-z][a-z0-9]{0,5}(\\.[a-z]{2,6}){1,2}",
        Just("localhost".to_owned()),
        Just("*".to_owned()),
        (0u8..=255, 0u8..=255).prop_map(|(a, b)| format!("10.{a}.{b}.1")),
    ];
    let port = prop_oneof![3 => Just(String::new()), 1 => Just(":*".to_owned()), 1 => (1u16..).prop_map(|port| format!(":{port}"))];
    let path = prop_oneof![2 => Just(String::new()), 1 => "(/[a-z0-9_~!$&'()*+=:@]{1,4}){1,3}/?", 1 => Just("/%20%C3%A9/".to_owned())];
    prop_oneof![
        1 => Just("'self'".to_owned()),
        1 => prop_oneof![Just("https:"), Just("wss:"), Just("data:"), Just("*")].prop_map(str::to_owned),
        8 => ("(https|wss|http|ws)", host, port, path).prop_map(|(scheme, host, port, path)| {
            let path = if host == "*" { String::new() } else { path };
            format!("{scheme}://{host}{port}{path}")
        }),
    ]
}

pub(crate) fn received_token() -> impl Strategy<Value = String> {
    prop_oneof![
        declared_source(),
        "[a-zA-Z0-9:/*.'_%?#@\\[\\]\\-]{1,16}",
        "(HTTPS|Wss|http|data|x\\+y)://?[A-Za-z*.]{1,8}(:[0-9*]{0,6})?(/[a-z?#%2Ff]{0,6})?",
        "'(self|SELF|none|NONCE-|nonce-[a-z]{1,4}|sha256-[a-z]{1,4}=?|unsafe-inline|slef)'",
    ]
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,40}|[\\x00-\\x7f]{0,20}|https://\\PC{0,20}|'\\PC{0,8}",
        "(https?|wss?|htps|HTTPS|)(://|:/|//|:|)([a-zA-Z*_.é-]{0,10})(:[0-9]{0,6})?(/[a-z%./|?#;,]{0,8})?",
        received_token(),
        declared_source(),
    ]
}

fn target_url() -> impl Strategy<Value = String> {
    (
        "(https|wss|http|ws)",
        "(localhost|10\\.0\\.0\\.1|[a-c](\\.[a-c]{1,2}){1,2})",
        "(:80|:443|:81)?",
        "(/[a-c]{0,3}(%2F)?){0,2}",
    )
        .prop_map(|(scheme, host, port, path)| format!("{scheme}://{host}{port}{path}"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    /// Every admitted source is canonical, and browsers read it as the declaration does.
    #[test]
    fn declared_text_is_canonical(text in declared_source()) {
        let source = SourceExpression::declare(&text).map_err(|error| TestCaseError::fail(error.report()))?;
        prop_assert_eq!(source.to_string(), text.clone());
        prop_assert_eq!(SourceExpression::parse(&text), Some(source));
    }

    /// The canonical text of what was received reads back as the same, and is its own canonical text.
    #[test]
    fn received_text_round_trips(tokens in prop::collection::vec(received_token(), 0..6), name in "(connect-src|default-src|img-src|Connect-SRC)") {
        let text = format!("{name} {}", tokens.join(" "));
        let policy = Policy::parse(&text);
        let canonical = policy.to_string();
        prop_assert_eq!(&Policy::parse(&canonical), &policy, "{}", text);
        prop_assert_eq!(Policy::parse(&canonical).to_string(), canonical.clone());
    }

    /// No text panics; refusals and findings are about a part of it; what is proposed is admitted.
    #[test]
    fn any_text_is_read(text in any_text()) {
        check_source(&text).and_then(|()| check_policy(&text)).map_err(TestCaseError::fail)?;
    }

    #[test]
    fn any_policy_is_read(tokens in prop::collection::vec(received_token(), 0..6), name in "(connect-src|default-src|img-src|Connect-SRC|report-uri)", end in "[;, ]{0,2}\\PC{0,8}") {
        let header = format!("{name} {}{end} {}", tokens.join(" "), tokens.concat());
        check_policy(&header).map_err(TestCaseError::fail)?;
    }

    /// The order of the sources decides nothing, and the nearest source exists exactly where none covers.
    #[test]
    fn order_does_not_matter(mut sources in prop::collection::vec(declared_source(), 1..6), url in target_url(), redirected: bool) {
        let page = Origin::parse("https://a.b").expect("canonical");
        let target = Target::canonical(&url).expect("canonical");
        let request = Request::new(target).from_origin(&page).redirected(redirected);
        let decide = |sources: &[String]| {
            let sources: Vec<_> = sources.iter().map(|source| SourceExpression::parse(source).expect("declared")).collect();
            let covered = covering(&sources, &request).is_some();
            let nearest = nearest(&sources, &request);
            assert_eq!(nearest.is_none(), covered, "{url}");
            let list = SourceList::new(sources.clone()).to_string();
            let in_text = nearest.map(|nearest| (sources[nearest.index].to_string(), nearest.difference));
            let found = nearest_in(&list, &request).map(|(source, difference)| (source.to_owned(), difference));
            assert_eq!(found, in_text, "{list} for {url}");
            assert!(Tokens::new(&list).eq(list.split(' ')), "{list}");
            covered
        };
        let forwards = decide(&sources);
        sources.reverse();
        prop_assert_eq!(decide(&sources), forwards);
    }

    /// More sources never cover less, and `connect-src` and `default-src` decide alike.
    #[test]
    fn lists_only_widen(sources in prop::collection::vec(declared_source(), 1..6), url in target_url()) {
        let target = Target::canonical(&url).expect("canonical");
        let request = Request::new(target);
        let decide = |name: DirectiveName, sources: &[String]| {
            let text = format!("{name} {}", sources.join(" "));
            Policy::parse(&text).decide_connect(&request).verdict
        };
        let all = decide(DirectiveName::ConnectSrc, &sources);
        prop_assert_eq!(decide(DirectiveName::DefaultSrc, &sources), all);
        if decide(DirectiveName::ConnectSrc, &sources[1..]) == csp_core::Verdict::Allow {
            prop_assert_eq!(all, csp_core::Verdict::Allow);
        }
    }
}
