//! `#[scanned]` before an item, and `..scanned` in a list.

use alloc::string::String;
use alloc::vec::Vec;

use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};
use syn::Lit;

use super::Errors;
use super::item::parse_runtime;
use super::tokens::{between_commas, flatten, span_of};

/// What a build script found: all of it, or below some of its roots.
#[derive(Clone)]
pub struct DeclaredScan {
    /// Where the word is written.
    pub span: Span,
    /// The roots that are named; none for all.
    pub roots: Vec<DeclaredRoot>,
}

/// A root of a scan as written.
#[derive(Clone)]
pub struct DeclaredRoot {
    /// The path.
    pub path: String,
    /// Where it is written.
    pub span: Span,
}

/// `..scanned` in a list.
pub struct DeclaredSpread {
    /// How many entries stand before it.
    pub position: usize,
    /// What is taken in.
    pub scan: DeclaredScan,
}

const USAGE: &str = "expected nothing, or the roots of the scan in parentheses: scanned(\"web/src\")";

impl DeclaredScan {
    /// `word` is `scanned`, `arguments` what follows.
    pub(super) fn parse(word: &Ident, arguments: &[TokenTree], errors: &mut Errors) -> Self {
        let roots = match arguments {
            [] => Vec::new(),
            [TokenTree::Group(group)] if group.delimiter() == Delimiter::Parenthesis => {
                let roots = parse_roots(group.stream(), errors);
                if roots.is_empty() && errors.is_empty() {
                    errors.push(group.span(), USAGE);
                }
                roots
            }
            rest => {
                errors.push(span_of(rest, word.span()), USAGE);
                Vec::new()
            }
        };
        Self { span: word.span(), roots }
    }
}

/// What stands in `scanned_calls!()`.
pub struct ScannedInvocation {
    /// Where the runtime is: `crate = path;`.
    pub runtime: Option<TokenStream>,
    /// What is asked for.
    pub scan: DeclaredScan,
}

impl ScannedInvocation {
    /// Reads an invocation. Mistakes go to `errors`.
    pub fn parse(tokens: TokenStream, errors: &mut Errors) -> Self {
        let tokens = flatten(tokens);
        let (runtime, roots) = parse_runtime(&tokens, errors);
        let roots = parse_roots(roots.iter().cloned().collect(), errors);
        Self { runtime, scan: DeclaredScan { span: Span::call_site(), roots } }
    }
}

fn parse_roots(tokens: TokenStream, errors: &mut Errors) -> Vec<DeclaredRoot> {
    let tokens = flatten(tokens);
    let mut roots = Vec::new();
    for chunk in between_commas(&tokens) {
        let span = span_of(chunk, Span::call_site());
        if let [TokenTree::Literal(literal)] = chunk
            && let Lit::Str(path) = Lit::new(literal.clone())
        {
            roots.push(DeclaredRoot { path: path.value(), span });
        } else {
            errors.push(span, "expected a root of the scan as a string literal: \"web/src\"");
        }
    }
    roots
}
