//! The elements of a template that stand for other components, and what those are given.

use std::iter;
use std::ops::Range;

use super::code::{Piece, without_pipes};
use super::connecting;
use super::language::Markup;
use super::template::closing;

/// An element that stands for a component.
#[derive(Debug)]
pub(crate) struct Element {
    /// As it is written.
    pub(crate) name: String,
    /// Where it stands in its file.
    pub(crate) at: usize,
    pub(crate) attributes: Vec<Attribute>,
}

/// An attribute that a component is given as a property.
#[derive(Debug)]
pub(crate) struct Attribute {
    /// The name of the property; without one, all members of the value are properties.
    pub(crate) name: Option<String>,
    pub(crate) value: Vec<Part>,
}

/// A part of an attribute's value.
#[derive(Debug)]
pub(crate) enum Part {
    Text(String),
    Code(Piece),
}

impl Element {
    /// The element of a start tag, by its text in the file; nothing for elements of HTML, and such without properties.
    pub(crate) fn of(tag: &str, at: usize, template: Template) -> Option<Self> {
        let name_end = tag.find(|next: char| next.is_whitespace() || matches!(next, '/' | '>')).unwrap_or(tag.len());
        let name = tag.get(1..name_end)?;
        let is_component = match template {
            Template::Vue => name.contains('-') || name.contains(|next: char| next.is_ascii_uppercase()),
            Template::Astro | Template::Mdx | Template::Svelte => {
                name.contains('.') || name.starts_with(|first: char| first.is_ascii_uppercase())
            }
            Template::Angular => name.contains('-'),
        };
        let is_component = is_component
            || connecting::of_element(name, iter::empty()).is_some()
            // What a script of a page of Astro is given.
            || template == Template::Astro && name == "script";
        if !is_component {
            return None;
        }
        let attributes: Vec<_> =
            written(tag, name_end).into_iter().filter_map(|written| attribute(tag, &written, at, template)).collect();
        (!attributes.is_empty()).then(|| Self { name: name.to_owned(), at, attributes })
    }

    /// A custom element in a template of Lit's. Values stand where `holes` do, each as a piece of code that takes its place.
    pub(crate) fn of_lit(tag: &str, at: usize, holes: &[Range<usize>]) -> Option<Self> {
        let name_end = tag.find(|next: char| next.is_whitespace() || matches!(next, '/' | '>')).unwrap_or(tag.len());
        let name = tag.get(1..name_end).filter(|name| name.contains('-'))?;
        let mut attributes = Vec::new();
        for attribute in written(tag, name_end) {
            let (Some(name), Some(value)) = (tag.get(attribute.name.clone()), attribute.value) else { continue };
            if name.starts_with(['@', '?']) {
                continue;
            }
            let (mut parts, mut from) = (Vec::new(), value.start);
            let text = |range: Range<usize>| tag.get(range).filter(|text| !text.is_empty());
            for hole in holes.iter().filter(|hole| hole.start >= at + value.start && hole.end <= at + value.end) {
                parts.extend(text(from..hole.start - at).map(|text| Part::Text(text.to_owned())));
                parts.push(Part::Code(Piece::expression(hole.clone())));
                from = hole.end - at;
            }
            parts.extend(text(from..value.end).map(|text| Part::Text(text.to_owned())));
            let name = name.strip_prefix('.').map_or_else(|| name.to_ascii_lowercase(), str::to_owned);
            attributes.push(Attribute { name: Some(name), value: parts });
        }
        (!attributes.is_empty()).then(|| Self { name: name.to_owned(), at, attributes })
    }

    /// The code in its attributes.
    pub(crate) fn pieces(&self) -> impl Iterator<Item = &Piece> {
        self.attributes.iter().flat_map(|attribute| &attribute.value).filter_map(|part| match part {
            Part::Code(piece) => Some(piece),
            Part::Text(_) => None,
        })
    }
}

/// The attribute of Astro's that gives a script variables of its page.
pub(crate) const VARIABLES: &str = "define:vars";

