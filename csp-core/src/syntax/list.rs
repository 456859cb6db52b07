use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use proc_macro2::{Ident, Span, TokenStream, TokenTree};

use super::attributes::Attributes;
use super::tokens::{flatten, is_punct, parse_path, span_of, text_of};
use super::{DeclaredEntry, DeclaredGate, DeclaredScan, DeclaredSpread, DeclaredValue, Errors};
use crate::{DirectiveName, Entry, EntryValue, Gate};

/// A source list as written.
#[derive(Default)]
pub struct DeclaredList {
    /// The entries that could be read.
    pub entries: Vec<DeclaredEntry>,
    /// The declarations that the list takes in: `..SHOP`.
    pub includes: Vec<DeclaredInclude>,
    /// Where the list takes in what a build script found: `..scanned`.
    pub spreads: Vec<DeclaredSpread>,
    /// Whether there was such a place, [filled](Self::fill) or not.
    pub takes_in_scan: bool,
    /// The `#[cfg(…)]` of the item, where it keeps the list out of some builds of a release: its sources need none then.
    pub(in crate::syntax) below: Option<Gate>,
}

/// Another declaration whose sources a list takes in.
pub struct DeclaredInclude {
    /// How many entries stand before it.
    pub position: usize,
    /// The path of the declaration.
    pub path: TokenStream,
    /// Where it is written.
    pub span: Span,
    /// The `#[cfg(…)]` attributes.
    pub gate: Option<DeclaredGate>,
}

impl DeclaredList {
    /// Reads the list of a directive; mistakes go to `errors`, and the other entries are still read.
    pub fn parse(directive: DirectiveName, tokens: TokenStream, errors: &mut Errors) -> Self {
        let tokens = flatten(tokens);
        let mut chunks: Vec<&[TokenTree]> = tokens.split(|token| is_punct(Some(token), ',')).collect();
        // A trailing comma, or no entry at all.
        if chunks.last().is_some_and(|chunk| chunk.is_empty()) {
            chunks.pop();
        }
        let mut list = Self { entries: Vec::with_capacity(chunks.len()), ..Self::default() };
        let mut commas = tokens.iter().filter(|token| is_punct(Some(token), ','));
        for chunk in chunks {
            let comma = commas.next();
            if chunk.is_empty() {
                errors.push(comma.map_or_else(Span::call_site, TokenTree::span), "expected a source before this comma");
            } else {
                list.parse_entry(directive, chunk, errors);
            }
        }
        list
    }

