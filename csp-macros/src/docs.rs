//! The docs of a generated item: what editors show on hover.

use csp_core::syntax::{DeclaredList, DeclaredPolicy, EffectiveValue};
use proc_macro2::TokenStream;
use quote::quote;

/// The header, as far as no cfg decides on it, and a line for each entry that has more to tell.
pub(crate) fn connect_src(list: &DeclaredList) -> TokenStream {
    let header = format!("\n```text\nconnect-src {}\n```", fixed(list));
    let mut docs = quote!(#[doc = #header]);
    let entries = entries(list);
    if !entries.is_empty() {
        docs.extend(quote!(#[doc = ""]));
    }
    docs.extend(entries);
    docs
}

/// The directives, as far as no cfg decides on them, and a line for each entry that has more to tell.
pub(crate) fn policy(policy: &DeclaredPolicy) -> TokenStream {
    let mut lines = Vec::new();
    let mut remarks = TokenStream::new();
    for directive in policy.effective_directives().iter().filter(|directive| directive.gate.is_none()) {
        let value = match directive.value {
            EffectiveValue::Default(text) => text.to_owned(),
            EffectiveValue::Sources(list) => {
                remarks.extend(entries(list));
                fixed(list)
            }
            EffectiveValue::Words(words) => words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" "),
        };
        lines.push(format!("{} {value}", directive.name).trim_end().to_owned());
    }
    if let Some(endpoint) = policy.report_to.as_ref().filter(|endpoint| endpoint.gate.is_none()) {
        lines.push(format!("report-to {}", endpoint.name.text));
        lines.push(format!("report-uri {}", endpoint.url.text));
    }
    let header = format!("\n```text\n{}\n```", lines.join(";\n"));
    let mut docs = quote!(#[doc = #header]);
    if let Some((base, _)) = &policy.extends {
        let base: String = base.clone().into_iter().map(|token| token.to_string()).collect();
        let line = format!("\nand what `{base}` has.");
        docs.extend(quote!(#[doc = #line]));
    }
    if !remarks.is_empty() {
        docs.extend(quote!(#[doc = ""]));
    }
    docs.extend(remarks);
    docs
}

/// The list as far as no cfg decides on it.
fn fixed(list: &DeclaredList) -> String {
    let entries = list.to_entries();
    let all = entries.iter().zip(&list.entries);
    let fixed = all.filter(|(_, declared)| declared.gate.is_none()).map(|(entry, _)| entry.value.text());
    let included = list.includes.iter().filter(|include| include.gate.is_none()).map(|_| "…");
    let words: Vec<&str> = fixed.chain(included).collect();
    if words.is_empty() { "'none'".to_owned() } else { words.join(" ") }
}

/// A line for each entry that has a cfg or a reason, and for each declaration that is taken in.
fn entries(list: &DeclaredList) -> TokenStream {
    let mut docs = TokenStream::new();
    for include in &list.includes {
        let path: String = include.path.clone().into_iter().map(|token| token.to_string()).collect();
        let line = format!("- the sources of `{path}`");
        docs.extend(quote!(#[doc = #line]));
    }
    for (entry, declared) in list.to_entries().iter().zip(&list.entries) {
        let mut line = format!("- `{}`", entry.value.text());
        if let Some(gate) = &declared.gate {
            line += &format!(" where `{}` holds", gate.gate.predicate);
        }
        if let Some(reason) = &declared.reason {
            line += &format!(": {}", escaped(reason));
        }
        if let Some(reason) = &declared.insecure {
            line += &format!(" (insecure: {})", escaped(reason));
        }
        if declared.gate.is_none() && declared.reason.is_none() && declared.insecure.is_none() {
            continue;
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
