//! Objects of classes: what they have themselves, what they inherit, and what their subclasses bring.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::Resolver;
use super::library::RETURNS_NOTHING;
use super::origin::is_absolute;
use super::value::{FileId, Frame, Instance, Made, Value};
use crate::scan::report::Resolution;
use crate::scan::summary::{COPIED, Expr, ExprId, Summary};

/// No function has this number.
const NO_FUNCTION: u32 = u32::MAX;

/// The most subclasses that are asked for what a class leaves to them.
const MOST_SUBCLASSES: usize = 64;

/// How often a member may lead to itself, by other objects of its class.
const MOST_ROUNDS: usize = 3;

/// Where the classes of a file call what they inherit.
#[derive(Debug, Default)]
pub(super) struct Supers {
    /// The first `super(…)` of each class.
    calls: HashMap<u32, ExprId>,
    /// `super.name`, by the class.
    members: HashSet<(u32, String)>,
}

impl Supers {
    fn of(summary: &Summary) -> Self {
        let mut supers = Self::default();
        for site in &summary.calls {
            if let Expr::Call(callee, _) = summary.expression(site.expression)
                && let Expr::Super(class) = *summary.expression(*callee)
            {
                supers.calls.entry(class).or_insert(site.expression);
            }
        }
        for expression in &summary.expressions {
            if let Expr::Member(object, name) = expression
                && let Expr::Super(class) = *summary.expression(*object)
            {
                supers.members.insert((class, name.clone()));
            }
        }
        supers
    }
}

