use alloc::string::{String, ToString};
use alloc::vec::Vec;

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};

use super::DeclaredGate;
use super::tokens::{flatten, is_ident, is_punct};

/// A use of a macro in a source file.
///
/// ```
/// use csp_core::syntax::Invocation;
///
/// let file = "mod csp { csp_runtime::connect_src! { pub static SHOP = [self]; } }";
/// let found = Invocation::find(file.parse().unwrap(), "connect_src");
/// assert_eq!(found[0].arguments.to_string(), "pub static SHOP = [self] ;");
/// ```
pub struct Invocation {
    /// What stands between its brackets.
    pub arguments: TokenStream,
    /// Where its name is written.
    pub span: Span,
    /// The name that the value gets, where the macro is an expression: `const NAME: &str = connect_src!(…)…;`.
    pub bound_to: Option<String>,
}

impl Invocation {
    /// The uses of the macro `name` among the tokens of a file, in their order, in whatever module or function.
    ///
    /// What only tests have (below `#[cfg(test)]`) is left out, and so are the rules of macros, where a use is a pattern.
    #[must_use]
    pub fn find(tokens: TokenStream, name: &str) -> Vec<Self> {
        let mut found = Vec::new();
        find_in(&flatten(tokens), name, &mut found);
        found
    }
}

fn find_in(tokens: &[TokenTree], name: &str, found: &mut Vec<Invocation>) {
    let mut position = 0;
    let mut bound_to = None;
    while let Some(token) = tokens.get(position) {
        match &tokens[position..] {
            [TokenTree::Punct(hash), TokenTree::Group(attribute), ..]
                if hash.as_char() == '#' && attribute.delimiter() == Delimiter::Bracket =>
            {
                position += 2;
                if is_for_tests(attribute.stream()) {
                    position += item_length(&tokens[position..]);
                }
                continue;
            }
            [TokenTree::Ident(word), TokenTree::Punct(bang), ..] if word == "macro_rules" && bang.as_char() == '!' => {
                position += item_length(&tokens[position..]);
                continue;
            }
            [TokenTree::Ident(word), TokenTree::Punct(bang), TokenTree::Group(group), ..]
                if word == name && bang.as_char() == '!' =>
            {
                let arguments = group.stream();
                found.push(Invocation { arguments, span: word.span(), bound_to: bound_to.take() });
                position += 3;
                continue;
            }
            [TokenTree::Ident(word), TokenTree::Ident(bound), ..]
                if word == "const" || word == "static" || word == "let" =>
            {
                bound_to = Some(bound.to_string());
                position += 2;
                continue;
            }
            _ => {}
        }
        match token {
            TokenTree::Group(group) => find_in(&flatten(group.stream()), name, found),
            TokenTree::Punct(punct) if punct.as_char() == ';' => bound_to = None,
            _ => {}
        }
        position += 1;
    }
}

/// `cfg(test)`, and what comes to the same.
fn is_for_tests(attribute: TokenStream) -> bool {
    let tokens = flatten(attribute);
    let [TokenTree::Ident(name), TokenTree::Group(group)] = tokens.as_slice() else { return false };
    let gate = (name == "cfg").then(|| DeclaredGate::new([group.stream()].into())).flatten();
    // As in every build but that of tests.
    let without_tests = |name: &str, value: Option<&str>| (name == "test" && value.is_none()).then_some(false);
    gate.is_some_and(|gate| gate.holds(&without_tests) == Some(false))
}

/// How many tokens the item at the beginning has: up to its braces or its semicolon.
fn item_length(tokens: &[TokenTree]) -> usize {
    let is_end = |token: &TokenTree| match token {
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
        token => is_punct(Some(token), ';'),
    };
    // `static X: [u8; 1] = …;` has its semicolon within a group; `use a::{b};` has braces before it.
    let length = tokens.iter().position(is_end).map_or(tokens.len(), |end| end + 1);
    let is_use = is_ident(tokens.first(), "use") || is_ident(tokens.get(1), "use");
    if is_use && is_punct(tokens.get(length), ';') { length + 1 } else { length }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uses_are_found_wherever_they_are() {
        for (source, expected) in [
            ("connect_src! { pub static A = [none]; }", &[None][..]),
            ("csp_runtime::connect_src!(none);", &[None]),
            ("const CSP: &str = csp_runtime::connect_src!(none).header();", &[Some("CSP")]),
            ("fn f() { let policy = connect_src![none]; connect_src!(none); }", &[Some("policy"), None]),
            ("mod a { mod b { connect_src! {} } } connect_src! {}", &[None, None]),
            ("#[cfg(test)] mod tests { connect_src! {} } connect_src! {}", &[None]),
            ("#[cfg(all(test, unix))] use a::{b}; connect_src! {}", &[None]),
            ("#[cfg(not(test))] mod a { connect_src! {} }", &[None]),
            ("#[cfg(test)] const A: [u8; 1] = [0]; connect_src! {}", &[None]),
            ("macro_rules! m { () => { connect_src! {} } } connect_src! {}", &[None]),
            ("/// connect_src! {}\nfn connect_src() { connect_src(); \"connect_src! {}\"; }", &[]),
            ("other! { connect_src! {} }", &[None]),
        ] {
            let found = Invocation::find(source.parse().unwrap(), "connect_src");
            let found: Vec<_> = found.iter().map(|invocation| invocation.bound_to.as_deref()).collect();
            assert_eq!(found, expected, "{source}");
        }
    }
}
