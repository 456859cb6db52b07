//! What is wrong with a list as a whole: duplicates, `'none'` beside others, sources that others cover.

use alloc::borrow::ToOwned;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::mistake::Mistake;
use super::risk::{needs_justification, risks};
use super::{SourceError, SourceErrorKind};
use crate::{Finding, FindingCode, HostPart, HostSource, Keyword, PathPart, PortPart, SchemePart, SourceExpression};

/// The header size from which a list is worth a warning: half of what some proxies give all headers.
const LONG_HEADER: usize = 4096;

/// How many sources of one host are looked at to find one that covers another.
const SHADOW_CANDIDATES: usize = 64;

/// One entry of a declared list.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// What was declared.
    pub value: EntryValue<'a>,
    /// When the entry counts.
    pub gate: Option<Gate>,
    /// Whether a reason justifies what is risky about it.
    pub justified: bool,
}

impl<'a> Entry<'a> {
    /// A source that always counts.
    #[must_use]
    pub const fn source(text: &'a str) -> Self {
        Self { value: EntryValue::Source(text), gate: None, justified: false }
    }
}

/// What an entry declares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EntryValue<'a> {
    /// `none`: the empty list.
    None,
    /// `self`: the page's own origin.
    SelfOrigin,
    /// The text of a source, `'self'` and `'none'` among them.
    Source(&'a str),
}

impl<'a> EntryValue<'a> {
    /// The text that stands in the header.
    #[must_use]
    pub const fn text(self) -> &'a str {
        match self {
            Self::None => "'none'",
            Self::SelfOrigin => "'self'",
            Self::Source(text) => text,
        }
    }
}

/// A condition of compilation: the predicate of `#[cfg(…)]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gate {
    /// The predicate's text.
    pub predicate: String,
    /// Whether it holds in every release build, and so is no gate at all.
    pub open_in_release: bool,
    /// Whether a Cargo feature opens it.
    pub by_feature: bool,
}

/// A list that was checked.
#[derive(Debug)]
pub struct Checked<'a> {
    /// For each entry its source; `None` for `none` and for what was refused.
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
            ProblemKind::Warning(finding) => {
                let help = finding.help.as_ref().map_or_else(String::new, |help| format!("\nhelp: {help}"));
                format!("{}{help}", finding.message)
            }
        }
    }
}

/// Checks the entries of a declared list, one by one and together.
#[must_use]
pub fn check<'a>(entries: &[Entry<'a>]) -> Checked<'a> {
    let mut checked = Checked { sources: Vec::with_capacity(entries.len()), problems: Vec::new() };
    for (index, entry) in entries.iter().enumerate() {
        let source = checked.check_entry(index, entry, entries.len());
        checked.sources.push(source);
    }
    checked.check_duplicates(entries);
    checked.check_shadows(entries);
    checked.problems.sort_by_key(|problem| problem.entry.map_or(usize::MAX, |entry| entry));
    checked.check_whole(entries);
    checked
}

impl<'a> Checked<'a> {
    /// Whether nothing is refused.
    #[must_use]
    pub fn is_ok(&self) -> bool {
        !self.problems.iter().any(|problem| matches!(problem.kind, ProblemKind::Error(_)))
    }

    fn refuse(&mut self, entry: usize, text: &str, mistake: Mistake) {
        let kind = ProblemKind::Error(mistake.into_error(text));
        self.problems.push(Problem { entry: Some(entry), kind });
    }

    fn warn(&mut self, entry: Option<usize>, finding: Finding<'a>) {
        self.problems.push(Problem { entry, kind: ProblemKind::Warning(finding) });
    }

