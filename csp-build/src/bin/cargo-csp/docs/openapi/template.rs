//! The URL templates of servers: `https://{region}.example.com/{version}`.

use std::collections::BTreeMap;

use csp_core::{excerpt, visible};
use url::Url;

use super::super::destination::{Destination, PAGE};

/// The most URLs that one template is expanded to.
const MOST: usize = 1_000;

/// The values of a variable.
#[derive(Default)]
pub(super) struct Variable {
    /// Those that it may have; empty if any.
    pub(super) values: Vec<String>,
    pub(super) default: Option<String>,
}

/// What a template comes to.
#[derive(Default)]
pub(super) struct Expanded {
    pub(super) servers: Vec<Base>,
    /// What is not known.
    pub(super) unresolved: Vec<String>,
}

/// A URL that operations are below.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Base {
    /// As far as it is certain.
    pub(super) destination: Destination,
    /// With the defaults of variables that may be anything.
    pub(super) shown: String,
}

/// A URL, up to where the template has been read.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Known {
    text: String,
    /// How much of it is certain, if not all.
    certain: Option<usize>,
}

impl Expanded {
    pub(super) fn of(template: &str, variables: &BTreeMap<String, Variable>) -> Self {
        let mut found = Self::default();
        let mut known = vec![Known { text: String::new(), certain: None }];
        let mut rest = template;
        while let Some((literal, name, after)) = split_variable(rest) {
            for known in &mut known {
                known.text.push_str(literal);
            }
            known = found.fill_in(known, name, variables.get(name));
            if known.len() > MOST {
                found.unresolved.push(format!("`{}` comes to more than {MOST} URLs", excerpt(template)));
                known.clear();
            }
            rest = after;
        }
        for known in &mut known {
            known.text.push_str(rest);
        }
        known.sort();
        known.dedup();
        for known in known {
            match known.base() {
                Ok(base) => found.servers.push(base),
                Err(problem) => found.unresolved.push(problem),
            }
        }
        found.servers.sort();
        found.servers.dedup();
        found.unresolved.sort();
        found.unresolved.dedup();
        found
    }

    fn fill_in(&mut self, known: Vec<Known>, name: &str, variable: Option<&Variable>) -> Vec<Known> {
        let mut filled = Vec::new();
        for known in known {
            let append = |value: &String| Known { text: format!("{}{value}", known.text), ..known };
            let is_path = has_origin(&known.text);
            let certain = known.certain.or(Some(known.text.len()));
            match variable {
                Some(Variable { values, .. }) if !values.is_empty() => filled.extend(values.iter().map(append)),
                Some(Variable { default: Some(default), .. }) if is_path => {
                    filled.push(Known { certain, ..append(default) });
                }
                _ if is_path => filled.push(Known { text: format!("{}{{{name}}}", known.text), certain }),
                Some(Variable { default: Some(default), .. }) => {
                    let name = visible(name);
                    self.unresolved
                        .push(format!("`{{{name}}}` may be anything: without an `enum` only its default is known"));
                    filled.push(append(default));
                }
                _ => self.unresolved.push(format!("`{{{}}}` has neither an `enum` nor a default", visible(name))),
            }
        }
        filled
    }
}

/// The text before the first variable, its name, and the rest.
fn split_variable(text: &str) -> Option<(&str, &str, &str)> {
    let (literal, rest) = text.split_once('{')?;
    let (name, rest) = rest.split_once('}')?;
    Some((literal, name, rest))
}

/// Whether a text goes on after its origin, so that nothing appended changes it.
pub(super) fn has_origin(text: &str) -> bool {
    match text.split_once("://") {
        Some((_, rest)) => rest.contains(['/', '?', '#']),
        None => text.starts_with('/') && !text.starts_with("//") && text.len() > 1,
    }
}

impl Known {
    fn base(&self) -> Result<Base, String> {
        let whole = Destination::whole(parse(&self.text)?);
        let shown = whole.shown();
        let destination = match self.certain.and_then(|length| self.text.get(..length)) {
            Some(certain) => Destination::below(parse(certain)?),
            None => whole,
        };
        Ok(Base { destination, shown })
    }
}

/// Reads a URL of a document; a relative one is one of the page's own origin. Nothing is repaired.
pub(super) fn parse(text: &str) -> Result<Url, String> {
    let shown = excerpt(text);
    if text.chars().any(|character| character.is_whitespace() || character.is_control() || character == '\\') {
        return Err(format!("`{shown}` is no URL: it has blanks, control characters or backslashes"));
    }
    if text.starts_with("//") {
        return Err(format!("`{shown}` has the scheme of whatever names it: write the scheme"));
    }
    let url = match Url::parse(text) {
        Ok(url) => {
            if !matches!(url.scheme(), "http" | "https" | "ws" | "wss") {
                return Err(format!("`{shown}` has a scheme that connect-src doesn't govern"));
            }
            let has_slashes = text.get(url.scheme().len()..).is_some_and(|rest| rest.starts_with("://"));
            if !has_slashes || text.get(url.scheme().len() + 3..).is_some_and(|rest| rest.starts_with('/')) {
                return Err(format!("`{shown}` has no `//` and host after its scheme"));
            }
            url
        }
        Err(url::ParseError::RelativeUrlWithoutBase) => {
            let page = Url::parse(PAGE).and_then(|page| page.join(text));
            page.map_err(|error| format!("`{shown}` is no URL: {error}"))?
        }
        Err(error) => return Err(format!("`{shown}` is no URL: {error}")),
    };
    Ok(url)
}
