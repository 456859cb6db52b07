//! Whether a source covers a destination; the core decides.

use csp_core::{Origin, Request, SourceExpression, difference};
use serde::Serialize;

use super::destination::{Destination, PAGE};
use super::policies::{Availability, Source};

/// How much of what is used is allowed, from the least on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Coverage {
    None,
    /// In debug builds, and not in a release.
    Development,
    /// A source has a path, and of the destination only the beginning is known.
    InPart,
    Whole,
}

/// How much of the destination the source allows, in a release where it is there.
pub(super) fn of_source(source: &Source, destination: &Destination) -> Coverage {
    let Some(expression) = SourceExpression::parse(&source.text) else { return Coverage::None };
    match (covered(&expression, destination), source.available) {
        (Coverage::None, _) | (_, Availability::Conditional) => Coverage::None,
        (_, Availability::Development) => Coverage::Development,
        (coverage, Availability::Always) => coverage,
    }
}

/// Whether the source allows some of the destination in any build.
pub(super) fn touches(source: &Source, destination: &Destination) -> bool {
    SourceExpression::parse(&source.text).is_some_and(|source| covered(&source, destination) > Coverage::None)
}

fn covered(source: &SourceExpression<'_>, destination: &Destination) -> Coverage {
    let page = Origin::parse(PAGE);
    let mut request = Request::new(destination.target());
    if let Some(page) = &page {
        request = request.from_origin(page);
    }
    // A source that covers the folder covers all that is below it.
    if difference(source, &request).is_none() {
        return Coverage::Whole;
    }
    // A redirect's target is compared without its path.
    if destination.is_whole() || difference(source, &request.redirected(true)).is_some() {
        return Coverage::None;
    }
    let SourceExpression::Host(host) = source else { return Coverage::None };
    let below = format!("{}{}", destination.origin(), destination.target().path());
    match SourceExpression::parse(&below) {
        Some(SourceExpression::Host(below)) if !below.path().matches(host.path().as_str()) => Coverage::None,
        _ => Coverage::InPart,
    }
}
