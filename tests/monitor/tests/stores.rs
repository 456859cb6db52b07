//! Every store keeps the same, and gives the same.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use csp_harness::TempDir;
use csp_monitor_tests::{POLICY, Postgres, entry, legacy};
use csp_runtime::Disposition;
use csp_runtime::monitor::{
    Caps, Delivery, Filter, Flush, Group, GroupId, MemoryStore, Monitor, NoticedBy, Order, PostgresStore, SqliteStore,
    State, Store, StoreError, StoreFuture, Timestamp, Totals,
};
use csp_runtime::report::{Class, OwnPolicies, PolicyMatch};

const ROUNDS: u64 = 30;
const HOSTS: u64 = 40;

async fn start(store: Arc<dyn Store>, caps: Caps) -> Monitor {
    Monitor::builder().policies(OwnPolicies::new([POLICY])).caps(caps).store(store).start().await.unwrap()
}

/// Writes what waits, though the store may fail a few times.
async fn flush_at_last(monitor: &Monitor) {
    for _ in 0..20 {
        if monitor.flush().await.is_ok() {
            return;
        }
    }
    monitor.flush().await.unwrap();
}

fn send(monitor: &Monitor, body: &str) {
    monitor.receive(body.as_bytes(), &Delivery::default()).unwrap();
}

async fn all(monitor: &Monitor) -> Vec<Group> {
    monitor.groups(&Filter::all()).await.unwrap()
}

/// Runs a check with each store. Each has its own, empty.
async fn with_each_store(test: &str, check: impl AsyncFn(&str, Arc<dyn Store>)) {
    check("memory", Arc::new(MemoryStore::new())).await;
    let directory = TempDir::new("csp-stores").unwrap();
    check("sqlite", Arc::new(SqliteStore::open(directory.path().join("reports.db")).unwrap())).await;
    let Some(postgres) = Postgres::require(test) else { return };
    check("postgres", Arc::new(PostgresStore::connect(&postgres.url()).await.unwrap())).await;
}

