//! Scripts that are texts of the file, which the page runs: what they say is a part of what the file says.

use std::collections::HashMap;

use oxc_span::SourceType;

use super::{Expr, ExprId, Parsed, Summary, parse};
use crate::scan::report::{Reason, ReasonCode};

/// What is in a script that may connect.
const WORDS: &[&str] = &["EventSource", "WebSocket", "XMLHttpRequest", "axios", "fetch", "sendBeacon"];

/// What stands in a script for a value that is put in, with its number and `_` behind.
const HOLE: &str = "value_of_file_";

/// The most variables between the text and where it is named.
const MOST_STEPS: usize = 8;

/// A script, with the values that are put into it.
pub(super) struct Script {
    pub(super) text: String,
    holes: Vec<ExprId>,
    /// The expression that it is.
    pub(super) written: Option<ExprId>,
}

impl Script {
    pub(super) fn of(text: String) -> Self {
        Self { text, holes: Vec::new(), written: None }
    }
}

impl Summary {
    /// The texts that an expression can be.
    pub(super) fn scripts_of(&self, id: ExprId) -> Vec<Script> {
        let mut found = Vec::new();
        self.add_scripts_of(id, MOST_STEPS, &mut found);
        found
    }

    fn add_scripts_of(&self, id: ExprId, steps: usize, found: &mut Vec<Script>) {
        let Some(steps) = steps.checked_sub(1) else { return };
        match self.expression(id) {
            Expr::Text(text) => found.push(Script { written: Some(id), ..Script::of(text.clone()) }),
            Expr::Concat(parts) => {
                let (mut text, mut holes) = (String::new(), Vec::new());
                for &part in parts {
                    if let Expr::Text(part) = self.expression(part) {
                        text.push_str(part);
                    } else {
                        text.push_str(&format!("{HOLE}{}_", holes.len()));
                        holes.push(part);
                    }
                }
                found.push(Script { text, holes, written: Some(id) });
            }
            Expr::Either(parts) => parts.iter().for_each(|&part| self.add_scripts_of(part, steps, found)),
            Expr::Symbol(symbol) => {
                for &value in self.binding(*symbol).iter().flat_map(|binding| &binding.values) {
                    self.add_scripts_of(value, steps, found);
                }
            }
            _ => {}
        }
    }

    /// Makes what a script says a part of what the file says, and gives back what it exports. What can't be parsed is told
    /// where it may connect.
    pub(super) fn embed(
        &mut self,
        script: &Script,
        place: impl Fn(usize) -> usize,
    ) -> Result<HashMap<String, ExprId>, Reason> {
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
        let first = self.expressions.len();
        let exports = self.absorb(part, place);
        self.fill_holes(first, &script.holes);
        Ok(exports)
    }

    /// Puts the values where their names stand.
    fn fill_holes(&mut self, first: usize, holes: &[ExprId]) {
        if holes.is_empty() {
            return;
        }
        for id in first..self.expressions.len() {
            let filled = match &self.expressions[id] {
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
            self.expressions[id] = filled;
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
                parts.push(self.add(Expr::Text(rest.to_owned())));
            }
        }
        parts
    }
}
