//! What an expression can be, worked out on summaries.

mod assigned;
mod bases;
mod bindings;
mod calls;
mod clusters;
mod collections;
mod combined;
mod configured;
mod conventions;
mod ember;
mod guards;
mod hits;
mod implied;
mod imports;
mod injected;
mod instances;
mod interceptors;
mod known;
mod library;
mod likely;
mod members;
mod memory;
mod origin;
mod parts;
mod pattern;
mod report;
mod served;
mod texts;
mod value;

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::environment::Environment;
use super::options::Options;
use super::project::Project;
use super::report::{Reason, ReasonCode, Resolution, Unresolved};
use super::sinks::Table;
use super::summary::{CallSite, Expr, ExprId};
use assigned::{BaseOf, Given};
use calls::Caller;
use combined::bounded;
use configured::Configured;
use guards::Narrowing;
use injected::Token;
use known::Known;
use memory::Memory;
pub(crate) use origin::declared;
pub(crate) use served::is_of_framework;
pub(crate) use value::FileId;
use value::{Context, DEEPEST, Frame, Instance, Made, Value};

/// The most steps for one call, by how many all calls together have taken. A real one takes a few dozen, and all of a large
/// front end 200,000; bundles of megabytes have thousands of calls of which each could take all of its own.
const MOST_STEPS: [(usize, usize); 3] = [(600_000, 20_000), (1_200_000, 1_000), (usize::MAX, 100)];
/// Parts of a URL object that are part of its origin.
const URL_PARTS: &[&str] = &["host", "hostname", "href", "port", "protocol"];

