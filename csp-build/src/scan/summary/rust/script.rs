//! JavaScript that Rust holds in texts and has the page run: `document::eval`, `js_sys::eval`, `Function::new_no_args`,
//! `#[wasm_bindgen(inline_js = "…")]`.

use std::collections::HashMap;
use std::ops::Range;

use syn::punctuated::Punctuated;
use syn::{Expr as Syntax, Lit, Meta, Token};

use super::{ExprId, Lowerer};
use crate::scan::report::Reason;
use crate::scan::summary::embedded::Script;

/// Scripts that are found, which are read when all of the file is.
#[derive(Default)]
pub(super) struct Scripts {
    /// Where texts are written.
    written: HashMap<ExprId, Range<usize>>,
    /// What is run, and by which call.
    run: Vec<(ExprId, usize)>,
    /// What functions are imported from, with the names that they have there, and here.
    inline: Vec<(syn::LitStr, Vec<(String, u32)>)>,
}

impl Lowerer {
    /// Notes where a text is written.
    pub(super) fn note_written(&mut self, id: ExprId, expression: &Syntax) {
        let range = |expression: &Syntax| match expression {
            Syntax::Lit(syn::ExprLit { lit: Lit::Str(text), .. }) => Some(text.span().byte_range()),
            _ => None,
        };
        let written = match expression {
            Syntax::Macro(call) if call.mac.path.segments.last().is_some_and(|name| name.ident == "format") => {
                let arguments = call.mac.parse_body_with(Punctuated::<Syntax, Token![,]>::parse_terminated);
                arguments.ok().and_then(|arguments| range(arguments.first()?))
            }
            expression => range(expression),
        };
        if let Some(written) = written {
            self.scripts.written.insert(id, written);
        }
    }

    /// Notes a call that runs a text.
    pub(super) fn note_script(&mut self, call: &syn::ExprCall) {
        let place = match &*call.func {
            Syntax::Path(path) => {
                let mut names = path.path.segments.iter().rev().map(|segment| segment.ident.to_string());
                match (names.next().as_deref(), names.next().as_deref()) {
                    (Some("create_eval"), None)
                    | (Some("eval"), None | Some("document" | "js_sys" | "prelude"))
                    | (Some("new_no_args"), Some("Function")) => 0,
                    (Some("new_with_args"), Some("Function")) => 1,
                    _ => return,
                }
            }
            Syntax::Call(made) => match &*made.func {
                Syntax::Path(path) if path.path.segments.last().is_some_and(|name| name.ident == "use_eval") => 0,
                _ => return,
            },
            _ => return,
        };
        if let Some(text) = call.args.get(place) {
            let text = self.lower(text);
            self.scripts.run.push((text, super::start(&call.func).byte_range().start));
        }
    }

    /// Declares the functions that are imported from a text.
    pub(super) fn foreign(&mut self, block: &syn::ItemForeignMod) {
        let Some(script) = block.attrs.iter().find_map(|attribute| named_text(attribute, "inline_js")) else { return };
        let mut names = Vec::new();
        for item in &block.items {
            let syn::ForeignItem::Fn(item) = item else { continue };
            let name = item.sig.ident.to_string();
            let renamed = item.attrs.iter().find_map(|attribute| named_text(attribute, "js_name"));
            let binding = self.declare(&name, item.sig.ident.span(), None);
            names.push((renamed.map_or(name, |renamed| renamed.value()), binding));
        }
        self.scripts.inline.push((script, names));
    }

    /// Reads the scripts that were found.
    pub(super) fn embed_scripts(&mut self, file: &str) -> Option<(Reason, usize)> {
        let mut problem = None;
        let scripts = std::mem::take(&mut self.scripts);
        for (text, at) in &scripts.run {
            for script in self.summary.scripts_of(*text) {
                let written = script.written.and_then(|id| scripts.written.get(&id)).cloned();
                let at = written.as_ref().map_or(*at, |written| written.start);
                match self.embed(&script, written.as_ref(), at, file) {
                    Ok(_) => {}
                    Err(reason) => problem = problem.or(Some((reason, at))),
                }
            }
        }
        for (text, names) in &scripts.inline {
            let range = text.span().byte_range();
            let at = range.start;
            match self.embed(&Script::of(text.value()), Some(&range), at, file) {
                Ok(exports) => {
                    for (name, binding) in names {
                        if let Some(&value) = exports.get(name) {
                            self.set(*binding, value);
                        }
                    }
                }
                Err(reason) => problem = problem.or(Some((reason, at))),
            }
        }
        problem
    }

    /// Makes what a script says a part of what the file says.
    fn embed(
        &mut self,
        script: &Script,
        written: Option<&Range<usize>>,
        at: usize,
        file: &str,
    ) -> Result<HashMap<String, ExprId>, Reason> {
        let place = |offset| written.map_or(at, |written| place_in(file, written, &script.text, offset));
        self.summary.embed(script, place)
    }
}

/// The text of `name = "…"` in an attribute of `wasm_bindgen`.
fn named_text(attribute: &syn::Attribute, name: &str) -> Option<syn::LitStr> {
    if attribute.path().segments.last()?.ident != "wasm_bindgen" {
        return None;
    }
    let options = attribute.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated).ok()?;
    options.into_iter().find_map(|option| match option {
        Meta::NameValue(syn::MetaNameValue { path, value: Syntax::Lit(literal), .. }) if path.is_ident(name) => {
            match literal.lit {
                Lit::Str(text) => Some(text),
                _ => None,
            }
        }
        _ => None,
    })
}

/// Where a place of a script is in the file: on the same line of the literal, where its lines are lines of the file.
fn place_in(file: &str, written: &Range<usize>, script: &str, offset: usize) -> usize {
    let Some(literal) = file.get(written.clone()) else { return written.start };
    let (Some(before), Some(content)) = (script.get(..offset), literal.find('"')) else { return written.start };
    if literal.matches('\n').count() != script.matches('\n').count() {
        return written.start;
    }
    let line = before.matches('\n').count();
    let column = before.len() - before.rfind('\n').map_or(0, |end| end + 1);
    let mut start = written.start + content + 1;
    for _ in 0..line {
        let Some(end) = file.get(start..written.end).and_then(|rest| rest.find('\n')) else { return written.start };
        start += end + 1;
    }
    let length = file.get(start..written.end).map_or(0, |rest| rest.find('\n').unwrap_or(rest.len()));
    let mut place = start + column.min(length);
    while !file.is_char_boundary(place) {
        place -= 1;
    }
    place
}

impl Scripts {
    /// Whether there is nothing to read.
    pub(super) fn is_empty(&self) -> bool {
        self.run.is_empty() && self.inline.is_empty()
    }
}
