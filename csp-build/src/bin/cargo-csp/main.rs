//! `cargo csp`: Content Security Policy for people and for scripts.
//!
//! Exit code 0 is clean, 1 findings, 2 could not run. Data goes to stdout, talk to stderr.

mod arguments;
mod explain;
mod outcome;
mod scan;

use std::process::ExitCode;

use arguments::Command;

fn main() -> ExitCode {
    let csp = arguments::parse();
    let result = match &csp.command {
        Command::Explain(explain) => explain::run(explain, csp.color),
        Command::Scan(scan) => scan::run(scan, csp.color),
    };
    outcome::conclude(result, csp.color)
}
