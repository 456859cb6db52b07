//! What is wrong with a list as a whole: duplicates, `'none'` beside others, sources that others cover.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

use super::effect::without_effect;
use super::entry::{Entry, Gate};
use super::mistake::Mistake;
use super::positions::Positions;
use super::risk::{needs_justification, risks};
use super::shadow::{Shadows, covers};
use super::{EntryValue, SourceError, SourceErrorKind};
use crate::{DirectiveName, Finding, FindingCode, HostSource, Keyword, PortPart, SchemePart, SourceExpression};

/// The header size from which a list is worth a warning: half of what some proxies give all headers.
const LONG_HEADER: usize = 4096;

/// A list that was checked.
#[derive(Debug)]
pub struct Checked<'a> {
    /// For each entry its source; `None` for `none`, for `nonce` and for what was refused.
    pub sources: Vec<Option<SourceExpression<'a>>>,
    /// What is wrong, in the order of the entries.
    pub problems: Vec<Problem<'a>>,
}

/// Something wrong with an entry, or with the whole list.
#[derive(Debug)]
pub struct Problem<'a> {
    /// The entry; `None` where it is the list.
    pub entry: Option<usize>,
    /// What is wrong.
    pub kind: ProblemKind<'a>,
}

/// What is wrong.
#[derive(Debug)]
#[non_exhaustive]
pub enum ProblemKind<'a> {
    /// The declaration is refused.
    Error(SourceError),
    /// The declaration is legal, and risky.
    Warning(Finding<'a>),
}

impl Problem<'_> {
    /// The whole diagnostic, several lines.
    #[must_use]
    pub fn report(&self) -> String {
        match &self.kind {
            ProblemKind::Error(error) => error.report(),
            ProblemKind::Warning(finding) => finding.report(),
        }
    }
}

/// Checks the entries of a declared list of `connect-src`, one by one and together.
///
/// ```
/// use csp_core::{Entry, check};
///
/// let entries = ["api.example.com", "https://*.example.com", "https://a.example.com"].map(Entry::source);
/// let checked = check(&entries);
/// assert!(!checked.is_ok());
/// let reports: Vec<String> = checked.problems.iter().map(|problem| problem.report()).collect();
/// assert!(reports[0].contains("source `api.example.com` has no scheme"));
/// assert!(reports[1].contains("`https://*.example.com`"), "a source that another one covers: {}", reports[1]);
/// ```
#[must_use]
pub fn check<'a>(entries: &[Entry<'a>]) -> Checked<'a> {
    check_in(DirectiveName::ConnectSrc, entries)
}

/// As [`check`], of the source list of any directive.
#[must_use]
pub fn check_in<'a>(directive: DirectiveName, entries: &[Entry<'a>]) -> Checked<'a> {
    let mut checker = Checker {
        directive,
        entries,
        counts: Vec::with_capacity(entries.len()),
        excused: vec![false; entries.len()],
        checked: Checked { sources: Vec::with_capacity(entries.len()), problems: Vec::new() },
    };
    for (index, entry) in entries.iter().enumerate() {
        let source = checker.check_entry(index, entry);
        checker.counts.push(source.is_some() || entry.value == EntryValue::Nonce);
        checker.checked.sources.push(source);
    }
    checker.check_inline();
    checker.check_duplicates();
    checker.check_shadows();
    checker.check_excuses();
    checker.checked.problems.sort_by_key(|problem| problem.entry.unwrap_or(usize::MAX));
    checker.check_whole();
    checker.checked
}

impl Checked<'_> {
    /// Whether nothing is refused.
    #[must_use]
    pub fn is_ok(&self) -> bool {
        !self.problems.iter().any(|problem| matches!(problem.kind, ProblemKind::Error(_)))
    }
}

struct Checker<'e, 'a> {
    directive: DirectiveName,
    entries: &'e [Entry<'a>],
    /// For each entry whether something of it gets into the header.
    counts: Vec<bool>,
    /// For each entry whether its justification excuses something.
    excused: Vec<bool>,
    checked: Checked<'a>,
}

