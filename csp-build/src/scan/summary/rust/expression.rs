//! Expressions and patterns.

use std::rc::Rc;

use syn::punctuated::Punctuated;
use syn::spanned::Spanned as _;
use syn::{Expr as Syntax, Lit, Pat, Token};

use super::format::{Piece, pieces};
use super::{Expr, ExprId, Lowerer, PASSING};

impl Lowerer {
    pub(super) fn lower(&mut self, expression: &Syntax) -> ExprId {
        let place = std::ptr::from_ref(expression).addr();
        if let Some(&id) = self.lowered.get(&place) {
            return id;
        }
        let lowered = self.lower_anew(expression);
        let id = self.add(lowered);
        self.lowered.insert(place, id);
        self.note_written(id, expression);
        id
    }

    fn lower_anew(&mut self, expression: &Syntax) -> Expr {
        match expression {
            Syntax::Lit(literal) => match &literal.lit {
                Lit::Str(text) => Expr::Text(text.value()),
                Lit::Int(number) => Expr::Text(number.base10_digits().to_owned()),
                Lit::Char(character) => Expr::Text(character.value().to_string()),
                _ => Expr::Opaque,
            },
            Syntax::Path(path) => Expr::Either(vec![self.path(&path.path)]),
            Syntax::Reference(inner) => Expr::Either(vec![self.lower(&inner.expr)]),
            Syntax::Paren(inner) => Expr::Either(vec![self.lower(&inner.expr)]),
            Syntax::Group(inner) => Expr::Either(vec![self.lower(&inner.expr)]),
            Syntax::Try(inner) => Expr::Either(vec![self.lower(&inner.expr)]),
            Syntax::Await(inner) => Expr::Either(vec![self.lower(&inner.base)]),
            Syntax::Cast(inner) => Expr::Either(vec![self.lower(&inner.expr)]),
            Syntax::Unary(inner) => Expr::Either(vec![self.lower(&inner.expr)]),
            Syntax::Binary(sum) if matches!(sum.op, syn::BinOp::Add(_)) => {
                Expr::Concat(vec![self.lower(&sum.left), self.lower(&sum.right)])
            }
            Syntax::If(choice) => {
                let first = self.block(&choice.then_branch);
                let second = choice.else_branch.as_ref().map(|(_, other)| self.lower(other));
                Expr::Either(first.into_iter().chain(second).collect())
            }
            Syntax::Match(choice) => Expr::Either(choice.arms.iter().map(|arm| self.lower(&arm.body)).collect()),
            Syntax::Block(block) => Expr::Either(self.block(&block.block).into_iter().collect()),
            Syntax::Async(block) => Expr::Either(self.block(&block.block).into_iter().collect()),
            Syntax::Field(field) => {
                let name = match &field.member {
                    syn::Member::Named(name) => name.to_string(),
                    syn::Member::Unnamed(index) => index.index.to_string(),
                };
                Expr::Member(self.lower(&field.base), name)
            }
            Syntax::Index(index) => {
                let (object, key) = (self.lower(&index.expr), self.lower(&index.index));
                match self.summary.expression(key) {
                    Expr::Text(name) => Expr::Member(object, name.clone()),
                    _ => Expr::Element(object, key),
                }
            }
            Syntax::Array(array) => Expr::Array(array.elems.iter().map(|element| self.lower(element)).collect()),
            Syntax::Tuple(tuple) => Expr::Array(tuple.elems.iter().map(|element| self.lower(element)).collect()),
            Syntax::Call(call) => self.lower_call(call),
            Syntax::MethodCall(call) => self.lower_method_call(call),
            Syntax::Closure(closure) => Expr::Function(self.function(closure.inputs_begin.span())),
            Syntax::Struct(literal) => {
                let kind = self.path(&literal.path);
                Expr::New(kind, Vec::new())
            }
            Syntax::Macro(call) => self.lower_macro(&call.mac),
            _ => Expr::Opaque,
        }
    }

    /// What a block ends with.
    fn block(&mut self, block: &syn::Block) -> Option<ExprId> {
        self.scopes.push(std::collections::HashMap::new());
        for statement in &block.stmts {
            if let syn::Stmt::Local(local) = statement {
                let value = local.init.as_ref().map(|init| self.lower(&init.expr));
                self.bind(&local.pat, value);
            }
        }
        let last = match block.stmts.last() {
            Some(syn::Stmt::Expr(last, None)) => Some(self.lower(last)),
            Some(syn::Stmt::Macro(last)) if last.semi_token.is_none() => {
                let lowered = self.lower_macro(&last.mac);
                Some(self.add(lowered))
            }
            _ => None,
        };
        self.scopes.pop();
        last
    }

