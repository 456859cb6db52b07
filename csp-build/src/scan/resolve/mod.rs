//! What an expression can be, worked out on summaries.

mod calls;
mod library;
mod members;
mod origin;
mod report;
mod value;

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::environment::{Environment, is_public};
use super::options::Options;
use super::project::Project;
use super::report::{Reason, ReasonCode, Resolution};
use super::sinks::Table;
use super::summary::{Expr, ExprId, PUSHED, Summary};
use calls::Caller;
pub(crate) use origin::declared;
pub(crate) use value::FileId;
use value::{Context, Frame, Hole, Instance, MOST_VALUES, Made, Text, Value};

/// The most steps for one call. A real one takes a few dozen.
const MOST_STEPS: usize = 20_000;
/// Parts of a URL object that are part of its origin.
const URL_PARTS: &[&str] = &["host", "hostname", "href", "port", "protocol"];
/// The deepest row of expressions, bindings, imports and calls that is followed.
const DEEPEST: usize = 200;

pub(crate) struct Resolver<'p> {
    project: &'p mut Project,
    environment: &'p Environment,
    base_urls: Vec<Value>,
    table: Table,
    steps: usize,
    depth: usize,
    /// What is being worked out: an expression that leads to itself says nothing.
    open: HashSet<(FileId, ExprId, usize)>,
    /// The variables whose assignments are being worked out, and which of them: one that reads its variable sees the
    /// earlier ones.
    assigned: Vec<(FileId, u32, usize)>,
    /// The calls that are assumed, so that parameters have values.
    assumed: Vec<Rc<Frame>>,
    callers: HashMap<(FileId, u32), Vec<Caller>>,
    /// `axios.defaults.baseURL = …`, by the package.
    defaults: HashMap<String, Vec<Value>>,
    /// The options of clients that others use without naming them, by the class.
    kept: HashMap<&'static str, Vec<Value>>,
    /// Calls in the arguments of calls that connect.
    handed_on: HashSet<(FileId, ExprId)>,
}

impl<'p> Resolver<'p> {
    pub(crate) fn new(project: &'p mut Project, environment: &'p Environment, options: &Options) -> Self {
        Self {
            project,
            environment,
            base_urls: options.base_urls.iter().map(Value::text).collect(),
            table: Table::with(&options.sinks),
            steps: 0,
            depth: 0,
            open: HashSet::new(),
            assigned: Vec::new(),
            assumed: Vec::new(),
            callers: HashMap::new(),
            defaults: HashMap::new(),
            kept: HashMap::new(),
            handed_on: HashSet::new(),
        }
    }

    /// What an expression can be, with a fresh allowance of steps.
    fn values(&mut self, file: FileId, id: ExprId, context: &Context) -> Vec<Value> {
        self.steps = 0;
        self.eval(file, id, context)
    }

    fn eval(&mut self, file: FileId, id: ExprId, context: &Context) -> Vec<Value> {
        self.steps += 1;
        if self.steps > MOST_STEPS || self.depth > DEEPEST {
            return vec![Value::unknown(Reason::new(ReasonCode::TooComplex, "a value that takes too many steps"))];
        }
        let key = (file, id, context.as_ref().map_or(0, |frame| Rc::as_ptr(frame).addr()));
        if !self.open.insert(key) {
            return Vec::new();
        }
        self.depth += 1;
        let mut values = self.eval_open(file, id, context);
        self.depth -= 1;
        self.open.remove(&key);
        bounded(&mut values);
        values
    }

