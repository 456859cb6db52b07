//! Items: what a module declares and imports.

use std::collections::HashMap;

use syn::visit::Visit;
use syn::{FnArg, ImplItem, Item, UseTree};

use super::cfg::is_of_the_page;
use super::{Expr, ExprId, Lowerer};
use crate::scan::summary::{Class, Parameter, Property};

impl Lowerer {
    /// The items of a file; its names are exports.
    pub(super) fn module(&mut self, items: &[Item]) {
        self.items(items.iter());
        for item in items {
            self.visit_item(item);
        }
        let names: Vec<_> = self.scopes.first().into_iter().flatten().map(|(name, &id)| (name.clone(), id)).collect();
        for (name, id) in names {
            let value = self.add(Expr::Symbol(id));
            self.summary.exports.insert(name, value);
        }
    }

    /// Declares items, which are known before the place where they are written.
    pub(super) fn items<'i>(&mut self, items: impl Iterator<Item = &'i Item>) {
        for item in items {
            match item {
                Item::Use(import) if is_of_the_page(&import.attrs) => {
                    let count = self.globs.len();
                    self.import(&mut Vec::new(), &import.tree);
                    if !matches!(import.vis, syn::Visibility::Inherited) && self.scopes.len() == 1 {
                        self.re_export(count);
                    }
                }
                Item::Const(item) if is_of_the_page(&item.attrs) => {
                    self.declare(&item.ident.to_string(), item.ident.span(), None);
                }
                Item::Static(item) if is_of_the_page(&item.attrs) => {
                    self.declare(&item.ident.to_string(), item.ident.span(), None);
                }
                Item::Fn(item) if is_of_the_page(&item.attrs) => {
                    let function = self.function(item.sig.ident.span());
                    let value = self.add(Expr::Function(function));
                    self.declare(&item.sig.ident.to_string(), item.sig.ident.span(), Some(value));
                }
                Item::ForeignMod(block) if is_of_the_page(&block.attrs) => self.foreign(block),
                Item::Struct(item) if is_of_the_page(&item.attrs) => self.declare_type(&item.ident, Some(&item.fields)),
                Item::Enum(item) if is_of_the_page(&item.attrs) => {
                    self.declare_type(&item.ident, None);
                    self.variants(item);
                }
                Item::Mod(item) if item.content.is_none() => {
                    let name = item.ident.to_string();
                    if is_of_the_page(&item.attrs) {
                        let value = self.add(Expr::Import { source: format!("self::{name}"), name: "*".to_owned() });
                        self.declare(&name, item.ident.span(), Some(value));
                    } else {
                        self.summary.excluded.push(name);
                    }
                }
                Item::Mod(item) if is_of_the_page(&item.attrs) => {
                    self.declare(&item.ident.to_string(), item.ident.span(), None);
                }
                _ => {}
            }
        }
    }

    fn declare_type(&mut self, name: &proc_macro2::Ident, fields: Option<&syn::Fields>) {
        let id = u32::try_from(self.summary.classes.len()).unwrap_or(u32::MAX);
        self.summary.classes.push(Class::default());
        let value = self.add(Expr::Class(id));
        self.declare(&name.to_string(), name.span(), Some(value));
        // A field whose type is a client is one.
        for field in fields.into_iter().flatten() {
            if let (Some(name), Some(kind)) = (&field.ident, self.named_type(&field.ty)) {
                let typed = self.add(Expr::New(kind, Vec::new()));
                self.summary.typed.push((id, name.to_string(), typed));
            }
        }
    }

    /// A variant without fields is an object of its enum, as far as methods go.
    fn variants(&mut self, item: &syn::ItemEnum) {
        let Some(class) = u32::try_from(self.summary.classes.len()).ok().and_then(|count| count.checked_sub(1)) else {
            return;
        };
        for variant in item.variants.iter().filter(|variant| matches!(variant.fields, syn::Fields::Unit)) {
            let kind = self.add(Expr::Class(class));
            let value = self.add(Expr::New(kind, Vec::new()));
            if let Some(class) = self.class_mut(class) {
                class.statics.push((variant.ident.to_string(), value));
            }
        }
    }

    /// `pub use self::a::*;`: all names of the imports since a count of them.
    fn re_export(&mut self, count: usize) {
        let sources: Vec<_> =
            self.globs.get(count..).unwrap_or_default().iter().map(|glob| self.source(glob)).collect();
        self.summary.stars.extend(sources);
    }

    /// The module that a path names: below this file, where that has one of the name.
    fn source(&self, path: &str) -> String {
        let first = path.split("::").next().unwrap_or(path);
        if matches!(first, "crate" | "self" | "super") {
            path.to_owned()
        } else if self.find_item(first).is_some() {
            format!("self::{path}")
        } else {
            format!("rust:{path}")
        }
    }

    /// `use a::{b, c as d, e::*};`
    fn import(&mut self, path: &mut Vec<String>, tree: &UseTree) {
        match tree {
            UseTree::Path(inner) => {
                path.push(inner.ident.to_string());
                self.import(path, &inner.tree);
                path.pop();
            }
            UseTree::Name(name) if name.ident == "self" => {
                if let Some(last) = path.last().cloned() {
                    let value = self.imported(path);
                    self.declare(&last, name.ident.span(), Some(value));
                }
            }
            UseTree::Name(name) => {
                path.push(name.ident.to_string());
                let value = self.imported(path);
                path.pop();
                self.declare(&name.ident.to_string(), name.ident.span(), Some(value));
            }
            UseTree::Rename(rename) => {
                path.push(rename.ident.to_string());
                let value = self.imported(path);
                path.pop();
                self.declare(&rename.rename.to_string(), rename.ident.span(), Some(value));
            }
            UseTree::Glob(_) => self.globs.push(path.join("::")),
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.import(path, tree)),
        }
    }

    /// The value of a path from a crate or from this one.
    pub(super) fn imported(&mut self, path: &[String]) -> ExprId {
        let Some((first, rest)) = path.split_first() else { return self.add(Expr::Opaque) };
        if !matches!(first.as_str(), "crate" | "self" | "super") {
            // What is a module of this file is no crate.
            let root = match self.find_item(first) {
                Some(symbol) => self.add(Expr::Symbol(symbol)),
                None => self.add(Expr::Import { source: format!("rust:{first}"), name: "*".to_owned() }),
            };
            return rest.iter().fold(root, |object, name| self.add(Expr::Member(object, name.clone())));
        }
        let (name, source) = path.split_last().map_or(("*", path), |(name, source)| (name.as_str(), source));
        self.add(Expr::Import { source: source.join("::"), name: name.to_owned() })
    }

    /// What is in an item.
    pub(super) fn visit_contents(&mut self, item: &Item) {
        match item {
            Item::Const(item) if is_of_the_page(&item.attrs) => self.constant(&item.ident.to_string(), &item.expr),
            Item::Static(item) if is_of_the_page(&item.attrs) => self.constant(&item.ident.to_string(), &item.expr),
            Item::Fn(item) if is_of_the_page(&item.attrs) => self.visit_function(&item.sig, &item.block, None),
            Item::Impl(item) if is_of_the_page(&item.attrs) => self.visit_impl(item),
            Item::Trait(item) if is_of_the_page(&item.attrs) => {
                for item in &item.items {
                    if let syn::TraitItem::Fn(syn::TraitItemFn { attrs, sig, default: Some(body), .. }) = item
                        && is_of_the_page(attrs)
                    {
                        self.visit_function(sig, body, None);
                    }
                }
            }
            Item::Mod(item) if is_of_the_page(&item.attrs) => {
                let Some((_, items)) = &item.content else { return };
                self.scopes.push(HashMap::new());
                let count = self.globs.len();
                self.items(items.iter());
                for item in items {
                    self.visit_item(item);
                }
                let names = self.scopes.pop().unwrap_or_default();
                // `pub mod prelude { pub use crate::api::*; }`
                let globs: Vec<_> =
                    self.globs.get(count..).unwrap_or_default().iter().map(|glob| self.source(glob)).collect();
                let all = globs
                    .into_iter()
                    .map(|source| Property::Spread(self.summary.add(Expr::Import { source, name: "*".to_owned() })));
                let all: Vec<_> = all.collect();
                let properties = names.into_iter().map(|(name, id)| {
                    let value = self.summary.add(Expr::Symbol(id));
                    Property::Named(name, value)
                });
                let properties = all.into_iter().chain(properties.collect::<Vec<_>>()).collect();
                let value = self.add(Expr::Object(properties));
                if let Some(binding) = self.find(&item.ident.to_string()) {
                    self.set(binding, value);
                }
            }
            Item::Macro(item) if is_of_the_page(&item.attrs) => self.visit_macro(&item.mac),
            _ => {}
        }
    }

    fn constant(&mut self, name: &str, expression: &syn::Expr) {
        self.visit_expr(expression);
        let value = self.lower(expression);
        if let Some(binding) = self.find(name) {
            self.set(binding, value);
        }
    }

    fn visit_impl(&mut self, item: &syn::ItemImpl) {
        let class = self.named_type(&item.self_ty).and_then(|kind| self.class_of(kind));
        let outer = std::mem::replace(&mut self.class, class);
        for item in &item.items {
            match item {
                ImplItem::Fn(method) if is_of_the_page(&method.attrs) => {
                    let function = self.function(method.sig.ident.span());
                    let value = self.add(Expr::Function(function));
                    let name = method.sig.ident.to_string();
                    let is_method = method.sig.receiver().is_some();
                    if let Some(class) = class.and_then(|class| self.class_mut(class)) {
                        let members = if is_method { &mut class.members } else { &mut class.statics };
                        members.push((name, value));
                    }
                    self.visit_function(&method.sig, &method.block, class);
                }
                ImplItem::Const(constant) if is_of_the_page(&constant.attrs) => {
                    let value = self.lower(&constant.expr);
                    if let Some(class) = class.and_then(|class| self.class_mut(class)) {
                        class.statics.push((constant.ident.to_string(), value));
                    }
                }
                _ => {}
            }
        }
        self.class = outer;
    }

    fn visit_function(&mut self, signature: &syn::Signature, block: &syn::Block, class: Option<u32>) {
        let id = self.function(signature.ident.span());
        self.scopes.push(HashMap::new());
        let typed = signature.inputs.iter().filter_map(|input| match input {
            FnArg::Typed(typed) => Some(typed),
            FnArg::Receiver(_) => None,
        });
        for (index, typed) in typed.enumerate() {
            let value = self.add(Expr::Parameter { function: id, index });
            let annotation = self.named_type(&typed.ty);
            self.bind(&typed.pat, Some(value));
            let name = match &*typed.pat {
                syn::Pat::Ident(name) => name.ident.to_string(),
                _ => format!("{index}"),
            };
            if let Some(function) = self.function_mut(id) {
                function.parameters.push(Parameter { name, annotation });
            }
        }
        self.enclosing.push(id);
        let value = self.body(block);
        if let Some(function) = self.function_mut(id) {
            function.name = Some(signature.ident.to_string());
            function.class = class;
            function.returns.extend(value);
        }
        self.enclosing.pop();
        self.scopes.pop();
    }

    /// A type that is a path, through references and smart pointers.
    pub(super) fn named_type(&mut self, kind: &syn::Type) -> Option<ExprId> {
        match kind {
            syn::Type::Reference(inner) => self.named_type(&inner.elem),
            syn::Type::Paren(inner) => self.named_type(&inner.elem),
            syn::Type::Path(path) => {
                let last = path.path.segments.last()?;
                if matches!(last.ident.to_string().as_str(), "Arc" | "Box" | "Option" | "Rc" | "Signal")
                    && let syn::PathArguments::AngleBracketed(arguments) = &last.arguments
                    && let Some(syn::GenericArgument::Type(inner)) = arguments.args.first()
                {
                    return self.named_type(inner);
                }
                Some(self.path(&path.path))
            }
            _ => None,
        }
    }

    /// The class of a struct of this file.
    pub(super) fn class_of(&self, kind: ExprId) -> Option<u32> {
        let Expr::Symbol(symbol) = self.summary.expression(kind) else { return self.own_class(kind) };
        let values = &self.summary.binding(*symbol)?.values;
        values.iter().find_map(|&value| self.own_class(value))
    }

    fn own_class(&self, value: ExprId) -> Option<u32> {
        match self.summary.expression(value) {
            Expr::Class(class) => Some(*class),
            _ => None,
        }
    }

    /// `Api { base: … }` gives fields of the class their values.
    pub(super) fn fields(&mut self, literal: &syn::ExprStruct) {
        let kind = self.path(&literal.path);
        let class = self.class_of(kind);
        for field in &literal.fields {
            let value = self.lower(&field.expr);
            let name = match &field.member {
                syn::Member::Named(name) => name.to_string(),
                syn::Member::Unnamed(index) => index.index.to_string(),
            };
            match class {
                Some(class) => {
                    if let Some(class) = self.class_mut(class) {
                        class.members.push((name, value));
                    }
                }
                // The struct is of another module.
                None => {
                    let target = self.add(Expr::Member(kind, name));
                    self.summary.assignments.push((target, value));
                }
            }
        }
    }
}
