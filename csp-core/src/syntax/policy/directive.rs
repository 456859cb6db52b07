use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};
use syn::Lit;

use crate::syntax::tokens::{between_commas, flatten, is_punct, parse_path, span_of, text_of};
use crate::syntax::{DeclaredGate, DeclaredInclude, DeclaredList, Errors};
use crate::{DirectiveName, ValueGrammar};

/// One directive as written.
pub struct DeclaredDirective {
    /// Its name.
    pub name: DirectiveName,
    /// Where the name is written.
    pub span: Span,
    /// The `#[cfg(…)]` attributes; source lists have them on their entries.
    pub gate: Option<DeclaredGate>,
    /// Its value.
    pub value: DeclaredDirectiveValue,
}

/// The value of a directive as written.
pub enum DeclaredDirectiveValue {
    /// `false`: the directive isn't there.
    Off,
    /// `true`, of a directive without a value.
    On,
    /// A source list.
    Sources(DeclaredList),
    /// Words, as they stand in the header.
    Words(Vec<DeclaredWord>),
}

/// A word and where it is written.
pub struct DeclaredWord {
    /// As it stands in the header.
    pub text: String,
    /// Where it is written.
    pub span: Span,
}

impl DeclaredDirectiveValue {
    /// Reads what stands behind the colon; `None` after a mistake.
    pub(super) fn parse(name: DirectiveName, key: &Ident, tokens: &[TokenTree], errors: &mut Errors) -> Option<Self> {
        match (name.grammar(), tokens) {
            (ValueGrammar::Nothing, _) => {
                parse_switch(key, tokens, errors).map(|on| if on { Self::On } else { Self::Off })
            }
            (ValueGrammar::SourceList(_) | ValueGrammar::AncestorSourceList, _) => {
                parse_sources(name, key, tokens, errors).map(Self::Sources)
            }
            (ValueGrammar::WebrtcRule, [TokenTree::Ident(word)]) => {
                Some(Self::Words(Vec::from([DeclaredWord { text: format!("'{word}'"), span: word.span() }])))
            }
            (_, [TokenTree::Group(group)]) if group.delimiter() == Delimiter::Bracket => {
                Some(Self::Words(parse_words(name, group.stream(), errors)))
            }
            (grammar, _) => {
                let example = match grammar {
                    ValueGrammar::SandboxFlags => "[allow_scripts, allow_forms]",
                    ValueGrammar::TrustedTypesSinks => "[script]",
                    ValueGrammar::TrustedTypesPolicies => "[\"policy-name\"]",
                    ValueGrammar::UriReferences => "[\"/csp\"]",
                    ValueGrammar::WebrtcRule => "block",
                    _ => "[…]",
                };
                errors.push(span_of(tokens, key.span()), format!("expected `{key}: {example}`"));
                None
            }
        }
    }
}

/// `true` or `false`.
pub(super) fn parse_switch(key: &Ident, tokens: &[TokenTree], errors: &mut Errors) -> Option<bool> {
    match tokens {
        [TokenTree::Ident(word)] if word == "true" => Some(true),
        [TokenTree::Ident(word)] if word == "false" => Some(false),
        _ => {
            errors.push(span_of(tokens, key.span()), format!("expected `{key}: true` or `{key}: false`"));
            None
        }
    }
}

