use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use proc_macro2::{Delimiter, Ident, Spacing, Span, TokenStream, TokenTree};
use syn::Lit;

use super::tokens::{between_commas, flatten, is_ident, is_punct};
use crate::Gate;

/// The `#[cfg(…)]` attributes of an entry.
pub struct DeclaredGate {
    /// The predicates as written; all must hold.
    pub predicates: Vec<TokenStream>,
    /// What they mean.
    pub gate: Gate,
}

impl DeclaredGate {
    /// `None` where there is no attribute.
    pub(super) fn new(predicates: Vec<TokenStream>) -> Option<Self> {
        if predicates.is_empty() {
            return None;
        }
        let texts: Vec<String> = predicates.iter().map(|predicate| text(predicate.clone())).collect();
        let predicate = match texts.as_slice() {
            [one] => one.clone(),
            several => format!("all({})", several.join(", ")),
        };
        let values = predicates.iter().map(|predicate| in_release(&flatten(predicate.clone())));
        let open_in_release = values.fold(Some(true), and) == Some(true);
        let by_feature = predicates.iter().any(|predicate| opened_by_feature(&flatten(predicate.clone()), true));
        Some(Self { predicates, gate: Gate { predicate, open_in_release, by_feature } })
    }

    /// `#[cfg(debug_assertions)]`, which nobody has written.
    #[must_use]
    pub fn debug_assertions() -> Option<Self> {
        let word = Ident::new("debug_assertions", Span::call_site());
        Self::new(Vec::from([TokenTree::Ident(word).into()]))
    }

    /// Whether all predicates hold where `is_set` knows the options: a name alone, such as `debug_assertions`, or with a
    /// value, such as `feature = "dev"`. `None` where it doesn't know one that decides.
    ///
    /// ```
    /// use csp_core::syntax::DeclaredGate;
    ///
    /// let gate = DeclaredGate::debug_assertions().unwrap();
    /// assert_eq!(gate.holds(&|name, _| Some(name == "debug_assertions")), Some(true));
    /// assert_eq!(gate.holds(&|_, _| None), None);
    /// ```
    #[must_use]
    pub fn holds(&self, is_set: &dyn Fn(&str, Option<&str>) -> Option<bool>) -> Option<bool> {
        let values = self.predicates.iter().map(|predicate| holds(&flatten(predicate.clone()), is_set));
        values.fold(Some(true), and)
    }
}

/// The predicate as people write it: `any(debug_assertions, feature = "dev")`.
fn text(predicate: TokenStream) -> String {
    let mut out = String::new();
    let mut joined = true;
    for token in predicate {
        let piece = match &token {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => ("", ""),
                    Delimiter::Parenthesis => ("(", ")"),
                };
                joined = true;
                format!("{open}{}{close}", text(group.stream()))
            }
            TokenTree::Punct(punct) => {
                joined |= matches!(punct.as_char(), ',' | ':');
                punct.to_string()
            }
            token => token.to_string(),
        };
        if !joined {
            out.push(' ');
        }
        out.push_str(&piece);
        joined =
            matches!(&token, TokenTree::Punct(punct) if punct.spacing() == Spacing::Joint || punct.as_char() == ':');
    }
    out
}

/// Whether a predicate holds in release builds; `None` where that depends on the build.
fn in_release(predicate: &[TokenTree]) -> Option<bool> {
    holds(predicate, &|name, value| match (name, value) {
        ("debug_assertions" | "test", None) => Some(false),
        _ => None,
    })
}

/// What a predicate comes to where `is_set` knows the options: a name alone, or with a value.
fn holds(predicate: &[TokenTree], is_set: &dyn Fn(&str, Option<&str>) -> Option<bool>) -> Option<bool> {
    match predicate {
        [TokenTree::Ident(name)] if name == "false" => Some(false),
        [TokenTree::Ident(name)] if name == "true" => Some(true),
        [TokenTree::Ident(name)] => is_set(&name.to_string(), None),
        [TokenTree::Ident(name), TokenTree::Punct(equals), TokenTree::Literal(value)] if equals.as_char() == '=' => {
            match Lit::new(value.clone()) {
                Lit::Str(value) => is_set(&name.to_string(), Some(&value.value())),
                _ => None,
            }
        }
        [TokenTree::Ident(name), TokenTree::Group(group)] => {
            let arguments = flatten(group.stream());
            let mut values = between_commas(&arguments).map(|argument| holds(argument, is_set));
            match name.to_string().as_str() {
                "not" => values.next().flatten().map(|value| !value),
                "all" => values.fold(Some(true), and),
                "any" => values.fold(Some(false), or),
                _ => None,
            }
        }
        _ => None,
    }
}

fn and(left: Option<bool>, right: Option<bool>) -> Option<bool> {
    match (left, right) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}

fn or(left: Option<bool>, right: Option<bool>) -> Option<bool> {
    and(left.map(|left| !left), right.map(|right| !right)).map(|neither| !neither)
}

/// Whether turning a Cargo feature on can make the predicate hold. `positive` is false below `not`.
fn opened_by_feature(predicate: &[TokenTree], positive: bool) -> bool {
    if is_ident(predicate.first(), "feature") && is_punct(predicate.get(1), '=') {
        return positive;
    }
    let [TokenTree::Ident(name), TokenTree::Group(group)] = predicate else { return false };
    let positive = positive != (*name == "not");
    between_commas(&flatten(group.stream())).any(|argument| opened_by_feature(argument, positive))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn predicates_are_understood() {
        for (predicate, text, open_in_release, by_feature) in [
            ("debug_assertions", "debug_assertions", false, false),
            ("not(debug_assertions)", "not(debug_assertions)", true, false),
            ("any(debug_assertions, feature=\"dev\")", "any(debug_assertions, feature = \"dev\")", false, true),
            (
                "all(debug_assertions, not(feature = \"x\"))",
                "all(debug_assertions, not(feature = \"x\"))",
                false,
                false,
            ),
            ("not(any(test, debug_assertions))", "not(any(test, debug_assertions))", true, false),
            ("not(all(unix, debug_assertions))", "not(all(unix, debug_assertions))", true, false),
            ("target_os = \"linux\"", "target_os = \"linux\"", false, false),
            ("any(unix, true)", "any(unix, true)", true, false),
            ("not(not(feature = \"a\"))", "not(not(feature = \"a\"))", false, true),
        ] {
            let gate = DeclaredGate::new([predicate.parse().unwrap()].into()).unwrap().gate;
            assert_eq!(gate.predicate, text);
            assert_eq!((gate.open_in_release, gate.by_feature), (open_in_release, by_feature), "{predicate}");
        }
    }
}
