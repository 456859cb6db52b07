//! The attacks.

use std::fmt;
use std::sync::Arc;

use csp_runtime::{Counters, Guard, Reason};

use crate::stage::Stage;
use crate::subject::{Failure, Subject};

pub(crate) struct Attack {
    pub(crate) name: &'static str,
    run: fn(&dyn Subject, &Stage) -> Outcome,
}

/// A cell of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Passed,
    /// The client can't do what the attack needs.
    NotApplicable(&'static str),
    Failed(String),
}

impl fmt::Display for Outcome {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Passed => out.write_str("✓"),
            Self::NotApplicable(why) => out.write_str(why),
            Self::Failed(_) => out.write_str("FAILED"),
        }
    }
}

pub(crate) const ATTACKS: [Attack; 20] = [
    Attack { name: "covered: reached", run: covered },
    Attack { name: "first URL", run: |subject, stage| first(subject, stage, "127.0.0.1") },
    Attack {
        name: "first URL, declared name on another port",
        run: |subject, stage| first(subject, stage, "api.test"),
    },
    Attack { name: "first URL, undeclared path", run: undeclared_path },
    Attack { name: "credentials", run: credentials },
    Attack { name: "redirect: relative", run: relative_redirect },
    Attack { name: "redirect: scheme-relative", run: scheme_relative_redirect },
    Attack { name: "redirect: other host", run: |subject, stage| redirect_to(subject, stage, "other.test") },
    Attack { name: "redirect: IP literal", run: |subject, stage| redirect_to(subject, stage, "127.0.0.1") },
    Attack { name: "redirect: numeric host", run: numeric_redirect },
    Attack { name: "redirect: credentials", run: redirect_with_credentials },
    Attack { name: "redirect: downgrade", run: downgrade },
    Attack { name: "redirect: second hop", run: second_hop },
    Attack { name: "redirect: resolves to metadata", run: redirect_resolves_metadata },
    Attack { name: "resolver answers private", run: resolves_private },
    Attack { name: "resolver answers metadata", run: resolves_metadata },
    Attack { name: "literal private", run: literal_private },
    Attack { name: "literal metadata", run: literal_metadata },
    Attack { name: "pooled second request", run: pooled },
    Attack { name: "audit: reported, reached", run: audit },
];

impl Attack {
    pub(crate) fn run(&self, subject: &dyn Subject) -> Outcome {
        let stage = Stage::new(subject.speaks_http2());
        let outcome = (self.run)(subject, &stage);
        match stage.forbidden.connections() {
            0 => outcome,
            hits => Outcome::Failed(format!("{hits} connections to the forbidden listener; {outcome:?}")),
        }
    }
}

/// The first of several outcomes that is no pass.
fn all(outcomes: impl IntoIterator<Item = Outcome>) -> Outcome {
    outcomes.into_iter().find(|outcome| *outcome != Outcome::Passed).unwrap_or(Outcome::Passed)
}

fn expect(holds: bool, otherwise: impl FnOnce() -> String) -> Outcome {
    if holds { Outcome::Passed } else { Outcome::Failed(otherwise()) }
}

fn request(subject: &dyn Subject, guard: &Guard, url: String) -> Result<(), Failure> {
    let mut answers = subject.request(guard, &[url]);
    assert_eq!(answers.len(), 1, "{}", subject.name());
    answers.remove(0)
}

/// The request was refused for this reason, by an error in which the refusal is found.
fn refused(answer: &Result<(), Failure>, is_expected: impl FnOnce(Reason) -> bool) -> Outcome {
    match answer {
        Err(Failure::Blocked(blocked)) if is_expected(blocked.reason()) => Outcome::Passed,
        other => Outcome::Failed(format!("{other:?}")),
    }
}

fn no_source(reason: Reason) -> bool {
    reason == Reason::NoSourceMatched
}

fn not_canonical(reason: Reason) -> bool {
    reason == Reason::NotCanonical
}

fn bad_address(reason: Reason) -> bool {
    matches!(reason, Reason::AddressRefused(_))
}

/// A guard under which what is below `/in/` can be reached.
fn guard(subject: &dyn Subject, stage: &Stage, more: &[String]) -> Guard {
    let guard = if subject.blind_to_paths().is_some() { Stage::guard_of_origin } else { Stage::guard };
    guard(stage, subject.scheme(), more)
}

