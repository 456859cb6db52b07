//! The code in a template of Angular's, which a decorator has within it or in a file of its own.

use html5gum::emitters::default::Token;

use super::code::{Piece, blocks, interpolations, is_of_angular, of_angular};
use super::elements::{Element, Template};
use super::markup::written_at;
use super::tokens::{Rules, tokens};

/// The code in a template that may call something.
pub(crate) fn pieces(template: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    // The end of the last tag, unless it opened something that is no text.
    let mut text = Some(0);
    let look = |from: Option<usize>, to: usize, pieces: &mut Vec<Piece>| {
        let Some((start, text)) = from.and_then(|from| Some((from, template.get(from..to)?))) else { return };
        pieces.extend(interpolations(text).into_iter().chain(blocks(text)).map(|piece| piece.moved(start)));
    };
    for token in tokens(template, Rules::Component).tokens {
        match token {
            Token::StartTag(tag) => {
                look(text, tag.span.start, &mut pieces);
                for (name, value) in &tag.attributes {
                    let Some(start) = written_at(template, value) else { continue };
                    let Ok(value) = std::str::from_utf8(value) else { continue };
                    pieces.extend(of_angular(name, value).map(|piece| piece.moved(start)));
                }
                text = (!matches!(&tag.name[..], b"script" | b"style")).then_some(tag.span.end);
            }
            Token::EndTag(tag) => {
                look(text, tag.span.start, &mut pieces);
                text = Some(tag.span.end);
            }
            Token::Comment(comment) => {
                look(text, comment.span.start, &mut pieces);
                text = Some(comment.span.end);
            }
            _ => {}
        }
    }
    look(text, template.len(), &mut pieces);
    pieces
}

/// The elements of a template that stand for components.
pub(crate) fn elements(template: &str) -> Vec<Element> {
    let elements = tokens(template, Rules::Component).tokens.into_iter().filter_map(|token| {
        let Token::StartTag(tag) = token else { return None };
        Element::of(template.get(tag.span.start..tag.span.end)?, tag.span.start, Template::Angular)
    });
    elements.collect()
}

/// Whether a page is a template of Angular's, as far as a glance tells.
pub(crate) fn is_template(names: impl IntoIterator<Item = impl AsRef<[u8]>>) -> bool {
    names.into_iter().any(|name| is_of_angular(name.as_ref()))
}