fn parse_sources(name: DirectiveName, key: &Ident, tokens: &[TokenTree], errors: &mut Errors) -> Option<DeclaredList> {
    match tokens {
        [TokenTree::Group(group)] if group.delimiter() == Delimiter::Bracket => {
            Some(DeclaredList::parse(name, group.stream(), errors))
        }
        // `none`, `self` and their like look like paths.
        [TokenTree::Ident(word)] if is_list_word(&word.to_string()) => {
            errors.push(word.span(), format!("expected a list in brackets: `{key}: [{word}]`"));
            None
        }
        [ampersand, rest @ ..]
            if is_punct(Some(ampersand), '&') && name == DirectiveName::ConnectSrc && parse_path(rest).is_some() =>
        {
            let path = text_of(rest);
            errors.push(ampersand.span(), format!("write the declaration without `&`: `{key}: {path}`"));
            None
        }
        _ => match parse_path(tokens) {
            Some(path) if name == DirectiveName::ConnectSrc => {
                let span = span_of(tokens, key.span());
                let include = DeclaredInclude { position: 0, path, span, gate: None };
                Some(DeclaredList { includes: Vec::from([include]), ..DeclaredList::default() })
            }
            Some(_) => {
                let message = format!("only connect_src takes a declaration: write `{key}: [self, \"https://…\"]`");
                errors.push(span_of(tokens, key.span()), message);
                None
            }
            None => {
                errors.push(
                    span_of(tokens, key.span()),
                    format!("expected a list in brackets: `{key}: [self, \"https://…\"]`"),
                );
                None
            }
        },
    }
}

/// Whether a word is one of those that lists have.
fn is_list_word(word: &str) -> bool {
    word == "nonce" || crate::suggest::keyword(word).is_some()
}

/// Words and strings between commas.
fn parse_words(name: DirectiveName, tokens: TokenStream, errors: &mut Errors) -> Vec<DeclaredWord> {
    let tokens = flatten(tokens);
    let mut words = Vec::new();
    for chunk in between_commas(&tokens) {
        let span = span_of(chunk, Span::call_site());
        match chunk {
            [TokenTree::Ident(word)] => match word_text(name, &word.to_string()) {
                Ok(text) => words.push(DeclaredWord { text, span }),
                Err(message) => errors.push(span, message),
            },
            [TokenTree::Literal(literal)] => match (Lit::new(literal.clone()), takes_strings(name)) {
                (Lit::Str(text), true) => words.push(DeclaredWord { text: text.value(), span }),
                (Lit::Str(text), false) if text.value().trim().is_empty() => {
                    errors.push(span, format!("a word of {name} is empty: remove it"));
                }
                (Lit::Str(text), false) => {
                    let word = text.value().trim_matches('\'').replace('-', "_");
                    errors.push(span, format!("expected a word: write `{word}` without quotes"));
                }
                // rustc takes `'script'` for a broken character.
                (_, false) => {
                    let text = literal.to_string();
                    let word = text.trim_matches('\'').replace('-', "_");
                    errors.push(span, format!("expected a word, found `{text}`: write `{word}` without quotes"));
                }
                _ => errors.push(span, format!("expected a string literal, found `{literal}`")),
            },
            _ => errors.push(span, format!("expected one word of {name} between commas")),
        }
    }
    words
}

/// Whether the words of a directive are names that somebody chose.
const fn takes_strings(name: DirectiveName) -> bool {
    matches!(
        name.grammar(),
        ValueGrammar::TrustedTypesPolicies | ValueGrammar::UriReferences | ValueGrammar::MediaTypes
    )
}

/// A word as it stands in the header: `allow_scripts` is `allow-scripts`, keywords get their quotes.
fn word_text(name: DirectiveName, word: &str) -> Result<String, String> {
    let kebab = word.replace('_', "-");
    match name.grammar() {
        ValueGrammar::SandboxFlags => Ok(kebab),
        ValueGrammar::TrustedTypesSinks => Ok(format!("'{kebab}'")),
        ValueGrammar::TrustedTypesPolicies if matches!(word, "none" | "allow_duplicates") => Ok(format!("'{kebab}'")),
        ValueGrammar::TrustedTypesPolicies => match crate::suggest::closest(&kebab, ["none", "allow-duplicates"]) {
            Some(meant) => Err(format!("did you mean `{}`? Names of policies are strings", meant.replace('-', "_"))),
            None => Err(format!("the name of a policy is a string: write \"{word}\"")),
        },
        _ => Err(format!("expected a string literal, found `{word}`")),
    }
}
