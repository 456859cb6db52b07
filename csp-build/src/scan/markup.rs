//! The scripts and the connecting attributes of HTML, Vue, Svelte and Astro.

use html5gum::Tokenizer;
use html5gum::emitters::default::{DefaultEmitter, StartTag, Token};
use oxc_span::SourceType;

use super::language::{Markup, of_script};

/// A script, as the range of bytes it takes in its file.
#[derive(Debug)]
pub(crate) struct Block {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) source_type: SourceType,
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
    /// The text and the start of each comment.
    pub(crate) comments: Vec<(String, usize)>,
}

impl Document {
    /// All scripts as one, each where it stands in the file: scripts of a page share their globals, and those of a
    /// component their scope.
    pub(crate) fn script(&self, text: &str) -> Option<(String, SourceType)> {
        let first = self.blocks.first()?;
        let typed = self.blocks.iter().map(|block| block.source_type).find(|kind| kind.is_typescript());
        let mut bytes: Vec<u8> = text.bytes().map(|byte| if byte == b'\n' { byte } else { b' ' }).collect();
        for block in &self.blocks {
            if let (Some(to), Some(from)) = (bytes.get_mut(block.start..block.end), text.get(block.start..block.end)) {
                to.copy_from_slice(from.as_bytes());
            }
            // What ends a script ends its last comment and statement.
            for (at, end) in (block.end..text.len()).zip(*b"\n;") {
                if bytes.get(at) == Some(&b' ') {
                    bytes[at] = end;
                }
            }
        }
        String::from_utf8(bytes).ok().map(|script| (script, typed.unwrap_or(first.source_type)))
    }
}

pub(crate) fn read(text: &str, markup: Markup) -> Document {
    let skipped = if markup == Markup::Astro { frontmatter_end(text) } else { 0 };
    let body = text.get(skipped..).unwrap_or_default();
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    let mut document = Document::default();
    // The script that is open, and where its text starts.
    let mut script: Option<(usize, Option<SourceType>)> = None;
    for token in Tokenizer::new_with_emitter(body, emitter) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                let at = skipped + tag.span.start;
                let value = |name: &[u8]| attribute(&tag, name);
                if *tag.name == b"script" && !tag.self_closing {
                    let kind = value(b"type");
                    let lang = value(b"lang");
                    let language = of_script(markup, kind.as_deref(), lang.as_deref(), value(b"src").is_some());
                    script = Some((skipped + tag.span.end, language));
                }
                connecting(&tag, at, &mut document.attributes);
                handlers(&tag, skipped, body, &mut document.blocks);
            }
            Token::EndTag(tag) if *tag.name == b"script" => {
                if let Some((start, Some(source_type))) = script.take() {
                    document.blocks.push(Block { start, end: skipped + tag.span.start, source_type });
                }
            }
            Token::Comment(comment) => {
                let text = String::from_utf8_lossy(&comment.value).into_owned();
                document.comments.push((text, skipped + comment.span.start));
            }
            _ => {}
        }
    }
    if let Some((start, Some(source_type))) = script {
        document.blocks.push(Block { start, end: text.len(), source_type });
    }
    document.blocks.retain(|block| block.start <= block.end && text.get(block.start..block.end).is_some());
    document
}

fn attribute(tag: &StartTag<usize>, name: &[u8]) -> Option<String> {
    tag.attributes.get(name).map(|value| String::from_utf8_lossy(value).into_owned())
}

/// `ping` sends a request on a click; a preload of a fetch is one.
fn connecting(tag: &StartTag<usize>, at: usize, attributes: &mut Vec<Attribute>) {
    let value = |name: &[u8]| attribute(tag, name);
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

/// Event handlers are scripts.
fn handlers(tag: &StartTag<usize>, skipped: usize, body: &str, blocks: &mut Vec<Block>) {
    for (name, value) in &tag.attributes {
        if !(name.starts_with(b"on") && name[2..].iter().all(u8::is_ascii_lowercase) && name.len() > 3) {
            continue;
        }
        // Where the text in the file is not the value, a character reference stands in it.
        let written = body.get(value.span.start..value.span.end).unwrap_or_default();
        let Some(within) = std::str::from_utf8(value).ok().and_then(|value| written.rfind(value)) else { continue };
        let start = value.span.start + within;
        let end = start + value.len();
        blocks.push(Block {
            start: skipped + start,
            end: skipped + end,
            source_type: SourceType::unambiguous().with_jsx(true),
        });
    }
}

/// The part between two `---` runs on the server.
fn frontmatter_end(text: &str) -> usize {
    let start = text.len() - text.trim_start().len();
    let Some(rest) = text.get(start..).and_then(|text| text.strip_prefix("---")) else { return 0 };
    match rest.find("\n---") {
        Some(end) => start + 3 + end + 4,
        None => 0,
    }
}