impl<'a> Checker<'_, 'a> {
    fn refuse(&mut self, entry: usize, text: &str, mistake: Mistake) {
        let kind = ProblemKind::Error(mistake.into_error(self.directive, text));
        self.checked.problems.push(Problem { entry: Some(entry), kind });
    }

    fn warn(&mut self, entry: Option<usize>, finding: Finding<'a>) {
        self.checked.problems.push(Problem { entry, kind: ProblemKind::Warning(finding) });
    }

    /// Warns, unless the entry's justification excuses it.
    fn warn_unless_justified(&mut self, entry: usize, finding: Finding<'a>) {
        if self.entries[entry].justified {
            self.excused[entry] = true;
        } else {
            self.warn(Some(entry), finding);
        }
    }

    fn check_entry(&mut self, index: usize, entry: &Entry<'a>) -> Option<SourceExpression<'a>> {
        let text = entry.value.text();
        if text.eq_ignore_ascii_case("'none'") {
            if self.entries.iter().any(|other| !other.value.text().eq_ignore_ascii_case("'none'")) {
                let mistake = Mistake::new(
                    SourceErrorKind::NoneWithOthers,
                    0..text.len(),
                    "stands beside other sources",
                    "browsers ignore it there: the others count",
                );
                self.refuse(index, text, mistake.advice("remove it, or every other source"));
            } else if index > 0 {
                self.refuse(index, text, duplicate(text, 0));
            }
            return None;
        }
        if entry.value == EntryValue::Nonce {
            if !self.directive.has_inline_sources() {
                let mistake = without_effect(self.directive, "nonce", 0..text.len());
                self.refuse(index, "nonce", mistake);
            }
            return None;
        }
        let source = match SourceExpression::declare_in(self.directive, text) {
            Ok(source) => source,
            Err(error) => {
                self.checked.problems.push(Problem { entry: Some(index), kind: ProblemKind::Error(error) });
                return None;
            }
        };
        self.check_justification(index, entry, &source);
        Some(source)
    }

    fn check_justification(&mut self, index: usize, entry: &Entry<'a>, source: &SourceExpression<'a>) {
        let text = entry.value.text();
        let gated = entry.gate.as_ref().is_some_and(|gate| !gate.open_in_release);
        if !gated && needs_justification(source) {
            if entry.justified {
                self.excused[index] = true;
            } else {
                self.refuse(index, text, insecure(text, source, entry.gate.as_ref()));
            }
        }
        for finding in risks(self.directive, text, source) {
            self.warn_unless_justified(index, finding);
        }
        if let Some(gate) = entry.gate.as_ref().filter(|gate| gate.by_feature) {
            let finding = Finding {
                code: FindingCode::CfgFeature,
                text,
                message: format!(
                    "source `{text}` counts by `{}`: any crate of the build can turn a feature on",
                    gate.predicate
                ),
                help: Some("use a cfg that only this crate's build sets, such as debug_assertions".to_string()),
            };
            self.warn_unless_justified(index, finding);
        }
    }

    /// Keywords that let injected text run, unless the rest of the list takes that back.
    fn check_inline(&mut self) {
        let is_guarded = self.entries.iter().zip(&self.checked.sources).any(|(entry, source)| {
            entry.value == EntryValue::Nonce
                || matches!(source, Some(SourceExpression::Hash(_) | SourceExpression::Keyword(Keyword::StrictDynamic)))
        });
        let runs_scripts = self.directive.runs_scripts();
        for (index, entry) in self.entries.iter().enumerate() {
            let Some(SourceExpression::Keyword(keyword)) = self.checked.sources[index] else { continue };
            let (code, message, help) = match keyword {
                Keyword::UnsafeInline if runs_scripts && !is_guarded => (
                    FindingCode::UnsafeInline,
                    "lets an injected script run",
                    "write `nonce`, or the hashes of your inline scripts",
                ),
                Keyword::UnsafeEval => (
                    FindingCode::UnsafeEval,
                    "lets text become script",
                    "remove it; WebAssembly alone needs `wasm_unsafe_eval`",
                ),
                // A reason for them is welcome, and not asked for.
                Keyword::UnsafeInline | Keyword::UnsafeHashes => {
                    self.excused[index] = true;
                    continue;
                }
                _ => continue,
            };
            let text = entry.value.text();
            let message = format!("source `{text}` {message}");
            self.warn_unless_justified(index, Finding { code, text, message, help: Some(help.to_string()) });
        }
    }

    /// The same source twice, where both can count in one build.
    fn check_duplicates(&mut self) {
        let mut seen = Positions::new(self.entries.len());
        for (index, entry) in self.entries.iter().enumerate() {
            if !self.counts[index] {
                continue;
            }
            let text = entry.value.text();
            let earlier = seen.of(text).filter(|first| meet(&self.entries[*first], entry)).last();
            if let Some(first) = earlier {
                self.refuse(index, text, duplicate(text, first));
            }
            seen.push(text, index);
        }
    }

    /// Sources that another one covers whole.
    fn check_shadows(&mut self) {
        let shadows = Shadows::new(&self.checked.sources);
        for (position, entry) in self.entries.iter().enumerate() {
            let Some(source) = self.checked.sources[position] else { continue };
            let by = shadows.find(&source, |other| {
                let wide = &self.entries[other];
                other != position
                    && (wide.gate.is_none() || wide.gate == entry.gate)
                    && wide.value != entry.value
                    && self.checked.sources[other]
                        .is_some_and(|wide| covers(&wide, &source) && (other < position || !covers(&source, &wide)))
            });
            if let Some(by) = by {
                let text = entry.value.text();
                let wide = self.entries[by].value.text();
                let finding = Finding {
                    code: FindingCode::ShadowedSource,
                    text,
                    message: format!("source `{text}` is covered by `{wide}`, which is in this list too"),
                    help: Some("remove the narrower one, or the wider one".to_string()),
                };
                self.warn_unless_justified(position, finding);
            }
        }
    }

    /// Justifications of nothing.
    fn check_excuses(&mut self) {
        for (index, entry) in self.entries.iter().enumerate() {
            if !entry.justified || self.excused[index] || !self.counts[index] {
                continue;
            }
            let text = entry.value.text();
            let finding = Finding {
                code: FindingCode::UnusedInsecure,
                text,
                message: format!("source `{text}` has an #[insecure] that it doesn't need"),
                help: Some("remove the #[insecure]".to_string()),
            };
            self.warn(Some(index), finding);
        }
    }

    fn check_whole(&mut self) {
        if self.entries.is_empty() {
            self.warn(
                None,
                Finding {
                    code: FindingCode::EmptyList,
                    text: "",
                    message: match self.directive {
                        DirectiveName::ConnectSrc => "an empty list blocks every connection".to_string(),
                        directive => format!("an empty list blocks all that {directive} governs"),
                    },
                    help: Some("write `none` if that is meant".to_string()),
                },
            );
        }
        let ungated = self.entries.iter().filter(|entry| entry.gate.is_none());
        let length: usize = ungated.map(|entry| entry.value.text().len() + 1).sum();
        if length > LONG_HEADER {
            self.warn(
                None,
                Finding {
                    code: FindingCode::LongHeader,
                    text: "",
                    message: format!(
                        "a header of {length} bytes: some servers and proxies refuse headers above 4 to 8 KiB"
                    ),
                    help: Some("cover hosts of your own by a wildcard over their common parent".to_string()),
                },
            );
        }
    }
}