pub(crate) struct Resolver<'p> {
    project: &'p mut Project,
    environment: &'p Environment,
    base_urls: Vec<Value>,
    table: Table,
    steps: usize,
    most_steps: usize,
    all_steps: usize,
    /// How many callers of callers were asked.
    ways: usize,
    depth: usize,
    /// What is being worked out, with its depth: an expression that leads to itself says nothing.
    open: Vec<((FileId, ExprId, u64), usize)>,
    memory: Memory,
    /// How many calls were looked into; the number of one is higher than of those before it.
    calls: u64,
    /// The functions whose results are being worked out, with the depth.
    calling: Vec<((FileId, u32), usize)>,
    /// The variables whose assignments are being worked out, which of them, and at which depth: one that reads its variable
    /// sees the earlier ones.
    assigned: Vec<(FileId, u32, usize, usize)>,
    /// The calls that are assumed, so that parameters have values.
    assumed: Vec<Rc<Frame>>,
    /// The number of what is assumed, 0 for nothing, and how many assumptions there were.
    assumption: u64,
    assumptions: u64,
    /// Where those of them are written that lead to the call that is reported.
    way: Vec<(FileId, usize)>,
    callers: HashMap<(FileId, u32), Vec<Caller>>,
    configured: Configured,
    known: Known,
    /// Calls of functions that are parameters of a function.
    deferred: Vec<(FileId, CallSite, (FileId, u32))>,
    /// Where classes call what they inherit, by the file.
    supers: HashMap<FileId, Rc<instances::Supers>>,
    /// Objects that nobody saw made, by their classes.
    unmade: HashMap<(FileId, u32), Rc<Instance>>,
    /// The classes that extend a class of the project.
    subclasses: HashMap<(FileId, u32), Vec<(FileId, u32)>>,
    /// The members of classes that are being looked up, with the depth.
    looked_up: Vec<((FileId, u32, String), usize)>,
    /// The properties of literals that are being read, with the depth.
    read: Vec<((FileId, ExprId, String), usize)>,
    /// The method that is looked at, with its class.
    method: Option<((FileId, u32), String)>,
    /// Default bases that are set, and where, as the parts of a text.
    set_bases: Vec<(BaseOf, FileId, Vec<ExprId>)>,
    /// `axios.defaults.baseURL = …`, by the package.
    defaults: HashMap<String, Vec<Value>>,
    /// The same of a client, by the place where it is made.
    client_defaults: HashMap<(FileId, ExprId), Vec<Value>>,
    /// What is assigned to globals, by their names.
    globals: HashMap<String, Vec<(FileId, ExprId)>>,
    /// What all components of a framework have, by name.
    properties: HashMap<String, Vec<(FileId, ExprId)>>,
    /// What other files assign to members of an object literal.
    given: HashMap<(FileId, ExprId), Vec<Given>>,
    /// The same of classes and their objects.
    given_to_classes: HashMap<(FileId, u32), Vec<Given>>,
    /// What an injector hands out.
    provided: HashMap<Token, Vec<(FileId, ExprId)>>,
    /// The options of clients that others use without naming them, by the class.
    kept: HashMap<&'static str, Vec<Value>>,
    /// How many tests are being decided, within one another.
    tests: usize,
    /// The tests around what is being worked out.
    narrowings: Vec<Narrowing>,
    /// Calls below a base that isn't known, by the call that made what they are of.
    below: HashMap<(FileId, ExprId), Vec<Unresolved>>,
    /// Functions that only the server calls, and files that are never sent to a browser.
    served: HashSet<(FileId, u32)>,
    served_files: HashSet<FileId>,
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
            most_steps: usize::MAX,
            all_steps: 0,
            ways: 0,
            depth: 0,
            open: Vec::new(),
            memory: Memory::default(),
            calls: 0,
            calling: Vec::new(),
            assigned: Vec::new(),
            assumed: Vec::new(),
            assumption: 0,
            assumptions: 0,
            way: Vec::new(),
            callers: HashMap::new(),
            configured: Configured::default(),
            known: Known::default(),
            deferred: Vec::new(),
            supers: HashMap::new(),
            unmade: HashMap::new(),
            subclasses: HashMap::new(),
            looked_up: Vec::new(),
            read: Vec::new(),
            method: None,
            set_bases: Vec::new(),
            defaults: HashMap::new(),
            client_defaults: HashMap::new(),
            globals: HashMap::new(),
            properties: HashMap::new(),
            given: HashMap::new(),
            given_to_classes: HashMap::new(),
            provided: HashMap::new(),
            kept: HashMap::new(),
            tests: 0,
            narrowings: Vec::new(),
            below: HashMap::new(),
            served: HashSet::new(),
            served_files: HashSet::new(),
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
        self.all_steps += 1;
        let most =
            MOST_STEPS.iter().find(|(all, _)| self.all_steps <= *all).map_or(0, |(_, most)| *most).min(self.most_steps);
        if self.steps > most || self.depth > DEEPEST {
            self.memory.lean_on_all();
            return vec![Value::unknown(Reason::new(ReasonCode::TooComplex, "a value that takes too many steps"))];
        }
        if let Some(value) = self.written(file, id, context) {
            return vec![value];
        }
        if let Some(values) = self.remembered(file, id, context) {
            return values;
        }
        let key = (file, id, memory::number(context));
        if let Some((_, depth)) = self.open.iter().rev().find(|(open, _)| *open == key) {
            self.memory.lean_on(*depth);
            return Vec::new();
        }
        self.depth += 1;
        self.open.push((key, self.depth));
        let around = (self.memory.begin(), self.calls);
        let mut values = self.eval_open(file, id, context);
        bounded(&mut values);
        self.open.pop();
        self.remember((file, id), context, around, &values);
        self.depth -= 1;
        values
    }

    /// The value of an expression that is one by itself: nothing has to be remembered of it.
    fn written(&mut self, file: FileId, id: ExprId, context: &Context) -> Option<Value> {
        let value = match self.project.files.get(file)?.parsed.summary.expression(id) {
            Expr::Text(text) => {
                let mut value = Value::text(text.as_str());
                value.cut();
                return Some(value);
            }
            Expr::Opaque | Expr::Test(..) => {
                return Some(unresolved("a value that is worked out when the page runs"));
            }
            Expr::Object(_) | Expr::Array(_) => Value::Literal(file, id, context.clone(), Resolution::Literal),
            Expr::Function(function) => Value::Function(file, *function, context.clone()),
            Expr::Class(class) => Value::Class(file, *class, context.clone()),
            _ => return None,
        };
        self.memory.lean_on_call(0);
        Some(value)
    }

    /// Looks into a value that may lead to itself.
    fn deeper(&mut self, look: impl FnOnce(&mut Self) -> Vec<Value>) -> Vec<Value> {
        if self.depth > DEEPEST {
            self.memory.lean_on_all();
            return vec![Value::unknown(Reason::new(ReasonCode::TooComplex, "a value that takes too many steps"))];
        }
        self.depth += 1;
        let values = look(self);
        self.depth -= 1;
        values
    }

    /// A call to look at a function in.
    fn frame(
        &mut self,
        (file, function): (FileId, u32),
        made: Made,
        instance: Option<Rc<Instance>>,
        outer: Context,
    ) -> Rc<Frame> {
        self.calls += 1;
        let number = self.calls;
        Rc::new(Frame { file, function, number, made, instance, outer })
    }

    fn eval_open(&mut self, file: FileId, id: ExprId, context: &Context) -> Vec<Value> {
        let Some(parsed) = self.project.summary(file) else { return Vec::new() };
        let summary = &parsed.summary;
        match summary.expression(id) {
            Expr::Pattern(pattern, flags) => vec![Value::Pattern(pattern.clone(), flags.clone())],
            Expr::Concat(parts) => self.concat(file, parts, context),
            Expr::Either(choices) => choices.iter().flat_map(|&choice| self.eval(file, choice, context)).collect(),
            Expr::Coalesce(first, second) => self.coalesce(file, *first, *second, context),
            Expr::Symbol(symbol) => self.symbol(file, summary, *symbol, context),
            Expr::Global(name) if matches!(name.as_str(), "undefined" | "null") => {
                vec![Value::Nothing(Reason::new(ReasonCode::UnresolvedUrl, format!("`{name}`")))]
            }
            Expr::Global(name) => match self.held_by_store(file, name, context) {
                Some(values) => values,
                None => self.global(name),
            },
            Expr::ImportMeta => vec![Value::ImportMeta],
            Expr::Member(object, name) => {
                let objects = self.eval(file, *object, context);
                self.members(file, summary, *object, objects, name, context)
            }
            Expr::Element(object, key) => self.element(file, *object, *key, context),
            Expr::Call(callee, arguments) => {
                let made = Made { file, arguments: arguments.clone(), context: context.clone() };
                if let Expr::Member(object, method) = summary.expression(*callee) {
                    if let Some(settled) = self.settled(file, *object, method, arguments, context) {
                        return settled;
                    }
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
                    if let Some(values) = self.applied(&objects, method, &made) {
                        return values;
                    }
                    let callees = self.members(file, summary, *object, objects, method, context);
                    return self.call_all(callees, &made).into_iter().map(|value| value.made_at(file, id)).collect();
                }
                let callees = self.eval(file, *callee, context);
                self.call_all(callees, &made).into_iter().map(|value| value.made_at(file, id)).collect()
            }
            Expr::New(callee, arguments) => {
                self.memory.lean_on_call(0);
                let made = Made { file, arguments: arguments.clone(), context: context.clone() };
                let callees = self.eval(file, *callee, context);
                callees
                    .into_iter()
                    .flat_map(|callee| self.construct(callee, &made))
                    .map(|value| value.made_at(file, id))
                    .collect()
            }
            Expr::This(class) => vec![Value::Instance(self.this(file, *class, context))],
            Expr::Super(class) => {
                let this = self.this(file, *class, context);
                let parents = self.parent(&this);
                if parents.is_empty() {
                    return self.library_parents(file, *class);
                }
                parents.into_iter().map(Value::Instance).collect()
            }
            Expr::Parameter { function, index } => self.parameter(file, summary, *function, *index, context),
            Expr::Import { source, name } => self.import(file, source, name),
            Expr::When { test, holds, value } => self.when(file, (*test, *holds), *value, context),
            Expr::Text(_)
            | Expr::Object(_)
            | Expr::Array(_)
            | Expr::Function(_)
            | Expr::Class(_)
            | Expr::Opaque
            | Expr::Test(..) => self.written(file, id, context).into_iter().collect(),
        }
    }
}

fn unresolved(detail: &str) -> Value {
    Value::unknown(Reason::new(ReasonCode::UnresolvedUrl, detail))
}
