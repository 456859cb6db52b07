//! What is compiled into the page.

use syn::punctuated::Punctuated;
use syn::{Attribute, Meta, Token};

/// Features that frameworks turn on for the server only, and for the page only.
const OF_THE_SERVER: &[&str] = &["ssr", "server", "backend", "axum", "actix"];
const OF_THE_PAGE: &[&str] = &["csr", "hydrate", "web", "wasm", "frontend", "client"];

/// Attributes of functions that run elsewhere.
const ELSEWHERE: &[&str] = &["server", "test", "bench", "wasm_bindgen_test", "rstest", "get", "post"];

/// Whether what has these attributes may be part of the page. What is not known may.
pub(super) fn is_of_the_page(attributes: &[Attribute]) -> bool {
    attributes.iter().all(|attribute| {
        let path = attribute.path();
        let Some(name) = path.segments.last().map(|segment| segment.ident.to_string()) else { return true };
        if path.is_ident("cfg") {
            return attribute.parse_args::<Meta>().ok().and_then(|predicate| holds(&predicate)) != Some(false);
        }
        // `#[get("/…")]` marks a handler of a server, `#[tokio::test]` a test.
        !ELSEWHERE.contains(&name.as_str())
    })
}

/// Whether a predicate holds in the page; `None` where that depends on more.
pub(super) fn holds(predicate: &Meta) -> Option<bool> {
    match predicate {
        Meta::Path(path) if path.is_ident("test") => Some(false),
        Meta::Path(path) if path.is_ident("unix") || path.is_ident("windows") => Some(false),
        Meta::Path(_) => None,
        Meta::NameValue(pair) => {
            let syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(value), .. }) = &pair.value else { return None };
            let value = value.value();
            if pair.path.is_ident("target_arch") || pair.path.is_ident("target_family") {
                Some(value.starts_with("wasm"))
            } else if pair.path.is_ident("target_os") {
                Some(value == "unknown")
            } else if pair.path.is_ident("feature") && OF_THE_SERVER.contains(&value.as_str()) {
                Some(false)
            } else if pair.path.is_ident("feature") && OF_THE_PAGE.contains(&value.as_str()) {
                Some(true)
            } else {
                None
            }
        }
        Meta::List(list) => {
            let inner = list.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated).ok()?;
            let inner: Vec<_> = inner.iter().map(holds).collect();
            if list.path.is_ident("not") {
                inner.first().copied().flatten().map(|holds| !holds)
            } else if list.path.is_ident("all") {
                if inner.contains(&Some(false)) {
                    Some(false)
                } else {
                    inner.iter().all(Option::is_some).then_some(true)
                }
            } else if list.path.is_ident("any") {
                if inner.contains(&Some(true)) {
                    Some(true)
                } else {
                    inner.iter().all(Option::is_some).then_some(false)
                }
            } else {
                None
            }
        }
    }
}