#[tokio::test]
async fn groups_are_given_as_they_came() {
    with_each_store("groups_are_given_as_they_came", async |name, store| {
        let monitor = start(store, Caps::default()).await;
        for number in 0..7 {
            send(&monitor, &legacy(&format!("https://evil.example/{number}?s3cret")));
        }
        send(&monitor, &legacy("https://evil.example/x").replace("enforce", "report"));
        send(&monitor, &legacy("https://other.example/").replace("shop.example.com", "blog.example.com"));
        send(&monitor, &legacy("https://cdn.example/").replace("connect-src\"", "img-src\""));
        send(&monitor, &legacy("chrome-extension"));
        monitor.flush().await.unwrap();
        assert_eq!(monitor.counters().await.unwrap().accepted, 11, "{name}");

        let groups = all(&monitor).await;
        assert_eq!(groups.len(), 5, "{name}");
        let of = |change: fn(&mut Filter)| {
            let mut filter = Filter::all();
            change(&mut filter);
            filter
        };
        let most = monitor.groups(&of(|filter| (filter.order, filter.limit) = (Order::Count, 1))).await.unwrap();
        let [group] = most.as_slice() else { panic!("{name}: {most:?}") };
        assert_eq!((group.count, group.class, group.policy), (7, Class::Violation, PolicyMatch::ThisBuild), "{name}");
        assert_eq!((group.state, group.noticed_by), (State::Open, NoticedBy::Browser), "{name}");
        assert_eq!(group.key.policy, POLICY.split(';').next().unwrap(), "{name}");
        assert_eq!(group.key.document_origin, "https://shop.example.com", "{name}");
        assert_eq!(group.key.blocked_origin, "https://evil.example", "{name}");
        assert_eq!(group.key.directive, "connect-src", "{name}");
        assert_eq!(group.key.source_file.as_deref(), Some("https://shop.example.com/app.js"), "{name}");
        assert_eq!((group.key.line, group.key.is_enforced), (Some(9), true), "{name}");
        assert!(group.first_seen <= group.last_seen && group.last_seen <= Timestamp::now(), "{name}");
        assert_eq!(group.hours.iter().map(|hour| hour.count).sum::<u64>(), 7, "{name}");
        assert!(group.hours.iter().all(|hour| hour.hour == hour.hour.hour()), "{name}");
        assert_eq!(group.samples.len(), 5, "{name}");
        assert!(group.samples.is_sorted_by(|left, right| left.time >= right.time), "{name}");
        let sample = &group.samples[0];
        assert_eq!(sample.document_url, "https://shop.example.com/cart", "{name}");
        assert!(sample.blocked_url.starts_with("https://evil.example/"), "{name}");
        assert_eq!((sample.column, sample.status_code), (Some(13), Some(200)), "{name}");
        assert_eq!((&sample.referrer, &sample.sample, &sample.user_agent), (&None, &None, &None), "{name}");
        assert_eq!(monitor.group(group.id).await.unwrap().as_ref(), Some(group), "{name}");
        assert_eq!(monitor.group("0".repeat(32).parse().unwrap()).await.unwrap(), None, "{name}");

        for (filter, expected) in [
            (Filter::default(), 4),
            (of(|filter| filter.disposition = Some(Disposition::Report)), 1),
            (of(|filter| filter.disposition = Some(Disposition::Enforce)), 4),
            (of(|filter| filter.document_origin = Some("https://blog.example.com".into())), 1),
            (of(|filter| filter.document_origin = Some("' OR 1=1 --".into())), 0),
            (of(|filter| filter.directive = Some("img-src".into())), 1),
            (of(|filter| filter.noticed_by = Some(NoticedBy::Guard)), 0),
            (of(|filter| filter.classes = vec![Class::Extension]), 1),
            (of(|filter| filter.classes = vec![]), 0),
            (of(|filter| filter.states = vec![State::Ignored]), 0),
            (of(|filter| filter.since = Timestamp::from_millis(u64::MAX)), 0),
            (of(|filter| filter.limit = 2), 2),
            (of(|filter| filter.offset = 3), 2),
        ] {
            assert_eq!(monitor.groups(&filter).await.unwrap().len(), expected, "{name}: {filter:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_resolved_group_opens_again_and_an_ignored_one_does_not() {
    with_each_store("a_resolved_group_opens_again_and_an_ignored_one_does_not", async |name, store| {
        let monitor = start(store, Caps::default()).await;
        send(&monitor, &legacy("https://evil.example/"));
        monitor.flush().await.unwrap();
        let id = all(&monitor).await[0].id;
        for (state, after) in [
            (State::Acknowledged, State::Acknowledged),
            (State::Resolved, State::Open),
            (State::Ignored, State::Ignored),
            (State::Resolved, State::Open),
        ] {
            assert!(monitor.set_state(id, state).await.unwrap(), "{name}");
            assert_eq!(all(&monitor).await[0].state, state, "{name}");
            // A violation before somebody resolved it opens nothing.
            let before = entry("https://evil.example/").replace("\"age\":10,", "\"age\":60000,");
            send(&monitor, &legacy_like(&before));
            monitor.flush().await.unwrap();
            assert_eq!(all(&monitor).await[0].state, state, "{name}");
            while Timestamp::now() <= all(&monitor).await[0].last_seen {}
            next_millisecond();
            send(&monitor, &legacy("https://evil.example/"));
            monitor.flush().await.unwrap();
            assert_eq!(all(&monitor).await[0].state, after, "{name}: {state:?}");
        }
        assert!(!monitor.set_state("f".repeat(32).parse().unwrap(), State::Open).await.unwrap(), "{name}");
    })
    .await;
}

/// The entry in the group of [`legacy`].
fn legacy_like(entry: &str) -> String {
    entry.replace("\"lineNumber\":4", "\"lineNumber\":9")
}

fn next_millisecond() {
    let now = Timestamp::now();
    while Timestamp::now() <= now {}
}

#[tokio::test]
async fn what_is_old_is_removed_and_totals_stay() {
    with_each_store("what_is_old_is_removed_and_totals_stay", async |name, store| {
        let monitor = start(Arc::clone(&store), Caps::default()).await;
        send(&monitor, &legacy("https://evil.example/"));
        send(&monitor, &legacy("https://ignored.example/"));
        monitor.flush().await.unwrap();
        let ignored = all(&monitor).await.iter().find(|group| group.key.blocked_origin.contains("ignored")).unwrap().id;
        monitor.set_state(ignored, State::Ignored).await.unwrap();
        let now = Timestamp::now();
        assert_eq!(store.prune(now.before(std::time::Duration::from_secs(60))).await.unwrap(), [], "{name}");
        let later = Timestamp::from_millis(now.as_millis() + 2 * 60 * 60 * 1000);
        assert_eq!(store.prune(later).await.unwrap().len(), 1, "{name}");
        let groups = all(&monitor).await;
        assert_eq!(groups.iter().map(|group| group.id).collect::<Vec<_>>(), [ignored], "{name}");
        assert_eq!(groups[0].hours, [], "{name}");
        assert_eq!(monitor.counters().await.unwrap().accepted, 2, "{name}");
        assert_eq!(store.ids().await.unwrap(), [ignored], "{name}");
    })
    .await;
}

#[tokio::test]
async fn over_the_caps_violations_are_counted_and_no_more() {
    with_each_store("over_the_caps_violations_are_counted_and_no_more", async |name, store| {
        let mut caps = Caps::default();
        caps.groups = 5;
        let monitor = start(Arc::clone(&store), caps).await;
        for _ in 0..3 {
            for number in 0..10 {
                send(&monitor, &legacy(&format!("https://h{number}.example/")));
            }
            monitor.flush().await.unwrap();
        }
        let totals = monitor.totals().await.unwrap();
        assert_eq!((totals.counters.accepted, totals.other), (30, 15), "{name}");
        assert_eq!(all(&monitor).await.iter().map(|group| group.count).collect::<Vec<_>>(), [3; 5], "{name}");
        // Another start has the same groups, and begins no others.
        let mut caps = Caps::default();
        caps.new_groups_per_hour = 0;
        let monitor = start(store, caps).await;
        for number in 0..10 {
            send(&monitor, &legacy(&format!("https://h{number}.example/")));
        }
        monitor.flush().await.unwrap();
        let totals = monitor.totals().await.unwrap();
        assert_eq!((totals.counters.accepted, totals.other), (40, 20), "{name}");
        assert_eq!(all(&monitor).await.iter().map(|group| group.count).collect::<Vec<_>>(), [4; 5], "{name}");
    })
    .await;
}

/// A store whose answers get lost: what is written is said not to be, each second time.
struct Lossy {
    store: Arc<dyn Store>,
    is_lost: AtomicBool,
}

impl Store for Lossy {
    fn write<'a>(&'a self, flush: &'a Flush) -> StoreFuture<'a, ()> {
        Box::pin(async move {
            self.store.write(flush).await?;
            if self.is_lost.fetch_xor(true, Ordering::SeqCst) {
                return Err(StoreError::new("the answer is lost"));
            }
            Ok(())
        })
    }

    fn ids(&self) -> StoreFuture<'_, Vec<GroupId>> {
        self.store.ids()
    }

    fn groups<'a>(&'a self, filter: &'a Filter) -> StoreFuture<'a, Vec<Group>> {
        self.store.groups(filter)
    }

    fn group(&self, id: GroupId) -> StoreFuture<'_, Option<Group>> {
        self.store.group(id)
    }

    fn set_state(&self, id: GroupId, state: State, now: Timestamp) -> StoreFuture<'_, bool> {
        self.store.set_state(id, state, now)
    }

    fn totals(&self) -> StoreFuture<'_, Totals> {
        self.store.totals()
    }

    fn prune(&self, before: Timestamp) -> StoreFuture<'_, Vec<GroupId>> {
        self.store.prune(before)
    }
}

