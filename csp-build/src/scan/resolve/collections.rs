//! Methods of arrays, maps and objects.

use super::origin::is_absolute;
use super::texts::joined;
use super::value::{Context, FileId, MOST_VALUES, Made, Text, Value};
use super::{Resolver, unresolved};
use crate::scan::summary::{Expr, ExprId};
use std::rc::Rc;

impl Resolver<'_> {
    /// Methods of arrays, maps and objects; those that an object has itself come first.
    pub(super) fn collection_method(&mut self, object: Value, method: &str, made: &Made) -> Vec<Value> {
        let own: Vec<_> = match &object {
            Value::Literal(..) => self.member(object.clone(), method),
            _ => Vec::new(),
        };
        let own: Vec<_> = own.into_iter().filter(|value| !matches!(value, Value::Nothing(_))).collect();
        if !own.is_empty() {
            return own.into_iter().flat_map(|member| self.call(member, made)).collect();
        }
        let items = |resolver: &mut Self| match &object {
            Value::Literal(file, id, context, _) => resolver.elements(*file, *id, context),
            Value::List(items) | Value::Row(items) => items.to_vec(),
            _ => Vec::new(),
        };
        match method {
            "get" | "at" => {
                let keys: Vec<_> = self.argument(made, 0).into_iter().map(Value::into_text).collect();
                match (&object, keys.as_slice()) {
                    (Value::Literal(..) | Value::Row(_), [key])
                        if key.hole.is_none() && !key.known.starts_with('-') =>
                    {
                        self.member(object, &key.known)
                    }
                    _ => items(self),
                }
            }
            "pop" | "shift" if matches!(object, Value::Row(_)) => {
                let mut row = items(self);
                let end = if method == "pop" { row.pop() } else { row.into_iter().next() };
                vec![end.unwrap_or_else(|| unresolved("an element of an empty array"))]
            }
            "pop" | "shift" | "find" | "findLast" => items(self),
            "values" | "toReversed" | "reverse" | "sort" | "toSorted" | "filter" | "slice" | "flat" | "keys" => {
                vec![Value::List(Rc::new(items(self)))]
            }
            "concat" => {
                let mut all = items(self);
                for value in self.argument(made, 0) {
                    match value {
                        Value::Literal(file, id, context, _) => all.extend(self.elements(file, id, &context)),
                        Value::List(items) | Value::Row(items) => all.extend(items.iter().cloned()),
                        value => all.push(value),
                    }
                }
                vec![Value::List(Rc::new(all))]
            }
            "map" | "flatMap" => {
                let functions = self.argument(made, 0);
                let all = items(self);
                let mut mapped = Vec::new();
                for function in functions {
                    if let Value::Function(file, function, outer) = function {
                        mapped.extend(self.mapped(file, function, &outer, &all));
                    } else {
                        mapped.push(unresolved("the result of `.map()`"));
                    }
                }
                vec![Value::List(Rc::new(mapped))]
            }
            "join" => match &object {
                Value::Literal(file, id, context, _) => self.joined_elements(*file, *id, context, made),
                _ => {
                    let is_row = matches!(object, Value::Row(_));
                    let items = items(self);
                    self.joined_values(items, is_row, made)
                }
            },
            _ => match &object {
                Value::Literal(..) => {
                    let members = self.member(object, method);
                    members.into_iter().flat_map(|member| self.call(member, made)).collect()
                }
                _ => vec![unresolved(&format!("the result of `.{method}()`"))],
            },
        }
    }

    /// What a function gives for elements: where it gives back a part of them, or what depends on nothing else.
    pub(super) fn mapped(&mut self, file: FileId, function: u32, outer: &Context, items: &[Value]) -> Vec<Value> {
        let Some(parsed) = self.project.summary(file) else { return Vec::new() };
        let Some(entry) = parsed.summary.function(function) else { return Vec::new() };
        let mut mapped = Vec::new();
        for &value in &entry.returns {
            match parsed.summary.expression(value) {
                Expr::Member(object, name) if self.is_parameter(file, *object, function) => {
                    mapped.extend(items.iter().cloned().flat_map(|item| self.member(item, name)));
                }
                _ if self.is_parameter(file, value, function) => mapped.extend(items.iter().cloned()),
                // `url => url.trim()`
                Expr::Call(callee, arguments)
                    if matches!(parsed.summary.expression(*callee), Expr::Member(object, _)
                        if self.is_parameter(file, *object, function))
                        && items.iter().all(|item| matches!(item, Value::Text(_))) =>
                {
                    let Expr::Member(_, method) = parsed.summary.expression(*callee) else { continue };
                    let made = Made { file, arguments: arguments.clone(), context: outer.clone() };
                    mapped.extend(self.text_method(items.to_vec(), method, &made));
                }
                _ => mapped.extend(self.eval(file, value, outer)),
            }
        }
        mapped
    }

    pub(super) fn is_parameter(&self, file: FileId, id: ExprId, function: u32) -> bool {
        let Some(parsed) = self.project.summary(file) else { return false };
        let Expr::Symbol(symbol) = parsed.summary.expression(id) else { return false };
        let is_first = |&value: &ExprId| *parsed.summary.expression(value) == Expr::Parameter { function, index: 0 };
        parsed.summary.binding(*symbol).is_some_and(|binding| binding.values.iter().all(is_first))
    }

    /// Elements that are joined. Where their order isn't known, those that are absolute come first.
    fn joined_values(&mut self, items: Vec<Value>, is_row: bool, made: &Made) -> Vec<Value> {
        let separators: Vec<_> = self.argument(made, 0).into_iter().map(Value::into_text).collect();
        let separator = match separators.as_slice() {
            [] => Text { known: ",".to_owned(), ..Text::default() },
            [separator] => separator.clone(),
            _ => return vec![unresolved("the result of `.join()`")],
        };
        if is_row {
            let mut whole: Option<Text> = None;
            for item in items {
                let item = item.into_text();
                whole = Some(match whole {
                    Some(whole) => joined(&joined(&whole, &separator), &item),
                    None => item,
                });
            }
            return vec![whole.map_or_else(|| Value::text(""), Value::Text)];
        }
        let rest = unresolved("what is joined to it").into_text();
        let firsts = items.into_iter().filter_map(|item| match item {
            Value::Text(text) if is_absolute(&text.known) => {
                Some(Value::Text(joined(&joined(&text, &separator), &rest)))
            }
            _ => None,
        });
        let firsts: Vec<_> = firsts.collect();
        if firsts.is_empty() { vec![unresolved("the result of `.join()`")] } else { firsts }
    }

    /// `[a, b].join("/")`
    pub(super) fn joined_elements(&mut self, file: FileId, id: ExprId, context: &Context, made: &Made) -> Vec<Value> {
        let Some(parsed) = self.project.summary(file) else { return Vec::new() };
        let Expr::Array(elements) = parsed.summary.expression(id) else { return Vec::new() };
        let separators = if made.arguments.is_empty() {
            vec![Text { known: ",".to_owned(), ..Text::default() }]
        } else {
            self.argument(made, 0).into_iter().map(Value::into_text).collect()
        };
        let mut all = Vec::new();
        for separator in &separators {
            let mut beginnings = vec![Text::default()];
            for (place, &element) in elements.iter().enumerate() {
                let ends: Vec<_> = self.eval(file, element, context).into_iter().map(Value::into_text).collect();
                let mut longer = Vec::new();
                for beginning in &beginnings {
                    let start = if place == 0 { beginning.clone() } else { joined(beginning, separator) };
                    longer.extend(ends.iter().map(|end| joined(&start, end)));
                }
                longer.truncate(MOST_VALUES);
                beginnings = longer;
            }
            all.extend(beginnings.into_iter().map(Value::Text));
        }
        all
    }
}
