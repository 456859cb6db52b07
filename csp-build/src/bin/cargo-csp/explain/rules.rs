//! What is decided by: the policies of a page, or the sources of a guard, each with the text that it was read from.

use csp_core::{DirectiveName, Finding, Policy, PolicyList, SourceExpression};

/// What is decided by.
pub(crate) enum Rules<'a> {
    Page(Page<'a>),
    Guard(Sources<'a>),
}

/// The policies of a page.
pub(crate) struct Page<'a> {
    /// The texts of the policies, one each.
    pub(crate) texts: Vec<&'a str>,
    pub(crate) policies: PolicyList<'a>,
    /// Whether a comma separates some of them.
    pub(crate) has_commas: bool,
    pub(crate) findings: Vec<Finding<'a>>,
}

/// The sources of a guard.
pub(crate) struct Sources<'a> {
    /// The texts of all sources, dead ones included.
    pub(crate) texts: Vec<&'a str>,
    pub(crate) list: Vec<SourceExpression<'a>>,
    pub(crate) findings: Vec<Finding<'a>>,
}

/// The text of a directive: its tokens, the name first.
///
/// Only what separates is known here; what stands between is read by the core.
pub(crate) struct DirectiveText<'a> {
    pub(crate) text: &'a str,
    pub(crate) tokens: Vec<&'a str>,
}

impl<'a> Rules<'a> {
    /// Of the values of headers.
    pub(crate) fn page(headers: impl IntoIterator<Item = &'a str>) -> Self {
        let mut page =
            Page { texts: Vec::new(), policies: PolicyList::default(), has_commas: false, findings: Vec::new() };
        let texts = headers.into_iter().flat_map(|header| {
            page.has_commas |= header.contains(',');
            header.split(',')
        });
        for text in texts.collect::<Vec<_>>() {
            let (mut policies, findings) = PolicyList::parse_with_findings(text);
            page.findings.extend(findings);
            // A policy without a directive restricts nothing, and its text is still to be shown.
            if let Some(policy) = policies.policies.pop().or_else(|| (!text.trim().is_empty()).then(Policy::default)) {
                page.texts.push(text);
                page.policies.policies.push(policy);
            }
        }
        Self::Page(page)
    }

    /// Of a list of sources, read as received ones.
    pub(crate) fn guard(texts: impl IntoIterator<Item = &'a str>) -> Self {
        let mut sources = Sources { texts: Vec::new(), list: Vec::new(), findings: Vec::new() };
        for text in texts {
            sources.texts.push(text);
            match SourceExpression::parse_with_finding(text) {
                Ok(source) => sources.list.push(source),
                Err(finding) => sources.findings.push(finding),
            }
        }
        Self::Guard(sources)
    }

    pub(crate) fn findings(&self) -> &[Finding<'a>] {
        match self {
            Self::Page(page) => &page.findings,
            Self::Guard(sources) => &sources.findings,
        }
    }
}

impl<'a> Page<'a> {
    /// The directive of a policy as it was written: the first of its name that isn't dropped.
    pub(crate) fn written_directive(&self, policy: usize, name: DirectiveName) -> Option<DirectiveText<'a>> {
        directive_texts(self.texts.get(policy)?).find(|directive| directive.is(name))
    }
}

impl DirectiveText<'_> {
    /// Whether this is read as the directive of that name.
    pub(crate) fn is(&self, name: DirectiveName) -> bool {
        Policy::parse(self.text).directive(name).is_some()
    }
}

/// The directives of a policy as they were written.
pub(crate) fn directive_texts(policy: &str) -> impl Iterator<Item = DirectiveText<'_>> {
    policy
        .split(';')
        .map(|text| DirectiveText { text, tokens: text.split_ascii_whitespace().collect() })
        .filter(|directive| !directive.tokens.is_empty())
}

/// The first of the texts that says this source.
pub(crate) fn written_source<'a>(texts: &[&'a str], source: &SourceExpression<'_>) -> Option<&'a str> {
    texts.iter().copied().find(|text| SourceExpression::parse(text).as_ref() == Some(source))
}
