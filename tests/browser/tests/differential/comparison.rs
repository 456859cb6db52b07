//! Our verdicts beside a browser's, over as many pages as the run has.

use std::collections::BTreeMap;
use std::fmt;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::generate::{Attempt, Page};
use crate::ours::{self, Verdict};
use crate::random::Random;
use crate::session::{Runs, Session};

/// How many URLs are tried on one page.
const URLS: usize = 40;

/// How many differences are printed.
const PRINTED: usize = 60;

/// How a run is made: fresh, unless the environment says otherwise.
pub(crate) struct Run {
    seed: u64,
    triples: usize,
}

/// On what terms a browser is compared.
pub(crate) struct Terms {
    /// Makes a page of this many attempts.
    pub(crate) generate: fn(&mut Random, usize) -> Page,
    /// Why the browser allows what we block; `None` if no reason is known.
    pub(crate) reason: fn(&Page, &Attempt) -> Option<&'static str>,
}

/// What a run has found.
#[derive(Default)]
pub(crate) struct Comparison {
    compared: usize,
    pages: u64,
    /// By us.
    blocked: usize,
    /// Blocked by us only, by the reason.
    stricter: BTreeMap<&'static str, usize>,
    /// Blocked by the browser only: our mistake, whatever the reason.
    looser: Vec<String>,
    /// Never requested, whatever the policy: nothing to compare.
    unmade: usize,
    /// Differences of every other kind.
    unexplained: Vec<String>,
}

impl Run {
    /// `CSP_SEED`, else a fresh seed; `CSP_TRIPLES`, else `triples` decisions.
    pub(crate) fn new(triples: usize) -> Self {
        let fresh = || SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis().try_into().unwrap();
        Self { seed: variable("CSP_SEED").unwrap_or_else(fresh), triples: variable("CSP_TRIPLES").unwrap_or(triples) }
    }

    pub(crate) fn compare<B: Runs>(&self, session: &Session<B>, terms: &Terms) -> Comparison {
        let mut comparison = Comparison::default();
        while comparison.compared < self.triples {
            // Each page has a seed of its own, so that one page can be replayed alone.
            let seed = self.seed.wrapping_add(comparison.pages);
            let page = (terms.generate)(&mut Random::new(seed), URLS);
            for (attempt, verdict) in page.attempts.iter().zip(session.verdicts(&page)) {
                comparison.add(seed, &page, attempt, verdict, terms);
            }
            comparison.pages += 1;
        }
        comparison
    }
}

/// How to repeat the run.
impl fmt::Display for Run {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "CSP_SEED={} CSP_TRIPLES={}", self.seed, self.triples)
    }
}

impl Comparison {
    fn add(&mut self, seed: u64, page: &Page, attempt: &Attempt, browser: Verdict, terms: &Terms) {
        let own = ours::verdict(page, attempt);
        self.compared += 1;
        self.blocked += usize::from(own == Verdict::Block);
        let triple = || {
            format!(
                "page seed {seed}: {} on {}: {}{:?}: {browser:?} in the browser, {own:?} here",
                page.policy,
                page.origin,
                if attempt.redirected { "redirected to " } else { "" },
                attempt.url,
            )
        };
        match (own, browser) {
            (Verdict::Allow, Verdict::Block) => self.looser.push(triple()),
            (Verdict::Block, Verdict::Allow) => match (terms.reason)(page, attempt) {
                Some(reason) => *self.stricter.entry(reason).or_default() += 1,
                None => self.unexplained.push(triple()),
            },
            (_, Verdict::Unmade) => self.unmade += 1,
            _ if own != browser => self.unexplained.push(triple()),
            _ => {}
        }
    }

    /// Panics if a verdict differs without a reason.
    pub(crate) fn assert(&self) {
        let (compared, blocked, differences) =
            (self.compared, self.blocked, self.looser.len() + self.unexplained.len());
        assert!(differences == 0, "{differences} of {compared} decisions differ");
        // A page that is replayed alone may well have one verdict for all.
        let balanced = blocked > compared / 10 && blocked < compared - compared / 10;
        assert!(balanced || self.pages < 10, "{blocked} of {compared}: nothing to compare");
    }
}

impl fmt::Display for Comparison {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { compared, pages, blocked, stricter, looser, unmade, unexplained } = self;
        writeln!(formatter, "{compared} decisions on {pages} pages, {blocked} of them blocked")?;
        for (reason, count) in stricter {
            writeln!(formatter, "{count} stricter: {reason}")?;
        }
        writeln!(formatter, "{} looser, {} unexplained, {unmade} not comparable", looser.len(), unexplained.len())?;
        for (kind, triples) in [("looser", looser), ("unexplained", unexplained)] {
            for triple in triples.iter().take(PRINTED) {
                writeln!(formatter, "{kind}: {triple}")?;
            }
        }
        Ok(())
    }
}

fn variable<T: std::str::FromStr>(name: &str) -> Option<T> {
    let value = std::env::var(name).ok()?;
    Some(value.parse().unwrap_or_else(|_| panic!("{name} is `{value}`, expected a whole number")))
}
