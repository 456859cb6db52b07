//! What a policy's header costs a response, beside what others do for it.
//!
//! `cargo bench -p csp-runtime --bench header` prints a table, `-- --json` an array for machines. Engines and measures are
//! those of the bench `decision`: a process for each engine, medians of interleaved rounds, instructions counted by valgrind
//! where it is installed, those of the kernel left out; counting an allocation costs about 110 of them. Whether the policy is there is looked at first. What is named
//! `response` answers a whole request with one header of its own, through a layer; compare it with the answer without.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a bench talks")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a bench that panics has failed")]

#[path = "../decision/contender.rs"]
mod contender;
mod engines;
#[path = "../decision/lists.rs"]
#[allow(dead_code, reason = "of the bench `decision`, whose lists are not needed here")]
mod lists;
#[path = "../decision/measure.rs"]
mod measure;
#[path = "../decision/peers.rs"]
mod peers;
mod policies;
mod report;
mod service;
#[path = "../decision/stand.rs"]
mod stand;

use contender::Program;
use report::Row;

const PEERS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/header/peers/Cargo.toml");

fn main() {
    if stand::run(&engines::ENGINES) {
        return;
    }
    let peers = peers::build(PEERS, "header-peers", "actix-web-csp, axum-helmet");
    let programs: Vec<Program> = std::env::current_exe().ok().into_iter().chain(peers).map(Program::new).collect();
    let (mut engines, mut contenders) = (Vec::new(), Vec::new());
    for program in &programs {
        for (decides, engine) in &program.engines {
            let mut contender = program.contender("header", engine, 0);
            assert!(!decides || contender.verdict(), "{engine} sends no policy");
            engines.push(engine.as_str());
            contenders.push(contender);
        }
    }
    let times = measure::interleaved(&mut contenders);
    let mut rows = Vec::new();
    for ((engine, mut contender), nanoseconds) in engines.into_iter().zip(contenders).zip(times) {
        let instructions = measure::instructions(&contender, nanoseconds);
        rows.push(Row { engine, nanoseconds, instructions, allocations: contender.allocations() });
    }
    if std::env::args().any(|argument| argument == "--json") { report::json(&rows) } else { report::markdown(&rows) }
}
