//! How the text of a policy is put together, in const evaluation too.

use alloc::string::String;

use crate::ascii::equal;
use crate::const_text::ConstText;
use crate::{DirectiveName, Tokens};

/// A declared directive, ready for the header.
#[derive(Clone, Copy, Debug)]
pub struct Part<'a> {
    /// Its name.
    pub name: DirectiveName,
    /// Whether its value is a source list.
    pub is_list: bool,
    /// The words of the value, each perhaps several with blanks between them; empty ones count for nothing.
    pub segments: &'a [&'a str],
}

/// The directives of a policy, and of the one that it extends.
///
/// Beside a base, a source list adds to what the base has for the same directive: its own sources, or those that it falls
/// back to ([CSP3, 6.8.3](https://www.w3.org/TR/CSP3/#directive-fallback-list)). Without that, a new `img-src` would close what `default-src` left open. Other
/// values replace the base's.
///
/// ```
/// use csp_core::{Composition, DirectiveName, Part};
///
/// let parts = [Part { name: DirectiveName::ImgSrc, is_list: true, segments: &["https://img.example"] }];
/// let composition = Composition { base: "default-src 'self'; object-src 'none'", removed: &[], parts: &parts };
/// assert_eq!(composition.to_text(), "default-src 'self'; object-src 'none'; img-src 'self' https://img.example");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Composition<'a> {
    /// The text of the policy that is extended; empty for none.
    pub base: &'a str,
    /// Directives of the base that are left out.
    pub removed: &'a [DirectiveName],
    /// The directives.
    pub parts: &'a [Part<'a>],
}

impl Composition<'_> {
    /// The text of the policy.
    #[must_use]
    pub fn to_text(&self) -> String {
        ConstText::collect(|out| self.write(out))
    }

    /// Appends the text of the policy.
    #[doc(hidden)]
    pub const fn write(&self, out: &mut ConstText<'_>) {
        let mut rest = self.base;
        while let Some((name, value)) = next_directive(&mut rest) {
            if self.removes(name) {
                continue;
            }
            match self.part(name) {
                Some(part) if part.is_list => write_list(out, part.name, value, part.segments),
                Some(part) => write_words(out, name, part.segments),
                None => write_words(out, name, &[value]),
            }
        }
        let mut index = 0;
        while index < self.parts.len() {
            let Part { name, is_list, segments } = self.parts[index];
            if directive_value(self.base, name.as_str()).is_none() {
                if is_list {
                    write_list(out, name, inherited(self.base, name), segments);
                } else {
                    write_words(out, name.as_str(), segments);
                }
            }
            index += 1;
        }
    }

    const fn removes(&self, name: &str) -> bool {
        let mut index = 0;
        while index < self.removed.len() {
            if equal(self.removed[index].as_str(), name) {
                return true;
            }
            index += 1;
        }
        false
    }

    const fn part(&self, name: &str) -> Option<Part<'_>> {
        let mut index = 0;
        while index < self.parts.len() {
            if equal(self.parts[index].name.as_str(), name) {
                return Some(self.parts[index]);
            }
            index += 1;
        }
        None
    }
}

/// A source list: what is inherited, then what is added to it; `'none'` for nothing.
const fn write_list(out: &mut ConstText<'_>, name: DirectiveName, inherited: &str, segments: &[&str]) {
    begin(out, name.as_str());
    let before = out.length();
    let mut tokens = Tokens::new(inherited);
    while let Some(token) = tokens.next_token() {
        // What is for scripts and styles may come from a fallback that is for all.
        let is_for_urls = !matches!(token.as_bytes(), [b'\'', ..]) || equal(token, "'self'");
        if is_for_urls || (name.has_inline_sources() && !is_none(token)) {
            push_word(out, token);
        }
    }
    let mut index = 0;
    while index < segments.len() {
        // A nonce is there once, whoever declares it.
        let is_known = equal(segments[index], crate::NONCE_HOLE) && contains(inherited, segments[index]);
        if !is_none(segments[index]) && !is_known {
            push_word(out, segments[index]);
        }
        index += 1;
    }
    if out.length() == before {
        out.push(" 'none'");
    }
}

