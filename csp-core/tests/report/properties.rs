//! What holds for every body.

use csp_core::report::{GroupKey, Limits, OwnPolicies, classify, explain, parse, redact};
use proptest::prelude::*;

use crate::{QUOTED, legacy, row};

/// Nothing of this may panic, and everything counts.
fn read_through(body: &[u8], limits: &Limits) -> usize {
    let own = OwnPolicies::new([QUOTED]);
    match parse(body, limits) {
        Ok(batch) => {
            row(batch.counts());
            for report in batch.reports() {
                let redacted = redact(report);
                let _ = explain(&redacted, classify(report, &own)).to_string();
                let _ = GroupKey::of(&redacted);
            }
            batch.counts().received
        }
        Err(error) => {
            row(error.counts());
            let _ = error.to_string();
            1
        }
    }
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[a-z]{1,8}:(//)?[a-z@:.\\[\\]0-9?#/%\\\\]{0,40}",
        "(connect-src|script-src|'nonce-|'self'|https://|\\*|;|,| |@|\\?|\u{e9}){0,12}",
        Just("https://shop.example.com/".to_owned()),
        Just("connect-src".to_owned()),
        Just(QUOTED.to_owned()),
    ]
}

fn body() -> impl Strategy<Value = String> {
    (text(), text(), text(), text(), text()).prop_map(|(document, directive, blocked, policy, file)| {
        legacy(&document, &directive, &blocked, &policy, &file)
    })
}

fn entry() -> impl Strategy<Value = String> {
    prop_oneof![
        body(),
        Just("{\"type\":\"x\"}".to_owned()),
        Just("null".to_owned()),
        Just("{\"type\":\"csp-violation\",\"body\":{}}".to_owned()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1024) })]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        read_through(&bytes, &Limits::default());
    }

    #[test]
    fn any_text_of_json_characters_is_read_or_refused(text in "[\\[\\]{}\":,\\\\ a-z0-9.eu-]{0,120}") {
        read_through(text.as_bytes(), &Limits::default());
    }

    #[test]
    fn mutated_bodies_are_read_or_refused(
        body in body(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..3_u8), 1..6),
    ) {
        let mut bytes = body.into_bytes();
        for (at, byte, kind) in changes {
            let at = at.index(bytes.len().max(1)).min(bytes.len().saturating_sub(1));
            match kind {
                0 if !bytes.is_empty() => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                _ => bytes.truncate(at),
            }
        }
        read_through(&bytes, &Limits::default());
    }

    #[test]
    fn every_entry_counts_once(entries in prop::collection::vec(entry(), 0..20), limit in 0..20_usize) {
        let body = format!("[{}]", entries.join(","));
        prop_assert_eq!(read_through(body.as_bytes(), &Limits::default().entries(limit)), entries.len());
    }

    #[test]
    fn redaction_leaves_one_line_without_nonces(
        document in text(), blocked in text(), file in text(), nonce in "[A-Za-z0-9]{12}"
    ) {
        let policy = format!("script-src 'nonce-{nonce}'");
        let document = format!("x{document}");
        let body = legacy(&document, "connect-src", &blocked, &policy, &file);
        let batch = parse(body.as_bytes(), &Limits::default()).unwrap();
        let report = redact(&batch.reports()[0]);
        prop_assert_eq!(&redact(&report), &report);
        prop_assert!(!report.original_policy.contains(&nonce));
        let texts = [&report.document_url, &report.blocked_url, &report.original_policy];
        for text in texts.into_iter().chain(&report.source_file) {
            prop_assert!(!text.contains(|character: char| character.is_control()), "{:?}", text);
            prop_assert!(!text.contains(['?', '#']), "{:?}", text);
        }
    }
}
