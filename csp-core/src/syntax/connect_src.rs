use alloc::format;
use alloc::vec::Vec;

use proc_macro2::{Delimiter, Spacing, Span, TokenStream, TokenTree};

use super::item::{parse_runtime, split_items};
use super::tokens::{flatten, is_punct, span_of};
use super::{DeclaredList, Errors, ItemHead};
use crate::DirectiveName;

/// What stands in `connect_src!(…)`.
///
/// ```
/// use csp_core::syntax::{ConnectSrc, ConnectSrcBody, Errors};
///
/// let mut errors = Errors::default();
/// let tokens = "pub static SHOP = [self, \"https://api.example.com\" => \"orders\"];".parse().unwrap();
/// let ConnectSrcBody::Items(items) = ConnectSrc::parse(tokens, &mut errors).body else { unreachable!() };
/// assert!(errors.is_empty());
/// assert_eq!(items[0].head.name, "SHOP");
/// assert_eq!(items[0].list.entries[1].reason.as_deref(), Some("orders"));
/// ```
pub struct ConnectSrc {
    /// Where the runtime is: `crate = path;`.
    pub runtime: Option<TokenStream>,
    /// The items, or the expression.
    pub body: ConnectSrcBody,
}

/// The two forms of the macro.
pub enum ConnectSrcBody {
    /// `pub static NAME = […];`
    Items(Vec<ConnectSrcItem>),
    /// `self, "https://…"`
    Expression(DeclaredList),
}

/// One item: `pub static NAME = […];`
pub struct ConnectSrcItem {
    /// What stands before the `=`.
    pub head: ItemHead,
    /// Its sources.
    pub list: DeclaredList,
}

impl ConnectSrc {
    /// Reads an invocation; mistakes go to `errors`, and what else there is is still read.
    pub fn parse(tokens: TokenStream, errors: &mut Errors) -> Self {
        let tokens = flatten(tokens);
        let (runtime, tokens) = parse_runtime(&tokens, errors);
        if tokens.is_empty() && errors.is_empty() {
            errors.push(
                Span::call_site(),
                "expected `pub static NAME = [\"https://…\"];`, or the sources; `none` allows no connection",
            );
        }
        let body = if has_items(tokens) {
            ConnectSrcBody::Items(split_items(tokens).filter_map(|item| parse_item(item, errors)).collect())
        } else {
            ConnectSrcBody::Expression(DeclaredList::parse(
                DirectiveName::ConnectSrc,
                tokens.iter().cloned().collect(),
                errors,
            ))
        };
        Self { runtime, body }
    }
}

/// Whether items are meant: none of this stands between the entries of a list.
fn has_items(tokens: &[TokenTree]) -> bool {
    tokens.iter().any(|token| match token {
        TokenTree::Ident(word) => ["pub", "static", "const", "let"].iter().any(|item| word == item),
        TokenTree::Punct(punct) => {
            punct.as_char() == ';' || (punct.as_char() == '=' && punct.spacing() == Spacing::Alone)
        }
        _ => false,
    })
}

/// `tokens` is one item without its semicolon.
fn parse_item(tokens: &[TokenTree], errors: &mut Errors) -> Option<ConnectSrcItem> {
    let (head, rest) = ItemHead::parse(tokens, "[\"https://…\"]", errors)?;
    let list = match rest {
        [TokenTree::Punct(equals), TokenTree::Group(group), rest @ ..]
            if equals.as_char() == '=' && group.delimiter() == Delimiter::Bracket =>
        {
            if let Some(extra) = rest.first() {
                errors.push(extra.span(), "expected `;` after the list");
            }
            let mut list = DeclaredList::parse(DirectiveName::ConnectSrc, group.stream(), errors);
            list.refuse_itself(&head.name, errors);
            list.stand_below(head.gate.as_ref());
            list
        }
        rest => {
            let place = rest.get(usize::from(is_punct(rest.first(), '='))..).unwrap_or_default();
            errors.push(
                span_of(place, head.name.span()),
                format!("expected a list in brackets: `static {} = [\"https://…\"];`", head.name),
            );
            return None;
        }
    };
    Some(ConnectSrcItem { head, list })
}
