use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt;

use csp_core::{
    Composition, ConstText, DirectiveName, Entry, EntryValue, Part, ProblemKind, SourceError, SourceExpression, Table,
    TableData, Tokens, allowlist_mistake, check, connect_directive, directive_value, source_list, write_allowlist,
};

use crate::{Guard, Policy};

/// A declaration with an operator's additions: see [`Policy::extend`]. Cheap to clone.
///
/// ```
/// csp_runtime::connect_src! { static SHOP = [self, "https://api.example.com"]; }
/// let extended = SHOP.extend(["https://*.example.net"])?;
/// assert_eq!(extended.header(), "connect-src 'self' https://api.example.com https://*.example.net");
/// assert_eq!(extended.additions(), ["https://*.example.net"]);
/// assert!(extended.guard().allows("https://search.example.net/") && !SHOP.guard().allows("https://search.example.net/"));
/// # Ok::<(), csp_runtime::ExtendError>(())
/// ```
#[derive(Clone, Debug)]
pub struct ExtendedPolicy {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    base: &'static Policy,
    additions: Vec<String>,
    header: String,
    table: TableData,
    /// Of a declaration that has one: what the header `Connection-Allowlist` says.
    allowlist: Option<String>,
    warnings: Vec<String>,
}

impl ExtendedPolicy {
    pub(crate) fn new<I>(base: &'static Policy, additions: I, justified: bool) -> Result<Self, ExtendError>
    where
        I: IntoIterator,
        I::Item: AsRef<str>,
    {
        let additions: Vec<String> = additions.into_iter().map(|addition| addition.as_ref().to_owned()).collect();
        let declared = Tokens::new(base.source_list());
        let mut entries: Vec<Entry<'_>> =
            declared.map(|text| Entry { value: EntryValue::Source(text), gate: None, justified: true }).collect();
        let first = entries.len();
        entries.extend(additions.iter().map(|text| Entry { value: EntryValue::Source(text), gate: None, justified }));
        let mut errors = Vec::new();
        let mut warnings = Vec::new();
        let checked = check(&entries);
        for problem in checked.problems {
            let report = problem.report();
            let Some(index) = problem.entry.filter(|&entry| entry >= first) else { continue };
            match problem.kind {
                ProblemKind::Error(error) => errors.push(ExtendErrorEntry { index: index - first, error }),
                // With a blanket reason, some sources don't need it.
                ProblemKind::Warning(finding) if finding.code == csp_core::FindingCode::UnusedInsecure => {}
                _ => warnings.push(report),
            }
        }
        if !errors.is_empty() {
            return Err(ExtendError { name: base.name(), errors });
        }
        let sources: Vec<SourceExpression<'_>> = checked.sources.into_iter().flatten().collect();
        let Some(table) = TableData::new(&sources, &[], None) else {
            return Err(ExtendError { name: base.name(), errors });
        };
        let segments: Vec<&str> = additions.iter().map(String::as_str).collect();
        let added = [Part { name: DirectiveName::ConnectSrc, is_list: true, segments: &segments }];
        let parts = if additions.is_empty() { &[][..] } else { &added };
        let header = Composition { base: base.template(), removed: &[], parts }.to_text();
        let allowlist = base.allowlist_additions().map(|(also, _)| {
            for (addition, mistake) in additions.iter().filter_map(|it| Some((it, allowlist_mistake(it)?))) {
                warnings.push(format!("source `{addition}` is not in the Connection-Allowlist: it {mistake}"));
            }
            let is_named = |token: &&str| allowlist_mistake(token).is_none();
            let named: Vec<&str> = Tokens::new(source_list(connect_directive(&header))).filter(is_named).collect();
            let endpoint = directive_value(&header, "report-to").unwrap_or_default();
            ConstText::collect(|out| write_allowlist(out, &[&named.join(" "), also], endpoint))
        });
        Ok(Self { inner: Arc::new(Inner { base, additions, header, table, allowlist, warnings }) })
    }

    /// The value of the `Content-Security-Policy` header.
    #[must_use]
    pub fn header(&self) -> &str {
        &self.inner.header
    }

    /// What the header `Connection-Allowlist` says, if the declaration has one.
    pub(crate) fn allowlist(&self) -> Option<&str> {
        self.inner.allowlist.as_deref()
    }

    /// The directive that decides for connections, whole.
    #[must_use]
    pub fn directive(&self) -> &str {
        connect_directive(self.header())
    }

    /// The declaration that was extended.
    #[must_use]
    pub fn base(&self) -> &'static Policy {
        self.inner.base
    }

    /// The additions, in their order.
    #[must_use]
    pub fn additions(&self) -> &[String] {
        &self.inner.additions
    }

    /// What is legal and risky about the additions; worth a line in the log of the program's start.
    #[must_use]
    pub fn warnings(&self) -> &[String] {
        &self.inner.warnings
    }

    /// The guard that obeys the declaration and the additions.
    #[must_use]
    pub fn guard(&self) -> Guard {
        Guard::of_extended(self.clone())
    }

    #[inline]
    pub(crate) fn data(&self) -> &TableData {
        &self.inner.table
    }

    #[inline]
    pub(crate) fn table(&self) -> Table<'_> {
        self.inner.table.table(&[])
    }
}

/// Why additions are refused: one entry for each mistake, none is kept back. There is none if the list is too long.
///
/// [`Display`](fmt::Display) names them all, each with a caret and a help line.
///
/// ```
/// csp_runtime::connect_src! { static SHOP = [self]; }
/// let error = SHOP.extend(["https://search.example.net", "search.example.net"]).unwrap_err();
/// let [entry] = error.errors() else { unreachable!() };
/// assert_eq!((entry.index, entry.error.kind().as_str()), (1, "missing-scheme"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExtendError {
    name: &'static str,
    errors: Vec<ExtendErrorEntry>,
}

/// One refused addition.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ExtendErrorEntry {
    /// Its place among the additions, from 0.
    pub index: usize,
    /// What is wrong with it.
    pub error: SourceError,
}

impl ExtendError {
    /// The refused additions.
    #[must_use]
    pub fn errors(&self) -> &[ExtendErrorEntry] {
        &self.errors
    }
}

impl fmt::Display for ExtendError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.errors.len();
        if count == 0 {
            // Each is admitted, and all of them are more than a table takes.
            return write!(out, "{} can't be extended: the list would have more than 64 MiB", self.name);
        }
        let plural = if count == 1 { "addition is" } else { "additions are" };
        write!(out, "{} can't be extended: {count} {plural} refused", self.name)?;
        for ExtendErrorEntry { index, error } in &self.errors {
            write!(out, "\naddition {}: {}", index + 1, error.report())?;
        }
        Ok(())
    }
}

impl core::error::Error for ExtendError {}
