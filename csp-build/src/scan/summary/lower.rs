//! From a syntax tree to a summary.

mod amd;
mod bind;
mod bundles;
mod calls;
mod class;
mod commonjs;
mod component;
mod copies;
mod desugar;
mod divided;
mod element;
mod expression;
mod extended;
mod guard;
mod helpers;
mod lit;
mod modules;
mod named;
mod nuxt;
mod overwritten;
mod private;
mod promise;
mod properties;
mod prototype;
mod provide;
mod query;
mod server;
mod steps;
mod template;
mod tokens;
mod visit;

use oxc_ast::ast::{BindingIdentifier, Expression, ModuleExportName, PropertyKey};
use oxc_semantic::Scoping;
use oxc_span::{GetSpan as _, Span};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::scan::code::Piece;

use super::{Binding, Expr, ExprId, Function, Property, Summary};

/// The most arguments that are followed through `...`.
const SPREAD: usize = 6;

/// What `this` is.
#[derive(Clone, Copy)]
enum This {
    Class(u32),
    Object(ExprId),
    Unknown,
}

pub(super) struct Lowerer<'s> {
    scoping: &'s Scoping,
    text: &'s str,
    summary: Summary,
    /// Each expression is lowered once.
    lowered: FxHashMap<Span, ExprId>,
    functions: FxHashMap<Span, u32>,
    classes: FxHashMap<Span, u32>,
    enclosing: Vec<u32>,
    this: Vec<This>,
    /// What `this` is in the function that is visited next.
    next_this: Option<This>,
    /// What `this` is in the functions of the object that is visited next.
    next_owner: Option<u32>,
    /// The functions around that have `this` and `arguments` of their own.
    plain: Vec<u32>,
    /// What the namespaces around export.
    namespaces: Vec<Vec<Property>>,
    /// The base queries of the APIs around, which ask for what their endpoints say.
    base_queries: Vec<ExprId>,
    /// Where code of the template stands.
    templates: Vec<Piece>,
    /// What names in it stand for that a list is gone through with.
    loops: FxHashMap<String, Vec<ExprId>>,
    /// Names in it that the script doesn't know.
    of_template: Vec<(ExprId, String)>,
    /// Texts that the page runs as scripts, and where.
    scripts: Vec<(ExprId, usize)>,
    /// Names in it that the script does know.
    symbols_of_template: Vec<(ExprId, u32)>,
    /// The component that the file is, by what its elements give it.
    properties: properties::Component,
    /// The same of a class whose inputs are visited.
    inputs_of: Option<u32>,
    /// The same of classes that were visited.
    inputs: FxHashMap<u32, u32>,
    /// The class of the component that the script is of.
    component: Option<u32>,
    /// The component whose template is visited, and where that code begins in the file: names in it are its members.
    receiver: Option<ExprId>,
    start: usize,
    /// The tests around, and whether they hold.
    guards: Vec<(ExprId, bool)>,
    /// How many of them are around the function that is visited.
    guards_of_function: usize,
    /// The values of assignments that are made whenever their function runs.
    certain: FxHashSet<Span>,
    /// Whether what is visited runs where the page is served from.
    is_on_server: bool,
    /// Functions that await, in a module that isn't for browsers alone.
    awaiting: FxHashSet<u32>,
    is_for_browsers: bool,
    /// What the module exports for the server.
    served: Vec<&'static str>,
    /// Where members are copied from one object to another.
    copied: Vec<copies::Copied>,
    /// Functions, and what they inherit from.
    inherits: Vec<(ExprId, ExprId)>,
    /// What the file exports by assignments.
    exported: Vec<(String, ExprId)>,
    /// Functions that export all that a parameter of theirs has.
    exporters: Vec<(u32, usize)>,
    /// The steps of the functions around, and of the one that is visited next.
    steps: Vec<steps::Steps>,
    next_steps: steps::Steps,
    /// Variables that hold a private field of all objects of a class.
    private_fields: std::collections::HashSet<u32>,
    /// The functions that stand for private methods, with their classes.
    private_methods: FxHashMap<u32, u32>,
    /// Names that functions give to others in their own place.
    replaced: FxHashMap<u32, u32>,
    /// What `this` is in functions that no one else says it of.
    fallback_this: Option<This>,
    /// The modules that bundlers and loaders put into the file.
    bundle: bundles::Bundle,
    /// What compilers kept of the types of constructors' parameters.
    tokens: Vec<tokens::Tokens>,
    /// What the function is given that is visited next, where it is called only there.
    next_arguments: Option<Vec<ExprId>>,
}

