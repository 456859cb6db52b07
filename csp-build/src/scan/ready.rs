//! From a file to its summary: looked at, read, parsed, each only where it is needed and not known.

use std::io;
use std::path::Path;

use oxc_span::SourceType;

use super::angular;
use super::astro;
use super::cache::Cache;
use super::code::Piece;
use super::elements::Template;
use super::language::{Language, Markup};
use super::markup;
use super::prefilter::Glance;
use super::report::{Reason, ReasonCode};
use super::server_template;
use super::summary::{self, CallSite, Expr, OfTemplate, Parsed, Summary};
use crate::hash::{Key, key};
use crate::walk::{Source, read};

/// A file that was looked at.
pub(super) struct Seen {
    pub(super) key: Key,
    pub(super) glance: Glance,
    pub(super) is_fresh: bool,
    /// What was read, where it is parsed at once.
    pub(super) bytes: Option<Vec<u8>>,
}

/// A file with its summary.
pub(super) struct Ready {
    pub(super) key: Key,
    pub(super) text: String,
    pub(super) parsed: Parsed,
    pub(super) is_fresh: bool,
    /// Where it stops being UTF-8.
    pub(super) broken_at: Option<usize>,
}

/// What a text is read as is part of what it says.
pub(super) fn kind(path: &Path) -> String {
    path.extension().and_then(|extension| extension.to_str()).unwrap_or_default().to_ascii_lowercase()
}

pub(super) fn see(source: &Source, prefilter: impl Fn(&[u8], bool) -> Glance, cache: &Cache) -> io::Result<Seen> {
    let bytes = read(&source.path)?;
    let kind = kind(&source.path);
    let key = key(kind.as_bytes(), &bytes);
    let known = cache.glance(key);
    let is_fresh = known.is_none();
    let glance = known.unwrap_or_else(|| prefilter(&bytes, kind == "rs"));
    // To hold all files would take more time, in new pages of memory, than to read a few of them again.
    let bytes = glance.connects.then_some(bytes);
    Ok(Seen { key, glance, is_fresh, bytes })
}

/// Reads a file if it isn't held, and parses it if it isn't known.
pub(super) fn ready(path: &Path, seen: Option<&Seen>, cache: &Cache) -> io::Result<Ready> {
    let (key, bytes) = match seen.and_then(|seen| Some((seen.key, seen.bytes.clone()?))) {
        Some(held) => held,
        None => {
            let bytes = read(path)?;
            (key(kind(path).as_bytes(), &bytes), bytes)
        }
    };
    let (text, broken_at) = match String::from_utf8(bytes) {
        Ok(text) => (text, None),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            (String::from_utf8_lossy(error.as_bytes()).into_owned(), Some(at))
        }
    };
    let known = cache.parsed(key);
    let is_fresh = known.is_none();
    let parsed = known.unwrap_or_else(|| parse(path, &text));
    Ok(Ready { key, text, parsed, is_fresh, broken_at })
}

pub(super) fn parse(path: &Path, text: &str) -> Parsed {
    match Language::of(path) {
        Some(Language::Script(source_type)) => summary::script(text, source_type),
        Some(Language::Markup(markup)) => parse_markup(text, markup),
        Some(Language::Rust) => summary::rust(text),
        None => summary::json(text),
    }
}

fn parse_markup(text: &str, markup: Markup) -> Parsed {
    let document = markup::read(text, markup);
    // What a template calls may be a member of its component.
    let is_component = matches!(markup, Markup::Vue | Markup::Svelte);
    let pieces = document.blocks.iter().filter_map(|block| block.piece.clone());
    let of_template: Vec<Piece> = pieces.filter(|piece| is_component || piece.is_of_component).collect();
    let mut parsed = match document.script(text) {
        Some((script, source_type)) => {
            // The scripts of a page are none of its component.
            let template = Template::of(markup).filter(|_| !matches!(markup, Markup::Astro | Markup::Mdx));
            let elements: &[_] = if matches!(markup, Markup::Astro | Markup::Mdx) { &[] } else { &document.elements };
            let of_template = OfTemplate { template, code: &of_template, elements };
            let parsed = summary::component(&script, source_type, of_template);
            // A page that isn't whole before a server has filled it.
            let masked = (parsed.problem.is_some() && markup.is_page()).then(|| server_template::mask(&script));
            let filled = masked.flatten().map(|script| summary::component(&script, source_type, of_template));
            filled.filter(|filled| filled.problem.is_none()).unwrap_or(parsed)
        }
        None => Parsed { summary: Summary::default(), problem: None },
    };
    if matches!(markup, Markup::Astro | Markup::Mdx) {
        let shown = if markup == Markup::Astro { astro::without_comments(text) } else { text.to_owned() };
        let (script, kind) = document.of_server(&shown).unwrap_or_else(|| (String::new(), SourceType::ts()));
        let mut page = astro::summary(&script, kind, &document.elements, markup);
        astro::with_scripts(&mut page.summary, parsed.summary);
        parsed = Parsed { summary: page.summary, problem: parsed.problem.or(page.problem) };
    }
    if let (None, Some(at)) = (&parsed.problem, document.broken) {
        let reason = Reason::new(ReasonCode::SyntaxError, "code in a tag that can't be parsed");
        parsed.problem = Some((reason, at));
    }
    if document.is_of_angular {
        summary::template(&mut parsed.summary, text, &angular::pieces(text), &angular::elements(text));
    }
    let maps = document.import_maps.into_iter().filter_map(|range| text.get(range)).map(str::to_owned);
    let maps = maps.map(|map| (summary::IMPORT_MAP, map));
    for (name, value) in document.scripts.into_iter().map(|source| (summary::SCRIPTS, source)).chain(maps) {
        let target = parsed.summary.add(Expr::Global(name.to_owned()));
        let value = parsed.summary.add(Expr::Text(value));
        parsed.summary.assignments.push((target, value));
    }
    for attribute in document.attributes {
        let expression = server_template::text(&mut parsed.summary, &attribute.url);
        let site = CallSite::new(expression, attribute.at);
        parsed.summary.direct.push((attribute.sink.to_owned(), site));
    }
    parsed.summary.comments.extend(document.comments.into_iter().filter(|(comment, _)| comment.contains("csp-")));
    parsed
}
