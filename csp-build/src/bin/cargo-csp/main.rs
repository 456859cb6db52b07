//! `cargo csp`: Content Security Policy for people and for scripts.
//!
//! Exit code 0 is clean, 1 findings, 2 could not run. Data goes to stdout, talk to stderr.

mod check;
mod command_line;
mod completions;
#[cfg_attr(not(feature = "scan"), allow(dead_code, reason = "what only `check` and `init` ask for"))]
mod declarations;
mod diff;
mod docs;
mod emit;
mod evaluate;
mod explain;
mod files;
#[cfg(feature = "scan")]
mod findings;
#[cfg(feature = "scan")]
mod front_end;
mod init;
#[cfg_attr(not(feature = "scan"), allow(dead_code, unused_imports, reason = "what only commands ask for that scan"))]
mod options;
mod outcome;
mod policy_text;
#[cfg(feature = "scan")]
mod progress;
mod reports;
mod scan;
mod scanned;
#[cfg_attr(not(feature = "scan"), allow(dead_code, reason = "what only commands ask for that scan"))]
mod workspace;

use std::process::ExitCode;

use command_line::Command;

fn main() -> ExitCode {
    let csp = command_line::parse();
    let result = match &csp.command {
        Command::Check(check) => check::run(check, csp.color),
        Command::Completions(completions) => completions::run(completions),
        Command::Diff(diff) => diff::run(diff, csp.color),
        Command::Docs(docs) => docs::run(docs),
        Command::Emit(emit) => emit::run(emit),
        Command::Evaluate(evaluate) => evaluate::run(evaluate, csp.color),
        Command::Explain(explain) => explain::run(explain, csp.color),
        Command::Init(init) => init::run(init),
        Command::Reports(reports) => reports::run(reports, csp.color),
        Command::Scan(scan) => scan::run(scan, csp.color),
    };
    outcome::conclude(result, csp.color)
}