/// Whose template it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Template {
    Angular,
    Astro,
    /// As Astro, and what it calls it calls in the page.
    Mdx,
    Svelte,
    Vue,
}

impl Template {
    pub(crate) const fn of(markup: Markup) -> Option<Self> {
        match markup {
            Markup::Vue => Some(Self::Vue),
            Markup::Svelte => Some(Self::Svelte),
            Markup::Astro => Some(Self::Astro),
            Markup::Mdx => Some(Self::Mdx),
            Markup::Html | Markup::Xhtml => None,
        }
    }
}

/// An attribute as it is written: its name, and its value without quotes.
struct Written {
    name: Range<usize>,
    value: Option<Range<usize>>,
    is_quoted: bool,
}

/// The attributes of a tag. Braces are Svelte's; elsewhere none begins a name or a value.
fn written(tag: &str, from: usize) -> Vec<Written> {
    let bytes = tag.as_bytes();
    let (mut attributes, mut at) = (Vec::new(), from);
    let space = |at: &mut usize| {
        while bytes.get(*at).is_some_and(|byte| byte.is_ascii_whitespace() || *byte == b'/') {
            *at += 1;
        }
    };
    loop {
        space(&mut at);
        let start = at;
        match bytes.get(at) {
            None | Some(b'>') => return attributes,
            Some(b'{') => {
                let Some(end) = closing(bytes, at) else { return attributes };
                at = end + 1;
                attributes.push(Written { name: start..at, value: None, is_quoted: false });
                continue;
            }
            Some(_) => {}
        }
        at += 1;
        while bytes.get(at).is_some_and(|byte| !byte.is_ascii_whitespace() && !matches!(byte, b'=' | b'>')) {
            at += 1;
        }
        let name = start..at;
        while bytes.get(at).is_some_and(u8::is_ascii_whitespace) {
            at += 1;
        }
        if bytes.get(at) != Some(&b'=') {
            attributes.push(Written { name, value: None, is_quoted: false });
            continue;
        }
        at += 1;
        while bytes.get(at).is_some_and(u8::is_ascii_whitespace) {
            at += 1;
        }
        let (value, is_quoted) = match bytes.get(at) {
            Some(quote @ (b'"' | b'\'')) => {
                let start = at + 1;
                let length = bytes.get(start..).and_then(|rest| rest.iter().position(|byte| byte == quote));
                let Some(length) = length else { return attributes };
                at = start + length + 1;
                (start..start + length, true)
            }
            Some(b'`') if bytes[at + 1..].contains(&b'`') => {
                let start = at;
                at += 2 + bytes[at + 1..].iter().position(|&byte| byte == b'`').unwrap_or(0);
                (start..at, false)
            }
            Some(b'{') => {
                let Some(end) = closing(bytes, at) else { return attributes };
                let start = at;
                at = end + 1;
                (start..at, false)
            }
            _ => {
                let start = at;
                while bytes.get(at).is_some_and(|byte| !byte.is_ascii_whitespace() && *byte != b'>') {
                    at += 1;
                }
                (start..at, true)
            }
        };
        attributes.push(Written { name, value: Some(value), is_quoted });
    }
}