    /// Whether nothing stands in it.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.includes.is_empty() && self.spreads.is_empty()
    }

    /// Whether it is `none`, or nothing can be in it in any build.
    #[must_use]
    pub fn written_empty(&self) -> bool {
        let is_none = |entry: &EntryValue<'_>| entry.text().eq_ignore_ascii_case("'none'");
        (self.is_empty() && !self.takes_in_scan) || self.to_entries().iter().any(|entry| is_none(&entry.value))
    }

    /// Whether an entry is `nonce`.
    #[must_use]
    pub fn has_nonce(&self) -> bool {
        self.entries.iter().any(|entry| matches!(entry.value, DeclaredValue::Nonce(_)))
    }

    /// The list as text, as far as no cfg decides on it; `…` stands for what it takes in.
    #[must_use]
    pub fn fixed_text(&self) -> String {
        let entries = self.to_entries();
        let all = entries.iter().zip(&self.entries);
        let fixed = all.filter(|(_, declared)| declared.gate.is_none()).map(|(entry, _)| entry.value.text());
        let included = self.includes.iter().filter(|include| include.gate.is_none()).map(|_| "…");
        let words: Vec<&str> = fixed.chain(included).collect();
        if words.is_empty() { "'none'".to_owned() } else { words.join(" ") }
    }

    fn parse_entry(&mut self, directive: DirectiveName, tokens: &[TokenTree], errors: &mut Errors) {
        let Some((attributes, rest)) = Attributes::parse(tokens, errors) else { return };
        match rest {
            [] => errors.push(attributes.last, "expected a source after this attribute"),
            [TokenTree::Punct(first), TokenTree::Punct(second), path @ ..]
                if first.as_char() == '.' && second.as_char() == '.' =>
            {
                self.parse_include(directive, attributes, first.span(), path, errors);
            }
            [value, rest @ ..] => self.entries.extend(DeclaredEntry::parse(directive, attributes, value, rest, errors)),
        }
    }

    fn parse_include(
        &mut self,
        directive: DirectiveName,
        attributes: Attributes,
        dots: Span,
        path: &[TokenTree],
        errors: &mut Errors,
    ) {
        let span = span_of(path, dots);
        if let [TokenTree::Ident(word), arguments @ ..] = path
            && word == "scanned"
            && !is_punct(arguments.first(), ':')
        {
            self.parse_spread(directive, &attributes, word, arguments, errors);
            return;
        }
        if directive != DirectiveName::ConnectSrc {
            errors.push(dots, format!("{directive} can't take in a declaration: write its sources"));
            return;
        }
        if attributes.insecure.is_some() {
            errors.push(dots, "#[insecure] belongs on a source: the declaration that is taken in has its own");
        }
        match parse_path(path) {
            Some(path) if self.takes_in(&path, &attributes) => {
                errors.push(span, format!("`{}` is taken in twice: remove one of the two", text_of(&flatten(path))));
            }
            Some(path) => {
                let position = self.entries.len();
                self.includes.push(DeclaredInclude { position, path, span, gate: attributes.gate() });
            }
            None => errors.push(span, "expected the path of a declaration: ..SHOP"),
        }
    }

    /// The list is that of an item with this gate.
    pub(super) fn stand_below(&mut self, gate: Option<&DeclaredGate>) {
        let gate = gate.map(|gate| &gate.gate).filter(|gate| !gate.open_in_release && !gate.by_feature);
        self.below = gate.cloned();
    }

    /// A declaration that takes itself in: rustc would tell of a cycle, and of where it goes through.
    pub(super) fn refuse_itself(&mut self, name: &Ident, errors: &mut Errors) {
        self.includes.retain(|include| {
            let is_itself = is_name(&include.path, name);
            if is_itself {
                errors.push(include.span, format!("`{name}` takes itself in: remove this"));
            }
            !is_itself
        });
    }

    /// Whether a declaration is taken in already, in the same builds.
    fn takes_in(&self, path: &TokenStream, attributes: &Attributes) -> bool {
        let path = text_of(&flatten(path.clone()));
        self.includes.iter().any(|include| {
            text_of(&flatten(include.path.clone())) == path
                && include.gate.as_ref().map(|gate| &gate.gate.predicate)
                    == attributes.clone().gate().as_ref().map(|gate| &gate.gate.predicate)
        })
    }

    fn parse_spread(
        &mut self,
        directive: DirectiveName,
        attributes: &Attributes,
        word: &Ident,
        arguments: &[TokenTree],
        errors: &mut Errors,
    ) {
        if directive != DirectiveName::ConnectSrc {
            errors.push(word.span(), format!("{directive} can't take in what was scanned: those are connections"));
        } else if !attributes.is_empty() {
            errors.push(
                attributes.last,
                "an attribute on `..scanned`: what is local counts under debug_assertions, the rest always",
            );
        } else {
            self.takes_in_scan = true;
            let scan = DeclaredScan::parse(word, arguments, errors);
            self.spreads.push(DeclaredSpread { position: self.entries.len(), scan });
        }
    }

    /// The entries as [`check`](crate::check) takes them.
    #[must_use]
    pub fn to_entries(&self) -> Vec<Entry<'_>> {
        self.entries
            .iter()
            .map(|entry| Entry {
                value: match &entry.value {
                    DeclaredValue::None(_) => EntryValue::None,
                    DeclaredValue::SelfOrigin(_) => EntryValue::SelfOrigin,
                    DeclaredValue::Keyword(keyword, _) => EntryValue::Keyword(*keyword),
                    DeclaredValue::Nonce(_) => EntryValue::Nonce,
                    DeclaredValue::Source(_, text) => EntryValue::Source(text),
                },
                gate: entry.gate.as_ref().map(|gate| gate.gate.clone()).or_else(|| self.below.clone()),
                justified: entry.insecure.is_some(),
            })
            .collect()
    }
}

/// Whether a path is just this name.
pub(super) fn is_name(path: &TokenStream, name: &Ident) -> bool {
    let mut tokens = path.clone().into_iter();
    matches!((tokens.next(), tokens.next()), (Some(TokenTree::Ident(word)), None) if word == *name)
}