    fn check_entry(&mut self, index: usize, entry: &Entry<'a>, count: usize) -> Option<SourceExpression<'a>> {
        let text = entry.value.text();
        if text.eq_ignore_ascii_case("'none'") {
            if count > 1 {
                let mistake = Mistake::new(
                    SourceErrorKind::NoneWithOthers,
                    0..text.len(),
                    "stands beside other sources",
                    "browsers ignore it there: the others count",
                );
                self.refuse(index, text, mistake.advice("remove it, or every other source"));
            }
            return None;
        }
        let source = match SourceExpression::declare(text) {
            Ok(source) => source,
            Err(error) => {
                self.problems.push(Problem { entry: Some(index), kind: ProblemKind::Error(error) });
                return None;
            }
        };
        self.check_justification(index, entry, &source);
        Some(source)
    }

    fn check_justification(&mut self, index: usize, entry: &Entry<'a>, source: &SourceExpression<'a>) {
        let text = entry.value.text();
        let needed = needs_justification(source);
        let gated = entry.gate.as_ref().is_some_and(|gate| !gate.open_in_release);
        let mut findings = risks(text, source);
        if let Some(gate) = entry.gate.as_ref().filter(|gate| gate.by_feature) {
            findings.push(Finding {
                code: FindingCode::CfgFeature,
                text,
                message: format!(
                    "source `{text}` counts by `{}`: any crate of the build can turn a feature on",
                    gate.predicate
                ),
                help: Some("use a cfg that only this crate's build sets, such as debug_assertions".to_string()),
            });
        }
        if needed && !gated && !entry.justified {
            self.refuse(index, text, insecure(text, source, entry.gate.as_ref()));
        }
        if entry.justified {
            if findings.is_empty() && (!needed || gated) {
                self.warn(
                    Some(index),
                    Finding {
                        code: FindingCode::UnusedInsecure,
                        text,
                        message: format!("source `{text}` has an #[insecure] that it doesn't need"),
                        help: Some("remove the #[insecure]".to_string()),
                    },
                );
            }
            return;
        }
        for finding in findings {
            self.warn(Some(index), finding);
        }
    }

    /// The same source twice, where both can count in one build.
    fn check_duplicates(&mut self, entries: &[Entry<'a>]) {
        let mut seen: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (index, entry) in entries.iter().enumerate() {
            if self.sources[index].is_none() {
                continue;
            }
            let text = entry.value.text();
            let earlier = seen.entry(text).or_default();
            if let Some(&first) = earlier.iter().find(|&&first| meet(&entries[first], entry)) {
                let mistake = Mistake::new(
                    SourceErrorKind::Duplicate,
                    0..text.len(),
                    "is declared twice",
                    format!("it is entry {} of this list already", first + 1),
                );
                self.refuse(index, text, mistake.advice("remove one of the two"));
            }
            earlier.push(index);
        }
    }

    /// Sources that another one covers whole.
    fn check_shadows(&mut self, entries: &[Entry<'a>]) {
        let index = ShadowIndex::new(&self.sources);
        for (position, entry) in entries.iter().enumerate() {
            let Some(source) = self.sources[position] else { continue };
            if entry.justified {
                continue;
            }
            let covers = |&&other: &&usize| {
                other != position
                    && entries[other].value != entry.value
                    && (entries[other].gate.is_none() || entries[other].gate == entry.gate)
                    && self.sources[other]
                        .is_some_and(|wide| covers(&wide, &source) && (other < position || !covers(&source, &wide)))
            };
            let candidates = index.candidates(&source);
            if let Some(&by) = candidates.iter().find(covers) {
                let text = entry.value.text();
                let finding = Finding {
                    code: FindingCode::ShadowedSource,
                    text,
                    message: format!(
                        "source `{text}` is covered by `{}`, which is in this list too",
                        entries[by].value.text()
                    ),
                    help: Some("remove the narrower one, or the wider one".to_string()),
                };
                self.warn(Some(position), finding);
            }
        }
    }

    fn check_whole(&mut self, entries: &[Entry<'a>]) {
        if entries.is_empty() {
            self.warn(
                None,
                Finding {
                    code: FindingCode::EmptyList,
                    text: "",
                    message: "an empty list blocks every connection".to_string(),
                    help: Some("write `none` if that is meant".to_string()),
                },
            );
        }
        let ungated = entries.iter().filter(|entry| entry.gate.is_none());
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
    let development = format!("for development write #[cfg(debug_assertions)] \"{text}\"");
    let justified = format!("else justify it: #[insecure(reason = \"…\")] \"{text}\"");
    let secure = match source {
        SourceExpression::Host(host) if plain && host.port == PortPart::Default => {
            let scheme = if host.scheme == Some(SchemePart::Ws) { SchemePart::Wss } else { SchemePart::Https };
            let secure = HostSource { scheme: Some(scheme), ..*host };
            if needs_justification(&SourceExpression::Host(secure)) {
                String::new()
            } else {
                format!("write \"{secure}\" if the server speaks TLS; ")
            }
        }
        _ => String::new(),
    };
    Mistake::new(SourceErrorKind::Insecure, range, headline, reason)
        .advice(format!("{secure}{development}; {justified}"))
}

/// Whether every URL that `narrow` covers is covered by `wide` too, on every page.
fn covers(wide: &SourceExpression<'_>, narrow: &SourceExpression<'_>) -> bool {
    match (wide, narrow) {
        (SourceExpression::Scheme(wide), SourceExpression::Scheme(narrow)) => scheme_covers(*wide, *narrow),
        (SourceExpression::Scheme(wide), SourceExpression::Host(narrow)) => {
            narrow.scheme.is_some_and(|narrow| scheme_covers(*wide, narrow))
        }
        (SourceExpression::Host(wide), SourceExpression::Scheme(narrow)) => {
            wide.scheme.is_none() && narrow.is_network()
        }
        (SourceExpression::Host(wide), SourceExpression::Host(narrow)) => host_source_covers(wide, narrow),
        (SourceExpression::Host(wide), SourceExpression::Keyword(Keyword::SelfOrigin)) => wide.scheme.is_none(),
        _ => false,
    }
}

/// `wide` has no scheme only where it is `*`.
fn host_source_covers(wide: &HostSource<'_>, narrow: &HostSource<'_>) -> bool {
    let Some(scheme) = wide.scheme else { return narrow.scheme.is_some() };
    let hosts = match (wide.host, narrow.host) {
        (HostPart::Any, _) => true,
        (HostPart::Exact(_) | HostPart::Subdomains(_), HostPart::Any)
        | (HostPart::Exact(_), HostPart::Subdomains(_)) => false,
        (HostPart::Exact(wide), HostPart::Exact(narrow)) => wide == narrow,
        (HostPart::Subdomains(wide), HostPart::Subdomains(narrow)) if wide == narrow => true,
        (wide @ HostPart::Subdomains(_), HostPart::Exact(narrow) | HostPart::Subdomains(narrow)) => {
            wide.matches(narrow)
        }
    };
    let number = |source: &HostSource<'_>| match source.port {
        PortPart::Default => source.scheme.and_then(SchemePart::default_port),
        PortPart::Number(number) => Some(number),
        PortPart::Any => None,
    };
    let ports = match (wide.port, narrow.port) {
        (PortPart::Any, _) => true,
        (_, PortPart::Any) => false,
        _ if narrow.scheme == Some(scheme) => number(wide) == number(narrow),
        // An upgrade goes from one default port to the other.
        _ => number(wide) == Some(80) && number(narrow) == Some(443),
    };
    hosts
        && ports
        && narrow.scheme.is_some_and(|narrow| scheme_covers(scheme, narrow))
        && path_covers(wide.path, narrow.path)
}

fn scheme_covers(wide: SchemePart<'_>, narrow: SchemePart<'_>) -> bool {
    wide == narrow
        || matches!((wide, narrow), (SchemePart::Http, SchemePart::Https) | (SchemePart::Ws, SchemePart::Wss))
}

fn path_covers(wide: PathPart<'_>, narrow: PathPart<'_>) -> bool {
    let (wide, narrow) = (wide.as_str(), if narrow.is_empty() { "/" } else { narrow.as_str() });
    wide.is_empty() || wide == narrow || (wide.ends_with('/') && narrow.starts_with(wide))
}

/// The sources by what they could cover.
struct ShadowIndex<'a> {
    everywhere: Vec<usize>,
    exact: BTreeMap<&'a str, Vec<usize>>,
    subdomains: BTreeMap<&'a str, Vec<usize>>,
}

impl<'a> ShadowIndex<'a> {
    fn new(sources: &[Option<SourceExpression<'a>>]) -> Self {
        let mut index = Self { everywhere: Vec::new(), exact: BTreeMap::new(), subdomains: BTreeMap::new() };
        for (position, source) in sources.iter().enumerate() {
            let bucket = match source {
                Some(SourceExpression::Host(HostSource { host: HostPart::Exact(host), .. })) => {
                    index.exact.entry(host).or_default()
                }
                Some(SourceExpression::Host(HostSource { host: HostPart::Subdomains(parent), .. })) => {
                    index.subdomains.entry(parent).or_default()
                }
                Some(SourceExpression::Host(_) | SourceExpression::Scheme(_)) => &mut index.everywhere,
                _ => continue,
            };
            if bucket.len() < SHADOW_CANDIDATES {
                bucket.push(position);
            }
        }
        index
    }

    fn candidates(&self, source: &SourceExpression<'_>) -> Vec<usize> {
        let mut candidates = self.everywhere.clone();
        if let SourceExpression::Host(HostSource { host: HostPart::Exact(host) | HostPart::Subdomains(host), .. }) =
            source
        {
            candidates.extend(self.exact.get(host).into_iter().flatten());
            let mut parent = Some(*host);
            while let Some(name) = parent {
                candidates.extend(self.subdomains.get(name).into_iter().flatten());
                parent = name.split_once('.').map(|(_, parent)| parent);
            }
        }
        candidates
    }
}
