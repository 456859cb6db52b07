use alloc::format;
use alloc::string::String;

use super::{Coverage, ScannedCall};
use crate::{Finding, FindingCode};

/// What the calls of a front end make of a declared source.
///
/// ```
/// use csp_core::scan::{Coverage, ScannedCall, ScannedPlace, SourceUse};
///
/// let place = ScannedPlace { file: "web/src/users.ts".into(), line: 4, column: 10 };
/// let call = ScannedCall { place, origin: "https://api.example.com".into(), sink: "fetch".into() };
/// let mut uses = SourceUse::default();
/// assert!(uses.finding("https://api.example.com", 0).unwrap().message.starts_with("no call of the front end"));
/// uses.add(&call, Coverage::Whole, true);
/// assert_eq!(uses.finding("https://api.example.com", 0), None);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum SourceUse<'c> {
    /// No call connects to what it covers.
    #[default]
    Unused,
    /// It covers calls that no other source does, and below its path alone, which nobody has compared: the first of them,
    /// and how many there are.
    BelowPath(&'c ScannedCall, usize),
    /// A call connects to what it covers.
    Used,
}

impl<'c> SourceUse<'c> {
    /// Takes in a call that the source covers in this way. `is_whole` says whether the declaration covers all of its origin,
    /// by this source or by another one.
    pub const fn add(&mut self, call: &'c ScannedCall, coverage: Coverage, is_whole: bool) {
        *self = match (*self, coverage) {
            (Self::BelowPath(first, count), Coverage::BelowPath) if !is_whole => Self::BelowPath(first, count + 1),
            (before, Coverage::Nothing) | (before @ Self::BelowPath(..), _) => before,
            (_, Coverage::BelowPath) if !is_whole => Self::BelowPath(call, 1),
            _ => Self::Used,
        };
    }

    /// What its author is to look at; `None` where it is used. `unresolved` is the number of calls of which nobody knows
    /// where they connect.
    #[must_use]
    pub fn finding<'s>(&self, source: &'s str, unresolved: usize) -> Option<Finding<'s>> {
        let written = if source == "'self'" { "self".into() } else { format!("\"{source}\"") };
        let (code, message, help) = match *self {
            Self::Used => return None,
            Self::BelowPath(call, count) => {
                let more = if count > 1 { format!(" and {} more", count - 1) } else { String::new() };
                let message = format!(
                    "`{source}` covers `{}` at {}{more} below its path only, and a scan knows no paths",
                    call.sink, call.place
                );
                let them = if count > 1 { "them" } else { "it" };
                let help = format!(
                    "look whether the browser will allow {them}, and say so: {written} => \"reason\", or declare the origin"
                );
                (FindingCode::PathNotCompared, message, help)
            }
            Self::Unused => {
                let doubt = match unresolved {
                    0 => String::new(),
                    1 => " (unless the unresolved one does)".into(),
                    count => format!(" (unless one of {count} unresolved ones does)"),
                };
                let message = format!("no call of the front end connects to `{source}`{doubt}");
                (
                    FindingCode::UnusedSource,
                    message,
                    format!("remove it, or say why it is there: {written} => \"reason\""),
                )
            }
        };
        Some(Finding { code, text: source, message, help: Some(help) })
    }
}
