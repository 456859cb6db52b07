//! JavaScript that Rust holds in texts and has the page run: `document::eval`, `js_sys::eval`, `Function::new_no_args`,
//! `#[wasm_bindgen(inline_js = "…")]`.

use std::collections::HashMap;
use std::ops::Range;

use oxc_span::SourceType;
use syn::punctuated::Punctuated;
use syn::{Expr as Syntax, Lit, Meta, Token};

use super::{Expr, ExprId, Lowerer};
use crate::scan::report::{Reason, ReasonCode};
use crate::scan::summary::{Parsed, parse};

/// What is in a script that may connect.
const WORDS: &[&str] = &["EventSource", "WebSocket", "XMLHttpRequest", "axios", "fetch", "sendBeacon"];

/// What stands in a script for a value of Rust's, with its number and `_` behind.
const HOLE: &str = "rust_value_";

/// The most variables between a call and the text.
const MOST_STEPS: usize = 8;

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

/// A script, with the values that Rust puts into it.
struct Script {
    text: String,
    holes: Vec<ExprId>,
    written: Option<Range<usize>>,
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
            let mut found = Vec::new();
            self.scripts_of(*text, &scripts, MOST_STEPS, &mut found);
            for script in found {
                let at = script.written.as_ref().map_or(*at, |written| written.start);
                match self.embed(&script, at, file) {
                    Ok(_) => {}
                    Err(reason) => problem = problem.or(Some((reason, at))),
                }
            }
        }
        for (text, names) in &scripts.inline {
            let range = text.span().byte_range();
            let at = range.start;
            let script = Script { text: text.value(), holes: Vec::new(), written: Some(range) };
            match self.embed(&script, at, file) {
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

    /// The texts that an expression can be.
    fn scripts_of(&self, id: ExprId, scripts: &Scripts, steps: usize, found: &mut Vec<Script>) {
        let Some(steps) = steps.checked_sub(1) else { return };
        let written = scripts.written.get(&id).cloned();
        match self.summary.expression(id) {
            Expr::Text(text) => found.push(Script { text: text.clone(), holes: Vec::new(), written }),
            Expr::Concat(parts) => {
                let (mut text, mut holes) = (String::new(), Vec::new());
                for &part in parts {
                    if let Expr::Text(part) = self.summary.expression(part) {
                        text.push_str(part);
                    } else {
                        text.push_str(&format!("{HOLE}{}_", holes.len()));
                        holes.push(part);
                    }
                }
                found.push(Script { text, holes, written });
            }
            Expr::Either(parts) => parts.iter().for_each(|&part| self.scripts_of(part, scripts, steps, found)),
            Expr::Symbol(symbol) => {
                for &value in self.summary.binding(*symbol).iter().flat_map(|binding| &binding.values) {
                    self.scripts_of(value, scripts, steps, found);
                }
            }
            _ => {}
        }
    }

    /// Makes what a script says a part of what the file says. What can't be parsed is told where it may connect.
    fn embed(&mut self, script: &Script, at: usize, file: &str) -> Result<HashMap<String, ExprId>, Reason> {
        let text = &script.text;
        if !WORDS.iter().any(|word| text.contains(word)) {
            return Ok(HashMap::new());
        }
        let kinds = [SourceType::mjs(), SourceType::cjs()];
        let parsed = kinds.into_iter().map(|kind| parse::script(text, kind)).find(|parsed| parsed.problem.is_none());
        let Some(Parsed { summary: part, .. }) = parsed else {
            let detail = "a script in a text, which can't be parsed and may connect";
            return Err(Reason::new(ReasonCode::SyntaxError, detail));
        };
        let first = self.summary.expressions.len();
        let place = |offset| script.written.as_ref().map_or(at, |written| place_in(file, written, text, offset));
        let exports = self.summary.absorb(part, place);
        self.fill_holes(first, &script.holes);
        Ok(exports)
    }

    /// Puts the values of Rust's where their names stand.
    fn fill_holes(&mut self, first: usize, holes: &[ExprId]) {
        if holes.is_empty() {
            return;
        }
        for id in first..self.summary.expressions.len() {
            let filled = match &self.summary.expressions[id] {
                Expr::Text(text) if text.contains(HOLE) => {
                    let text = text.clone();
                    Expr::Concat(self.filled(&text, holes))
                }
                Expr::Global(name) if name.starts_with(HOLE) => {
                    let name = name.clone();
                    Expr::Either(self.filled(&name, holes))
                }
                _ => continue,
            };
            self.summary.expressions[id] = filled;
        }
    }

    fn filled(&mut self, text: &str, holes: &[ExprId]) -> Vec<ExprId> {
        let mut parts = Vec::new();
        for (place, piece) in text.split(HOLE).enumerate() {
            let mut rest = piece;
            if place > 0
                && let Some((number, behind)) = piece.split_once('_')
                && let Some(&hole) = number.parse().ok().and_then(|number: usize| holes.get(number))
            {
                parts.push(hole);
                rest = behind;
            }
            if !rest.is_empty() {
                parts.push(self.summary.add(Expr::Text(rest.to_owned())));
            }
        }
        parts
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
