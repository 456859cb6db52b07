//! Values that are made of others: texts that are joined, and what takes the place of nothing.

use super::Resolver;
use super::origin::{self, GLUED};
use super::value::{Context, FileId, Hole, MOST_VALUES, Text, Value};
use crate::scan::report::{Reason, ReasonCode};
use crate::scan::summary::{Expr, ExprId};

impl Resolver<'_> {
    /// All combinations of the parts. Once the origin is known, the rest doesn't matter.
    pub(super) fn concat(&mut self, file: FileId, parts: &[ExprId], context: &Context) -> Vec<Value> {
        let mut beginnings = vec![Text::default()];
        let mut was_written = true;
        for &part in parts {
            let is_written = self
                .project
                .summary(file)
                .is_some_and(|parsed| matches!(parsed.summary.expression(part), Expr::Text(_)));
            let is_open = !was_written && !is_written;
            was_written = is_written;
            if beginnings.iter().all(|text| text.hole.is_some() || origin::has_origin(&text.known)) {
                break;
            }
            let mut ends = self.eval(file, part, context);
            // `undefined` beside a text is the case in which nothing connects.
            let is_nothing =
                |value: &Value| matches!(value, Value::Nothing(reason) if reason.code != ReasonCode::EnvMissing);
            if ends.iter().any(|end| !is_nothing(end)) {
                ends.retain(|end| !is_nothing(end));
            }
            let ends: Vec<_> = ends.into_iter().flat_map(|end| self.alone(end)).map(Value::into_text).collect();
            if ends.is_empty() {
                let circular = Reason::new(ReasonCode::UnresolvedUrl, "a value that depends on itself");
                beginnings.iter_mut().filter(|text| text.hole.is_none()).for_each(|text| {
                    text.hole = Some(Hole::new(circular.clone()));
                });
                continue;
            }
            let mut longer = Vec::new();
            for beginning in beginnings {
                if beginning.hole.is_some() || origin::has_origin(&beginning.known) {
                    longer.push(beginning);
                    continue;
                }
                longer.extend(ends.iter().map(|end| {
                    if is_open && origin::is_glued(&beginning.known, &end.known) {
                        let reason = Reason::new(ReasonCode::DynamicHost, GLUED);
                        return Text { hole: Some(Hole::new(reason)), ..beginning.clone() };
                    }
                    let mut text = Text {
                        known: format!("{}{}", beginning.known, end.known),
                        hole: end.hole.clone(),
                        resolution: beginning.resolution.max(end.resolution),
                    };
                    text.cut();
                    text
                }));
            }
            if longer.len() > MOST_VALUES {
                let mut origins: Vec<Text> = Vec::new();
                for text in longer.into_iter().map(origin::without_path) {
                    if !origins.contains(&text) {
                        origins.push(text);
                    }
                }
                longer = origins;
            }
            if longer.len() > MOST_VALUES {
                longer.truncate(MOST_VALUES);
                longer.push(too_many().into_text());
            }
            beginnings = longer;
        }
        beginnings.into_iter().map(Value::Text).collect()
    }

    /// An array of one element is that element as a text.
    pub(super) fn alone(&mut self, value: Value) -> Vec<Value> {
        let Value::Literal(file, id, ref context, _) = value else { return vec![value] };
        let is_one = self.project.summary(file).is_some_and(
            |parsed| matches!(parsed.summary.expression(id), Expr::Array(elements) if elements.len() == 1),
        );
        if is_one { self.elements(file, id, context) } else { vec![value] }
    }

    /// The first value, or the second where the first is nothing or not known.
    pub(super) fn coalesce(&mut self, file: FileId, first: ExprId, second: ExprId, context: &Context) -> Vec<Value> {
        let firsts = self.eval(file, first, context);
        let is_nothing = |value: &Value| match value {
            Value::Nothing(_) => true,
            Value::Text(text) => text.known.is_empty() && text.hole.is_none(),
            _ => false,
        };
        // What comes from outside may be nothing.
        let is_open = |value: &Value| matches!(value, Value::Unknown(_) | Value::Global(_) | Value::External { .. });
        // A table that is read with a key that isn't known may lack it.
        let may_lack = self.project.summary(file).is_some_and(|parsed| match *parsed.summary.expression(first) {
            Expr::Element(_, key) => !self.keys(file, key, context).1,
            _ => false,
        });
        let is_certain =
            !may_lack && !firsts.is_empty() && firsts.iter().all(|value| !is_nothing(value) && !is_open(value));
        // A variable that no page sees is nothing there.
        let is_unset = |value: &Value| matches!(value, Value::Unknown(hole) if hole.reason.code == ReasonCode::EnvMissing && hole.parameter.is_none());
        let mut values: Vec<_> = firsts.into_iter().filter(|value| !is_nothing(value) && !is_unset(value)).collect();
        if !is_certain {
            values.extend(self.eval(file, second, context));
        }
        values
    }
}

/// More alternatives than are followed are one that isn't known.
pub(super) fn bounded(values: &mut Vec<Value>) {
    values.iter_mut().for_each(Value::cut);
    if values.len() <= MOST_VALUES {
        return;
    }
    // Many paths of one origin are one place to connect to.
    let mut seen: Vec<Text> = Vec::new();
    values.retain_mut(|value| {
        let Value::Text(text) = value else { return true };
        *text = origin::without_path(std::mem::take(text));
        let is_new = !seen.contains(text);
        if is_new {
            seen.push(text.clone());
        }
        is_new
    });
    if values.len() > MOST_VALUES {
        values.truncate(MOST_VALUES);
        values.push(too_many());
    }
}

fn too_many() -> Value {
    Value::unknown(Reason::new(ReasonCode::TooComplex, "a value with too many alternatives"))
}
