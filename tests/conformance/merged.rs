//! A declared policy, put into what was there.

use csp_core::{DirectiveName, PolicyList, merge_policies};
use proptest::prelude::*;

fn merged(received: &[&str], declared: &str) -> Vec<String> {
    let merged = merge_policies(received.iter().map(|value| value.as_bytes()), declared);
    merged.into_iter().map(|policy| String::from_utf8(policy).expect("text stays text")).collect()
}

#[test]
fn each_policy_takes_in_each_directive() {
    let rows: &[(&[&str], &str, &[&str])] = &[
        // Nothing is there, or nothing but separators.
        (&[], "connect-src 'self'", &["connect-src 'self'"]),
        (&["", " ; ,, ;"], "connect-src 'self'", &["connect-src 'self'"]),
        // A preset without connect-src.
        (
            &["default-src 'self' https:; img-src data:"],
            "connect-src wss://a.test",
            &["default-src 'self' https:; img-src data:; connect-src wss://a.test"],
        ),
        // In place of theirs, whatever its case and however often.
        (
            &["Connect-Src *;default-src 'none'; connect-src https://b.test"],
            "connect-src 'self'",
            &["default-src 'none'; connect-src 'self'"],
        ),
        (&["connect-src\thttps://b.test"], "connect-src 'self'", &["connect-src 'self'"]),
        (&["connect-src-elem *"], "connect-src 'self'", &["connect-src-elem *; connect-src 'self'"]),
        (&["upgrade-insecure-requests"], "upgrade-insecure-requests", &["upgrade-insecure-requests"]),
        // Every policy, or the others would still decide.
        (
            &["default-src 'none', img-src *", "connect-src *"],
            "connect-src 'self'; img-src 'none'",
            &["default-src 'none'; connect-src 'self'; img-src 'none'", "connect-src 'self'; img-src 'none'"],
        ),
        // Duplicates of theirs are theirs: browsers go by the first.
        (&["img-src *; img-src 'none'"], "connect-src 'self'", &["img-src *; img-src 'none'; connect-src 'self'"]),
    ];
    for (received, declared, expected) in rows {
        assert_eq!(merged(received, declared), *expected, "{received:?}");
    }
}

#[test]
fn bytes_that_are_no_text_stay() {
    let merged = merge_policies([&b"img-src \xff; connect-src \xe9"[..]], "connect-src 'self'");
    assert_eq!(merged, [b"img-src \xff; connect-src 'self'".to_vec()]);
}

fn policy() -> impl Strategy<Value = String> {
    let directive =
        ("[a-z]{3,7}-src|connect-src|CONNECT-SRC|img-src|default-src|sandbox", "( (\\*|'self'|https://[a-c]\\.test))*");
    let directives = proptest::collection::vec(directive.prop_map(|(name, value)| name + &value), 0..5);
    directives.prop_map(|directives| directives.join(" ; "))
}

proptest! {
    #[test]
    fn ours_are_as_declared_and_theirs_as_they_were(
        received in proptest::collection::vec(policy(), 0..4),
        declared in "connect-src( https://[a-c]\\.test){1,2}(; img-src 'self')?",
    ) {
        let joined = received.join(", ");
        let texts = merged(&[&joined], &declared);
        let (ours, before) = (PolicyList::parse(&declared), PolicyList::parse(&joined));
        let ours = &ours.policies[0];
        let text = texts.join(", ");
        let after = PolicyList::parse(&text);
        prop_assert!(!after.policies.is_empty());
        for policy in &after.policies {
            for directive in &ours.directives {
                prop_assert_eq!(policy.directive(directive.name), Some(directive));
            }
        }
        for policy in &before.policies {
            let is_kept = after.policies.iter().any(|merged| {
                DirectiveName::ALL.iter().all(|&name| {
                    ours.directive(name).is_some() || policy.directive(name) == merged.directive(name)
                })
            });
            prop_assert!(is_kept, "{} is lost in {}", policy, text);
        }
        // Once is enough.
        prop_assert_eq!(merged(&[&text], &declared), texts);
    }
}