    fn eval_open(&mut self, file: FileId, id: ExprId, context: &Context) -> Vec<Value> {
        let Some(parsed) = self.project.summary(file) else { return Vec::new() };
        let summary = &parsed.summary;
        match summary.expression(id) {
            Expr::Text(text) => vec![Value::text(text.as_str())],
            Expr::Pattern(pattern, flags) => vec![Value::Pattern(pattern.clone(), flags.clone())],
            Expr::Concat(parts) => self.concat(file, parts, context),
            Expr::Either(choices) => choices.iter().flat_map(|&choice| self.eval(file, choice, context)).collect(),
            Expr::Coalesce(first, second) => self.coalesce(file, *first, *second, context),
            Expr::Symbol(symbol) => self.symbol(file, summary, *symbol, context),
            Expr::Global(name) if matches!(name.as_str(), "undefined" | "null") => {
                vec![Value::Nothing(Reason::new(ReasonCode::UnresolvedUrl, format!("`{name}`")))]
            }
            Expr::Global(name) => vec![Value::Global(name.clone())],
            Expr::ImportMeta => vec![Value::ImportMeta],
            Expr::Member(object, name) => {
                let objects = self.eval(file, *object, context);
                self.members(file, summary, *object, objects, name, context)
            }
            Expr::Element(object, key) => self.element(file, *object, *key, context),
            Expr::Call(callee, arguments) => {
                let made = Made { file, arguments: arguments.clone(), context: context.clone() };
                if let Expr::Member(object, method) = summary.expression(*callee) {
                    let objects = self.eval(file, *object, context);
                    if objects.iter().any(|object| matches!(object, Value::Text(_))) {
                        return self.text_method(objects, method, &made);
                    }
                    if objects.iter().any(|object| matches!(object, Value::Literal(..) | Value::List(_))) {
                        return objects
                            .into_iter()
                            .flat_map(|object| self.collection_method(object, method, &made))
                            .collect();
                    }
                    let callees = self.members(file, summary, *object, objects, method, context);
                    return callees.into_iter().flat_map(|callee| self.call(callee, &made)).collect();
                }
                let callees = self.eval(file, *callee, context);
                callees.into_iter().flat_map(|callee| self.call(callee, &made)).collect()
            }
            Expr::New(callee, arguments) => {
                let made = Made { file, arguments: arguments.clone(), context: context.clone() };
                let callees = self.eval(file, *callee, context);
                callees.into_iter().flat_map(|callee| self.construct(callee, &made)).collect()
            }
            Expr::Object(_) | Expr::Array(_) => {
                vec![Value::Literal(file, id, context.clone(), Resolution::Literal)]
            }
            Expr::Function(function) => vec![Value::Function(file, *function, context.clone())],
            Expr::Class(class) => vec![Value::Class(file, *class, context.clone())],
            Expr::This(class) => vec![Value::Instance(self.this(file, *class, context))],
            Expr::Super(class) => {
                let this = self.this(file, *class, context);
                self.parent(&this).into_iter().map(Value::Instance).collect()
            }
            Expr::Parameter { function, index } => self.parameter(file, summary, *function, *index, context),
            Expr::Import { source, name } => self.import(file, source, name),
            Expr::Opaque => vec![unresolved("a value that is worked out when the page runs")],
        }
    }

