//! What a declaration costs the compiler, and what the macros cost a clean build, in CPU time.
//!
//! `cargo bench -p csp-runtime --bench expansion` prints a table, `-- --json` an array for machines. `-- --all` also builds
//! actix-web-csp, which takes minutes. Times are medians of interleaved rounds, user and system time of the compiler;
//! over an empty crate is what remains when its time is taken off. Dependencies are built as `cargo build` does by
//! default: macros aren't optimised. The peers' clean builds need the network once.
//!
//! Of 100 sources over an empty crate, 9 to 10 ms, few are the macro's. Under callgrind, naming csp-runtime without using
//! it comes to 20.4 million instructions of rustc, one source to 28.7, 100 to 36.2, of which the macro's own are 0.3 and
//! 6.5: the first declaration is rustc's work, which reads what it hasn't read yet (types, traits, the functions to
//! evaluate), and checks and evaluates the item. A macro that returns one number is 1.5 ms over an empty crate; csp-runtime,
//! not used, 3. Less to evaluate is what helps: a declaration has one body beside its header.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a bench talks")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a bench that panics has failed")]

mod clean;
mod cpu;
mod expand;
#[path = "../decision/lists.rs"]
#[allow(dead_code, reason = "the lists are read, no URL is tried")]
mod lists;
mod report;

fn main() {
    let asks = |flag: &str| std::env::args().any(|argument| argument == flag);
    let mut rows = expand::measure();
    rows.extend(clean::measure(asks("--all")));
    if asks("--json") { report::json(&rows) } else { report::markdown(&rows) }
}
