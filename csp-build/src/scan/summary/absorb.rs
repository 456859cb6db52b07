//! A summary that becomes a part of another one: of a script that is a text in a file of another language.

use std::collections::HashMap;
use std::mem::take;

use super::{ExprId, Summary};

impl Summary {
    /// Takes in all that a script says, but for what it shares with other files; gives back what it exports. A place in it is
    /// told where it is in this file.
    pub(crate) fn absorb(&mut self, mut part: Self, place: impl Fn(usize) -> usize) -> HashMap<String, ExprId> {
        part.bindings.iter_mut().for_each(|binding| binding.offset = place(binding.offset));
        part.functions.iter_mut().for_each(|function| function.offset = place(function.offset));
        let sites = part.calls.iter_mut().chain(part.direct.iter_mut().map(|(_, site)| site));
        sites.for_each(|site| site.offset = place(site.offset));
        part.comments.iter_mut().for_each(|(_, offset)| *offset = place(*offset));
        let exports = take(&mut part.exports);
        part.globals.clear();
        part.whole = None;
        let start = u32::try_from(self.append(part)).unwrap_or(u32::MAX);
        exports.into_iter().map(|(name, value)| (name, value + start)).collect()
    }
}
