//! What a decision costs: one URL against a list, beside what people write instead, what others have written for it,
//! and what hardware allows.
//!
//! `cargo bench -p csp-runtime --bench decision` prints a table, `-- --json` an array for machines. Each engine runs in
//! a process of its own. Times are medians of interleaved rounds; instructions are counted by valgrind where it is
//! installed. Policies are parsed before; an engine whose name ends in a type gets its URL as one. The limit and the
//! parsers alone decide nothing: they are what a decision can't do without.
//!
//! Where the instructions of ours go, on x86-64 with rustc 1.95, from a text and five sources; 19 are the bench's own. The
//! shares are of the table before its hash kept factors far apart, by which a hit has 237 now, a miss 395, a wildcard 479:
//!
//! | | hit 222 | miss 384 | wildcard hit 463 |
//! |---|---:|---:|---:|
//! | scheme, registers saved | 34 | 34 | 34 |
//! | end of the host and hash, 21 for each eight bytes | 76 | 76 | 96 |
//! | what follows the host, which policy | 19 | 19 | 19 |
//! | one slot | 31 | 31 | 31 |
//! | the name, compared; the masks | 43 | - | - |
//! | the URL and the table's parts, handed on; the answer | - | 56 | 31 |
//! | a parent's dot, registers saved | - | 32 | 58 |
//! | the parent: hash 46, slot 30, name and masks 42 | - | - | 118 |
//! | proof that all of it, or what is before the parent, is a name: 18 for each eight bytes | - | 117 | 57 |
//!
//! A miss is 1.7 times a hit, a wildcard 2.1 times; in nanoseconds 1.8 and 2.4, since the slot of a parent waits for its
//! hash. What a wildcard can't do without (a second hash, slot and comparison, the proof of its label, the scan of a longer
//! host) makes 1.7 times with nothing in between. Ways that were weighed by their instructions and not taken: to prove the
//! name in the pass that finds its end costs each hit 30 more; to hash from the end, so that the parent's hash is a part of
//! the host's, saves a wildcard about 33 and costs each hit 20; one function for everything hands nothing on, and makes
//! each hit keep registers for it.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a bench talks")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a bench that panics has failed")]

mod contender;
mod engines;
mod lists;
mod measure;
mod peers;
mod report;
mod stand;

use contender::{Contender, Program};
use engines::OURS;
use lists::{CASES, List, SIZES};
use report::{Report, Row};

const PEERS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/peers/Cargo.toml");

fn main() {
    if stand::run(&engines::ENGINES) {
        return;
    }
    let peers = peers::build(PEERS, "peers", "content-security-policy, deno_permissions");
    let programs: Vec<Program> = std::env::current_exe().ok().into_iter().chain(peers).map(Program::new).collect();
    let mut report = Report::default();
    for sources in SIZES {
        eprintln!("measuring {sources} sources");
        for case in CASES {
            measure_case(&programs, case, sources, &mut report);
        }
    }
    if std::env::args().any(|argument| argument == "--json") { report.json() } else { report.markdown() }
}

fn measure_case(programs: &[Program], case: &'static str, sources: usize, report: &mut Report) {
    let (mut names, mut contenders) = (Vec::new(), Vec::new());
    for program in programs {
        for (decides, engine) in &program.engines {
            let mut contender = program.contender(case, engine, sources);
            if !decides || is_right(&mut contender, case, engine, sources, report) {
                names.push(engine);
                contenders.push(contender);
            }
        }
    }
    let times = measure::interleaved(&mut contenders);
    for ((engine, mut contender), nanoseconds) in names.into_iter().zip(contenders).zip(times) {
        report.rows.push(Row {
            case,
            engine: engine.clone(),
            sources,
            nanoseconds,
            instructions: measure::instructions(&contender, nanoseconds),
            allocations: contender.allocations(),
        });
    }
}

/// What an engine gets wrong is not measured, but said; what it lets through besides is said too.
fn is_right(contender: &mut Contender<'_>, case: &str, engine: &str, sources: usize, report: &mut Report) -> bool {
    let (allowed, open) = (contender.verdict(), contender.control());
    let right = allowed == (case != "miss");
    if !right {
        let verdict = if allowed { "allows" } else { "refuses" };
        report.notes.insert(format!("{engine}: {verdict} `{case}`, not measured there"));
    } else if open {
        let url = List::new(5).control(case);
        report.notes.insert(format!("{engine}: allows `{url}` too, which no source of the list covers"));
    }
    assert!(right || engine != OURS, "{engine} decides {case} of {sources} wrongly");
    assert!(!open || !engine.starts_with("csp-runtime"), "{engine} is open beside {case} of {sources}");
    right
}
