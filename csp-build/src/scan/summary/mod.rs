//! What one file says, without its syntax tree: expressions, bindings, functions, classes, calls, exports.
//!
//! A file is parsed once; all that follows works on summaries.

mod absorb;
mod embedded;
mod lower;
mod merge;
mod parse;
mod rust;
mod store;

use std::collections::HashMap;

pub(crate) use parse::{OfTemplate, Parsed, component, is_script, json, script, template};
pub(crate) use rust::rust;
pub(crate) use store::{FORMAT, Stored};

/// The place of an expression in [`Summary::expressions`].
pub(crate) type ExprId = u32;

/// What the resolver can follow of an expression.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Expr {
    Text(String),
    /// Templates and `+`.
    Concat(Vec<ExprId>),
    /// `?:`, and what a switch of values can be.
    Either(Vec<ExprId>),
    /// `||`, `??`, a default value: the second where the first is nothing.
    Coalesce(ExprId, ExprId),
    /// A binding of this file.
    Symbol(u32),
    /// A name that this file doesn't bind.
    Global(String),
    Member(ExprId, String),
    /// `object[key]` with a key that is no literal.
    Element(ExprId, ExprId),
    Call(ExprId, Vec<ExprId>),
    New(ExprId, Vec<ExprId>),
    Object(Vec<Property>),
    Array(Vec<ExprId>),
    Function(u32),
    Class(u32),
    /// `this` in a class.
    This(u32),
    Super(u32),
    Parameter {
        function: u32,
        index: usize,
    },
    /// A name of another module; `*` is all of it.
    Import {
        source: String,
        name: String,
    },
    ImportMeta,
    /// A value where a test holds, or where it doesn't.
    When {
        test: ExprId,
        holds: bool,
        value: ExprId,
    },
    /// A part of a test.
    Test(Operator, Vec<ExprId>),
    /// A regular expression, as it is written between its slashes, and its flags.
    Pattern(String, String),
    /// A text that nothing is known of: a number, the result of an operator.
    Opaque,
}

/// How parts make up a test.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operator {
    Not,
    And,
    Or,
    /// `===`, whatever the number of its signs.
    Same,
    TypeOf,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Property {
    Named(String, ExprId),
    Spread(ExprId),
    /// `[key]: value`
    Computed(ExprId),
}

/// The package whose `inject` gives what is provided for a token.
pub(crate) const INJECTOR: &str = "@angular/core";

/// The global under which the addresses of a page's script elements are kept. No name of a script has a colon.
pub(crate) const SCRIPTS: &str = "script:";

/// The same of its import maps.
pub(crate) const IMPORT_MAP: &str = "importmap:";

/// What begins the name under which a configuration exports what it makes known in all files.
pub(crate) const MADE_KNOWN: &str = "known:";

/// The module of the component that a template beside it is of.
pub(crate) const COMPONENT: &str = "template:";

/// The name under which a module exports the component that a template is of.
pub(crate) fn template_name(path: &str) -> String {
    format!("{COMPONENT}{}", path.rsplit(['/', '\\']).next().unwrap_or(path))
}

/// The parameter of the functions that components stand for. No name of a script has a colon.
pub(crate) const PROPERTIES: &str = "properties:";

/// The parameter of the functions that set what a component keeps.
pub(crate) const STATE: &str = "state:";

/// The member under which a binding keeps what is pushed to its array.
pub(crate) const PUSHED: &str = "[]";

/// The same of a value under a key that is chosen when the page runs.
pub(crate) const KEYED: &str = "[key]";

/// The member of a class under which that stands of which an object of it has all members.
pub(crate) const COPIED: &str = "{}";