fn covered(subject: &dyn Subject, stage: &Stage) -> Outcome {
    let scheme = subject.scheme();
    let answer = request(subject, &guard(subject, stage, &[]), stage.allowed_url(scheme, "/in/data"));
    all([
        expect(answer.is_ok(), || format!("{answer:?}")),
        expect(stage.allowed.hits() == 1, || format!("the server saw {:?}", stage.paths())),
    ])
}

fn first(subject: &dyn Subject, stage: &Stage, host: &str) -> Outcome {
    let scheme = subject.scheme();
    refused(&request(subject, &guard(subject, stage, &[]), stage.forbidden_url(scheme, host)), no_source)
}

fn undeclared_path(subject: &dyn Subject, stage: &Stage) -> Outcome {
    let scheme = subject.scheme();
    let answer = request(subject, &stage.guard(scheme, &[]), stage.allowed_url(scheme, "/out"));
    all([
        refused(&answer, no_source),
        expect(stage.allowed.hits() == 0, || format!("the server saw {:?}", stage.paths())),
    ])
}

fn credentials(subject: &dyn Subject, stage: &Stage) -> Outcome {
    if let Some(why) = subject.blind_to_credentials() {
        return Outcome::NotApplicable(why);
    }
    let scheme = subject.scheme();
    let url = stage.allowed_url(scheme, "/in/data").replace("://", "://user:secret@");
    let answer = request(subject, &guard(subject, stage, &[]), url);
    all([
        refused(&answer, |reason| reason == Reason::Credentials),
        expect(stage.allowed.hits() == 0, || format!("the server saw {:?}", stage.paths())),
    ])
}

/// To a path that isn't declared. A client that is guarded by origin alone has all of the origin declared.
fn relative_redirect(subject: &dyn Subject, stage: &Stage) -> Outcome {
    if let Some(why) = subject.blind_to_paths() {
        return Outcome::NotApplicable(why);
    }
    let expected = if subject.resolves_relative_urls() { no_source } else { not_canonical };
    redirected(subject, stage, &guard(subject, stage, &[]), &["../out"], expected)
}

fn scheme_relative_redirect(subject: &dyn Subject, stage: &Stage) -> Outcome {
    redirect(subject, stage, &[], &format!("//other.test:{}/in/", stage.forbidden.port()))
}

fn redirect_to(subject: &dyn Subject, stage: &Stage, host: &str) -> Outcome {
    redirect(subject, stage, &[], &stage.forbidden_url(subject.scheme(), host))
}

fn downgrade(subject: &dyn Subject, stage: &Stage) -> Outcome {
    let target = stage.forbidden_url(subject.scheme(), "other.test");
    let source = format!("{}s://other.test:{}", subject.scheme(), stage.forbidden.port());
    redirect(subject, stage, &[source], &target)
}

/// What reads URLs as browsers do takes the number for 127.0.0.1.
fn numeric_redirect(subject: &dyn Subject, stage: &Stage) -> Outcome {
    let expected = if subject.dials_uris() { not_canonical } else { no_source };
    let target = stage.forbidden_url(subject.scheme(), "2130706433");
    redirected(subject, stage, &guard(subject, stage, &[]), &[&target], expected)
}

fn redirect(subject: &dyn Subject, stage: &Stage, more: &[String], target: &str) -> Outcome {
    redirected(subject, stage, &guard(subject, stage, more), &[target], no_source)
}

fn redirect_with_credentials(subject: &dyn Subject, stage: &Stage) -> Outcome {
    let target = stage.allowed_url(subject.scheme(), "/in/data").replace("://", "://user:secret@");
    redirected(subject, stage, &guard(subject, stage, &[]), &[&target], |reason| reason == Reason::Credentials)
}

/// The first redirect stays where it may go.
fn second_hop(subject: &dyn Subject, stage: &Stage) -> Outcome {
    let target = stage.forbidden_url(subject.scheme(), "other.test");
    redirected(subject, stage, &guard(subject, stage, &[]), &["/in/redirect", &target], no_source)
}

