//! The program is killed in the middle of a load: nothing that is stored is lost, damaged or doubled.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use csp_harness::TempDir;
use csp_monitor_tests::{Client, Counts, Postgres, Program, counters, entry, post};

const CLIENTS: usize = 4;

/// Sends batches on connections that are kept until the server is gone.
fn load(port: u16, sent: &AtomicU64) {
    thread::scope(|scope| {
        for number in 0..CLIENTS {
            scope.spawn(move || {
                let mut client = Client::connect(port);
                for round in 0_u64.. {
                    let one = entry(&format!("https://h{}.example/{round}", round % 50));
                    let body = format!("[{one},{},{{\"type\":\"x\"}},5]", entry(&format!("https://c{number}.example/")));
                    let head = format!(
                        "POST /__csp/report HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
                        body.len()
                    );
                    sent.fetch_add(1, Ordering::SeqCst);
                    client.send(head.as_bytes());
                    client.send(body.as_bytes());
                    match client.answer(true) {
                        Some(answer) => assert_eq!(answer.status, 204),
                        None => break,
                    }
                }
            });
        }
    });
}

/// What a store has, as SQL tells it: accepted reports by the counters and by the groups, by the hours, and others.
type Sums = fn(&str) -> [i64; 3];

fn check(store: &str, sums: Sums) {
    let mut stored_before = 0;
    for round in 1..=3 {
        let program = Program::start(env!("CARGO_BIN_EXE_collector"), &[], store);
        let port = program.port();
        // What was stored is there, once.
        assert_eq!(counters(port).0[0], stored_before, "round {round}");
        let sent = AtomicU64::new(0);
        thread::scope(|scope| {
            let loading = scope.spawn(|| load(port, &sent));
            // Until there were some flushes; how much of the last one is there is chance.
            let watch = || {
                let [stored, ..] = sums(store);
                u64::try_from(stored).unwrap() > stored_before
            };
            while !watch() {
                thread::yield_now();
            }
            program.kill();
            loading.join().unwrap();
        });
        let [by_counters, by_groups, by_hours] = sums(store);
        assert_eq!(by_counters, by_groups, "round {round}");
        assert_eq!(by_counters, by_hours, "round {round}");
        let stored = u64::try_from(by_counters).unwrap();
        assert!(stored > stored_before, "round {round}");
        // Two of the four entries are accepted. What was sent and never answered may have been counted.
        let most = stored_before + 2 * sent.load(Ordering::SeqCst);
        assert!(stored <= most, "round {round}: {stored} of {most}");
        stored_before = stored;
    }
    let program = Program::start(env!("CARGO_BIN_EXE_collector"), &[], store);
    let before = counters(program.port());
    assert_eq!(before.0[0], stored_before);
    assert_eq!(post(program.port(), format!("[{}]", entry("https://after.example/")).as_bytes()).status, 204);
    assert_eq!(counters(program.port()) - before, Counts([1, 0, 0, 0, 0]));
}

#[test]
fn sqlite_has_all_that_it_has_once() {
    let directory = TempDir::new("csp-crash").unwrap();
    let file = directory.path().join("reports.db");
    check(file.to_str().unwrap(), |file| {
        let connection = rusqlite::Connection::open(file).unwrap();
        connection.busy_timeout(std::time::Duration::from_secs(5)).unwrap();
        let sound: String = connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
        assert_eq!(sound, "ok");
        // One statement sees one moment.
        connection
            .query_row(
                "SELECT accepted - other, (SELECT coalesce(sum(count), 0) FROM csp_group),
                 (SELECT coalesce(sum(count), 0) FROM csp_hour) FROM csp_totals",
                [],
                |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?]),
            )
            .unwrap()
    });
}

#[test]
fn postgres_has_all_that_it_has_once() {
    let Some(postgres) = Postgres::require("postgres_has_all_that_it_has_once") else { return };
    // The first start makes the tables.
    drop(Program::start(env!("CARGO_BIN_EXE_collector"), &[], &postgres.url()));
    check(&postgres.url(), |url| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls).await.unwrap();
            tokio::spawn(connection);
            let query = "SELECT accepted - other, (SELECT coalesce(sum(count), 0)::bigint FROM csp_group),
                 (SELECT coalesce(sum(count), 0)::bigint FROM csp_hour) FROM csp_totals";
            let row = client.query_one(query, &[]).await.unwrap();
            [row.get(0), row.get(1), row.get(2)]
        })
    });
}
