//! Names, their members, parameters and `this`.

use std::rc::Rc;

use super::origin::PAGE_HOST;
use super::value::{Context, FileId, Frame, Hole, Instance, Name, Text, Value};
use super::{Resolver, URL_PARTS, unresolved};
use crate::scan::report::{Reason, ReasonCode, Resolution};
use crate::scan::summary::{Binding, Expr, ExprId, PROPERTIES, PUSHED, STATE, Summary};

impl Resolver<'_> {
    pub(super) fn symbol(&mut self, file: FileId, summary: &Summary, symbol: u32, context: &Context) -> Vec<Value> {
        let Some(binding) = summary.binding(symbol) else { return Vec::new() };
        let reading = self.assigned.iter().rev().find(|open| (open.0, open.1) == (file, symbol)).copied();
        let reading = reading.map(|(.., place, depth)| {
            self.memory.lean_on(depth);
            place
        });
        let dead = if reading.is_none_or(|reading| reading > binding.dead) { binding.dead } else { 0 };
        let mut values = self.assigned_values((file, symbol), summary, binding, (dead, reading), context);
        // What the assignment itself reads are the earlier ones.
        if values.is_empty() && dead > 0 {
            values = self.assigned_values((file, symbol), summary, binding, (0, Some(dead)), context);
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
        self.narrow_values(file, symbol, &mut values, context);
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

    /// What a variable is assigned, from a place on, and before another one.
    fn assigned_values(
        &mut self,
        (file, symbol): (FileId, u32),
        summary: &Summary,
        binding: &Binding,
        (from, reading): (usize, Option<usize>),
        context: &Context,
    ) -> Vec<Value> {
        let mut values = Vec::new();
        for (place, &value) in binding.values.iter().enumerate().take(reading.unwrap_or(usize::MAX)).skip(from) {
            self.assigned.push((file, symbol, place, self.depth));
            let found = self.eval(file, value, context);
            // A later value that is given in any case is the only one.
            if place > from && reading.is_none() && !found.is_empty() && self.is_certain(file, summary, value, context)
            {
                values.clear();
            }
            self.assigned.pop();
            values.extend(
                found
                    .into_iter()
                    .map(|value| value.by(Resolution::Constant))
                    .map(|value| value.through(file, binding.offset, Name::Variable(symbol))),
            );
        }
        values
    }

    /// Whether a value stands under tests that all hold.
    fn is_certain(&mut self, file: FileId, summary: &Summary, mut value: ExprId, context: &Context) -> bool {
        let mut is_under_a_test = false;
        while let &Expr::When { test, holds, value: inner } = summary.expression(value) {
            if self.truth(file, test, context) != Some(holds) {
                return false;
            }
            (is_under_a_test, value) = (true, inner);
        }
        is_under_a_test
    }

    /// A member of what an expression can be, and what is given to it after it was made.
    pub(super) fn members(
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
            Expr::Member(..) | Expr::Global(_) => self.global_member_values(summary, object, name),
            _ => Vec::new(),
        };
        let assigned = !values.is_empty();
        let is_super = matches!(summary.expression(object), Expr::Super(_));
        for object in objects {
            // What is given from outside may be all that there is.
            let found = match object {
                Value::Class(..) | Value::Instance(_) if assigned => self.own_member(object, name),
                object if self.configuring(file, &object, name).is_some() => {
                    self.configuring(file, &object, name).into_iter().collect()
                }
                object if is_super => self.inherited_member(object, name),
                object => self.member(object, name),
            };
            let found = found.into_iter().filter(|value| !(assigned && matches!(value, Value::Nothing(_))));
            values.extend(found);
        }
        // What a plugin gives to all components no class says.
        let is_open = |value: &Value| {
            matches!(value, Value::Unknown(_) | Value::Nothing(_) | Value::Global(_) | Value::External { .. })
        };
        if self.properties.contains_key(name) && values.iter().all(is_open) {
            return self.shared_property(name);
        }
        values
    }

    /// Members that are given to a variable's object after it was made.
    pub(super) fn assigned_members(
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

    /// What a key can be, and whether that is all.
    pub(super) fn keys(&mut self, file: FileId, key: ExprId, context: &Context) -> (Vec<Text>, bool) {
        let keys: Vec<_> = self.eval(file, key, context).into_iter().map(Value::into_text).collect();
        // Which host the page is on nobody knows.
        let is_known = !keys.is_empty() && keys.iter().all(|key| key.hole.is_none() && !key.known.contains(PAGE_HOST));
        (keys, is_known)
    }

    pub(super) fn element(&mut self, file: FileId, object: ExprId, key: ExprId, context: &Context) -> Vec<Value> {
        let (keys, is_known) = self.keys(file, key, context);
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
    pub(super) fn parameter(
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
        let name = Name::Parameter { function, index };
        let reason = Reason::new(ReasonCode::Parameter, self.shown_name(file, name));
        let mut unknown = Hole::new(reason);
        unknown.parameter = Some((file, function));
        vec![Value::Unknown(unknown).through(file, function_entry.offset, name)]
    }

    /// How a message calls a name.
    pub(super) fn shown_name(&self, file: FileId, name: Name) -> String {
        let Some(parsed) = self.project.summary(file) else { return String::new() };
        match name {
            Name::Variable(symbol) => {
                parsed.summary.binding(symbol).map_or_else(String::new, |binding| format!("`{}`", binding.name))
            }
            Name::Parameter { function, index } => {
                let function = parsed.summary.function(function);
                let parameter = function.and_then(|function| function.parameters.get(index));
                let name = parameter.map_or("…", |parameter| parameter.name.as_str());
                match name {
                    PROPERTIES => return "a property of the component".to_owned(),
                    STATE => return "what a state is set to".to_owned(),
                    _ => {}
                }
                let of = function.and_then(|function| function.name.as_ref());
                let of = of.map(|name| format!(" of `{name}`")).unwrap_or_default();
                format!("the parameter `{name}`{of}")
            }
        }
    }

    /// The call of a function around an expression.
    pub(super) fn frame_of(&mut self, file: FileId, function: u32, context: &Context) -> Option<Rc<Frame>> {
        let is_call = |frame: &Frame| (frame.file, frame.function) == (file, function);
        let mut next = context.as_ref();
        while let Some(frame) = next {
            if is_call(frame) {
                self.memory.lean_on_call(frame.number);
                return Some(Rc::clone(frame));
            }
            next = frame.outer.as_ref();
        }
        self.memory.lean_on_call(0);
        self.memory.lean_on_assumed();
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
    pub(super) fn this(&mut self, file: FileId, class: u32, context: &Context) -> Rc<Instance> {
        self.memory.lean_on_call(0);
        let mut around = None;
        let mut next = context.as_ref();
        while let Some(frame) = next {
            if let Some(instance) = &frame.instance {
                around = around.or_else(|| Some(Rc::clone(instance)));
                if instance.made.is_some() {
                    return Rc::clone(instance);
                }
            }
            next = frame.outer.as_ref();
        }
        self.memory.lean_on_assumed();
        // Of which object a method was called the calls that are assumed may tell.
        for assumed in self.assumed.clone().iter().rev() {
            let mut next = Some(assumed);
            while let Some(frame) = next {
                if let Some(instance) = frame.instance.as_ref().filter(|instance| instance.made.is_some())
                    && let Some(part) = self.part_of(Instance::whole(instance), (file, class), 0)
                {
                    return part;
                }
                next = frame.outer.as_ref();
            }
        }
        around.unwrap_or_else(|| self.unmade((file, class)))
    }
}
