//! Policies as they arrive, read as browsers read them: what doesn't fit is dropped, and said as a finding.

use alloc::format;
use alloc::string::ToString;
use alloc::vec::Vec;

use crate::{
    Directive, DirectiveName, DirectiveValue, Finding, FindingCode, Keyword, Policy, SourceErrorKind, SourceExpression,
    SourceList, suggest,
};

/// Takes a finding about a part of the text.
type Sink<'s, 'a> = &'s mut dyn FnMut(Finding<'a>);

impl<'a> SourceExpression<'a> {
    /// Reads one token of a source list as browsers do.
    ///
    /// # Errors
    ///
    /// If it matches nothing: what is wrong with it, and what to write instead.
    pub fn parse_with_finding(token: &'a str) -> Result<Self, Finding<'a>> {
        Self::parse(token).ok_or_else(|| dead_source(token))
    }
}

/// Reads a source list; an unknown token matches nothing and leaves its neighbours alone.
pub(crate) fn source_list<'a>(name: DirectiveName, value: &'a str, findings: Sink<'_, 'a>) -> SourceList<'a> {
    let mut tokens = 0;
    let mut none = None;
    let mut sources = Vec::new();
    for token in value.split_ascii_whitespace() {
        tokens += 1;
        if token.eq_ignore_ascii_case("'none'") {
            none = Some(token);
            continue;
        }
        let source = match SourceExpression::parse_with_finding(token) {
            Ok(source) => source,
            Err(finding) => {
                findings(finding);
                continue;
            }
        };
        if matches!(source, SourceExpression::Host(_)) && token.contains(['?', '#']) {
            findings(Finding {
                code: FindingCode::CutSource,
                text: token,
                message: format!("browsers cut `{}` at `?` or `#`, or drop it", suggest::excerpt(token)),
                help: Some(format!("write {source}")),
            });
        }
        if name == DirectiveName::ConnectSrc
            && matches!(
                source,
                SourceExpression::Keyword(Keyword::StrictDynamic | Keyword::UnsafeEval | Keyword::UnsafeInline)
                    | SourceExpression::Nonce(_)
                    | SourceExpression::Hash(_)
            )
        {
            findings(Finding {
                code: FindingCode::NoEffect,
                text: token,
                message: format!("{} has no effect in {name}", suggest::excerpt(token)),
                help: None,
            });
        }
        sources.push(source);
    }
    if let Some(text) = none.filter(|_| tokens > 1) {
        findings(Finding {
            code: FindingCode::NoneWithOthers,
            text,
            message: format!("'none' beside other sources has no effect in {name}"),
            help: Some("remove 'none', or the others".to_string()),
        });
    }
    SourceList::new(sources)
}

fn dead_source(token: &str) -> Finding<'_> {
    // The strict parser knows what is wrong with nearly every text that matches nothing. A received source may do
    // without a scheme: that isn't what is wrong with it.
    let declared = match SourceExpression::declare(token) {
        Err(error) if error.kind() == SourceErrorKind::MissingScheme => {
            SourceExpression::declare(&format!("https://{token}")).err().or(Some(error))
        }
        declared => declared.err(),
    };
    let (message, help) = match declared {
        Some(error) => (error.to_string(), error.help()),
        None => (format!("`{}` matches nothing", suggest::excerpt(token)), None),
    };
    Finding { code: FindingCode::DeadSource, text: token, message, help }
}

/// Reads one policy.
pub(crate) fn policy<'a>(text: &'a str, findings: Sink<'_, 'a>) -> Policy<'a> {
    let mut policy = Policy::default();
    for token in text.split(';') {
        let token = token.trim_matches(|character: char| character.is_ascii_whitespace());
        if token.is_empty() {
            continue;
        }
        if let Some(directive) = directive(token, findings) {
            if policy.directive(directive.name).is_some() {
                findings(Finding {
                    code: FindingCode::DuplicateDirective,
                    text: token,
                    message: format!("a second {} is ignored", directive.name),
                    help: Some(format!("merge it into the first {}", directive.name)),
                });
            } else {
                policy.directives.push(directive);
            }
        }
    }
    policy
}

fn directive<'a>(token: &'a str, findings: Sink<'_, 'a>) -> Option<Directive<'a>> {
    let end = token.find(|character: char| character.is_ascii_whitespace()).unwrap_or(token.len());
    let (name, value) = token.split_at(end);
    let value = value.trim_matches(|character: char| character.is_ascii_whitespace());
    if !token.is_ascii() {
        findings(Finding {
            code: FindingCode::DroppedDirective,
            text: token,
            message: format!(
                "browsers drop all of {} because of its non-ASCII text: it restricts nothing",
                suggest::excerpt(name)
            ),
            help: Some("write hosts in their punycode form and percent-encode paths".to_string()),
        });
        return None;
    }
    let Some(known) = DirectiveName::from_name(name) else {
        findings(Finding {
            code: FindingCode::UnknownDirective,
            text: name,
            message: format!("no browser knows the directive `{}`: it restricts nothing", suggest::excerpt(name)),
            help: suggest::directive_name(name).map(|meant| format!("did you mean {meant}?")),
        });
        return None;
    };
    let value = if known.has_source_list() {
        DirectiveValue::Sources(source_list(known, value, findings))
    } else {
        DirectiveValue::Text(value)
    };
    Some(Directive { name: known, value })
}

/// Reads the policies of a header.
pub(crate) fn header<'a>(text: &'a str, findings: Sink<'_, 'a>) -> Vec<Policy<'a>> {
    text.split(',').map(|text| policy(text, findings)).filter(|policy| !policy.directives.is_empty()).collect()
}