impl<'s> Lowerer<'s> {
    pub(super) fn new(scoping: &'s Scoping, text: &'s str) -> Self {
        let binding = |symbol| Binding {
            name: scoping.symbol_name(symbol).to_owned(),
            offset: scoping.symbol_span(symbol).start as usize,
            ..Binding::default()
        };
        let bindings = scoping.symbol_ids().map(binding).collect();
        Self {
            scoping,
            text,
            summary: Summary { bindings, ..Summary::default() },
            lowered: FxHashMap::default(),
            functions: FxHashMap::default(),
            classes: FxHashMap::default(),
            enclosing: Vec::new(),
            this: Vec::new(),
            next_this: None,
            next_owner: None,
            plain: Vec::new(),
            namespaces: Vec::new(),
            base_queries: Vec::new(),
            templates: Vec::new(),
            loops: FxHashMap::default(),
            of_template: Vec::new(),
            scripts: Vec::new(),
            symbols_of_template: Vec::new(),
            properties: properties::Component::default(),
            inputs_of: None,
            inputs: FxHashMap::default(),
            component: None,
            receiver: None,
            start: 0,
            guards: Vec::new(),
            guards_of_function: 0,
            certain: FxHashSet::default(),
            is_on_server: false,
            awaiting: FxHashSet::default(),
            is_for_browsers: false,
            served: Vec::new(),
            copied: Vec::new(),
            inherits: Vec::new(),
            exported: Vec::new(),
            exporters: Vec::new(),
            steps: Vec::new(),
            next_steps: steps::Steps::default(),
            private_fields: std::collections::HashSet::new(),
            private_methods: FxHashMap::default(),
            replaced: FxHashMap::default(),
            fallback_this: None,
            bundle: bundles::Bundle::of(text),
            tokens: Vec::new(),
            next_arguments: None,
        }
    }

    /// Says where the code of a component's template is in the text.
    pub(super) fn with_template(mut self, templates: &[Piece]) -> Self {
        self.templates = templates.to_vec();
        self
    }

    pub(super) fn finish(mut self) -> Summary {
        self.bind_template();
        self.inject_by_name();
        self.settle_parents();
        self.settle_exports();
        self.settle_bundle();
        self.settle_tokens();
        self.settle_promises();
        (0..self.summary.bindings.len()).for_each(|binding| self.complete(binding));
        self.summary
    }

    pub(super) fn lower(&mut self, expression: &Expression<'_>) -> ExprId {
        let span = expression.span();
        if let Some(&id) = self.lowered.get(&span) {
            return id;
        }
        let lowered = self.lower_anew(expression);
        let is_of_template = !self.templates.is_empty()
            && self.templates.iter().any(|piece| piece.range.contains(&(span.start as usize)));
        let named = match &lowered {
            Expr::Global(name) if is_of_template => Some((Some(name.clone()), 0)),
            Expr::Symbol(symbol) if is_of_template => Some((None, *symbol)),
            _ => None,
        };
        let id = self.summary.add(lowered);
        match named {
            Some((Some(name), _)) => self.of_template.push((id, name)),
            Some((None, symbol)) => self.symbols_of_template.push((id, symbol)),
            None => {}
        }
        self.lowered.insert(span, id);
        id
    }

    /// What stands in the text.
    fn written(&self, span: Span) -> &str {
        self.text.get(span.start as usize..span.end as usize).unwrap_or_default()
    }

    fn function_id(&mut self, span: Span) -> u32 {
        let functions = &mut self.summary.functions;
        *self.functions.entry(span).or_insert_with(|| {
            functions.push(Function { offset: span.start as usize, ..Function::default() });
            index(functions.len() - 1)
        })
    }

    fn class_id(&mut self, span: Span) -> u32 {
        let classes = &mut self.summary.classes;
        *self.classes.entry(span).or_insert_with(|| {
            classes.push(super::Class::default());
            index(classes.len() - 1)
        })
    }

    fn class_mut(&mut self, id: u32) -> Option<&mut super::Class> {
        self.summary.classes.get_mut(usize::try_from(id).ok()?)
    }

    fn function_mut(&mut self, id: u32) -> Option<&mut Function> {
        self.summary.functions.get_mut(usize::try_from(id).ok()?)
    }

    fn binding_mut(&mut self, identifier: &BindingIdentifier<'_>) -> Option<&mut Binding> {
        self.summary.bindings.get_mut(identifier.symbol_id.get()?.index())
    }
}

/// The value of an object under a name: the last one counts.
fn value_of(properties: &[Property], name: &str) -> Option<ExprId> {
    properties.iter().rev().find_map(|property| match property {
        Property::Named(own, value) if own == name => Some(*value),
        _ => None,
    })
}

fn index(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

fn symbol_of(identifier: &BindingIdentifier<'_>) -> Expr {
    identifier.symbol_id.get().map_or(Expr::Opaque, |symbol| Expr::Symbol(index(symbol.index())))
}

fn key_name(key: &PropertyKey<'_>) -> Option<String> {
    match key {
        PropertyKey::PrivateIdentifier(name) => Some(format!("#{}", name.name)),
        key => key.static_name().map(std::borrow::Cow::into_owned),
    }
}

fn export_name(name: &ModuleExportName<'_>) -> String {
    name.name().to_string()
}
