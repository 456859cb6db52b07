//! The scripts, the code in tags and the connecting attributes of HTML, Vue, Svelte and Astro.

use std::collections::HashSet;
use std::ops::Range;

use html5gum::emitters::default::{StartTag, Token};
use html5gum::{HtmlString, Spanned};
use oxc_span::SourceType;

use super::angular;
use super::astro;
use super::code::{self, Piece};
use super::connecting;
use super::elements::{Element, Template};
use super::htmx;
use super::language::{Markup, of_script};
use super::mdx;
use super::server_template;
use super::summary::is_script;
use super::template::mask;
use super::tokens::{Rules, Tokens, is_closed, tokens};

/// A script, as the range of bytes it takes in its file.
#[derive(Debug)]
pub(crate) struct Block {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) source_type: SourceType,
    /// Code in a tag or a text of a template; an expression needs brackets to stand alone.
    pub(crate) piece: Option<Piece>,
}

impl Block {
    pub(crate) fn script(start: usize, end: usize, source_type: SourceType) -> Self {
        Self { start, end, source_type, piece: None }
    }
}

/// A URL in an attribute that a browser connects to.
#[derive(Debug)]
pub(crate) struct Attribute {
    pub(crate) sink: &'static str,
    pub(crate) url: String,
    pub(crate) at: usize,
}

/// What counts of a document.
#[derive(Debug, Default)]
pub(crate) struct Document {
    pub(crate) blocks: Vec<Block>,
    pub(crate) attributes: Vec<Attribute>,
    /// The elements that stand for other components.
    pub(crate) elements: Vec<Element>,
    /// Where the first code in its tags stands that can't be parsed.
    pub(crate) broken: Option<usize>,
    /// The addresses of script elements.
    pub(crate) scripts: Vec<String>,
    /// Import maps, as the ranges of bytes they take.
    pub(crate) import_maps: Vec<Range<usize>>,
    /// It is a template of Angular's.
    pub(crate) is_of_angular: bool,
    /// What runs where the page is made: front matter, and the code in its markup. Of MDX, all code.
    pub(crate) server: Vec<Block>,
    /// The text and the start of each comment.
    pub(crate) comments: Vec<(String, usize)>,
}

impl Document {
    /// All scripts as one, each where it stands in the file: scripts of a page share their globals, and those of a
    /// component their scope.
    pub(crate) fn script(&self, text: &str) -> Option<(String, SourceType)> {
        joined(&self.blocks, text)
    }

    /// The same of what runs where the page is made.
    pub(crate) fn of_server(&self, text: &str) -> Option<(String, SourceType)> {
        joined(&self.server, text)
    }
}

fn joined(blocks: &[Block], text: &str) -> Option<(String, SourceType)> {
    let first = blocks.first()?;
    let typed = blocks.iter().map(|block| block.source_type).find(|kind| kind.is_typescript());
    let mut bytes: Vec<u8> = text.bytes().map(|byte| if byte == b'\n' { byte } else { b' ' }).collect();
    for block in blocks {
        if let (Some(to), Some(from)) = (bytes.get_mut(block.start..block.end), text.get(block.start..block.end)) {
            to.copy_from_slice(from.as_bytes());
        }
        if block.piece.as_ref().is_some_and(|piece| piece.is_expression) {
            if let [before @ b' ', bracket @ b' '] = bytes.get_mut(block.start - 2..block.start).unwrap_or_default() {
                (*before, *bracket) = (b';', b'(');
            }
            match bytes.get_mut(block.end..).unwrap_or_default() {
                [bracket, statement @ b' ', ..] => (*bracket, *statement) = (b')', b';'),
                [bracket, ..] => *bracket = b')',
                [] => {}
            }
            continue;
        }
        // An expression before it may have had no room for its end.
        if let (true, Some(before @ b' ')) = (block.piece.is_some(), bytes.get_mut(block.start.wrapping_sub(1))) {
            *before = b';';
        }
        // What ends a script ends its last comment and statement. Behind a handler there may be room for one of the two.
        match bytes.get_mut(block.end..).unwrap_or_default() {
            [comment @ b' ', statement @ b' ', ..] => (*comment, *statement) = (b'\n', b';'),
            [statement @ b' ', ..] => *statement = b';',
            _ => {}
        }
    }
    String::from_utf8(bytes).ok().map(|script| (script, typed.unwrap_or(first.source_type)))
}