    pub(super) fn lower_call(&mut self, call: &syn::ExprCall) -> Expr {
        let callee = self.lower(&call.func);
        let arguments: Vec<_> = call.args.iter().map(|argument| self.lower(argument)).collect();
        self.desugared(call, &arguments).unwrap_or(Expr::Call(callee, arguments))
    }

    pub(super) fn lower_method_call(&mut self, call: &syn::ExprMethodCall) -> Expr {
        let object = self.lower(&call.receiver);
        let method = call.method.to_string();
        if PASSING.contains(&method.as_str()) {
            return Expr::Either(vec![object]);
        }
        if let Some(object) = self.context(call) {
            return object;
        }
        let arguments: Vec<_> = call.args.iter().map(|argument| self.lower(argument)).collect();
        if let Some(held) = self.held(object, &method, &arguments) {
            return held;
        }
        match (method.as_str(), arguments.as_slice()) {
            ("concat", []) => {
                if let Some(whole) = self.concatenated(object) {
                    return whole;
                }
            }
            ("unwrap_or", [other]) => return Expr::Coalesce(object, *other),
            ("unwrap_or_else", [other]) => {
                let other = self.add(Expr::Call(*other, Vec::new()));
                return Expr::Coalesce(object, other);
            }
            _ => {}
        }
        // The browser's interfaces have methods of names that no other has.
        let names_itself = method.starts_with("fetch_with_") || method.starts_with("send_beacon");
        let callee = if names_itself {
            let crate_of = self.add(Expr::Import { source: "rust:web_sys".to_owned(), name: "*".to_owned() });
            self.add(Expr::Member(crate_of, format!(".{method}")))
        } else {
            self.add(Expr::Member(object, method))
        };
        Expr::Call(callee, arguments)
    }

    /// A variable, an item, or a name of another module or crate.
    pub(super) fn path(&mut self, path: &syn::Path) -> ExprId {
        let names: Vec<_> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        let Some(first) = names.first() else { return self.add(Expr::Opaque) };
        if first == "self" && names.len() == 1 {
            let this = self.class.map_or(Expr::Opaque, Expr::This);
            return self.add(this);
        }
        let root = if first == "Self" {
            self.class.map_or(Expr::Opaque, Expr::Class)
        } else if let Some(symbol) = if names.len() > 1 { self.find_item(first) } else { self.find(first) } {
            Expr::Symbol(symbol)
        } else if names.len() > 1 {
            let is_module = first.starts_with(|first: char| first.is_ascii_lowercase());
            if is_module {
                return self.imported(&names);
            }
            return self.glob_imported(&names);
        } else if first == "None" {
            Expr::Global("null".to_owned())
        } else {
            return self.glob_imported(&names);
        };
        let root = self.add(root);
        names.iter().skip(1).fold(root, |object, name| self.add(Expr::Member(object, name.clone())))
    }

    /// A name that only an import of all names can have brought in.
    fn glob_imported(&mut self, names: &[String]) -> ExprId {
        let globs = self.globs.clone();
        let mut found = Vec::new();
        for glob in globs.iter().take(8) {
            let path: Vec<_> = glob.split("::").chain(names.iter().map(String::as_str)).map(str::to_owned).collect();
            if matches!(glob.split("::").next(), Some("crate" | "self" | "super")) {
                let root = self.imported(path.get(..=glob.split("::").count()).unwrap_or_default());
                found
                    .push(names.iter().skip(1).fold(root, |object, name| self.add(Expr::Member(object, name.clone()))));
            } else {
                found.push(self.imported(&path));
            }
        }
        match found.as_slice() {
            [] => self.add(Expr::Opaque),
            [one] => *one,
            _ => self.add(Expr::Either(found)),
        }
    }

