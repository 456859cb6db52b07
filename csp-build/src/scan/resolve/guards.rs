//! Tests that known values decide: of a text's form, and of where the code runs.
//!
//! A test that isn't decided says nothing, so that both of its branches count.

use super::Resolver;
use super::origin::{PAGE_HOST, PAGE_SCHEME, has_origin, is_path};
use super::pattern;
use super::value::{Context, DEEPEST, FileId, Made, Text, Value};
use crate::scan::report::ReasonCode;
use crate::scan::summary::{Expr, ExprId, Operator};

/// Globals that only a browser has.
const OF_BROWSERS: &[&str] = &["window", "document", "navigator", "location", "localStorage", "sessionStorage"];

/// The most tests within one another that are followed.
const MOST_TESTS: usize = 12;

/// A variable that is looked at under a test.
#[derive(Clone, Copy, Debug)]
pub(super) struct Narrowing {
    file: FileId,
    symbol: u32,
    test: ExprId,
    holds: bool,
    depth: usize,
}

impl Resolver<'_> {
    /// A value where a test holds or doesn't; nothing where that is known not to be so.
    pub(super) fn when(
        &mut self,
        file: FileId,
        (test, holds): (ExprId, bool),
        value: ExprId,
        context: &Context,
    ) -> Vec<Value> {
        if self.truth(file, test, context) == Some(!holds) {
            return Vec::new();
        }
        self.narrowed(file, test, holds, |resolver| resolver.eval(file, value, context))
    }

    /// Looks at something with the variables of a test as the test has them.
    pub(super) fn narrowed<T>(
        &mut self,
        file: FileId,
        test: ExprId,
        holds: bool,
        look: impl FnOnce(&mut Self) -> T,
    ) -> T {
        let count = self.narrowings.len();
        self.narrow(file, test, holds, 0);
        let result = look(self);
        self.narrowings.truncate(count);
        result
    }

    fn narrow(&mut self, file: FileId, test: ExprId, holds: bool, level: usize) {
        let Some(parsed) = self.project.summary(file).filter(|_| level < 16) else { return };
        match parsed.summary.expression(test) {
            Expr::Test(Operator::Not, parts) => {
                for &part in parts {
                    self.narrow(file, part, !holds, level + 1);
                }
            }
            // All of `a && b` hold, none of `a || b`.
            Expr::Test(Operator::And, parts) if holds => {
                for &part in parts {
                    self.narrow(file, part, true, level + 1);
                }
            }
            Expr::Test(Operator::Or, parts) if !holds => {
                for &part in parts {
                    self.narrow(file, part, false, level + 1);
                }
            }
            _ => {
                if let Some((subject, _)) = self.check(file, test)
                    && let Expr::Symbol(symbol) = *parsed.summary.expression(subject)
                {
                    self.narrowings.push(Narrowing { file, symbol, test, holds, depth: self.depth });
                }
            }
        }
    }

    /// The values that a variable can have under the tests around.
    pub(super) fn narrow_values(&mut self, file: FileId, symbol: u32, values: &mut Vec<Value>, context: &Context) {
        let around: Vec<_> = self
            .narrowings
            .iter()
            .filter(|narrowing| (narrowing.file, narrowing.symbol) == (file, symbol))
            .copied()
            .collect();
        for narrowing in around {
            self.memory.lean_on(narrowing.depth);
            let Some((_, check)) = self.check(file, narrowing.test) else { continue };
            let checked = self.checked(file, check, context);
            values.retain(|value| match value {
                Value::Text(text) => checked.on(text) != Some(!narrowing.holds),
                _ => true,
            });
        }
    }

    /// Whether a test holds, where that is known.
    pub(super) fn truth(&mut self, file: FileId, test: ExprId, context: &Context) -> Option<bool> {
        if self.tests > MOST_TESTS || self.depth > DEEPEST {
            self.memory.lean_on_all();
            return None;
        }
        (self.tests, self.depth) = (self.tests + 1, self.depth + 1);
        let truth = self.truth_here(file, test, context);
        (self.tests, self.depth) = (self.tests - 1, self.depth - 1);
        truth
    }

    fn truth_here(&mut self, file: FileId, id: ExprId, context: &Context) -> Option<bool> {
        let parsed = self.project.summary(file)?;
        let summary = &parsed.summary;
        if let Some((subject, check)) = self.check(file, id) {
            let checked = self.checked(file, check, context);
            // A test of a variable may stand in one of its assignments: that one sees the earlier ones.
            let subjects = match *summary.expression(subject) {
                Expr::Symbol(symbol) => self.symbol(file, summary, symbol, context),
                _ => self.eval(file, subject, context),
            };
            return agreed(subjects.iter().map(|subject| match subject {
                Value::Text(text) => checked.on(text),
                _ => None,
            }));
        }
        match summary.expression(id) {
            Expr::Test(Operator::Not, parts) => self.truth(file, *parts.first()?, context).map(|truth| !truth),
            Expr::Test(Operator::And, parts) => self.all(file, parts, true, context),
            Expr::Test(Operator::Or, parts) => self.all(file, parts, false, context),
            Expr::Coalesce(first, second) => self.all(file, &[*first, *second], false, context),
            Expr::Either(parts) => match parts.as_slice() {
                [part] => self.truth(file, *part, context),
                _ => None,
            },
            Expr::Test(Operator::Same, parts) => match parts.as_slice() {
                &[left, right] => self.are_same(file, left, right, context),
                _ => None,
            },
            Expr::Global(name) => OF_BROWSERS.contains(&name.as_str()).then_some(true),
            Expr::Member(object, name) => match self.eval(file, *object, context).as_slice() {
                [Value::Global(global)] if global == "import.meta.env" && name == "SSR" => Some(false),
                [Value::Global(global)] if global == "process" => match name.as_str() {
                    "server" => Some(false),
                    "client" | "browser" => Some(true),
                    _ => None,
                },
                [Value::ImportMeta] => match name.as_str() {
                    "server" => Some(false),
                    "client" => Some(true),
                    _ => None,
                },
                _ => None,
            },
            Expr::Symbol(symbol) if self.is_settled(file, *symbol) => {
                let values = self.eval(file, id, context);
                agreed(values.iter().map(|value| match value {
                    Value::Nothing(reason) => (reason.code != ReasonCode::EnvMissing).then_some(false),
                    Value::Text(text) if !text.known.is_empty() => Some(true),
                    Value::Text(text) => text.hole.is_none().then_some(false),
                    Value::Function(..) | Value::Literal(..) | Value::Instance(_) => Some(true),
                    _ => None,
                }))
            }
            // A function of the front end's own that gives back a test.
            Expr::Call(callee, arguments) => {
                let callees = self.eval(file, *callee, context);
                if let (Some(&of), [Value::Global(name)]) = (arguments.first(), callees.as_slice())
                    && name == "Array.isArray"
                {
                    return agreed(self.eval(file, of, context).iter().map(|value| match value {
                        Value::Text(_) | Value::Function(..) | Value::Instance(_) => Some(false),
                        Value::List(_) => Some(true),
                        _ => None,
                    }));
                }
                let [Value::Function(of, function, outer)] = callees.as_slice() else { return None };
                let parsed = self.project.summary(*of)?;
                let &[returned] = parsed.summary.function(*function)?.returns.as_slice() else { return None };
                let made = Made { file, arguments: arguments.clone(), context: context.clone() };
                let frame = self.frame((*of, *function), made, None, outer.clone());
                self.truth(*of, returned, &Some(frame))
            }
            _ => None,
        }
    }

    /// The parts of `a && b` and, the other way round, of `a || b`.
    fn all(&mut self, file: FileId, parts: &[ExprId], holds: bool, context: &Context) -> Option<bool> {
        let mut is_known = true;
        for &part in parts {
            match self.truth(file, part, context) {
                Some(truth) if truth != holds => return Some(!holds),
                Some(_) => {}
                None => is_known = false,
            }
        }
        is_known.then_some(holds)
    }

    fn are_same(&mut self, file: FileId, left: ExprId, right: ExprId, context: &Context) -> Option<bool> {
        let parsed = self.project.summary(file)?;
        let summary = &parsed.summary;
        let Expr::Text(right) = summary.expression(right) else { return None };
        match summary.expression(left) {
            Expr::Test(Operator::TypeOf, of) => {
                let values = self.eval(file, *of.first()?, context);
                agreed(values.iter().map(|value| match value {
                    Value::Global(name) if OF_BROWSERS.contains(&name.as_str()) => Some(right == "object"),
                    Value::Text(_) => Some(right == "string"),
                    Value::Function(..) | Value::Class(..) => Some(right == "function"),
                    Value::Literal(..) | Value::Instance(_) => Some(right == "object"),
                    _ => None,
                }))
            }
            // Whether a parameter is one of several words decides what this call does.
            Expr::Symbol(symbol) if self.is_settled(file, *symbol) => {
                let values = self.eval(file, left, context);
                agreed(values.iter().map(|value| match value {
                    Value::Text(Text { known, hole: None, .. }) => Some(known == right),
                    Value::Nothing(reason) => (reason.code == ReasonCode::Parameter).then_some(right == "undefined"),
                    _ => None,
                }))
            }
            _ => None,
        }
    }

    /// Whether a variable is a parameter, or a part of one, that nothing else is assigned to.
    fn is_settled(&self, file: FileId, symbol: u32) -> bool {
        let Some(parsed) = self.project.summary(file) else { return false };
        let summary = &parsed.summary;
        let Some(binding) = summary.binding(symbol) else { return false };
        let [value] = binding.values.as_slice() else { return false };
        let mut value = *value;
        for _ in 0..8 {
            value = match summary.expression(value) {
                Expr::Parameter { .. } => return true,
                Expr::Coalesce(first, _) => *first,
                Expr::Member(object, _) => *object,
                _ => return false,
            };
        }
        false
    }

    /// What a test says of a text's form, and of which expression.
    fn check(&self, file: FileId, id: ExprId) -> Option<(ExprId, Check)> {
        let parsed = self.project.summary(file)?;
        let summary = &parsed.summary;
        match summary.expression(id) {
            Expr::Call(callee, arguments) => {
                let Expr::Member(object, method) = summary.expression(*callee) else { return None };
                let first = *arguments.first()?;
                Some(match method.as_str() {
                    "startsWith" => (*object, Check::Starts(first)),
                    "includes" => (*object, Check::Has(first)),
                    "match" => (*object, Check::Matches(first)),
                    "test" => (first, Check::Matches(*object)),
                    _ => return None,
                })
            }
            Expr::Test(Operator::Same, parts) => {
                let &[place, found] = parts.as_slice() else { return None };
                let Expr::Text(found) = summary.expression(found) else { return None };
                match (summary.expression(place), found.as_str()) {
                    (Expr::Call(callee, arguments), found) => {
                        let Expr::Member(object, method) = summary.expression(*callee) else { return None };
                        let first = *arguments.first()?;
                        Some(match (method.as_str(), found) {
                            ("indexOf", "0") => (*object, Check::Starts(first)),
                            ("indexOf", "-1") => (*object, Check::Lacks(first)),
                            ("search", "0") => (*object, Check::Matches(first)),
                            ("charAt" | "slice" | "substring" | "substr", text)
                                if *summary.expression(first) == Expr::Text("0".to_owned()) =>
                            {
                                let is_whole = match arguments.get(1).map(|&end| summary.expression(end)) {
                                    None => method == "charAt" && text.len() == 1,
                                    Some(Expr::Text(end)) => end.parse() == Ok(text.len()),
                                    Some(_) => false,
                                };
                                is_whole.then_some((*object, Check::Starts(*parts.get(1)?)))?
                            }
                            _ => return None,
                        })
                    }
                    (Expr::Member(object, place), text) if place == "0" && text.len() == 1 => {
                        Some((*object, Check::Starts(*parts.get(1)?)))
                    }
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// A check with its pattern looked up.
    fn checked(&mut self, file: FileId, check: Check, context: &Context) -> Checked {
        let pattern = match check {
            Check::Starts(pattern) | Check::Has(pattern) | Check::Lacks(pattern) | Check::Matches(pattern) => pattern,
        };
        let patterns = self.eval(file, pattern, context);
        match (check, patterns.as_slice()) {
            (Check::Matches(_), [Value::Pattern(pattern, flags)]) => match pattern::compiled(pattern, flags) {
                Some(regex) => Checked::Matches(regex, pattern.starts_with('^')),
                None => Checked::Unknown,
            },
            (Check::Starts(_), [Value::Text(Text { known, hole: None, .. })]) => Checked::Starts(known.clone()),
            (Check::Has(_), [Value::Text(Text { known, hole: None, .. })]) => Checked::Has(known.clone(), true),
            (Check::Lacks(_), [Value::Text(Text { known, hole: None, .. })]) => Checked::Has(known.clone(), false),
            _ => Checked::Unknown,
        }
    }
}

/// What a test says of a text, with the expression that says it.
#[derive(Clone, Copy)]
enum Check {
    Starts(ExprId),
    Has(ExprId),
    Lacks(ExprId),
    Matches(ExprId),
}

enum Checked {
    Starts(String),
    /// Whether it has a part, or hasn't.
    Has(String, bool),
    /// The second says that it is looked for at the beginning alone.
    Matches(regex_lite::Regex, bool),
    Unknown,
}

impl Checked {
    fn on(&self, text: &Text) -> Option<bool> {
        let is_whole = text.hole.is_none();
        // The scheme and the host of the page are those of a URL with a scheme.
        let known = text.known.replace(PAGE_SCHEME, "https:").replace(PAGE_HOST, "page.invalid");
        let is_path = is_path(&known);
        match self {
            Self::Starts(start) if known.starts_with(start.as_str()) => Some(true),
            Self::Starts(start) => (is_whole || !start.starts_with(known.as_str())).then_some(false),
            Self::Has(part, has) if known.contains(part.as_str()) => Some(*has),
            Self::Has(part, has) => (is_whole || (is_path && part.contains("://"))).then_some(!has),
            Self::Matches(regex, is_anchored) => {
                let is_match = regex.is_match(&known);
                let is_settled = is_whole
                    || (*is_anchored && (is_path || has_origin(&known)))
                    || (is_match && !regex.as_str().ends_with('$'));
                is_settled.then_some(is_match)
            }
            Self::Unknown => None,
        }
    }
}

/// What all say; nothing where one doesn't know, or two differ.
fn agreed(mut truths: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let first = truths.next()??;
    truths.all(|truth| truth == Some(first)).then_some(first)
}