pub(crate) fn read(text: &str, markup: Markup) -> Document {
    let front_matter = if markup == Markup::Astro { astro::front_matter(text) } else { 0..0 };
    let skipped = front_matter.end;
    let body = text.get(skipped..).unwrap_or_default();
    let mdx = (markup == Markup::Mdx).then(|| mdx::Document::of(text));
    let masked = match markup {
        Markup::Mdx => mdx.as_ref().map(|mdx| astro::mask(&mdx.text)),
        Markup::Svelte => Some(mask(body)),
        Markup::Astro => Some(astro::mask(body)),
        Markup::Html | Markup::Xhtml | Markup::Vue => None,
    };
    let (body, expressions) = match &masked {
        Some(masked) => (masked.text.as_str(), masked.expressions.as_slice()),
        None => (body, &[][..]),
    };
    let Tokens { tokens, lost } = tokens(body, Rules::of(markup));
    let mut document = Document::default();
    let mut code = expressions.to_vec();
    // Where the text behind the last tag starts.
    let mut behind = 0;
    // The script that is open, and where its text starts.
    let mut script: Option<(usize, Option<SourceType>)> = None;
    let mut is_import_map = false;
    for token in tokens {
        match token {
            Token::StartTag(tag) => {
                let at = skipped + tag.span.start;
                code.extend(texts(markup, body, behind..tag.span.start, script.is_some()));
                behind = tag.span.end;
                document.is_of_angular |= markup.is_page() && angular::is_template(tag.attributes.keys());
                let value = |name: &[u8]| attribute(&tag, name);
                if *tag.name == b"script" && (markup == Markup::Html || !is_closed(&tag, body)) {
                    let kind = value(b"type");
                    let lang = value(b"lang");
                    let language = of_script(markup, kind.as_deref(), lang.as_deref(), value(b"src").is_some());
                    script = Some((skipped + tag.span.end, language));
                    is_import_map = kind.is_some_and(|kind| kind.trim().eq_ignore_ascii_case("importmap"));
                    document.scripts.extend(value(b"src"));
                }
                let template = Template::of(markup).or_else(|| is_bound(&tag).then_some(Template::Vue));
                if let (Some(template), Some(written)) = (template, text.get(at..skipped + tag.span.end)) {
                    document.elements.extend(Element::of(written, at, template));
                }
                connecting(&tag, at, &mut document.attributes);
                // In components what an element is given may be code.
                if markup.is_page() {
                    let calls = connecting::calls(&tag).into_iter();
                    document.attributes.extend(calls.map(|(sink, url)| Attribute { sink, url, at }));
                }
                code.extend(handlers(&tag, markup, body).map(|piece| piece.moved(skipped)));
            }
            Token::EndTag(tag) => {
                code.extend(texts(markup, body, behind..tag.span.start, script.is_some()));
                behind = tag.span.end;
                if *tag.name == b"script"
                    && let Some((start, language)) = script.take()
                {
                    let end = skipped + tag.span.start;
                    match language {
                        Some(source_type) => document.blocks.push(Block::script(start, end, source_type)),
                        None if is_import_map => document.import_maps.push(start..end),
                        None => {}
                    }
                }
            }
            Token::Comment(comment) => {
                code.extend(texts(markup, body, behind..comment.span.start, script.is_some()));
                behind = comment.span.end;
                let text = String::from_utf8_lossy(&comment.value).into_owned();
                document.comments.push((text, skipped + comment.span.start));
            }
            _ => {}
        }
    }
    if let Some((start, Some(source_type))) = script {
        document.blocks.push(Block::script(start, text.len(), source_type));
    }
    if let Some(mdx) = mdx {
        document.server = mdx.blocks(text, &mut document.elements);
    } else if markup == Markup::Astro {
        document.server = astro::of_server(&astro::without_comments(text), front_matter, &mut document.elements);
    }
    // As the component's script is written, so is the code in its template. What is none would take the rest with it.
    let of_script = document.blocks.iter().map(|block| block.source_type).find(|kind| kind.is_typescript());
    let source_type = match markup {
        Markup::Html | Markup::Xhtml | Markup::Astro | Markup::Mdx => SourceType::unambiguous().with_jsx(true),
        Markup::Vue | Markup::Svelte => of_script.unwrap_or(SourceType::mjs()),
    };
    let (code, broken): (Vec<Piece>, Vec<Piece>) =
        code.into_iter().partition(|piece| is_code(text, piece, source_type));
    document.broken = broken.first().map(|piece| piece.range.start).or(lost.map(|at| skipped + at));
    // What components are given is looked at where it is code by itself.
    let known: HashSet<usize> = code.iter().map(|piece| piece.range.start).collect();
    let elements = document.elements.iter().filter(|_| !matches!(markup, Markup::Astro | Markup::Mdx));
    let given = elements.flat_map(Element::pieces).filter(|piece| !known.contains(&piece.range.start));
    let given = given.filter(|piece| is_code(text, piece, source_type));
    let given: Vec<Piece> = given.map(|piece| Piece { is_of_component: true, ..piece.clone() }).collect();
    let code = code.into_iter().chain(given);
    document.blocks.extend(code.map(|piece| Block {
        piece: Some(piece.clone()),
        ..Block::script(piece.range.start, piece.range.end, source_type)
    }));
    document.blocks.retain(|block| block.start <= block.end && text.get(block.start..block.end).is_some());
    document
}

