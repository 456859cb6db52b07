//! The tags of a document, and which of them are followed by text alone.
//!
//! HTML has elements whose content is text up to their end tag, however they are written. Components have fewer of them: names
//! in capitals are other components, and a tag that ends in `/>` has no content. Where a page would hide a script in such a
//! text, a component isn't what it seems: there no script is passed over.

use std::collections::HashMap;

use html5gum::emitters::default::{DefaultEmitter, StartTag, Token};
use html5gum::{State, Tokenizer, naive_next_state};
use oxc_span::SourceType;

use super::language::Markup;
use super::summary::is_script;
use super::template::closing;

/// Whose rules hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rules {
    Html,
    /// Of frameworks, and of XML.
    Component,
}

impl Rules {
    pub(crate) const fn of(markup: Markup) -> Self {
        match markup {
            Markup::Html => Self::Html,
            Markup::Xhtml | Markup::Vue | Markup::Svelte | Markup::Astro | Markup::Mdx => Self::Component,
        }
    }
}

/// The tags and comments of a text.
pub(crate) struct Tokens {
    pub(crate) tokens: Vec<Token<usize>>,
    /// Where a script stands that something around it hides.
    pub(crate) lost: Option<usize>,
}

/// How often a text is read anew behind what hides a script, and how many scripts are looked at that seem to hide others.
pub(crate) const ATTEMPTS: usize = 8;

const SCRIPT: &str = "<script";

/// Elements whose content may be text.
const RAW: &[&str] = &["iframe", "noembed", "noframes", "noscript", "style", "textarea", "title", "xmp"];

/// Reads the tags and comments of a text.
pub(crate) fn tokens(text: &str, rules: Rules) -> Tokens {
    let mut masked = None;
    for attempt in 0.. {
        let current = masked.as_deref().unwrap_or(text);
        let (tokens, hidden) = read(current, rules);
        let Some((hides, script)) = hidden else { return Tokens { tokens, lost: None } };
        if attempt == ATTEMPTS {
            return Tokens { tokens, lost: Some(script) };
        }
        let mut anew = masked.unwrap_or_else(|| text.to_owned());
        anew.replace_range(hides..=hides, " ");
        masked = Some(anew);
    }
    Tokens { tokens: Vec::new(), lost: None }
}

/// Whether a tag ends in `/>`, whatever stands before that.
pub(crate) fn is_closed(tag: &StartTag<usize>, text: &str) -> bool {
    // Behind a value without quotes, the slash is a part of it to HTML.
    tag.self_closing || text.get(tag.span.start..tag.span.end).is_some_and(|tag| tag.ends_with("}/>"))
}

/// The tags of a text; and the place of what hides a script, with that script.
fn read(text: &str, rules: Rules) -> (Vec<Token<usize>>, Option<(usize, usize)>) {
    let scripts: Vec<usize> = starts(text);
    let next_script = |from: usize| scripts.get(scripts.partition_point(|&script| script < from)).copied();
    let mut ends = Ends { text, next: HashMap::new(), attempts: 0 };
    let mut tokenizer = Tokenizer::new_with_emitter(text, DefaultEmitter::<usize>::new_with_span());
    let mut tokens = Vec::new();
    // Where the last tag ends, whether all behind it is text, and how many drawings are open.
    let (mut behind, mut is_text, mut drawings) = (0, false, 0_usize);
    while let Some(Ok(token)) = tokenizer.next() {
        let span = match &token {
            Token::StartTag(tag) => tag.span,
            Token::EndTag(tag) => tag.span,
            Token::Comment(comment) => comment.span,
            Token::Doctype(doctype) => doctype.span,
            Token::String(_) | Token::Error(_) => continue,
        };
        let script = next_script(span.start + 1).filter(|&script| script < span.end);
        if let (Rules::Component, Some(script)) = (rules, script)
            && hides(&token, text)
        {
            return (tokens, Some((span.start, script)));
        }
        (behind, is_text) = (span.end, false);
        match &token {
            Token::StartTag(tag) => {
                let is_drawing = matches!(&tag.name[..], b"svg" | b"math");
                let is_closed = is_closed(tag, text);
                let state = if rules == Rules::Html && drawings == 0 {
                    naive_next_state(&tag.name)
                } else if is_closed {
                    None
                } else {
                    match content(tag, text, &next_script, &mut ends) {
                        Content::Text => Some(State::RawText),
                        Content::Elements => None,
                        Content::NoScript => continue,
                    }
                };
                drawings += usize::from(is_drawing && !is_closed);
                if let Some(state) = state {
                    tokenizer.set_state(state);
                    is_text = true;
                }
            }
            Token::EndTag(tag) if matches!(&tag.name[..], b"svg" | b"math") => drawings = drawings.saturating_sub(1),
            _ => {}
        }
        tokens.push(token);
    }
    // A tag that doesn't end is none.
    let hidden = next_script(behind).filter(|_| rules == Rules::Component && !is_text);
    let hidden = hidden.and_then(|script| {
        let rest = text.get(behind..)?;
        let open = rest.match_indices('<').find(|(at, _)| {
            rest.as_bytes()
                .get(at + 1)
                .is_some_and(|next| next.is_ascii_alphabetic() || matches!(next, b'/' | b'!' | b'?'))
        });
        open.map(|(at, _)| (behind + at, script))
    });
    (tokens, hidden)
}

