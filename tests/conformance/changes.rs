//! What changes from one policy to another.

use csp_core::{EVERYTHING, PolicyList};
use proptest::prelude::*;

use crate::properties::declared_source;

/// Directive, what is gained, what is lost.
type Row = (&'static str, Vec<&'static str>, Vec<&'static str>);

#[test]
fn changes_are_found_by_what_they_mean() {
    let rows: Vec<(&str, &str, Vec<Row>)> = vec![
        ("connect-src 'self'", "connect-src 'self'", vec![]),
        ("connect-src https://a.test https://b.test", "connect-src https://b.test https://a.test", vec![]),
        ("connect-src 'none'", "connect-src", vec![]),
        ("connect-src 'self'", "connect-src 'none'", vec![("connect-src", vec![], vec!["'self'"])]),
        (
            "connect-src 'self'",
            "connect-src 'self' https://a.test",
            vec![("connect-src", vec!["https://a.test"], vec![])],
        ),
        (
            "connect-src https://*.a.test",
            "connect-src https://b.a.test",
            vec![("connect-src", vec![], vec!["https://*.a.test"])],
        ),
        (
            "connect-src https://a.test/v1/",
            "connect-src https://a.test",
            vec![("connect-src", vec!["https://a.test"], vec![])],
        ),
        ("connect-src https:", "connect-src https://a.test", vec![("connect-src", vec![], vec!["https:"])]),
        (
            "connect-src https://a.test",
            "connect-src http://a.test",
            vec![("connect-src", vec!["http://a.test"], vec![])],
        ),
        ("connect-src *", "connect-src 'self'", vec![("connect-src", vec![], vec!["*"])]),
        ("connect-src https:", "connect-src 'self'", vec![("connect-src", vec!["'self'"], vec!["https:"])]),
        ("connect-src 'self'", "", vec![("connect-src", vec![EVERYTHING], vec![])]),
        ("", "connect-src 'self'", vec![("connect-src", vec![], vec![EVERYTHING])]),
        // By what it falls back to.
        ("default-src 'self'", "default-src 'self'; connect-src 'self'", vec![]),
        (
            "default-src 'self'",
            "default-src 'self'; connect-src https://a.test",
            vec![("connect-src", vec!["https://a.test"], vec!["'self'"])],
        ),
        ("default-src 'self'; img-src 'none'", "default-src 'self'", vec![("img-src", vec!["'self'"], vec![])]),
        ("script-src 'nonce-YQ=='", "script-src 'nonce-Yg=='", vec![]),
        (
            "script-src 'self'",
            "script-src 'self' 'unsafe-inline' 'report-sample'",
            vec![("script-src", vec!["'unsafe-inline'"], vec![])],
        ),
        ("sandbox allow-scripts", "sandbox", vec![("sandbox", vec![], vec!["allow-scripts"])]),
        (
            "sandbox",
            "sandbox allow-scripts allow-forms",
            vec![("sandbox", vec!["allow-scripts", "allow-forms"], vec![])],
        ),
        ("sandbox", "", vec![("sandbox", vec![EVERYTHING], vec![])]),
        ("upgrade-insecure-requests", "", vec![("upgrade-insecure-requests", vec!["without it"], vec![])]),
        (
            "require-trusted-types-for 'script'",
            "",
            vec![("require-trusted-types-for", vec!["plain text as script"], vec![])],
        ),
        ("trusted-types a b", "trusted-types a", vec![("trusted-types", vec![], vec!["b"])]),
        ("trusted-types *", "trusted-types a", vec![("trusted-types", vec![], vec!["*"])]),
        ("frame-ancestors 'none'", "", vec![("frame-ancestors", vec![EVERYTHING], vec![])]),
        ("report-uri /a", "report-uri /b; report-to c", vec![]),
        // Without a scheme: only as it is written.
        ("img-src a.test", "img-src a.test", vec![]),
        ("img-src a.test", "img-src https://a.test", vec![("img-src", vec!["https://a.test"], vec!["a.test"])]),
        // Every policy must allow.
        ("img-src 'self', img-src https://a.test", "img-src 'self', img-src https://a.test", vec![]),
        ("img-src 'self'", "img-src 'self', img-src https://a.test", vec![("img-src", vec![], vec!["'self'"])]),
        ("img-src 'self', img-src 'none'", "img-src 'self'", vec![("img-src", vec!["'self'"], vec![])]),
    ];
    for (old, new, expected) in rows {
        let changes = PolicyList::parse(old).changes_to(&PolicyList::parse(new));
        let found: Vec<_> =
            changes.iter().map(|change| (change.name.as_str(), change.gained.clone(), change.lost.clone())).collect();
        let expected: Vec<_> = expected
            .into_iter()
            .map(|(name, gained, lost)| {
                let texts = |list: Vec<&str>| list.into_iter().map(str::to_owned).collect::<Vec<_>>();
                (name, texts(gained), texts(lost))
            })
            .collect();
        assert_eq!(found, expected, "{old} -> {new}");
    }
}

proptest! {
    /// What is lost one way is gained the other; nothing changes from a policy to itself, in whatever order.
    #[test]
    fn changes_are_symmetric(
        old in prop::collection::vec(declared_source(), 0..5),
        new in prop::collection::vec(declared_source(), 0..5),
    ) {
        let text = |sources: &[String]| format!("connect-src {}", sources.join(" "));
        let (old_text, new_text) = (text(&old), text(&new));
        let (before, after) = (PolicyList::parse(&old_text), PolicyList::parse(&new_text));
        let back: Vec<_> = after.changes_to(&before).into_iter().map(|change| (change.lost, change.gained)).collect();
        let forth: Vec<_> = before.changes_to(&after).into_iter().map(|change| (change.gained, change.lost)).collect();
        prop_assert_eq!(forth, back);
        let mut turned = old;
        turned.reverse();
        let turned = text(&turned);
        prop_assert_eq!(before.changes_to(&PolicyList::parse(&turned)), []);
    }
}
