//! What a decision costs: one URL against a list, beside what people write instead and beside what hardware allows.
//!
//! `cargo bench -p csp-runtime --bench decision` prints a table, `-- --json` an array for machines. Instructions are
//! counted by valgrind where it is installed; times are medians of interleaved rounds.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a bench talks")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a bench that panics has failed")]

mod engines;
mod lists;
mod measure;
mod report;

use engines::{ENGINES, Engine};
use lists::{CASES, List, SIZES};

/// One line of the report.
struct Row {
    case: &'static str,
    engine: &'static str,
    sources: usize,
    nanoseconds: f64,
    instructions: Option<u64>,
    allocations: u64,
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let Some(position) = arguments.iter().position(|argument| argument == measure::ONE) {
        let [case, engine, sources] = &arguments[position + 1..position + 4] else { unreachable!("three follow") };
        return measure::one(case, engine, sources.parse().unwrap());
    }
    let json = arguments.iter().any(|argument| argument == "--json");
    let mut rows = Vec::new();
    for sources in SIZES {
        let list = List::new(sources);
        for case in CASES {
            let url = list.url(case);
            let engines: Vec<(&Engine, _)> = ENGINES
                .iter()
                .filter(|engine| engine.takes(case, sources))
                .map(|engine| (engine, engine.prepare(&list, &url)))
                .collect();
            let mut times = measure::interleaved(&engines.iter().map(|(_, decide)| decide).collect::<Vec<_>>());
            for (engine, decide) in &engines {
                assert_eq!(decide(), engine.expected(case), "{} decides {case} of {sources} wrongly", engine.name);
                rows.push(Row {
                    case,
                    engine: engine.name,
                    sources,
                    nanoseconds: times.remove(0),
                    instructions: measure::instructions(case, engine.name, sources),
                    allocations: measure::allocations(decide),
                });
            }
        }
    }
    if json { report::json(&rows) } else { report::markdown(&rows) }
}