impl Resolver<'_> {
    /// A field or method of an object, or of a parent of its class.
    pub(super) fn own_member(&mut self, object: Value, name: &str) -> Vec<Value> {
        match object {
            Value::Instance(part) => {
                let instance = Instance::whole(&part);
                let mut values = self.instance_member(&instance, name, 0, false);
                // Of which class an object is that nobody saw made, only its declared one tells.
                if instance.made.is_none() {
                    let below = self.below(&instance, name);
                    if !below.is_empty() {
                        values.retain(|value| !is_left_out(value));
                    }
                    values.extend(below);
                }
                // `this` is the class itself in its static methods.
                if values.is_empty() { self.instance_member(&instance, name, 0, true) } else { values }
            }
            Value::Class(file, class, _) => {
                let instance = self.unmade((file, class));
                let values = self.instance_member(&instance, name, 0, true);
                if values.is_empty() { self.instance_member(&instance, name, 0, false) } else { values }
            }
            _ => Vec::new(),
        }
    }

    /// `super.name`
    pub(super) fn inherited_member(&mut self, object: Value, name: &str) -> Vec<Value> {
        match object {
            Value::Instance(parent) => self.instance_member(&parent, name, 0, false),
            object => {
                let object = self.client_of(&object).unwrap_or(object);
                self.member(object, name)
            }
        }
    }

    /// What subclasses have under a name.
    fn below(&mut self, instance: &Rc<Instance>, name: &str) -> Vec<Value> {
        let (mut classes, mut next) = (vec![(instance.file, instance.class)], 0);
        let mut values = Vec::new();
        while let Some(class) = classes.get(next).copied().filter(|_| classes.len() <= MOST_SUBCLASSES) {
            next += 1;
            for below in self.subclasses.get(&class).cloned().unwrap_or_default() {
                if !classes.contains(&below) {
                    classes.push(below);
                    if self.has_own(below, name) && !self.is_hidden_by((instance.file, instance.class), below) {
                        let instance = self.unmade(below);
                        values.extend(self.instance_member(&instance, name, 0, false));
                    }
                }
            }
        }
        values
    }

    fn has_own(&self, (file, class): (FileId, u32), name: &str) -> bool {
        self.project.summary(file).is_some_and(|parsed| {
            parsed.summary.class(class).is_some_and(|class| class.members.iter().any(|(own, _)| own == name))
        })
    }

    /// Whether a class has its own form of the method that is looked at, and never calls the inherited one.
    fn is_hidden_by(&mut self, class: (FileId, u32), below: (FileId, u32)) -> bool {
        self.memory.lean_on_all();
        let Some((of, method)) = &self.method else { return false };
        if *of != class || !self.has_own(below, method) {
            return false;
        }
        let method = method.clone();
        !self.supers(below.0).members.contains(&(below.1, method))
    }

    /// The method that a call is written in.
    pub(super) fn method_of(&self, file: FileId, function: u32) -> Option<((FileId, u32), String)> {
        let parsed = self.project.summary(file)?;
        let class = parsed.summary.function(function)?.class?;
        let members = &parsed.summary.class(class)?.members;
        let is_it = |value: &Expr| matches!(value, Expr::Function(own) if *own == function);
        let (name, _) = members.iter().find(|(_, value)| is_it(parsed.summary.expression(*value)))?;
        Some(((file, class), name.clone()))
    }

    /// Which classes extend which.
    pub(super) fn find_subclasses(&mut self) {
        let mut file = 0;
        while let Some(parsed) = self.project.summary(file) {
            for (class, entry) in (0..).zip(&parsed.summary.classes) {
                let Some(parent) = entry.parent else { continue };
                for parent in self.values(file, parent, &None) {
                    if let Some(parent) = self.class_of(&parent) {
                        self.subclasses.entry(parent).or_default().push((file, class));
                    }
                }
            }
            file += 1;
        }
    }

    fn instance_member(&mut self, instance: &Rc<Instance>, name: &str, level: usize, is_static: bool) -> Vec<Value> {
        let looked_up = (instance.file, instance.class, name.to_owned());
        let mut open = self.looked_up.iter().filter(|(other, _)| *other == looked_up);
        if let (Some(&(_, depth)), Some(_)) = (open.next(), open.nth(MOST_ROUNDS - 1)) {
            self.memory.lean_on(depth);
            return Vec::new();
        }
        self.looked_up.push((looked_up, self.depth));
        let values = self.class_member(instance, name, level, is_static);
        self.looked_up.pop();
        values
    }

    fn class_member(&mut self, instance: &Rc<Instance>, name: &str, level: usize, is_static: bool) -> Vec<Value> {
        let Some(parsed) = self.project.summary(instance.file) else { return Vec::new() };
        let Some(class) = parsed.summary.class(instance.class) else { return Vec::new() };
        let context = Some(self.inside(instance, class.constructor));
        // A type says what a field is where nothing else does.
        let is_given = class.members.iter().any(|(member, _)| member == name);
        if !is_given
            && let Some((.., typed)) =
                parsed.summary.typed.iter().find(|(class, field, _)| *class == instance.class && field == name)
        {
            let Expr::New(kind, _) = *parsed.summary.expression(*typed) else { return Vec::new() };
            let mut values = self.typed(instance.file, kind);
            if let Some(given) = self.given_to_classes.get(&(instance.file, instance.class)).cloned() {
                values.extend(self.given_values(&given, name));
            }
            return values;
        }
        let members = if is_static { &class.statics } else { &class.members };
        let mut values = Vec::new();
        for (_, value) in members.iter().filter(|(member, _)| member == name) {
            values.extend(
                self.eval(instance.file, *value, &context).into_iter().map(|value| value.by(Resolution::Member)),
            );
        }
        for (_, source) in members.iter().filter(|(member, _)| member == COPIED) {
            for source in self.eval(instance.file, *source, &context) {
                let copied = self.option(source, name).into_iter().filter(|value| !matches!(value, Value::Nothing(_)));
                values.extend(copied.map(|value| value.by(Resolution::Member)));
            }
        }
        if values.iter().any(|value| !value.is_optional()) {
            values.retain(|value| !value.is_optional());
        }
        // An empty text is there to be replaced by the URL that another place has.
        if values.iter().any(|value| matches!(value, Value::Text(text) if is_absolute(&text.known))) {
            values.retain(|value| !value.is_empty_text());
        }
        if let Some(given) = self.given_to_classes.get(&(instance.file, instance.class)).cloned() {
            let given = self.given_values(&given, name);
            if !given.is_empty() {
                values.retain(|value| !matches!(value, Value::Nothing(_)));
            }
            values.extend(given);
        }
        if values.is_empty() && level < 8 {
            let parents = self.parent(instance);
            values =
                parents.iter().flat_map(|parent| self.instance_member(parent, name, level + 1, is_static)).collect();
            if parents.is_empty() && class.parent.is_some() {
                let parents = self.library_parents(instance.file, instance.class);
                let clients: Vec<_> = parents.iter().filter_map(|parent| self.client_of(parent)).collect();
                values = clients.into_iter().flat_map(|client| self.member(client, name)).collect();
            }
        }
        values
    }

    /// The classes of libraries and browsers that a class extends.
    pub(super) fn library_parents(&mut self, file: FileId, class: u32) -> Vec<Value> {
        let parent = self.project.summary(file).and_then(|parsed| parsed.summary.class(class)?.parent);
        let parents = parent.map(|parent| self.eval(file, parent, &None)).unwrap_or_default();
        parents.into_iter().filter(|parent| matches!(parent, Value::Global(_) | Value::External { .. })).collect()
    }

    /// What makes the objects of a class that has no constructor, nor inherits one of the front end's own.
    pub(super) fn library_base(&mut self, file: FileId, class: u32) -> Vec<Value> {
        let has_parent = |resolver: &Self| {
            let parsed = resolver.project.summary(file);
            parsed.is_some_and(|parsed| parsed.summary.class(class).is_some_and(|class| class.parent.is_some()))
        };
        if !has_parent(self) {
            return Vec::new();
        }
        let mut instance = self.unmade((file, class));
        for _ in 0..8 {
            let has_constructor = self.project.summary(instance.file).is_none_or(|parsed| {
                parsed.summary.class(instance.class).is_none_or(|class| class.constructor.is_some())
            });
            if has_constructor {
                break;
            }
            match self.parent(&instance).into_iter().next() {
                Some(parent) => instance = parent,
                None => return self.library_parents(instance.file, instance.class),
            }
        }
        Vec::new()
    }

    /// Where a class's own expressions are looked at: in its constructor's call, if that is known.
    fn inside(&mut self, instance: &Rc<Instance>, constructor: Option<u32>) -> Rc<Frame> {
        let (function, made) = match (&instance.made, constructor) {
            (Some(made), Some(constructor)) => (constructor, made.clone()),
            _ => (NO_FUNCTION, Made { file: instance.file, arguments: Vec::new(), context: None }),
        };
        let number = match instance.number.get() {
            0 => {
                self.calls += 1;
                instance.number.set(self.calls);
                self.calls
            }
            number => number,
        };
        let (file, instance) = (instance.file, Some(Rc::clone(instance)));
        Rc::new(Frame { file, function, number, made, instance, outer: None })
    }

    /// The part of an object that is of a class.
    pub(super) fn part_of(
        &mut self,
        instance: Rc<Instance>,
        class: (FileId, u32),
        level: usize,
    ) -> Option<Rc<Instance>> {
        if (instance.file, instance.class) == class {
            return Some(instance);
        }
        let parents = if level < 8 { self.parent(&instance) } else { Vec::new() };
        parents.into_iter().find_map(|parent| self.part_of(parent, class, level + 1))
    }

    /// An object of a class that nobody saw made.
    pub(super) fn unmade(&mut self, (file, class): (FileId, u32)) -> Rc<Instance> {
        let instance = self.unmade.entry((file, class)).or_insert_with(|| Instance::part(file, class, None, None));
        Rc::clone(instance)
    }

    /// What the classes of a file say of their parents.
    fn supers(&mut self, file: FileId) -> Rc<Supers> {
        if let Some(known) = self.supers.get(&file) {
            return Rc::clone(known);
        }
        let supers =
            Rc::new(self.project.summary(file).map_or_else(Supers::default, |parsed| Supers::of(&parsed.summary)));
        self.supers.insert(file, Rc::clone(&supers));
        supers
    }

    /// The object as one of its class's parent: what `super(…)` makes.
    pub(super) fn parent(&mut self, instance: &Rc<Instance>) -> Vec<Rc<Instance>> {
        let Some(parsed) = self.project.summary(instance.file) else { return Vec::new() };
        let summary = &parsed.summary;
        let Some(class) = summary.class(instance.class) else { return Vec::new() };
        let Some(parent) = class.parent else { return Vec::new() };
        let call = self.supers(instance.file).calls.get(&instance.class).copied();
        let arguments = call.and_then(|call| match summary.expression(call) {
            Expr::Call(_, arguments) => Some(arguments.clone()),
            _ => None,
        });
        let made = match arguments {
            Some(arguments) => {
                let context = Some(self.inside(instance, class.constructor));
                Some(Made { file: instance.file, arguments, context })
            }
            None => instance.made.clone(),
        };
        let parents = self.eval(instance.file, parent, &None);
        parents
            .into_iter()
            .filter_map(|parent| {
                let (file, class) = self.class_of(&parent)?;
                Some(Instance::part(file, class, made.clone(), Some(Instance::whole(instance))))
            })
            .collect()
    }

    /// The class that a value is, by syntax or as a function that makes objects.
    pub(super) fn class_of(&self, value: &Value) -> Option<(FileId, u32)> {
        match *value {
            Value::Class(file, class, _) => Some((file, class)),
            Value::Function(file, function, _) => {
                let makes = self.project.summary(file)?.summary.function(function)?.makes;
                makes.map(|class| (file, class))
            }
            _ => None,
        }
    }
}

/// Whether a class leaves a member to its subclasses: an abstract method, or a getter that only throws.
fn is_left_out(value: &Value) -> bool {
    matches!(value, Value::Unknown(hole) if hole.reason.detail == RETURNS_NOTHING)
}