/// The target is declared, and its name leads elsewhere. A refused address doesn't know its hop.
fn redirect_resolves_metadata(subject: &dyn Subject, stage: &Stage) -> Outcome {
    let target = stage.forbidden_url(subject.scheme(), "mixed.test");
    redirected(subject, stage, &guard(subject, stage, &[origin_of(&target)]), &[&target], bad_address)
}

/// A redirect to `targets`, one after the other, the last of which is refused.
fn redirected(
    subject: &dyn Subject,
    stage: &Stage,
    guard: &Guard,
    targets: &[&str],
    is_expected: fn(Reason) -> bool,
) -> Outcome {
    let scheme = subject.scheme();
    let hops: String = targets.iter().fold("redirect".to_owned(), |hops, target| format!("{hops}?to={target}"));
    let answer = request(subject, guard, stage.allowed_url(scheme, &format!("/in/{hops}")));
    let paths = stage.paths();
    let count = if subject.follows_redirects() { targets.len() } else { 1 };
    let stopped = expect(paths == vec!["/in/redirect"; count], || format!("the server saw {paths:?}; {answer:?}"));
    if !subject.follows_redirects() {
        return all([stopped, Outcome::NotApplicable("not followed")]);
    }
    let knows_hop = match &answer {
        Err(Failure::Blocked(blocked)) if !bad_address(blocked.reason()) => {
            expect(usize::try_from(blocked.redirect_count()) == Ok(count), || format!("{blocked:?}"))
        }
        _ => Outcome::Passed,
    };
    all([stopped, refused(&answer, is_expected), knows_hop])
}

/// The source that covers all of a forbidden URL's origin: what is wrong is the address behind it.
fn origin_of(url: &str) -> String {
    url.trim_end_matches("/in/").to_owned()
}

fn resolves_private(subject: &dyn Subject, stage: &Stage) -> Outcome {
    let scheme = subject.scheme();
    let url = stage.forbidden_url(scheme, "other.test");
    refused(&request(subject, &guard(subject, stage, &[origin_of(&url)]).public_only(), url), bad_address)
}

/// One of the name's addresses is refused, so the name is.
fn resolves_metadata(subject: &dyn Subject, stage: &Stage) -> Outcome {
    let scheme = subject.scheme();
    let url = stage.forbidden_url(scheme, "mixed.test");
    refused(&request(subject, &guard(subject, stage, &[origin_of(&url)]), url), bad_address)
}

fn literal_private(subject: &dyn Subject, stage: &Stage) -> Outcome {
    let scheme = subject.scheme();
    let url = stage.forbidden_url(scheme, "127.0.0.1");
    refused(&request(subject, &guard(subject, stage, &[origin_of(&url)]).public_only(), url), bad_address)
}

fn literal_metadata(subject: &dyn Subject, stage: &Stage) -> Outcome {
    let scheme = subject.scheme();
    let url = stage.forbidden_url(scheme, "169.254.169.254");
    refused(&request(subject, &guard(subject, stage, &[origin_of(&url)]), url), bad_address)
}

/// A connection that is open already takes no other path.
fn pooled(subject: &dyn Subject, stage: &Stage) -> Outcome {
    if let Some(why) = subject.blind_to_paths() {
        return Outcome::NotApplicable(why);
    }
    let scheme = subject.scheme();
    let urls = [stage.allowed_url(scheme, "/in/data"), stage.allowed_url(scheme, "/out")];
    let answers = subject.request(&stage.guard(scheme, &[]), &urls);
    let [first, second] = answers.as_slice() else { return Outcome::Failed(format!("{answers:?}")) };
    let paths = stage.paths();
    all([
        expect(first.is_ok(), || format!("{first:?}")),
        refused(second, no_source),
        expect(paths == ["/in/data"], || format!("the server saw {paths:?}")),
    ])
}

fn audit(subject: &dyn Subject, stage: &Stage) -> Outcome {
    let scheme = subject.scheme();
    let counters = Arc::new(Counters::new());
    let guard = stage.guard(scheme, &[]).observer(Arc::clone(&counters)).audit();
    let answer = request(subject, &guard, stage.allowed_url(scheme, "/out"));
    all([
        expect(answer.is_ok() && stage.paths() == ["/out"], || {
            format!("{answer:?}, the server saw {:?}", stage.paths())
        }),
        expect((counters.refused(), counters.reported()) == (0, 1), || format!("{counters:?}")),
    ])
}
