//! `..scanned`: the sources of a list are what a build script found.

use csp_core::syntax::{DeclaredList, Errors};
use proc_macro2::TokenStream;

use super::Found;

/// Puts the origins in the place of each `..scanned`. `items` gets what stands beside the declaration.
pub(crate) fn fill(list: &mut DeclaredList, found: &mut Found, items: &mut TokenStream, errors: &mut Errors) {
    for spread in core::mem::take(&mut list.spreads).into_iter().rev() {
        let Some((selection, _)) = found.select(&spread.scan) else {
            // A list in which something is missing is judged no further.
            core::mem::take(&mut found.refusals).into_error().into_iter().for_each(|error| errors.combine(error));
            continue;
        };
        items.extend(Found::dependency());
        list.fill(&spread, &selection.calls, errors);
    }
}
