//! Whatever comes, from however many at once, each report is counted once.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use csp_monitor_tests::{POLICY, entry, legacy};
use csp_runtime::monitor::{Caps, Delivery, Filter, Monitor};
use csp_runtime::report::OwnPolicies;
use proptest::prelude::*;

/// A body, and what it counts: accepted, filtered, rejected, over the limit.
fn body() -> impl Strategy<Value = (String, [u64; 4])> {
    prop_oneof![
        (0..40_u32).prop_map(|host| (legacy(&format!("https://h{host}.example/")), [1, 0, 0, 0])),
        Just(("no JSON".to_owned(), [0, 0, 1, 0])),
        Just((" ".repeat((1 << 20) + 1), [0, 0, 0, 1])),
        proptest::collection::vec((0..4_u32, 0..40_u32), 0..230).prop_map(|entries| {
            let mut counts = [0; 4];
            let mut texts = Vec::new();
            for (index, (kind, host)) in entries.into_iter().enumerate() {
                let (text, place) = match kind {
                    0 => (r#"{"type":"deprecation"}"#.to_owned(), 1),
                    1 => ("{\"type\":5}".to_owned(), 2),
                    _ => (entry(&format!("https://h{host}.example/")), 0),
                };
                counts[if index < 200 { place } else { 3 }] += 1;
                texts.push(text);
            }
            (format!("[{}]", texts.join(",")), counts)
        }),
    ]
}

/// Texts that are URLs, or nearly.
fn url() -> impl Strategy<Value = String> {
    let begin = prop_oneof![Just("https://"), Just("HTTPS://"), Just("data:"), Just("")];
    let host = prop_oneof![Just("evil.example"), Just("inline"), Just("")];
    let path = prop_oneof![Just(""), Just("/"), Just("/ "), Just("/b")];
    let query = prop_oneof![Just(""), Just("?"), Just("?1"), Just("#1"), Just("?@x.example/")];
    (begin, host, path, query).prop_map(|(begin, host, path, query)| format!("{begin}{host}{path}{query}"))
}

/// A report in which one URL is another.
fn report() -> impl Strategy<Value = String> {
    let place = prop_oneof![
        Just("https://shop.example.com/cart?token=s3cret"),
        Just("https://blocked.example/"),
        Just("https://shop.example.com/app.js?v=s3cret"),
    ];
    (place, url()).prop_map(|(place, url)| legacy("https://blocked.example/").replace(place, &url))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 50, ..ProptestConfig::default() })]

    #[test]
    fn every_report_is_counted_once(bodies in proptest::collection::vec(body(), 1..40), groups in 0..50_usize) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let mut caps = Caps::default();
        caps.groups = groups;
        let builder = Monitor::builder().policies(OwnPolicies::new([POLICY])).caps(caps);
        let monitor = runtime.block_on(builder.start()).unwrap();
        let is_done = AtomicBool::new(false);
        thread::scope(|scope| {
            let watching = scope.spawn(|| {
                // At any instant nothing is lost: what was counted never becomes less, flushes or not.
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
                let mut before = 0;
                while !is_done.load(Ordering::SeqCst) {
                    let received = runtime.block_on(monitor.counters()).unwrap().received();
                    assert!(received >= before, "{received} after {before}");
                    before = received;
                    runtime.block_on(monitor.flush()).unwrap();
                }
            });
            let senders: Vec<_> = (0..3).map(|_| scope.spawn(|| {
                for (body, _) in &bodies {
                    let _ = monitor.receive(body.as_bytes(), &Delivery::default());
                }
            })).collect();
            for sender in senders {
                sender.join().unwrap();
            }
            is_done.store(true, Ordering::SeqCst);
            watching.join().unwrap();
        });
        runtime.block_on(monitor.flush()).unwrap();
        let totals = runtime.block_on(monitor.totals()).unwrap();
        let counters = totals.counters;
        let expected = bodies.iter().fold([0; 4], |mut sum: [u64; 4], (_, counts)| {
            sum.iter_mut().zip(counts).for_each(|(sum, count)| *sum += 3 * count);
            sum
        });
        prop_assert_eq!([counters.accepted, counters.filtered, counters.rejected, counters.over_limit], expected);
        prop_assert_eq!(counters.shed, 0);
        let grouped = runtime.block_on(monitor.groups(&Filter::all())).unwrap();
        prop_assert!(grouped.len() <= groups);
        prop_assert_eq!(grouped.iter().map(|group| group.count).sum::<u64>() + totals.other, counters.accepted);
        for group in grouped {
            prop_assert_eq!(group.hours.iter().map(|hour| hour.count).sum::<u64>(), group.count);
        }
    }
    /// What is recognized as having come before goes where it would have gone.
    #[test]
    fn recognition_changes_no_group(reports in proptest::collection::vec(report(), 1..200)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let mut found = Vec::new();
        // What was flushed is not recognized.
        for is_flushed in [false, true] {
            let builder = Monitor::builder().policies(OwnPolicies::new([POLICY]));
            let monitor = runtime.block_on(builder.start()).unwrap();
            for report in &reports {
                monitor.receive(report.as_bytes(), &Delivery::default()).unwrap();
                if is_flushed {
                    runtime.block_on(monitor.flush()).unwrap();
                }
            }
            runtime.block_on(monitor.flush()).unwrap();
            let groups = runtime.block_on(monitor.groups(&Filter::all())).unwrap();
            let mut groups: Vec<_> = groups.into_iter().map(|group| (group.id, group.count, group.key)).collect();
            groups.sort_unstable_by_key(|(id, ..)| *id);
            found.push(groups);
        }
        prop_assert_eq!(&found[0], &found[1]);
    }
}
