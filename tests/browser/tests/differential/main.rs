//! Our verdicts against the browser's, over adversarial policies, pages and URLs.
//!
//! A fresh seed is printed at each run; `CSP_SEED` replays it, `CSP_TRIPLES` sets how many decisions are compared.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

mod chromium;
mod generate;
mod ours;
mod random;

use std::time::{SystemTime, UNIX_EPOCH};

use csp_harness::require_chromium;

use generate::Page;
use random::Random;

/// How many decisions one run compares.
const TRIPLES: usize = 5_000;

/// How many URLs are tried on one page.
const URLS: usize = 40;

fn variable<T: std::str::FromStr>(name: &str) -> Option<T> {
    let value = std::env::var(name).ok()?;
    Some(value.parse().unwrap_or_else(|_| panic!("{name} is `{value}`, expected a whole number")))
}

#[test]
fn chromium_decides_as_we_do() {
    let Some(program) = require_chromium("chromium_decides_as_we_do") else { return };
    let fresh = || SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis().try_into().unwrap();
    let seed: u64 = variable("CSP_SEED").unwrap_or_else(fresh);
    let triples = variable("CSP_TRIPLES").unwrap_or(TRIPLES);
    println!("CSP_SEED={seed} CSP_TRIPLES={triples}");

    let chromium = chromium::Chromium::launch(&program);
    let (mut compared, mut blocked, mut disagreements) = (0, 0, Vec::new());
    let mut number = 0;
    while compared < triples {
        // Each page has a seed of its own, so that one page can be replayed alone.
        let mut random = Random::new(seed.wrapping_add(number));
        let page = Page::generate(&mut random, URLS);
        let verdicts = chromium.verdicts(&page);
        for (attempt, browser) in page.attempts.iter().zip(verdicts) {
            let own = ours::verdict(&page, attempt);
            compared += 1;
            blocked += usize::from(own == ours::Verdict::Block);
            if own != browser && !ours::is_known_difference(&page, attempt) {
                disagreements.push(format!(
                    "page seed {}: {} on {}: {} -> {:?}: {browser:?} in the browser, {own:?} here",
                    seed.wrapping_add(number),
                    page.policy,
                    page.origin,
                    if attempt.redirected { "(redirected)" } else { "" },
                    attempt.url,
                ));
            }
        }
        number += 1;
    }
    println!(
        "{compared} decisions on {number} pages, {blocked} of them blocked, {} disagreements",
        disagreements.len()
    );
    for line in disagreements.iter().take(60) {
        println!("{line}");
    }
    assert!(disagreements.is_empty(), "{} of {compared} decisions differ: CSP_SEED={seed}", disagreements.len());
    assert!(
        blocked > compared / 10 && blocked < compared - compared / 10,
        "{blocked} of {compared}: nothing to compare"
    );
}