#[tokio::test]
async fn a_flush_whose_answer_is_lost_is_not_doubled() {
    with_each_store("a_flush_whose_answer_is_lost_is_not_doubled", async |name, store| {
        let lossy = Lossy { store: Arc::clone(&store), is_lost: AtomicBool::new(true) };
        let monitor = start(Arc::new(lossy), Caps::default()).await;
        let mut lost = 0;
        for number in 0..20 {
            send(&monitor, &legacy(&format!("https://h{}.example/", number % 3)));
            send(&monitor, "[1, {\"type\": \"x\"}]");
            lost += usize::from(monitor.flush().await.is_err());
        }
        flush_at_last(&monitor).await;
        assert!(lost > 5, "{name}: {lost}");
        let counters = store.totals().await.unwrap().counters;
        assert_eq!([counters.accepted, counters.filtered, counters.rejected], [20; 3], "{name}");
        assert_eq!(all(&monitor).await.iter().map(|group| group.count).sum::<u64>(), 20, "{name}");
        assert!(all(&monitor).await.iter().all(|group| group.samples.len() <= 5), "{name}");
    })
    .await;
}

#[tokio::test]
async fn a_new_start_goes_on_counting() {
    let directory = TempDir::new("csp-stores").unwrap();
    let file = directory.path().join("reports.db");
    for round in 1..=3 {
        let monitor = start(Arc::new(SqliteStore::open(&file).unwrap()), Caps::default()).await;
        send(&monitor, &legacy("https://evil.example/"));
        // Counted at once, stored at the flush.
        assert_eq!(monitor.counters().await.unwrap().received(), round);
        monitor.flush().await.unwrap();
        assert_eq!(monitor.counters().await.unwrap().received(), round);
        assert_eq!(all(&monitor).await[0].count, round);
    }
}

