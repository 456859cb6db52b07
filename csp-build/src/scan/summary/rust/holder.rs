//! Calls of the language and of view libraries that only hand a value on, and texts that grow.

use syn::{AngleBracketedGenericArguments, Expr as Syntax, PathArguments};

use super::{Expr, ExprId, Lowerer};
use crate::scan::summary::INJECTOR;

/// Functions that ask for an object by its type.
const CONTEXTS: &[&str] = &[
    "consume_context",
    "expect_context",
    "get_context",
    "try_consume_context",
    "try_use_context",
    "use_context",
    "use_shared_state",
];

/// Parts of a URL that decide its origin, as methods set them.
const SETTERS: &[(&str, &str)] =
    &[("set_host", "host"), ("set_ip_host", "host"), ("set_port", "port"), ("set_scheme", "protocol")];

impl Lowerer {
    /// What a call is the same as, where it only hands a value on.
    pub(super) fn desugared(&mut self, call: &syn::ExprCall, arguments: &[ExprId]) -> Option<Expr> {
        let Syntax::Path(path) = &*call.func else { return None };
        let names: Vec<_> = path.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        let names: Vec<_> = names.iter().map(String::as_str).collect();
        let last = path.path.segments.last()?;
        if CONTEXTS.contains(names.last()?) {
            let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
            return self.of_type(arguments);
        }
        match (names.as_slice(), arguments) {
            // What wraps a value is that value.
            (
                ["Some" | "Ok"]
                | [.., "String" | "Box" | "Rc" | "Arc" | "Cow" | "JsValue", "from" | "new" | "Borrowed" | "from_str"]
                | [.., "Url", "parse" | "from_str" | "try_from"],
                &[only],
            )
            | ([.., "Url", "parse_with_params"], &[only, _]) => Some(Expr::Either(vec![only])),
            ([.., "String", "new" | "default" | "with_capacity"], _) => Some(Expr::Text(String::new())),
            ([.., "Cell" | "Mutex" | "RefCell" | "RwLock", "new" | "const_new"], &[only]) => {
                Some(Expr::Either(vec![only]))
            }
            // What is made when it is first needed.
            ([.., "LazyLock" | "LazyCell" | "Lazy", "new"], &[function]) => Some(Expr::Call(function, Vec::new())),
            // State, and what is worked out of it.
            ([.., "RwSignal" | "ArcRwSignal" | "StoredValue" | "Signal", "new" | "new_local"], &[value])
            | (["create_rw_signal" | "store_value"], &[value] | &[_, value]) => {
                Some(Expr::Either(vec![self.begun(value)]))
            }
            (["signal" | "create_signal"], &[value] | &[_, value]) => {
                let setter = self.add(Expr::Opaque);
                Some(Expr::Array(vec![self.begun(value), setter]))
            }
            ([.., "Memo", "new"] | [.., "Signal", "derive"], &[function])
            | (["use_state" | "use_signal" | "use_memo" | "create_memo"], &[function] | &[_, function]) => {
                let result = self.add(Expr::Call(function, Vec::new()));
                Some(Expr::Either(vec![self.begun(result)]))
            }
            _ => None,
        }
    }

    /// State that begins as an empty text gets its value later.
    fn begun(&mut self, value: ExprId) -> ExprId {
        match self.summary.expression(value) {
            Expr::Text(text) if text.is_empty() => self.add(Expr::Opaque),
            _ => value,
        }
    }

    /// What a method gives of what is made when it is first needed, is locked, or is each thread's own.
    pub(super) fn held(&mut self, object: ExprId, method: &str, arguments: &[ExprId]) -> Option<Expr> {
        match (method, arguments) {
            ("borrow_mut" | "force" | "lock" | "read" | "write", []) => Some(Expr::Either(vec![object])),
            ("get_or_init" | "get_or_try_init" | "get_or_insert_with", &[function]) => {
                Some(Expr::Call(function, Vec::new()))
            }
            ("with" | "with_borrow", &[function]) if matches!(self.summary.expression(function), Expr::Function(_)) => {
                Some(Expr::Call(function, vec![object]))
            }
            _ => None,
        }
    }

    /// `cx.consume_context::<Api>()`
    pub(super) fn context(&mut self, call: &syn::ExprMethodCall) -> Option<Expr> {
        let is_context = CONTEXTS.iter().any(|name| call.method == name);
        self.of_type(call.turbofish.as_ref().filter(|_| is_context)?)
    }

    /// What stands for an object of the type between `::<` and `>`.
    fn of_type(&mut self, arguments: &AngleBracketedGenericArguments) -> Option<Expr> {
        let kind = arguments.args.iter().find_map(|argument| match argument {
            syn::GenericArgument::Type(kind) => Some(kind),
            _ => None,
        })?;
        let kind = self.named_type(kind)?;
        let inject = self.add(Expr::Import { source: INJECTOR.to_owned(), name: "inject".to_owned() });
        Some(Expr::Call(inject, vec![kind]))
    }

    /// `[a, b].concat()`
    pub(super) fn concatenated(&self, list: ExprId) -> Option<Expr> {
        let mut id = list;
        for _ in 0..4 {
            id = match self.summary.expression(id) {
                Expr::Array(elements) => return Some(Expr::Concat(elements.clone())),
                Expr::Either(parts) => *parts.first()?,
                Expr::Symbol(symbol) => *self.summary.binding(*symbol)?.values.first()?,
                _ => return None,
            };
        }
        None
    }

    /// `url.push_str(path)`, `url += path`, `url.set_host(host)`: what is done to a variable in place.
    pub(super) fn grow(&mut self, target: &Syntax, method: &str, argument: Option<&Syntax>) {
        let Syntax::Path(path) = target else { return };
        let Some(binding) = path.path.get_ident().and_then(|name| self.find(&name.to_string())) else { return };
        let Some(place) = usize::try_from(binding).ok() else { return };
        if let Some((_, part)) = SETTERS.iter().find(|(name, _)| *name == method) {
            let value = self.add(Expr::Opaque);
            if let Some(binding) = self.summary.bindings.get_mut(place) {
                binding.members.push(((*part).to_owned(), value));
            }
            return;
        }
        let (Some(argument), true) = (argument, matches!(method, "push" | "push_str" | "+=")) else { return };
        let end = self.lower(argument);
        let Some(&last) = self.summary.bindings.get(place).and_then(|binding| binding.values.last()) else { return };
        let mut parts = match self.summary.expression(last) {
            Expr::Concat(parts) if self.grown.contains(&last) => parts.clone(),
            _ => vec![last],
        };
        // Behind so many nothing reaches the host any more.
        if parts.len() >= MOST_PARTS {
            return;
        }
        parts.push(end);
        let longer = self.add(Expr::Concat(parts));
        self.grown.insert(longer);
        if let Some(value) = self.summary.bindings.get_mut(place).and_then(|binding| binding.values.last_mut()) {
            *value = longer;
        }
    }
}

/// The most parts that are put to the end of a text.
const MOST_PARTS: usize = 16;