    /// All combinations of the parts. Once the origin is known, the rest doesn't matter.
    fn concat(&mut self, file: FileId, parts: &[ExprId], context: &Context) -> Vec<Value> {
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
            let ends: Vec<_> = self.eval(file, part, context).into_iter().map(Value::into_text).collect();
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
                        let reason = Reason::new(ReasonCode::DynamicHost, "a host with a path that has no `/`");
                        return Text { hole: Some(Hole::new(reason)), ..beginning.clone() };
                    }
                    Text {
                        known: format!("{}{}", beginning.known, end.known),
                        hole: end.hole.clone(),
                        resolution: beginning.resolution.max(end.resolution),
                    }
                }));
            }
            if longer.len() > MOST_VALUES {
                longer.truncate(MOST_VALUES);
                longer.push(too_many().into_text());
            }
            beginnings = longer;
        }
        beginnings.into_iter().map(Value::Text).collect()
    }

    /// The first value, or the second where the first is nothing or not known.
    fn coalesce(&mut self, file: FileId, first: ExprId, second: ExprId, context: &Context) -> Vec<Value> {
        let firsts = self.eval(file, first, context);
        let is_nothing = |value: &Value| match value {
            Value::Nothing(_) => true,
            Value::Text(text) => text.known.is_empty() && text.hole.is_none(),
            _ => false,
        };
        // What comes from outside may be nothing.
        let is_open = |value: &Value| matches!(value, Value::Unknown(_) | Value::Global(_) | Value::External { .. });
        let is_certain = !firsts.is_empty() && firsts.iter().all(|value| !is_nothing(value) && !is_open(value));
        let mut values: Vec<_> = firsts.into_iter().filter(|value| !is_nothing(value)).collect();
        if !is_certain {
            values.extend(self.eval(file, second, context));
        }
        values
    }

    fn symbol(&mut self, file: FileId, summary: &Summary, symbol: u32, context: &Context) -> Vec<Value> {
        let Some(binding) = summary.binding(symbol) else { return Vec::new() };
        let reading = self.assigned.iter().rev().find(|open| (open.0, open.1) == (file, symbol)).map(|open| open.2);
        let mut values = Vec::new();
        for (place, &value) in binding.values.iter().enumerate().take(reading.unwrap_or(usize::MAX)) {
            self.assigned.push((file, symbol, place));
            let found = self.eval(file, value, context);
            self.assigned.pop();
            values.extend(
                found
                    .into_iter()
                    .map(|value| value.by(Resolution::Constant))
                    .map(|value| value.through(file, binding.offset, || format!("`{}`", binding.name))),
            );
        }
        if values.is_empty() && binding.values.is_empty() {
            values.push(unresolved(&format!("`{}`, which gets its value elsewhere", binding.name)));
        }
        if !binding.appended.is_empty() {
            let appended: Vec<_> = binding.appended.iter().flat_map(|&value| self.eval(file, value, context)).collect();
            let starts_a_path =
                |value: &Value| matches!(value, Value::Text(text) if text.known.starts_with(['/', '?', '#']));
            // Nothing that is appended can reach the host any more.
            let end = if appended.iter().all(starts_a_path) { "/" } else { "" };
            let reason = Reason::new(ReasonCode::UnresolvedUrl, format!("what is appended to `{}`", binding.name));
            for value in &mut values {
                if let Value::Text(Text { known, hole: hole @ None, .. }) = value {
                    known.push_str(end);
                    *hole = Some(Hole::new(reason.clone()));
                }
            }
        }
        // An array that grows is more than its literal.
        let pushed: Vec<_> =
            binding.members.iter().filter(|(name, _)| name == PUSHED).map(|(_, value)| *value).collect();
        if !pushed.is_empty() && values.iter().any(|value| matches!(value, Value::Literal(..) | Value::List(_))) {
            let pushed: Vec<_> = pushed.into_iter().flat_map(|value| self.eval(file, value, context)).collect();
            for value in &mut values {
                let mut items = match value {
                    Value::Literal(file, id, context, _) => self.elements(*file, *id, context),
                    Value::List(items) => items.to_vec(),
                    _ => continue,
                };
                items.extend(pushed.iter().cloned().map(|value| value.by(Resolution::Member)));
                *value = Value::List(Rc::new(items));
            }
        }
        // `url.host = …` after `const url = new URL(…)`
        if let Some((part, _)) = binding.members.iter().find(|(name, _)| URL_PARTS.contains(&name.as_str())) {
            for value in &mut values {
                if matches!(value, Value::Text(_)) {
                    *value = unresolved(&format!("a URL whose `{part}` is set later"));
                }
            }
        }
        // A type says what an object is where nothing else does.
        if let Some(annotation) = binding.annotation
            && values.iter().all(|value| matches!(value, Value::Unknown(_)))
        {
            let typed = self.typed(file, annotation);
            if !typed.is_empty() {
                return typed;
            }
        }
        values
    }

    /// A member of what an expression can be, and what is given to it after it was made.
    fn members(
        &mut self,
        file: FileId,
        summary: &Summary,
        object: ExprId,
        objects: Vec<Value>,
        name: &str,
        context: &Context,
    ) -> Vec<Value> {
        let mut values = match summary.expression(object) {
            Expr::Symbol(symbol) => self.assigned_members(file, summary, *symbol, name, context),
            _ => Vec::new(),
        };
        let assigned = !values.is_empty();
        for object in objects {
            // What is given from outside may be all that there is.
            let found = match object {
                Value::Class(..) | Value::Instance(_) if assigned => self.own_member(object, name),
                object => self.member(object, name),
            };
            let found = found.into_iter().filter(|value| !(assigned && matches!(value, Value::Nothing(_))));
            values.extend(found);
        }
        values
    }

    /// Members that are given to a variable's object after it was made.
    fn assigned_members(
        &mut self,
        file: FileId,
        summary: &Summary,
        symbol: u32,
        name: &str,
        context: &Context,
    ) -> Vec<Value> {
        let Some(binding) = summary.binding(symbol) else { return Vec::new() };
        let members = binding.members.iter().filter(|(member, _)| member == name);
        members
            .flat_map(|(_, value)| self.eval(file, *value, context))
            .map(|value| value.by(Resolution::Member))
            .collect()
    }

    fn element(&mut self, file: FileId, object: ExprId, key: ExprId, context: &Context) -> Vec<Value> {
        let keys: Vec<_> = self.eval(file, key, context).into_iter().map(Value::into_text).collect();
        let is_known = !keys.is_empty() && keys.iter().all(|key| key.hole.is_none());
        let objects = self.eval(file, object, context);
        let mut values = Vec::new();
        for object in objects {
            if is_known {
                for key in &keys {
                    values.extend(self.member(object.clone(), &key.known));
                }
            } else if let Value::Literal(file, id, context, _) = object {
                values.extend(self.elements(file, id, &context));
            } else if let Value::List(items) = object {
                values.extend(items.iter().cloned());
            } else {
                values.push(match object {
                    Value::Unknown(hole) => Value::Unknown(hole),
                    _ => unresolved("an element that is chosen when the page runs"),
                });
            }
        }
        values
    }

    /// An argument of the call that the expression is looked at in.
    fn parameter(
        &mut self,
        file: FileId,
        summary: &Summary,
        function: u32,
        index: usize,
        context: &Context,
    ) -> Vec<Value> {
        if let Some(frame) = self.frame_of(file, function, context) {
            return match frame.made.arguments.get(index) {
                Some(&argument) => {
                    let values = self.eval(frame.made.file, argument, &frame.made.context);
                    values.into_iter().map(|value| value.by(Resolution::Call)).collect()
                }
                None => vec![Value::Nothing(Reason::new(ReasonCode::Parameter, "an argument that is left out"))],
            };
        }
        let Some(function_entry) = summary.function(function) else { return Vec::new() };
        let parameter = function_entry.parameters.get(index);
        if let Some(annotation) = parameter.and_then(|parameter| parameter.annotation) {
            let typed = self.typed(file, annotation);
            if !typed.is_empty() {
                return typed;
            }
        }
        let name = parameter.map_or("…", |parameter| parameter.name.as_str());
        let of = function_entry.name.as_ref().map(|name| format!(" of `{name}`")).unwrap_or_default();
        let reason = Reason::new(ReasonCode::Parameter, format!("the parameter `{name}`{of}"));
        let offset = function_entry.offset;
        let unknown = Hole { parameter: Some((file, function)), ..Hole::new(reason) };
        vec![Value::Unknown(unknown).through(file, offset, || format!("the parameter `{name}`{of}"))]
    }

    /// The call of a function around an expression.
    fn frame_of(&self, file: FileId, function: u32, context: &Context) -> Option<Rc<Frame>> {
        let is_call = |frame: &Frame| (frame.file, frame.function) == (file, function);
        let mut next = context.as_ref();
        while let Some(frame) = next {
            if is_call(frame) {
                return Some(Rc::clone(frame));
            }
            next = frame.outer.as_ref();
        }
        // A function that is made in a call has the arguments of that call, too.
        self.assumed.iter().rev().find_map(|assumed| {
            let mut next = Some(assumed);
            while let Some(frame) = next {
                if is_call(frame) {
                    return Some(Rc::clone(frame));
                }
                next = frame.outer.as_ref();
            }
            None
        })
    }

    /// The object that `this` is.
    fn this(&self, file: FileId, class: u32, context: &Context) -> Rc<Instance> {
        let mut around = None;
        let mut next = context.as_ref();
        while let Some(frame) = next {
            if let Some(instance) = &frame.instance {
                around = around.or(Some(instance));
                if instance.made.is_some() {
                    return Rc::clone(instance);
                }
            }
            next = frame.outer.as_ref();
        }
        // Of which object a method was called the calls that are assumed may tell.
        for assumed in self.assumed.iter().rev() {
            let mut next = Some(assumed);
            while let Some(frame) = next {
                if let Some(instance) = &frame.instance
                    && (instance.file, instance.class) == (file, class)
                    && instance.made.is_some()
                {
                    return Rc::clone(instance);
                }
                next = frame.outer.as_ref();
            }
        }
        around.cloned().unwrap_or_else(|| Rc::new(Instance { file, class, made: None }))
    }

    fn import(&mut self, file: FileId, source: &str, name: &str) -> Vec<Value> {
        // A path of Rust may end with a module.
        let is_rust = matches!(source.split("::").next(), Some("crate" | "self" | "super"));
        if is_rust
            && name != "*"
            && let Some(module) = self.project.import(file, &format!("{source}::{name}"))
        {
            return vec![Value::Module(module)];
        }
        let Some(target) = self.project.import(file, source) else {
            // A module that is written in its parent's file.
            if let (true, Some((parent, module))) = (is_rust && name != "*", source.rsplit_once("::")) {
                let modules = self.import(file, parent, module);
                return modules.into_iter().flat_map(|module| self.member(module, name)).collect();
            }
            let path = if matches!(name, "*" | "default") { String::new() } else { name.to_owned() };
            return vec![Value::External { source: source.to_owned(), path }];
        };
        if name == "*" {
            return vec![Value::Module(target)];
        }
        self.export(target, name, &mut HashSet::new()).into_iter().map(|value| value.by(Resolution::Import)).collect()
    }

    /// What a file exports by a name, itself or from another one.
    fn export(&mut self, file: FileId, name: &str, visited: &mut HashSet<FileId>) -> Vec<Value> {
        if !visited.insert(file) {
            return Vec::new();
        }
        let Some(parsed) = self.project.summary(file) else { return Vec::new() };
        let summary = &parsed.summary;
        if let Some(&value) = summary.exports.get(name) {
            return self.eval(file, value, &None);
        }
        if let Some(whole) = summary.whole {
            let values = self.eval(file, whole, &None);
            if name == "default" {
                return values;
            }
            return values.into_iter().flat_map(|value| self.member(value, name)).collect();
        }
        for star in &summary.stars {
            let values = match self.project.import(file, star) {
                Some(target) => self.export(target, name, visited),
                None => vec![Value::External { source: star.clone(), path: name.to_owned() }],
            };
            if !values.iter().all(|value| matches!(value, Value::Nothing(_))) {
                return values;
            }
        }
        let detail = format!("`{name}`, which {} doesn't export", self.project.shown(file));
        vec![Value::Nothing(Reason::new(ReasonCode::UnresolvedUrl, detail))]
    }

    fn variable(&self, key: &str) -> Value {
        match self.environment.value(key) {
            Some(value) => Value::text(value).by(Resolution::Environment),
            None if is_public(key) => {
                Value::Nothing(Reason::new(ReasonCode::EnvMissing, format!("`{key}`, which no env file sets")))
            }
            None => Value::unknown(Reason::new(
                ReasonCode::EnvMissing,
                format!("`{key}`, a variable that bundlers don't show to pages"),
            )),
        }
    }
}

/// More alternatives than are followed are one that isn't known.
fn bounded(values: &mut Vec<Value>) {
    if values.len() > MOST_VALUES {
        values.truncate(MOST_VALUES);
        values.push(too_many());
    }
}

fn too_many() -> Value {
    Value::unknown(Reason::new(ReasonCode::TooComplex, "a value with too many alternatives"))
}

fn unresolved(detail: &str) -> Value {
    Value::unknown(Reason::new(ReasonCode::UnresolvedUrl, detail))
}
