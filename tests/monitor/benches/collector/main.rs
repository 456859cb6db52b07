//! The collector under load, beside the npm peer in the same run: `cargo bench -p csp-monitor-tests --bench collector`.
//!
//! wrk is pinned to one core and the server under test to another, one server at a time, in interleaved rounds. The
//! collector writes to SQLite meanwhile. What is missing is named and left out: wrk, taskset, node, npm, the peer's packages,
//! valgrind. Figures are requests per second and milliseconds; compare within a run.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program that measures and prints; what panics has failed"
)]

mod instructions;
mod peer;
mod wrk;

use csp_harness::TempDir;
use csp_monitor_tests::{Program, counters};

use peer::Peer;
use wrk::{Figures, Load};

/// Rounds of each.
const ROUNDS: usize = 3;

/// The core of the server.
const SERVER: &[&str] = &["taskset", "--cpu-list", "0"];

fn main() {
    if !wrk::is_installed() {
        eprintln!("skipped: the load needs wrk and taskset");
        return;
    }
    let directory = TempDir::new("csp-bench").unwrap();
    let start = |name: &str| {
        let file = directory.path().join(name);
        Program::start(env!("CARGO_BIN_EXE_collector"), SERVER, file.to_str().unwrap())
    };
    let collector = start("load.db");
    let peer = Peer::start(directory.path());
    let mut rows: Vec<(&str, Vec<Figures>)> = Vec::new();
    let mut add = |name, figures| match rows.iter_mut().find(|(known, _)| *known == name) {
        Some((_, known)) => known.push(figures),
        None => rows.push((name, vec![figures])),
    };
    for _ in 0..ROUNDS {
        let before = counters(collector.port()).received();
        let mut answered = 0;
        for (name, kind) in
            [("collector, one breach", "same"), ("collector, one breach, each with its own query", "query")]
        {
            let figures = Load { kind, connections: 32 }.run(collector.port());
            answered += figures.requests;
            add(name, figures);
        }
        // wrk forgets what is under way when it ends: at most one request of each connection.
        let received = counters(collector.port()).received() - before;
        assert!((answered..=answered + 2 * 32).contains(&received), "{answered} answered, {received} counted");
        if let Some(peer) = &peer {
            add("reporting-api, express", Load { kind: "same", connections: 32 }.run(peer.port()));
        }
    }
    let flooded = start("flood.db");
    add("collector, each a new host", Load { kind: "host", connections: 32 }.run(flooded.port()));
    println!("| what | requests/s | p99 ms | errors |\n|---|---|---|---|");
    for (name, figures) in &rows {
        let best = Figures::best(figures);
        println!("| {name} | {:.0} | {:.2} | {} |", best.per_second, best.p99, best.errors);
    }
    let best = |name: &str| {
        rows.iter().find(|(known, _)| *known == name).map(|(_, figures)| Figures::best(figures).per_second)
    };
    if let (Some(ours), Some(theirs)) = (best("collector, one breach"), best("reporting-api, express")) {
        println!("\n{:.1} times the peer", ours / theirs);
    }
    for (name, program) in [("under load", &collector), ("under a flood of new hosts", &flooded)] {
        if let Some(bytes) = program.peak_memory() {
            println!("peak memory {name}: {:.1} MiB", f64::from(u32::try_from(bytes >> 10).unwrap()) / 1024.0);
        }
    }
    instructions::count(directory.path());
}
