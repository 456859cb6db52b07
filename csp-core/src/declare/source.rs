//! The strict parser of one source: whatever a browser would drop, cut or read in two ways is a mistake.

use super::characters::check_characters;
use super::effect::check_effect;
use super::keyword::keyword;
use super::mistake::{Mistake, Parsed};
use super::scheme::{Split, split_scheme};
use super::separators::check_separators;
use super::{SourceError, SourceErrorKind as Kind, authority, path};
use crate::{DirectiveName, HostPart, HostSource, PathPart, PortPart, SourceExpression};

impl<'a> SourceExpression<'a> {
    /// Reads a source of a declaration of `connect-src`.
    ///
    /// Only canonical text is admitted, with a scheme, so that every browser reads it alike. `'none'` is a list, not a
    /// source.
    ///
    /// # Errors
    ///
    /// What is wrong, where, and what to write instead.
    pub fn declare(text: &'a str) -> Result<Self, SourceError> {
        Self::declare_in(DirectiveName::ConnectSrc, text)
    }

    /// Reads a source of a declaration of a directive: as [`declare`](Self::declare), and what has no effect in that
    /// directive is a mistake.
    ///
    /// ```
    /// use csp_core::{DirectiveName, SourceExpression};
    ///
    /// assert!(SourceExpression::declare_in(DirectiveName::ScriptSrc, "'strict-dynamic'").is_ok());
    /// let error = SourceExpression::declare_in(DirectiveName::ImgSrc, "'strict-dynamic'").unwrap_err();
    /// assert_eq!(error.to_string(), "source `'strict-dynamic'` has no effect in img-src");
    /// ```
    ///
    /// # Errors
    ///
    /// What is wrong, where, and what to write instead.
    pub fn declare_in(directive: DirectiveName, text: &'a str) -> Result<Self, SourceError> {
        parse(directive, text).map_err(|mistake| mistake.into_error(directive, text))
    }
}

pub(super) fn parse(directive: DirectiveName, text: &str) -> Parsed<SourceExpression<'_>> {
    if is_usual(text)
        && let Some(source) = SourceExpression::parse(text)
    {
        check_effect(directive, &source, text)?;
        return Ok(source);
    }
    let source = parse_unusual(directive, text)?;
    check_effect(directive, &source, text)?;
    Ok(source)
}

fn parse_unusual(directive: DirectiveName, text: &str) -> Parsed<SourceExpression<'_>> {
    check_characters(directive, text)?;
    check_separators(directive, text)?;
    if let Some(result) = keyword(directive, text) {
        return result;
    }
    if text == "*" {
        let host = HostPart::Any;
        return Ok(SourceExpression::Host(HostSource {
            scheme: None,
            host,
            port: PortPart::Default,
            path: PathPart::EMPTY,
        }));
    }
    if let Some(position) = text.find('\\') {
        return Err(Mistake::new(
            Kind::Backslash,
            position..position + 1,
            "has a backslash",
            "URL parsers read a backslash as a slash, the parsers of policies do not",
        )
        .fix(text.replace('\\', "/")));
    }
    let (scheme, rest) = match split_scheme(text)? {
        Split::SchemeSource(scheme) => return Ok(SourceExpression::Scheme(scheme)),
        Split::Scheme(scheme, rest) => (scheme, rest),
    };
    let offset = text.len() - rest.len();
    let (authority_text, tail) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let (host, port) = authority::parse(text, offset, authority_text)?;
    let path = path::parse(text, offset + authority_text.len(), tail)?;
    if host == HostPart::Any && !path.is_empty() {
        return Err(Mistake::new(
            Kind::PathOnAnyHost,
            offset + authority_text.len()..text.len(),
            "has a path on every host",
            "browsers disagree: some ignore such a source, some match the path on every host",
        )
        .advice("list the hosts, each with the path"));
    }
    Ok(SourceExpression::Host(HostSource { scheme: Some(scheme), host, port, path }))
}

/// Whether the text is a scheme and a name in the usual spelling, and so has none of the mistakes that are looked for
/// below. Proc macros run without optimisation: long lists compile in a fraction of the time.
fn is_usual(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut start = match bytes {
        [b'h', b't', b't', b'p', b's', b':', b'/', b'/', ..] => 8,
        [b'w', b's', b's', b':', b'/', b'/', ..] => 6,
        _ => return false,
    };
    if let Some([b'*', b'.']) = bytes.get(start..start + 2) {
        start += 2;
    }
    if bytes.len() > start + 253 {
        return false;
    }
    let mut label = start;
    let mut index = start;
    while index < bytes.len() {
        match bytes[index] {
            b'a'..=b'z' | b'0'..=b'9' | b'-' if index - label < 63 => {}
            b'.' if index > label => label = index + 1,
            _ => return false,
        }
        index += 1;
    }
    // A last label that begins with a digit may be an address.
    bytes.get(label).is_some_and(u8::is_ascii_lowercase)
}
