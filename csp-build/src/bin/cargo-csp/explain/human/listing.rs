//! The rules, whole, with what decided marked.

use std::io::{self, Write};

use csp_core::{Finding, Verdict};

use super::layout::{Token, write_blank, write_rows};
use super::parts;
use super::style::{ALLOWED, BLOCKED, DIRECTIVE, DOUBTFUL, FAINT, GUTTER, PLAIN};
use crate::explain::answer::{Answer, Reason};
use crate::explain::rules::{DirectiveText, Page, Sources, directive_texts, written_source};

/// The most rows of what decides.
const DECIDING_ROWS: usize = 8;

/// The most rows of a directive that doesn't.
const OTHER_ROWS: usize = 2;

/// The policies, one directive a line, numbered if there are several; `answers` has what each decides.
pub(super) fn write_policies(
    out: &mut dyn Write,
    page: &Page<'_>,
    answers: &[Answer<'_>],
    report_only: bool,
) -> io::Result<()> {
    let count = page.texts.len();
    for (index, (text, answer)) in page.texts.iter().zip(answers).enumerate() {
        if count > 1 {
            let (style, verb) = match answer.decision {
                Verdict::Allow => (ALLOWED, "allows"),
                Verdict::Block if report_only => (BLOCKED, "would block"),
                Verdict::Block => (BLOCKED, "blocks"),
            };
            if index > 0 {
                write_blank(out)?;
            }
            let number = index + 1;
            writeln!(out, "{GUTTER}  |{GUTTER:#} {FAINT}policy {number} of {count}{FAINT:#} {style}{verb}{style:#}")?;
        }
        write_policy(out, text, answer, &page.findings)?;
    }
    if count == 0 {
        write_rows(out, vec![Token::new("(no policy)", FAINT)], OTHER_ROWS)?;
    }
    Ok(())
}

fn write_policy(out: &mut dyn Write, text: &str, answer: &Answer<'_>, findings: &[Finding<'_>]) -> io::Result<()> {
    let directives: Vec<_> = directive_texts(text).collect();
    let deciding = answer.directive.and_then(|name| directives.iter().position(|directive| directive.is(name)));
    for (index, directive) in directives.iter().enumerate() {
        let is_deciding = deciding == Some(index);
        let mut tokens = tokens(directive, is_deciding.then_some(answer), findings);
        if index + 1 < directives.len()
            && let Some(last) = tokens.pop()
        {
            tokens.push(last.then(";"));
        }
        write_rows(out, tokens, if is_deciding { DECIDING_ROWS } else { OTHER_ROWS })?;
    }
    Ok(())
}

/// The tokens of a directive; `answer` is there if it decides.
fn tokens(directive: &DirectiveText<'_>, answer: Option<&Answer<'_>>, findings: &[Finding<'_>]) -> Vec<Token> {
    let Some((name, values)) = directive.tokens.split_first() else { return Vec::new() };
    let mut tokens = vec![match answer {
        Some(_) => Token::new(name, DIRECTIVE).mark('-', DIRECTIVE),
        None => doubtful(Token::new(name, FAINT), name, findings),
    }];
    let Some(answer) = answer else {
        tokens.extend(values.iter().map(|value| doubtful(Token::new(value, FAINT), value, findings)));
        return tokens;
    };
    tokens.extend(sources(values, answer, findings));
    if answer.reason == Reason::EmptyList
        && let Some(last) = tokens.pop()
    {
        let last = if findings.is_empty() { last.mark('^', BLOCKED) } else { last };
        tokens.push(last.label("allows nothing", BLOCKED));
    }
    tokens
}

/// The sources of a guard.
pub(super) fn write_sources(out: &mut dyn Write, guard: &Sources<'_>, answer: &Answer<'_>) -> io::Result<()> {
    let mut tokens = vec![Token::new("allow", DIRECTIVE).mark('-', DIRECTIVE)];
    tokens.extend(sources(&guard.texts, answer, &guard.findings));
    write_rows(out, tokens, DECIDING_ROWS)
}

/// The sources that decide: the one that covers the URL or is nearest to covering it is marked.
fn sources(texts: &[&str], answer: &Answer<'_>, findings: &[Finding<'_>]) -> Vec<Token> {
    let marked = answer.source.as_ref().and_then(|source| Some((source, written_source(texts, source)?)));
    let token = |text: &&str| {
        let token = doubtful(Token::new(text, PLAIN), text, findings);
        let Some((source, _)) = marked.filter(|(_, written)| written.as_ptr() == text.as_ptr()) else { return token };
        match answer.reason {
            Reason::AllowedBySource => token.mark('^', ALLOWED).label("covers the URL", ALLOWED),
            Reason::NoSourceCovers(Some(difference)) => token
                .mark('-', BLOCKED)
                .mark_part(parts::of_source(text, source, difference), '^', BLOCKED)
                .label(format!("nearest: {}", difference.as_str()), BLOCKED),
            _ => token.mark('^', BLOCKED).label("covers the URL but for its path", BLOCKED),
        }
    };
    texts.iter().map(token).collect()
}

/// Marks a token that a finding begins at.
fn doubtful(token: Token, text: &str, findings: &[Finding<'_>]) -> Token {
    let is_found = findings.iter().any(|finding| text.as_bytes().as_ptr_range().contains(&finding.text.as_ptr()));
    if is_found { token.mark('~', DOUBTFUL) } else { token }
}