fn attribute(tag: &str, written: &Written, at: usize, template: Template) -> Option<Attribute> {
    let name = tag.get(written.name.clone())?;
    let value = written.value.clone();
    let code = |range: Range<usize>| Part::Code(Piece::expression(range).moved(at));
    let property = |name: &str, value: Vec<Part>| Some(Attribute { name: Some(name.to_owned()), value });
    let text = |range: Range<usize>| Some(Part::Text(tag.get(range)?.to_owned()));
    match template {
        Template::Vue => {
            let bound = [":", "v-bind:", "."].iter().find_map(|prefix| name.strip_prefix(prefix));
            match (bound, name) {
                (Some(bound), _) => {
                    let name = bound.split('.').next().unwrap_or(bound);
                    property(&camel_case(name), vec![code(value?)])
                }
                (None, "v-bind") => Some(Attribute { name: None, value: vec![code(value?)] }),
                (None, "class" | "id" | "key" | "ref" | "slot" | "style") => None,
                (None, name) if name.starts_with(['@', '#', 'v']) && (name.contains('-') || !name.starts_with('v')) => {
                    None
                }
                (None, name) => property(&camel_case(name), vec![text(value?)?]),
            }
        }
        Template::Astro | Template::Mdx | Template::Svelte => {
            let Some(value) = value else {
                let inside = written.name.start + 1..written.name.end - 1;
                let shorthand = name.strip_prefix('{')?.strip_suffix('}')?.trim();
                return match shorthand.strip_prefix("...") {
                    Some(_) => {
                        let start = tag.get(inside.clone())?.find("...")? + inside.start + 3;
                        Some(Attribute { name: None, value: vec![code(start..inside.end)] })
                    }
                    None => {
                        let piece = Piece::statements(inside).moved(at);
                        property(shorthand, vec![Part::Code(piece)])
                    }
                };
            };
            let name = name.strip_prefix("bind:").unwrap_or(name);
            if name.contains(':') && name != VARIABLES {
                return None;
            }
            // As the components of Vue want it.
            let camel = if template == Template::Astro { camel_case(name) } else { name.to_owned() };
            let name = camel.as_str();
            if !written.is_quoted && tag.get(value.clone())?.starts_with('`') {
                return property(name, vec![code(value)]);
            }
            if written.is_quoted && template != Template::Svelte {
                return property(name, vec![text(value)?]);
            }
            if !written.is_quoted {
                return property(name, vec![code(value.start + 1..value.end - 1)]);
            }
            let mut parts = Vec::new();
            let mut from = value.start;
            while let Some(open) = tag.get(from..value.end)?.find('{').map(|found| from + found) {
                let end = closing(tag.as_bytes(), open)?;
                parts.extend(text(from..open).filter(|_| open > from));
                parts.push(code(open + 1..end));
                from = end + 1;
            }
            parts.extend(text(from..value.end).filter(|_| value.end > from || parts.is_empty()));
            property(name, parts)
        }
        Template::Angular => {
            let value = value?;
            if let Some(bound) = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')) {
                let bound = bound.strip_prefix('(').and_then(|name| name.strip_suffix(')')).unwrap_or(bound);
                if bound.contains('.') {
                    return None;
                }
                return property(bound, vec![code(without_pipes(tag, value))]);
            }
            if name.starts_with(['(', '*', '#', '@']) || matches!(name, "class" | "id" | "slot" | "style") {
                return None;
            }
            let mut parts = Vec::new();
            let mut from = value.start;
            while let Some(open) = tag.get(from..value.end)?.find("{{").map(|found| from + found) {
                let end = open + tag.get(open..value.end)?.find("}}")?;
                parts.extend(text(from..open).filter(|_| open > from));
                parts.push(code(without_pipes(tag, open + 2..end)));
                from = end + 2;
            }
            parts.extend(text(from..value.end).filter(|_| value.end > from || parts.is_empty()));
            property(name, parts)
        }
    }
}

/// `base-url` as `baseUrl`
fn camel_case(name: &str) -> String {
    let mut parts = name.split('-');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |name, part| {
        let mut characters = part.chars();
        name + &characters.next().into_iter().flat_map(char::to_uppercase).collect::<String>() + characters.as_str()
    })
}

/// `iz-upload` as `IzUpload`
pub(crate) fn pascal_case(name: &str) -> String {
    let camel = camel_case(name);
    let mut characters = camel.chars();
    characters.next().into_iter().flat_map(char::to_uppercase).chain(characters).collect()
}

/// What the names begin with under which elements are looked up. No name of a script has a colon.
pub(crate) const ELEMENT: &str = "element:";

/// The name under which an element is looked up that no name of its script stands for: `IzUpload` and `iz-upload` are one.
pub(crate) fn global_name(name: &str) -> String {
    let mut global = ELEMENT.to_owned();
    for (place, character) in name.char_indices() {
        if character.is_ascii_uppercase() && place > 0 && !global.ends_with('-') {
            global.push('-');
        }
        global.extend(character.to_lowercase());
    }
    global
}