fn attribute(tag: &StartTag<usize>, name: &[u8]) -> Option<String> {
    tag.attributes.get(name).map(|value| String::from_utf8_lossy(value).into_owned())
}

/// Whether an element of a page is one that connects where code says.
fn is_bound(tag: &StartTag<usize>) -> bool {
    let is_bound = |name: &HtmlString| name.starts_with(b":") || name.starts_with(b"v-bind:");
    tag.attributes.keys().any(is_bound)
        && std::str::from_utf8(&tag.name).is_ok_and(|name| connecting::of_element(name, std::iter::empty()).is_some())
}

/// `ping` sends a request on a click; a preload of a fetch is one.
fn connecting(tag: &StartTag<usize>, at: usize, attributes: &mut Vec<Attribute>) {
    let value = |name: &[u8]| attribute(tag, name);
    attributes.extend(htmx::calls(tag).map(|(sink, url)| Attribute { sink, url, at }));
    match &tag.name[..] {
        b"a" | b"area" => {
            for url in value(b"ping").unwrap_or_default().split_ascii_whitespace() {
                attributes.push(Attribute { sink: "ping", url: url.to_owned(), at });
            }
        }
        b"link" => {
            let is_preload = value(b"rel")
                .is_some_and(|rel| rel.split_ascii_whitespace().any(|word| word.eq_ignore_ascii_case("preload")));
            let is_fetch = value(b"as").is_some_and(|kind| kind.trim().eq_ignore_ascii_case("fetch"));
            if let (true, true, Some(url)) = (is_preload, is_fetch, value(b"href")) {
                attributes.push(Attribute { sink: "preload", url, at });
            }
        }
        _ => {}
    }
}

