//! What compilers keep of the types of a constructor's parameters: Angular's lists of tokens, by position.

use crate::scan::summary::{Expr, ExprId};

use super::{Lowerer, value_of};

/// Members of a class that list the tokens: a factory, or the parameters.
const LISTS: &[&str] = &["ctorParameters", "ngFactoryDef", "ɵfac"];
/// They ask an injector for what is provided for a token.
const INJECTING: &[&str] = &["directiveInject", "inject", "ɵɵdirectiveInject", "ɵɵinject"];

/// The tokens of the parameters of a class's constructor.
pub(super) struct Tokens {
    class: ClassOf,
    list: ExprId,
}

enum ClassOf {
    Class(u32),
    /// A name of it.
    Name(ExprId),
}

impl Lowerer<'_> {
    /// `static ɵfac = …`, `static ctorParameters = …`
    pub(super) fn static_tokens(&mut self, class: u32, name: &str, list: ExprId) {
        if LISTS.contains(&name) {
            self.tokens.push(Tokens { class: ClassOf::Class(class), list });
        }
    }

    /// `S.ɵfac = …`, `S.ctorParameters = …`
    pub(super) fn assigned_tokens(&mut self, object: ExprId, name: &str, list: ExprId) {
        match self.summary.expression(object) {
            Expr::This(class) => self.static_tokens(*class, name, list),
            Expr::Symbol(_) if LISTS.contains(&name) => {
                self.tokens.push(Tokens { class: ClassOf::Name(object), list });
            }
            _ => {}
        }
    }

    /// `ɵɵngDeclareClassMetadata({ type: S, ctorParameters: () => […] })`, `ɵsetClassMetadata(S, …, () => […], …)`
    pub(super) fn called_tokens(&mut self, call: ExprId) {
        let Expr::Call(callee, arguments) = self.summary.expression(call) else { return };
        match *arguments.as_slice() {
            [metadata] if self.is_named(*callee, &["ɵɵngDeclareClassMetadata"]) => {
                if let (Some(class), Some(list)) =
                    (self.named_in(metadata, "type"), self.named_in(metadata, "ctorParameters"))
                {
                    self.tokens.push(Tokens { class: ClassOf::Name(class), list });
                }
            }
            [class, _, list, _] if self.is_named(*callee, &["ɵsetClassMetadata", "setClassMetadata"]) => {
                self.tokens.push(Tokens { class: ClassOf::Name(class), list });
            }
            _ => {}
        }
    }

    /// `__decorate([…, __metadata("design:paramtypes", […])], S)`, whatever a minifier calls it, gives back the class that it
    /// is given.
    pub(super) fn decorated(&mut self, arguments: &[ExprId]) -> Option<Expr> {
        let &[decorators, class] = arguments else { return None };
        if !matches!(self.summary.expression(class), Expr::Symbol(_)) || !self.is_class_decorated(decorators) {
            return None;
        }
        self.tokens.push(Tokens { class: ClassOf::Name(class), list: decorators });
        Some(Expr::Either(vec![class]))
    }

    /// Gives the parameters of constructors their types: a class may be written below its tokens.
    pub(super) fn settle_tokens(&mut self) {
        for Tokens { class, list } in std::mem::take(&mut self.tokens) {
            let constructor = match class {
                ClassOf::Class(class) => self.summary.class(class).and_then(|class| class.constructor),
                ClassOf::Name(name) => self.constructor_of(name, 0),
            };
            let Some(constructor) = constructor else { continue };
            for (place, token) in self.listed_tokens(list).into_iter().enumerate() {
                let parameter = self.function_mut(constructor).and_then(|function| function.parameters.get_mut(place));
                if let (Some(parameter), Some(token)) = (parameter, token) {
                    parameter.annotation.get_or_insert(token);
                }
            }
        }
    }

    fn constructor_of(&self, value: ExprId, level: usize) -> Option<u32> {
        match self.summary.expression(value) {
            Expr::Function(function) => Some(*function),
            Expr::Class(class) => self.summary.class(*class)?.constructor,
            Expr::Symbol(symbol) if level < 4 => {
                self.summary.binding(*symbol)?.values.iter().find_map(|&value| self.constructor_of(value, level + 1))
            }
            _ => None,
        }
    }

    /// Whether these are decorators of a class that say something of its constructor.
    fn is_class_decorated(&self, decorators: ExprId) -> bool {
        let Expr::Array(decorators) = self.summary.expression(decorators) else { return false };
        decorators.iter().any(|&decorator| self.types(decorator).is_some() || self.injected_at(decorator).is_some())
    }

    /// `__metadata("design:paramtypes", […])`
    fn types(&self, decorator: ExprId) -> Option<&[ExprId]> {
        let Expr::Call(_, arguments) = self.summary.expression(decorator) else { return None };
        let &[key, types] = arguments.as_slice() else { return None };
        match (self.summary.expression(key), self.summary.expression(types)) {
            (Expr::Text(key), Expr::Array(types)) if key == "design:paramtypes" => Some(types),
            _ => None,
        }
    }

    /// `__param(0, Inject(TOKEN))`: the place, and the token.
    fn injected_at(&self, decorator: ExprId) -> Option<(usize, ExprId)> {
        let Expr::Call(_, arguments) = self.summary.expression(decorator) else { return None };
        let &[place, inner] = arguments.as_slice() else { return None };
        let Expr::Text(place) = self.summary.expression(place) else { return None };
        Some((place.parse().ok()?, self.inject_decorator(inner)?))
    }

    /// `Inject(TOKEN)`
    fn inject_decorator(&self, decorator: ExprId) -> Option<ExprId> {
        match self.summary.expression(decorator) {
            Expr::Call(callee, arguments) if self.is_named(*callee, &["Inject"]) => arguments.first().copied(),
            _ => None,
        }
    }

    /// What a list says of each parameter, as what an injector gives for it.
    fn listed_tokens(&mut self, list: ExprId) -> Vec<Option<ExprId>> {
        match self.summary.expression(list).clone() {
            Expr::Array(elements) if self.is_class_decorated(list) => self.decorator_tokens(&elements),
            Expr::Array(elements) => elements.into_iter().map(|element| self.described_token(element)).collect(),
            Expr::Function(function) => {
                let returns = self.summary.function(function).map(|function| function.returns.clone());
                let lists: Vec<_> = returns.into_iter().flatten().map(|value| self.returned_tokens(value)).collect();
                lists.into_iter().find(|tokens| !tokens.is_empty()).unwrap_or_default()
            }
            // `ɵɵngDeclareFactory({ type: S, deps: […] })`
            Expr::Call(_, arguments) => match arguments.as_slice() {
                &[described] => match self.named_in(described, "deps") {
                    Some(dependencies) => self.listed_tokens(dependencies),
                    None => Vec::new(),
                },
                _ => Vec::new(),
            },
            Expr::Either(parts) => match parts.as_slice() {
                &[part] => self.listed_tokens(part),
                _ => Vec::new(),
            },
            _ => Vec::new(),
        }
    }

    /// `return new (t || S)(ɵɵinject(TOKEN))`, `return [{ type: TOKEN }]`
    fn returned_tokens(&mut self, value: ExprId) -> Vec<Option<ExprId>> {
        match self.summary.expression(value).clone() {
            Expr::New(_, arguments) => arguments
                .into_iter()
                .map(|argument| match self.summary.expression(argument).clone() {
                    Expr::Call(callee, given) if self.is_named(callee, INJECTING) => {
                        given.first().map(|&token| self.injected_for(token, None))
                    }
                    _ => None,
                })
                .collect(),
            Expr::Array(_) => self.listed_tokens(value),
            Expr::Either(parts) => match parts.as_slice() {
                &[part] => self.returned_tokens(part),
                _ => Vec::new(),
            },
            Expr::When { value, .. } => self.returned_tokens(value),
            _ => Vec::new(),
        }
    }

    fn decorator_tokens(&mut self, decorators: &[ExprId]) -> Vec<Option<ExprId>> {
        let types = decorators.iter().find_map(|&decorator| self.types(decorator)).map(<[_]>::to_vec);
        let injected: Vec<_> = decorators.iter().filter_map(|&decorator| self.injected_at(decorator)).collect();
        let types = types.unwrap_or_default();
        let count = injected.iter().map(|(place, _)| place + 1).max().unwrap_or_default().max(types.len());
        (0..count)
            .map(|place| {
                let kind = types.get(place).copied();
                match injected.iter().find(|(other, _)| *other == place) {
                    Some(&(_, token)) => Some(self.injected_for(token, kind)),
                    None => kind.map(|kind| self.injected_for(kind, None)),
                }
            })
            .collect()
    }

    /// `{ token: TOKEN }`, `{ type: TOKEN }`, `{ type: undefined, decorators: [{ type: Inject, args: [TOKEN] }] }`
    fn described_token(&mut self, described: ExprId) -> Option<ExprId> {
        if let Some(token) = self.named_in(described, "token") {
            return Some(self.injected_for(token, None));
        }
        let kind = self.named_in(described, "type");
        let decorators = self.named_in(described, "decorators");
        let token = match decorators.map(|decorators| self.summary.expression(decorators).clone()) {
            Some(Expr::Array(decorators)) => decorators.into_iter().find_map(|decorator| {
                let kind = self.named_in(decorator, "type")?;
                if !self.is_named(kind, &["Inject"]) {
                    return None;
                }
                match self.summary.expression(self.named_in(decorator, "args")?) {
                    Expr::Array(tokens) => tokens.first().copied(),
                    _ => None,
                }
            }),
            _ => None,
        };
        match (token, kind) {
            (Some(token), kind) => Some(self.injected_for(token, kind)),
            (None, Some(kind)) => Some(self.injected_for(kind, None)),
            (None, None) => None,
        }
    }

    /// What an injector gives for a token, which `forwardRef(() => TOKEN)` may stand for.
    pub(super) fn injected_for(&mut self, token: ExprId, kind: Option<ExprId>) -> ExprId {
        let token = match self.summary.expression(token).clone() {
            Expr::Call(callee, arguments) if self.is_named(callee, &["forwardRef"]) => arguments.first().copied(),
            Expr::Either(parts) => parts.first().copied(),
            _ => None,
        }
        .filter(|&function| matches!(self.summary.expression(function), Expr::Function(_)))
        .map_or(token, |function| self.summary.add(Expr::Call(function, Vec::new())));
        self.injection([token].into_iter().chain(kind).collect())
    }

    fn named_in(&self, object: ExprId, name: &str) -> Option<ExprId> {
        let Expr::Object(properties) = self.summary.expression(object) else { return None };
        value_of(properties, name)
    }
}