fn duplicate(text: &str, first: usize) -> Mistake {
    let reason = format!("it is entry {} of this list already", first + 1);
    Mistake::new(SourceErrorKind::Duplicate, 0..text.len(), "is declared twice", reason).advice("remove one of the two")
}

/// Whether two entries can count in one build, as far as their gates tell: one has none, or both have the same.
fn meet(left: &Entry<'_>, right: &Entry<'_>) -> bool {
    left.gate.is_none() || right.gate.is_none() || left.gate == right.gate
}

fn insecure(text: &str, source: &SourceExpression<'_>, gate: Option<&Gate>) -> Mistake {
    let end = text.find("://").map_or(text.len(), |position| position + 3);
    let plain =
        matches!(source, SourceExpression::Scheme(_)) || text.starts_with("http://") || text.starts_with("ws://");
    let (range, headline, reason) = if plain {
        (0..end, "is not encrypted", "anybody on the network can read and change what goes over it")
    } else {
        (end..text.len(), "is on the user's own machine", "any program there can answer")
    };
    let headline = match gate {
        Some(gate) => format!("{headline}, and `{}` holds in release builds", gate.predicate),
        None => headline.to_owned(),
    };
    let secure = match source {
        SourceExpression::Host(host) if plain && host.port == PortPart::Default => {
            let scheme = if host.scheme == Some(SchemePart::Ws) { SchemePart::Wss } else { SchemePart::Https };
            Some(HostSource { scheme: Some(scheme), ..*host })
        }
        _ => None,
    };
    let mut help = String::new();
    if let Some(secure) = secure.filter(|secure| !needs_justification(&SourceExpression::Host(*secure))) {
        help += &format!("write \"{secure}\" if the server speaks TLS\nhelp: ");
    }
    help += &format!("for development write #[cfg(debug_assertions)] \"{text}\"");
    help += &format!("\nhelp: else say why it is needed: #[insecure(reason = \"…\")] \"{text}\"");
    Mistake::new(SourceErrorKind::Insecure, range, headline, reason).advice(help)
}