    /// Gives the names of a pattern their values.
    pub(super) fn bind(&mut self, pattern: &Pat, value: Option<ExprId>) {
        match pattern {
            Pat::Ident(name) => {
                let value = value.unwrap_or_else(|| self.add(Expr::Opaque));
                let variable = self.declare(&name.ident.to_string(), name.ident.span(), Some(value));
                self.variables.insert(variable);
            }
            Pat::Type(typed) => {
                self.bind(&typed.pat, value);
                let annotation = self.named_type(&typed.ty);
                if let (Pat::Ident(name), Some(annotation)) = (&*typed.pat, annotation)
                    && let Some(symbol) = self.find(&name.ident.to_string())
                    && let Some(binding) =
                        usize::try_from(symbol).ok().and_then(|symbol| self.summary.bindings.get_mut(symbol))
                {
                    binding.annotation = Some(annotation);
                }
            }
            Pat::Reference(inner) => self.bind(&inner.pat, value),
            Pat::Paren(inner) => self.bind(&inner.pat, value),
            Pat::Tuple(tuple) => {
                for (place, pattern) in tuple.elems.iter().enumerate() {
                    let element = value.map(|value| self.add(Expr::Member(value, place.to_string())));
                    self.bind(pattern, element);
                }
            }
            // `Some(x)`, `Ok(x)`: what is wrapped is the value itself here.
            Pat::TupleStruct(tuple) => {
                let is_one = tuple.elems.len() == 1;
                tuple.elems.iter().for_each(|pattern| self.bind(pattern, value.filter(|_| is_one)));
            }
            Pat::Struct(object) => {
                for field in &object.fields {
                    let syn::Member::Named(name) = &field.member else { continue };
                    let member = value.map(|value| self.add(Expr::Member(value, name.to_string())));
                    self.bind(&field.pat, member);
                }
            }
            Pat::Or(choice) => choice.cases.iter().for_each(|pattern| self.bind(pattern, None)),
            Pat::Slice(slice) => slice.elems.iter().for_each(|pattern| self.bind(pattern, None)),
            _ => {}
        }
    }

    /// An expression that a macro holds, in a place of its own.
    pub(super) fn keep(&mut self, expression: Syntax) -> Rc<Syntax> {
        let kept = Rc::new(expression);
        self.kept.push(Rc::clone(&kept));
        kept
    }

    /// Macros that make texts and lists.
    pub(super) fn lower_macro(&mut self, call: &syn::Macro) -> Expr {
        let Some(name) = call.path.segments.last().map(|segment| segment.ident.to_string()) else {
            return Expr::Opaque;
        };
        let arguments = call.parse_body_with(Punctuated::<Syntax, Token![,]>::parse_terminated);
        let Ok(arguments) = arguments else { return Expr::Opaque };
        let arguments: Vec<_> = arguments.into_iter().map(|argument| self.keep(argument)).collect();
        match name.as_str() {
            "format" | "formatcp" | "concatcp" if name != "concatcp" => self.formatted(&arguments),
            "concat" | "concatcp" => Expr::Concat(arguments.iter().map(|argument| self.lower(argument)).collect()),
            "vec" => Expr::Array(arguments.iter().map(|argument| self.lower(argument)).collect()),
            "env" | "option_env" | "dotenv" | "var" => match arguments.first().map(|first| &**first) {
                Some(Syntax::Lit(syn::ExprLit { lit: Lit::Str(key), .. })) => {
                    let variables = self.add(Expr::Global("rust-env".to_owned()));
                    Expr::Member(variables, key.value())
                }
                _ => Expr::Opaque,
            },
            _ => Expr::Opaque,
        }
    }

    /// `format!("{BASE}/{}", id)`
    fn formatted(&mut self, arguments: &[Rc<Syntax>]) -> Expr {
        let Some((first, rest)) = arguments.split_first() else { return Expr::Opaque };
        let text = match &**first {
            Syntax::Lit(syn::ExprLit { lit: Lit::Str(text), .. }) => text.value(),
            _ => return Expr::Opaque,
        };
        let mut parts = Vec::new();
        for piece in pieces(&text) {
            let part = match piece {
                Piece::Text(text) => self.add(Expr::Text(text)),
                Piece::Place(place) => match rest.get(place) {
                    Some(argument) => match &**argument {
                        Syntax::Assign(named) => self.lower(&named.right),
                        argument => self.lower(argument),
                    },
                    None => self.add(Expr::Opaque),
                },
                Piece::Name(name) => {
                    let named = rest.iter().find_map(|argument| match &**argument {
                        Syntax::Assign(named) => match &*named.left {
                            Syntax::Path(path) if path.path.is_ident(&name) => Some(&named.right),
                            _ => None,
                        },
                        _ => None,
                    });
                    match (named, self.find(&name)) {
                        (Some(value), _) => self.lower(value),
                        (None, Some(symbol)) => self.add(Expr::Symbol(symbol)),
                        (None, None) => self.glob_imported(&[name]),
                    }
                }
            };
            parts.push(part);
        }
        Expr::Concat(parts)
    }
}