/// What follows a start tag.
enum Content {
    Elements,
    Text,
    /// It begins no script, though it seems to: it stands in a text or a comment of code.
    NoScript,
}

fn content(
    tag: &StartTag<usize>,
    text: &str,
    next_script: &impl Fn(usize) -> Option<usize>,
    ends: &mut Ends<'_>,
) -> Content {
    let written = text.get(tag.span.start + 1..).unwrap_or_default();
    // In capitals it is another component.
    let is = |name: &str| *tag.name == *name.as_bytes() && written.starts_with(name);
    let from = tag.span.end;
    let next = next_script(from);
    if is("script") {
        let Some(end) = ends.of("script", from) else { return Content::Text };
        let is_hiding = next.is_some_and(|next| next < end);
        let code = text.get(from..end).unwrap_or_default();
        ends.attempts += usize::from(is_hiding);
        let is_given_up = !is_hiding || ends.attempts > ATTEMPTS;
        let is_code = is_given_up || [SourceType::ts(), SourceType::tsx()].iter().any(|kind| is_script(code, *kind));
        return if is_code { Content::Text } else { Content::NoScript };
    }
    let Some(name) = RAW.iter().find(|name| is(name)) else { return Content::Elements };
    match ends.of(name, from) {
        Some(end) if next.is_none_or(|next| end < next) => Content::Text,
        _ => Content::Elements,
    }
}

/// Where end tags stand.
struct Ends<'t> {
    text: &'t str,
    /// Of each name the last one that was looked for.
    next: HashMap<&'static str, Option<usize>>,
    /// How many scripts were looked at that have another one in them.
    attempts: usize,
}

impl Ends<'_> {
    fn of(&mut self, name: &'static str, from: usize) -> Option<usize> {
        let known = self.next.get(name).filter(|next| next.is_none_or(|next| next >= from));
        if let Some(known) = known {
            return *known;
        }
        let end = end_tag(self.text.as_bytes(), from, name);
        self.next.insert(name, end);
        end
    }
}

/// Whether what hides a script is broken. An attribute or a comment may well have one in it.
fn hides(token: &Token<usize>, text: &str) -> bool {
    match token {
        Token::StartTag(tag) => {
            tag.attributes.keys().any(|name| name.iter().any(|byte| matches!(byte, b'"' | b'\'' | b'<')))
        }
        Token::Comment(comment) => {
            let written = text.get(comment.span.start..comment.span.end).unwrap_or_default();
            !(written.starts_with("<!--") && written.ends_with("->") || written.ends_with("--!>"))
        }
        _ => true,
    }
}

/// Where tags of scripts seem to stand.
fn starts(text: &str) -> Vec<usize> {
    let is_name = |at: &usize| text.as_bytes().get(at + SCRIPT.len()).is_none_or(|next| is_end_of_name(*next));
    text.match_indices(SCRIPT).map(|(at, _)| at).filter(is_name).collect()
}

const fn is_end_of_name(next: u8) -> bool {
    next.is_ascii_whitespace() || matches!(next, b'/' | b'>')
}

/// The next end tag of this name.
fn end_tag(text: &[u8], from: usize, name: &str) -> Option<usize> {
    let rest = text.get(from..)?;
    let found = rest.windows(name.len() + 2).enumerate().find(|(at, window)| {
        window.starts_with(b"</")
            && window[2..].eq_ignore_ascii_case(name.as_bytes())
            && rest.get(at + name.len() + 2).is_none_or(|next| is_end_of_name(*next))
    });
    found.map(|(at, _)| from + at)
}

/// Where the script, style or comment of a component ends that begins here.
pub(crate) fn skipped(text: &[u8], at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    if rest.starts_with(b"<!--") {
        let end = rest.windows(3).skip(4).position(|window| window == b"-->");
        return Some(end.map_or(text.len(), |end| at + 4 + end));
    }
    let name = ["script", "style"].into_iter().find(|name| {
        let behind = rest.get(1..).and_then(|rest| rest.strip_prefix(name.as_bytes()));
        behind.and_then(<[u8]>::first).copied().is_some_and(is_end_of_name)
    })?;
    let Some(end) = tag_end(text, at) else { return Some(text.len()) };
    let is_closed = text.get(end - 1) == Some(&b'/');
    (!is_closed).then(|| end_tag(text, end, name).unwrap_or(text.len()))
}

/// The `>` of the tag that begins here, past quotes and braces.
pub(crate) fn tag_end(text: &[u8], start: usize) -> Option<usize> {
    let mut at = start + 1;
    loop {
        match *text.get(at)? {
            b'>' => return Some(at),
            quote @ (b'"' | b'\'') => at += 1 + text.get(at + 1..)?.iter().position(|&byte| byte == quote)?,
            b'{' => at = closing(text, at)?,
            _ => {}
        }
        at += 1;
    }
}