/// A variable, function, class, parameter or import.
#[derive(Clone, Debug, Default)]
pub(crate) struct Binding {
    pub(crate) name: String,
    pub(crate) offset: usize,
    /// All that is assigned to it.
    pub(crate) values: Vec<ExprId>,
    /// How many of them are dead once the later ones are assigned.
    pub(crate) dead: usize,
    /// What is appended with `+=`: the values are only beginnings.
    pub(crate) appended: Vec<ExprId>,
    /// The type it is declared with, where that is a name.
    pub(crate) annotation: Option<ExprId>,
    /// Members that are assigned from outside: `config.api = …`.
    pub(crate) members: Vec<(String, ExprId)>,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Function {
    pub(crate) name: Option<String>,
    pub(crate) offset: usize,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) returns: Vec<ExprId>,
    /// The class it is the constructor or a method of.
    pub(crate) class: Option<u32>,
    /// The class of what `new` makes of it, where it is no class by syntax.
    pub(crate) makes: Option<u32>,
    /// An object with the members of all arguments, where that is what it gives back.
    pub(crate) merged: Option<ExprId>,
    /// The function that it is written in.
    pub(crate) outer: Option<u32>,
    /// It awaits, and gives back elements: no page can render such a component.
    pub(crate) awaits_elements: bool,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Parameter {
    pub(crate) name: String,
    pub(crate) annotation: Option<ExprId>,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Class {
    pub(crate) parent: Option<ExprId>,
    pub(crate) constructor: Option<u32>,
    /// Fields, and all that is assigned to `this.name`; methods are functions.
    pub(crate) members: Vec<(String, ExprId)>,
    pub(crate) statics: Vec<(String, ExprId)>,
}

/// A call that is written in the file, or what stands for one in markup.
#[derive(Clone, Debug)]
pub(crate) struct CallSite {
    pub(crate) expression: ExprId,
    pub(crate) offset: usize,
    /// The test that has to hold for it.
    pub(crate) when: Option<ExprId>,
    /// The function around it that has `this` of its own.
    pub(crate) method: Option<u32>,
    /// The function that it is written in.
    pub(crate) within: Option<u32>,
    /// It is made where the page is served from, not in the page.
    pub(crate) is_on_server: bool,
}

impl CallSite {
    pub(crate) fn new(expression: ExprId, offset: usize) -> Self {
        Self { expression, offset, when: None, method: None, within: None, is_on_server: false }
    }
}

#[derive(Debug, Default)]
pub(crate) struct Summary {
    pub(crate) expressions: Vec<Expr>,
    pub(crate) bindings: Vec<Binding>,
    pub(crate) functions: Vec<Function>,
    pub(crate) classes: Vec<Class>,
    pub(crate) calls: Vec<CallSite>,
    /// URLs that connect without a call: imports of JSON, attributes.
    pub(crate) direct: Vec<(String, CallSite)>,
    pub(crate) exports: HashMap<String, ExprId>,
    /// `export * from …`
    pub(crate) stars: Vec<String>,
    /// `module.exports = …`, `export = …`
    pub(crate) whole: Option<ExprId>,
    /// Members assigned to what this file doesn't bind: `axios.defaults.baseURL = …`. What is provided for a token is assigned
    /// to the call that injects it.
    pub(crate) assignments: Vec<(ExprId, ExprId)>,
    /// What a script that is no module declares for all scripts of its page.
    pub(crate) globals: Vec<(String, ExprId)>,
    /// Modules that are no part of the page; the empty name is this file itself.
    pub(crate) excluded: Vec<String>,
    /// Fields of classes that are known by their type alone.
    pub(crate) typed: Vec<(u32, String, ExprId)>,
    /// Comments that speak to the scan, with their offsets.
    pub(crate) comments: Vec<(String, usize)>,
}

impl Summary {
    pub(crate) fn expression(&self, id: ExprId) -> &Expr {
        usize::try_from(id).ok().and_then(|id| self.expressions.get(id)).unwrap_or(&Expr::Opaque)
    }

    pub(crate) fn binding(&self, id: u32) -> Option<&Binding> {
        self.bindings.get(usize::try_from(id).ok()?)
    }

    pub(crate) fn function(&self, id: u32) -> Option<&Function> {
        self.functions.get(usize::try_from(id).ok()?)
    }

    pub(crate) fn class(&self, id: u32) -> Option<&Class> {
        self.classes.get(usize::try_from(id).ok()?)
    }

    pub(crate) fn add(&mut self, expression: Expr) -> ExprId {
        let id = u32::try_from(self.expressions.len()).unwrap_or(u32::MAX);
        self.expressions.push(expression);
        id
    }
}
