//! Our verdicts against the browsers', over adversarial policies, pages and URLs.
//!
//! A fresh seed is printed at each run; `CSP_SEED` replays it, `CSP_TRIPLES` sets how many decisions are compared.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

mod comparison;
mod generate;
mod ours;
mod random;
mod reason;
mod session;

use csp_harness::{Browser, Firefox, require_chromium, require_firefox};

use comparison::{Run, Terms};
use generate::Page;
use session::Session;

#[test]
fn chromium_decides_as_we_do() {
    let Some(program) = require_chromium("chromium_decides_as_we_do") else { return };
    let run = Run::new(5_000);
    println!("{run}");
    let session = Session::start(|server| Browser::launch_for(&program, server, &[]).unwrap());
    let terms = Terms { generate: Page::any, reason: reason::chromium };
    let comparison = run.compare(&session, &terms);
    println!("{comparison}");
    comparison.assert();
}

#[test]
fn never_looser_than_firefox() {
    let Some(program) = require_firefox("never_looser_than_firefox") else { return };
    let run = Run::new(2_500);
    println!("{run}");
    let session = Session::start(|server| Firefox::launch_for(&program, server).unwrap());
    // Of other sources the browsers drop or cut each what it likes.
    let terms = Terms { generate: Page::declared, reason: reason::firefox };
    let comparison = run.compare(&session, &terms);
    println!("{comparison}");
    comparison.assert();
}
