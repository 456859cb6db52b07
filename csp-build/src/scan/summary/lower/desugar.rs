//! Calls of the language and of view libraries that only hand a value on.

use oxc_ast::ast::NewExpression;
use oxc_span::Span;

use crate::scan::summary::{Expr, ExprId, Function, Parameter, Property, STATE};

use super::{Lowerer, SPREAD, index};

/// They give back what they are given.
const PASSING: &[&str] = &[
    "$derived",
    "$state",
    "debounce",
    "forwardRef",
    "markRaw",
    "memo",
    "reactive",
    "readonly",
    "resolveForwardRef",
    "shallowReactive",
    "throttle",
    "toRaw",
    "toRefs",
    "useCallback",
    "useDebouncedCallback",
    "useDeferredValue",
    "useEffectEvent",
    "useEvent",
];
/// They call what they are given, and give back what it does.
const CALLING: &[&str] = &["$derived.by", "createMemo", "lazy", "once", "startTransition", "useMemo"];
/// What they give back holds the value.
const HOLDING: &[&str] =
    &["createRef", "observable", "ref", "shallowRef", "signal", "toRef", "useRef", "useSignal", "writable"];
/// The same, with what a function gives.
const HOLDING_RESULT: &[&str] = &["computed"];
/// The value, and a function that sets it.
const PAIRING: &[&str] = &["createSignal", "useLocalStorage", "useState", "useStorage"];

/// The longest form of the function that steps through generators.
const LONGEST_GENERATOR: usize = 3_000;

/// The most parts that are put together one by one.
const MOST_PARTS: usize = 2;

