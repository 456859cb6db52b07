//! The docs of a generated item: what editors show on hover.

use csp_core::syntax::DeclaredList;
use proc_macro2::TokenStream;
use quote::quote;

/// The header, as far as no cfg decides on it, and a line for each entry that has more to tell.
pub(crate) fn item_docs(list: &DeclaredList, directive: &str) -> TokenStream {
    let entries = list.to_entries();
    let fixed: Vec<&str> =
        entries.iter().filter(|entry| entry.gate.is_none()).map(|entry| entry.value.text()).collect();
    let fixed = if fixed.is_empty() { "'none'".to_owned() } else { fixed.join(" ") };
    let header = format!("\n```text\n{directive} {fixed}\n```");
    let mut docs = quote!(#[doc = #header]);
    let mut first = true;
    for (entry, declared) in entries.iter().zip(&list.entries) {
        let mut line = format!("- `{}`", entry.value.text());
        if let Some(gate) = &entry.gate {
            line += &format!(" where `{}` holds", gate.predicate);
        }
        if let Some(reason) = &declared.reason {
            line += &format!(": {}", escaped(reason));
        }
        if let Some(reason) = &declared.insecure {
            line += &format!(" (insecure: {})", escaped(reason));
        }
        if entry.gate.is_none() && declared.reason.is_none() && declared.insecure.is_none() {
            continue;
        }
        if first {
            docs.extend(quote!(#[doc = ""]));
            first = false;
        }
        docs.extend(match &declared.gate {
            Some(gate) => {
                let predicates = &gate.predicates;
                quote!(#[cfg_attr(all(#(#predicates),*), doc = #line)])
            }
            None => quote!(#[doc = #line]),
        });
    }
    docs
}

/// Plain text as Markdown: rustdoc takes nothing in it for markup, and looks for no links in it.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        for character in word.chars() {
            if matches!(character, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '|' | '~' | ':' | '$' | '#') {
                out.push('\\');
            }
            out.push(character);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_plain_text() {
        for (reason, markdown) in [
            ("live order feed, since 2024 (see the wiki)", "live order feed, since 2024 (see the wiki)"),
            ("returns Vec<u8>", r"returns Vec\<u8\>"),
            ("`Vec<u8>` & more", r"\`Vec\<u8\>\` \& more"),
            ("[api] of *ours*", r"\[api\] of \*ours\*"),
            ("https://tickets.example.com/1", r"https\://tickets.example.com/1"),
            ("one line\n\n# and another", r"one line \# and another"),
        ] {
            assert_eq!(escaped(reason), markdown);
        }
    }
}