#[tokio::test]
async fn a_file_that_is_none_of_this_store_is_refused() {
    let directory = TempDir::new("csp-stores").unwrap();
    let later = directory.path().join("later.db");
    rusqlite::Connection::open(&later).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let text = directory.path().join("text");
    std::fs::write(&text, "text ".repeat(1000)).unwrap();
    for (path, expected) in [
        (":memory:", "expected the path of a file"),
        ("", "expected the path of a file"),
        ("/nonexistent/reports.db", "can't open /nonexistent/reports.db"),
        (later.to_str().unwrap(), "of version 99, a later one"),
        (text.to_str().unwrap(), "can't open"),
    ] {
        let error = SqliteStore::open(path).unwrap_err();
        assert!(error.to_string().contains(expected), "{path}: {error}");
    }
}

#[tokio::test]
async fn two_collectors_on_one_database_add_up() {
    let Some(postgres) = Postgres::require("two_collectors_on_one_database_add_up") else { return };
    // All start at once: one makes the tables, the others wait.
    let starting = (0..4).map(|_| {
        let url = postgres.url();
        tokio::spawn(async move { start(Arc::new(PostgresStore::connect(&url).await.unwrap()), Caps::default()).await })
    });
    let mut monitors = Vec::new();
    for monitor in starting.collect::<Vec<_>>() {
        monitors.push(monitor.await.unwrap());
    }
    let sending = monitors.iter().cloned().enumerate().map(|(index, monitor)| {
        tokio::spawn(async move {
            for round in 0..ROUNDS {
                for number in 0..HOSTS {
                    // In different orders, so that transactions meet.
                    let host = if index % 2 == 0 { number } else { HOSTS - 1 - number };
                    send(&monitor, &legacy(&format!("https://h{host}.example/{round}")));
                }
                send(&monitor, "[{\"type\": \"x\"}]");
                monitor.flush().await.unwrap();
            }
        })
    });
    for sent in sending.collect::<Vec<_>>() {
        sent.await.unwrap();
    }
    for monitor in &monitors {
        let counters = monitor.counters().await.unwrap();
        assert_eq!((counters.accepted, counters.filtered), (4 * ROUNDS * HOSTS, 4 * ROUNDS));
        let groups = all(monitor).await;
        assert_eq!(groups.len() as u64, HOSTS);
        for group in groups {
            assert_eq!(group.count, 4 * ROUNDS);
            assert_eq!(group.hours.iter().map(|hour| hour.count).sum::<u64>(), 4 * ROUNDS);
            assert_eq!(group.samples.len(), 5);
        }
    }
}

#[tokio::test]
async fn what_comes_while_the_database_is_away_is_written_later() {
    let Some(mut postgres) = Postgres::require("what_comes_while_the_database_is_away_is_written_later") else {
        return;
    };
    let monitor = start(Arc::new(PostgresStore::connect(&postgres.url()).await.unwrap()), Caps::default()).await;
    send(&monitor, &legacy("https://before.example/"));
    monitor.flush().await.unwrap();
    postgres.restart();
    send(&monitor, &legacy("https://after.example/"));
    // The first attempt may find the broken connection, and then there is a new one.
    flush_at_last(&monitor).await;
    assert_eq!(monitor.counters().await.unwrap().accepted, 2);
    assert_eq!(all(&monitor).await.len(), 2);
}

#[tokio::test]
async fn a_configuration_that_is_none_is_refused_without_its_password() {
    for config in ["postgres://user:s3cret@[", "s3cret", "postgres://user:s3cret@127.0.0.1:1/x"] {
        let error = PostgresStore::connect(config).await.unwrap_err();
        let source = std::error::Error::source(&error).map(ToString::to_string).unwrap_or_default();
        assert!(!format!("{error} {source} {error:?}").contains("s3cret"), "{error}: {source}");
    }
}