impl Lowerer<'_> {
    /// What a call is the same as, where it only hands a value on.
    pub(super) fn desugared(&mut self, callee: ExprId, arguments: &[ExprId]) -> Option<Expr> {
        if let Some(merged) = self.merged(callee, arguments) {
            return Some(merged);
        }
        if let Some(call) = self
            .awaited(callee, arguments)
            .or_else(|| self.class_given_back(arguments))
            .or_else(|| self.decorated(arguments))
        {
            return Some(call);
        }
        if let Some(found) = self.promised(callee, arguments).or_else(|| self.api(callee, arguments)) {
            return Some(found);
        }
        if let Some(later) = self.later_arguments(callee, arguments) {
            return Some(later);
        }
        if let Expr::Global(name) = self.summary.expression(callee).clone()
            && let Some(made) = self.macro_of_component(&name, arguments)
        {
            return Some(made);
        }
        let name = match self.summary.expression(callee) {
            Expr::Symbol(symbol) => {
                let binding = self.summary.binding(*symbol)?;
                // A function of the front end's own says itself what it gives.
                let is_import = |&value: &ExprId| matches!(self.summary.expression(value), Expr::Import { .. });
                binding.values.first().filter(|value| is_import(value))?;
                binding.name.clone()
            }
            // `Object(module.connect)(url)`, as webpack wrote it.
            Expr::Global(name) if name == "Object" && arguments.len() == 1 => {
                return Some(Expr::Either(arguments.to_vec()));
            }
            Expr::Global(name) => name.clone(),
            Expr::Member(object, name) => match (self.summary.expression(*object), name.as_str()) {
                // `f.bind(this)` is called as `f` is.
                (_, "bind") if arguments.len() == 1 => return Some(Expr::Either(vec![*object])),
                (Expr::Global(global), "entries" | "values") if global == "Object" => {
                    let is_entries = name == "entries";
                    let object = *arguments.first()?;
                    let any = self.summary.add(Expr::Opaque);
                    let value = self.summary.add(Expr::Element(object, any));
                    let element = if is_entries { self.summary.add(Expr::Array(vec![any, value])) } else { value };
                    return Some(Expr::Array(vec![element]));
                }
                (Expr::Global(global), "by") if global == "$derived" => "$derived.by".to_owned(),
                (Expr::Symbol(symbol), _) if self.summary.binding(*symbol)?.name == "React" => name.clone(),
                (Expr::Global(global), _) if global == "React" => name.clone(),
                _ => return None,
            },
            _ => return None,
        };
        if let Some(divided) = self.divided(&name, arguments) {
            return Some(divided);
        }
        let mut value = *arguments.first()?;
        // A reference to a member is read as the member is.
        if name == "toRef"
            && let Some(Expr::Text(member)) = arguments.get(1).map(|&member| self.summary.expression(member))
        {
            return Some(Expr::Member(value, member.clone()));
        }
        // State that begins as an empty text gets its value later.
        if HOLDING.contains(&name.as_str()) || PAIRING.contains(&name.as_str()) {
            let is_empty = |value: &ExprId| *self.summary.expression(*value) == Expr::Text(String::new());
            if arguments.iter().any(is_empty) {
                value = self.summary.add(Expr::Opaque);
            }
        }
        let is_in = |names: &[&str]| names.contains(&name.as_str());
        if is_in(PASSING) {
            Some(Expr::Either(vec![value]))
        } else if is_in(CALLING) {
            Some(Expr::Call(value, Vec::new()))
        } else if is_in(HOLDING) {
            Some(holder(value))
        } else if is_in(HOLDING_RESULT) {
            let result = self.summary.add(Expr::Call(value, Vec::new()));
            Some(holder(result))
        } else if is_in(PAIRING) {
            let value = if name == "useStorage" || name == "useLocalStorage" { *arguments.get(1)? } else { value };
            Some(self.pair(value))
        } else {
            None
        }
    }

    /// A value that begins as one, and becomes what a function is given.
    fn pair(&mut self, value: ExprId) -> Expr {
        let setter = index(self.summary.functions.len());
        let parameter = Parameter { name: STATE.to_owned(), annotation: None };
        self.summary.functions.push(Function { parameters: vec![parameter], ..Function::default() });
        let given = self.summary.add(Expr::Parameter { function: setter, index: 0 });
        let all = if *self.summary.expression(value) == Expr::Opaque { vec![given] } else { vec![value, given] };
        let all = self.summary.add(Expr::Either(all));
        let setter = self.summary.add(Expr::Function(setter));
        Expr::Array(vec![all, setter])
    }

    /// `__awaiter(this, arguments, P, f)`, which compilers write for a function that awaits, calls `f`.
    pub(super) fn awaited(&mut self, callee: ExprId, arguments: &[ExprId]) -> Option<Expr> {
        let &[_, all, _, function] = arguments else { return None };
        if !self.is_named(callee, &["__awaiter"]) {
            return None;
        }
        let handed_on = match self.summary.expression(all) {
            Expr::Array(all) => all.clone(),
            _ => Vec::new(),
        };
        Some(Expr::Call(function, handed_on))
    }

    /// `new`, with the contents of maps and sets that are made of literals.
    pub(super) fn construction(&mut self, new: &NewExpression<'_>) -> Expr {
        let (callee, arguments) = (self.lower(&new.callee), self.arguments(&new.arguments));
        let Expr::Global(class) = self.summary.expression(callee) else { return Expr::New(callee, arguments) };
        let Some(first) = arguments.first().map(|&first| self.summary.expression(first).clone()) else {
            return Expr::New(callee, arguments);
        };
        match (class.as_str(), first) {
            ("Map", Expr::Array(entries)) => {
                let entries = entries.iter().filter_map(|&entry| match self.summary.expression(entry) {
                    Expr::Array(pair) => {
                        let (&key, &value) = (pair.first()?, pair.get(1)?);
                        Some(match self.summary.expression(key) {
                            Expr::Text(key) => Property::Named(key.clone(), value),
                            _ => Property::Computed(value),
                        })
                    }
                    _ => Some(Property::Computed(entry)),
                });
                Expr::Object(entries.collect())
            }
            ("Map" | "Set", _) => Expr::Either(vec![arguments.first().copied().unwrap_or(callee)]),
            _ => Expr::New(callee, arguments),
        }
    }

    /// Whether a function is the one that compilers write to step through others: what it calls is what those yield.
    pub(super) fn is_generator(&self, span: Span) -> bool {
        let written = self.written(span);
        written.len() < LONGEST_GENERATOR && written.contains("Generator is already executing.")
    }

    /// The elements of an array, where all of them are written, or are what a function is given.
    fn elements_of(&mut self, list: ExprId, level: usize) -> Option<Vec<ExprId>> {
        if level > 4 {
            return None;
        }
        match self.summary.expression(list).clone() {
            Expr::Array(elements) if elements.len() <= SPREAD => Some(elements),
            Expr::Either(parts) => match parts.as_slice() {
                &[part] => self.elements_of(part, level + 1),
                _ => None,
            },
            Expr::Symbol(symbol) => {
                let binding = self.summary.binding(symbol)?;
                let (&[value], true) = (binding.values.as_slice(), binding.members.is_empty()) else { return None };
                self.elements_of(value, level + 1)
            }
            Expr::Call(callee, arguments) => {
                let Expr::Member(list, method) = self.summary.expression(callee).clone() else { return None };
                match (method.as_str(), arguments.as_slice()) {
                    ("filter", _) => self.elements_of(list, level + 1),
                    ("map", &[function, ..]) => {
                        let elements = self.elements_of(list, level + 1)?;
                        let calls = elements.into_iter().map(|element| Expr::Call(function, vec![element]));
                        Some(calls.map(|call| self.summary.add(call)).collect())
                    }
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// `parts.reduce((all, part) => …)`, and `parts.map(…).join("/")`, of parts that are known one by one.
    pub(super) fn of_parts(&mut self, callee: ExprId, arguments: &[ExprId]) -> Option<Expr> {
        let Expr::Member(list, method) = self.summary.expression(callee) else { return None };
        let (list, is_join) = (*list, method == "join");
        if is_join && matches!(self.summary.expression(list), Expr::Call(..)) {
            let elements = self.elements_of(list, 0)?;
            let list = self.summary.add(Expr::Array(elements));
            let join = self.summary.add(Expr::Member(list, "join".to_owned()));
            return Some(Expr::Call(join, arguments.to_vec()));
        }
        let (&function, is_reduce) = (arguments.first()?, method == "reduce");
        if !is_reduce {
            return None;
        }
        let mut elements = self.elements_of(list, 0)?.into_iter();
        let mut all = match arguments.get(1) {
            Some(&first) => first,
            None => elements.next()?,
        };
        // The first parts say where a URL leads.
        let mut latest = None;
        for element in elements.take(MOST_PARTS) {
            if let Some(call) = latest {
                all = self.summary.add(call);
            }
            latest = Some(Expr::Call(function, vec![all, element]));
        }
        latest
    }

    /// `arguments`, in a function that has its own.
    pub(super) fn all_arguments(&mut self) -> Option<Expr> {
        let function = *self.plain.last()?;
        let all = (0..SPREAD).map(|index| self.summary.add(Expr::Parameter { function, index }));
        Some(Expr::Array(all.collect()))
    }

    /// `[].slice.call(arguments, 1)`
    fn later_arguments(&mut self, callee: ExprId, arguments: &[ExprId]) -> Option<Expr> {
        let Expr::Member(slice, call) = self.summary.expression(callee) else { return None };
        let is_slice = match self.summary.expression(*slice) {
            Expr::Member(_, name) => name == "slice",
            Expr::Symbol(symbol) => self.summary.binding(*symbol)?.name == "slice",
            _ => false,
        };
        let &[all, first] = arguments else { return None };
        if call != "call" || !is_slice {
            return None;
        }
        let Expr::Text(first) = self.summary.expression(first) else { return None };
        let first = first.parse().ok()?;
        match self.summary.expression(all) {
            Expr::Array(all) => Some(Expr::Array(all.iter().skip(first).copied().collect())),
            _ => None,
        }
    }
}

fn holder(value: ExprId) -> Expr {
    let named = |name: &str| Property::Named(name.to_owned(), value);
    Expr::Object(vec![named("value"), named("current")])
}