const fn write_words(out: &mut ConstText<'_>, name: &str, segments: &[&str]) {
    begin(out, name);
    let mut index = 0;
    while index < segments.len() {
        push_word(out, segments[index]);
        index += 1;
    }
}

const fn begin(out: &mut ConstText<'_>, name: &str) {
    if out.length() > 0 {
        out.push("; ");
    }
    out.push(name);
}

const fn push_word(out: &mut ConstText<'_>, word: &str) {
    if !word.is_empty() {
        out.push(" ");
        out.push(word);
    }
}

const fn is_none(list: &str) -> bool {
    list.is_empty() || equal(list, "'none'")
}

/// Whether a token stands in a list of canonical text.
#[doc(hidden)]
#[must_use]
pub const fn contains(list: &str, wanted: &str) -> bool {
    let mut tokens = Tokens::new(list);
    while let Some(token) = tokens.next_token() {
        if equal(token, wanted) {
            return true;
        }
    }
    false
}

/// Names and values of the directives in the canonical text of a policy.
#[doc(hidden)]
pub fn directives(policy: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = policy;
    core::iter::from_fn(move || next_directive(&mut rest))
}

/// The value of a directive in the canonical text of a policy; empty for one without a value, `None` where it is missing.
#[doc(hidden)]
#[must_use]
pub const fn directive_value<'a>(policy: &'a str, wanted: &str) -> Option<&'a str> {
    let mut rest = policy;
    while let Some((name, value)) = next_directive(&mut rest) {
        if equal(name, wanted) {
            return Some(value);
        }
    }
    None
}

/// What a policy in canonical text has for a directive, or for what it falls back to; empty for nothing.
const fn inherited(policy: &str, name: DirectiveName) -> &str {
    if let Some(value) = directive_value(policy, name.as_str()) {
        return value;
    }
    let fallbacks = name.fallbacks();
    let mut index = 0;
    while index < fallbacks.len() {
        if let Some(value) = directive_value(policy, fallbacks[index].as_str()) {
            return value;
        }
        index += 1;
    }
    ""
}

/// The directive that decides for connections, whole: `connect-src` or `default-src`; empty if there is neither. `policy`
/// is canonical text.
#[doc(hidden)]
#[must_use]
pub const fn connect_directive(policy: &str) -> &str {
    let mut fallback = "";
    let mut rest = policy;
    loop {
        let line = rest;
        let Some((name, value)) = next_directive(&mut rest) else { return fallback };
        let length = if value.is_empty() { name.len() } else { name.len() + 1 + value.len() };
        let line = line.split_at(length).0;
        if equal(name, "connect-src") {
            return line;
        }
        if equal(name, "default-src") {
            fallback = line;
        }
    }
}

/// What stands behind the name of a directive; empty for `'none'`.
#[doc(hidden)]
#[must_use]
pub const fn source_list(directive: &str) -> &str {
    let mut tokens = Tokens::new(directive);
    let name = match tokens.next_token() {
        Some(name) if name.len() < directive.len() => name.len() + 1,
        _ => return "",
    };
    let list = directive.split_at(name).1;
    if matches!(list.as_bytes(), b"'none'") { "" } else { list }
}

/// Name and value of the first directive; `rest` is what follows.
const fn next_directive<'a>(rest: &mut &'a str) -> Option<(&'a str, &'a str)> {
    let text = *rest;
    if text.is_empty() {
        return None;
    }
    let bytes = text.as_bytes();
    let mut end = 0;
    let mut blank = None;
    while end < bytes.len() && bytes[end] != b';' {
        if bytes[end] == b' ' && blank.is_none() {
            blank = Some(end);
        }
        end += 1;
    }
    let (line, tail) = text.split_at(end);
    // `; ` stands between two.
    *rest = if tail.len() > 2 { tail.split_at(2).1 } else { "" };
    Some(match blank {
        Some(blank) => (line.split_at(blank).0, line.split_at(blank + 1).1),
        None => (line, ""),
    })
}