/// Event handlers are scripts, and so are the bindings of frameworks.
fn code_of(markup: Markup, name: &[u8], value: &str) -> Option<Piece> {
    match markup {
        Markup::Html | Markup::Xhtml | Markup::Astro => {
            let is_handler = name.starts_with(b"on") && name[2..].iter().all(u8::is_ascii_lowercase) && name.len() > 3;
            // What Astro puts in is code of its page.
            let is_masked = markup == Markup::Astro && astro::is_masked(value);
            if is_masked {
                None
            } else if is_handler {
                Some(Piece::statements(0..value.len()))
            } else {
                // Other languages have attributes of such names, too.
                code::of_page(name, value).filter(|piece| name.starts_with(b"x-") || is_own_code(value, piece))
            }
        }
        Markup::Vue => code::of_vue(name, value),
        // Their handlers are expressions in braces.
        Markup::Mdx | Markup::Svelte => None,
    }
}

/// Where the code in a tag's attributes stands, as it is written.
fn handlers(tag: &StartTag<usize>, markup: Markup, body: &str) -> impl Iterator<Item = Piece> {
    tag.attributes.iter().filter_map(move |(name, value)| {
        let piece = code_of(markup, name, std::str::from_utf8(value).ok()?)?;
        Some(piece.moved(written_at(body, value)?))
    })
}

/// Where the value of an attribute stands. Where the text in the file is not the value, a character reference stands in it.
pub(crate) fn written_at(body: &str, value: &Spanned<HtmlString, usize>) -> Option<usize> {
    let written = body.get(value.span.start..value.span.end)?;
    let within = written.rfind(std::str::from_utf8(value).ok()?)?;
    Some(value.span.start + within)
}

/// The code in a text of Vue's templates.
fn texts(markup: Markup, body: &str, range: Range<usize>, is_script: bool) -> Vec<Piece> {
    let text = body.get(range.clone()).filter(|_| markup == Markup::Vue && !is_script).unwrap_or_default();
    code::interpolations(text).into_iter().map(|piece| piece.moved(range.start)).collect()
}

/// Whether all of an attribute is code.
fn is_own_code(value: &str, piece: &Piece) -> bool {
    let code = value.get(piece.range.clone()).unwrap_or_default();
    let code = if piece.is_expression { format!("({code})") } else { code.to_owned() };
    let is_code = |code: &str| is_script(code, SourceType::unambiguous());
    is_code(&code) || server_template::mask(&code).is_some_and(|masked| is_code(&masked))
}

/// Whether a piece of code can be parsed, and there is room around it for what it needs to stand alone.
pub(crate) fn is_code(text: &str, piece: &Piece, source_type: SourceType) -> bool {
    let Some(code) = text.get(piece.range.clone()) else { return false };
    if !piece.is_expression {
        return is_script(code, source_type)
            || server_template::mask(code).is_some_and(|masked| is_script(&masked, source_type));
    }
    let has_room = piece.range.start >= 2
        && text.as_bytes().get(piece.range.start - 2..piece.range.start).is_some_and(|before| !before.contains(&b'\n'))
        && text.as_bytes().get(piece.range.end).is_some_and(|&behind| behind != b'\n');
    let is_code = |code: &str| is_script(&format!("({code})"), source_type);
    has_room && (is_code(code) || server_template::mask(code).is_some_and(|masked| is_code(&masked)))
}

/// The code in a template of Vue's that is a text of a script.
pub(crate) fn pieces_of_vue(template: &str) -> Vec<Piece> {
    let (mut pieces, mut behind) = (Vec::new(), 0);
    for token in tokens(template, Rules::Component).tokens {
        let span = match &token {
            Token::StartTag(tag) => {
                pieces.extend(handlers(tag, Markup::Vue, template));
                tag.span
            }
            Token::EndTag(tag) => tag.span,
            Token::Comment(comment) => comment.span,
            _ => continue,
        };
        pieces.extend(texts(Markup::Vue, template, behind..span.start, false));
        behind = span.end;
    }
    pieces
}

/// The elements of such a template that stand for components.
pub(crate) fn elements_of_vue(template: &str) -> Vec<Element> {
    let elements = tokens(template, Rules::Component).tokens.into_iter().filter_map(|token| {
        let Token::StartTag(tag) = token else { return None };
        Element::of(template.get(tag.span.start..tag.span.end)?, tag.span.start, Template::Vue)
    });
    elements.collect()
}
