//! Libraries that keep answers call the functions that they are given: with the key of a query, or with what one says that it
//! asks for.

use oxc_ast::ast::CallExpression;

use crate::scan::summary::{Expr, ExprId, Property};

use super::Lowerer;

/// The function that fetches for all hooks of SWR that are given none. No name of a script has a colon.
const SWR_FETCHER: &str = "swr:fetcher";
/// The same of `TanStack` Query.
const QUERY_FUNCTION: &str = "query:function";

/// What asks with options that have a key and a function.
const QUERIES: &[&str] = &[
    "createInfiniteQuery",
    "createQuery",
    "ensureQueryData",
    "fetchInfiniteQuery",
    "fetchQuery",
    "infiniteQueryOptions",
    "injectInfiniteQuery",
    "injectQuery",
    "prefetchInfiniteQuery",
    "prefetchQuery",
    "queryOptions",
    "useInfiniteQuery",
    "usePrefetchQuery",
    "useQuery",
    "useSuspenseInfiniteQuery",
    "useSuspenseQuery",
];

impl Lowerer<'_> {
    /// The calls that a hook makes of the functions it is given.
    pub(super) fn queried(&mut self, call: ExprId, offset: usize) {
        let Expr::Call(callee, arguments) = self.summary.expression(call).clone() else { return };
        let name = match self.summary.expression(callee) {
            Expr::Symbol(symbol) => match self.summary.binding(*symbol) {
                Some(binding) => binding.name.clone(),
                None => return,
            },
            Expr::Member(_, name) | Expr::Global(name) => name.clone(),
            _ => return,
        };
        let made = match (name.as_str(), arguments.as_slice()) {
            ("useSWR" | "useSWRImmutable" | "useSWRMutation", &[key, ..]) => {
                let is_function = matches!(self.summary.expression(key), Expr::Function(_));
                let key = if is_function { self.summary.add(Expr::Call(key, Vec::new())) } else { key };
                Some(self.swr(key, arguments.get(1).copied()))
            }
            ("useSWRInfinite", &[key, ..]) => {
                let page = self.summary.add(Expr::Opaque);
                let key = self.summary.add(Expr::Call(key, vec![page]));
                Some(self.swr(key, arguments.get(1).copied()))
            }
            (name, &[options]) if QUERIES.contains(&name) => self.query(options),
            (name, &[key, function, ..]) if QUERIES.contains(&name) => match self.summary.expression(function) {
                Expr::Function(_) | Expr::Symbol(_) | Expr::Member(..) => Some(self.asked(function, key)),
                _ => None,
            },
            ("query" | "mutation" | "infiniteQuery", &[options]) => self.endpoint(options),
            _ => None,
        };
        if let Some(made) = made {
            self.site(made, offset);
        }
    }

    fn swr(&mut self, key: ExprId, second: Option<ExprId>) -> ExprId {
        let fetcher = match second {
            None => None,
            Some(second) => match self.literal(second) {
                Some(options) => named(&options, "fetcher"),
                None => Some(second),
            },
        };
        // Nothing is asked for without a key.
        let never = self.summary.add(Expr::Either(Vec::new()));
        let key = self.summary.add(Expr::Coalesce(key, never));
        let fetcher = fetcher.unwrap_or_else(|| self.summary.add(Expr::Global(SWR_FETCHER.to_owned())));
        self.summary.add(Expr::Call(fetcher, vec![key]))
    }

    /// The properties of an object literal, or of one that a variable holds.
    fn literal(&self, id: ExprId) -> Option<Vec<Property>> {
        let id = match self.summary.expression(id) {
            Expr::Symbol(symbol) => *self.summary.binding(*symbol)?.values.first()?,
            _ => id,
        };
        match self.summary.expression(id) {
            Expr::Object(properties) => Some(properties.clone()),
            _ => None,
        }
    }

    /// `useQuery({ queryKey, queryFn })`, and the same with a function that gives the options.
    fn query(&mut self, options: ExprId) -> Option<ExprId> {
        let options = match self.summary.expression(options) {
            Expr::Function(_) => self.summary.add(Expr::Call(options, Vec::new())),
            Expr::Object(_) => options,
            _ if self.literal(options).is_some() => options,
            _ => return None,
        };
        let own = self.literal(options);
        let is_spread = |property: &Property| matches!(property, Property::Spread(_));
        let has_default = own.as_ref().is_some_and(|own| {
            named(own, "queryFn").is_none() && named(own, "queryKey").is_some() && !own.iter().any(is_spread)
        });
        let key = self.summary.add(Expr::Member(options, "queryKey".to_owned()));
        let function = if has_default {
            Expr::Global(QUERY_FUNCTION.to_owned())
        } else {
            Expr::Member(options, "queryFn".to_owned())
        };
        let function = self.summary.add(function);
        Some(self.asked(function, key))
    }

    /// The call of a query's function.
    fn asked(&mut self, function: ExprId, key: ExprId) -> ExprId {
        let context = self.summary.add(Expr::Object(vec![Property::Named("queryKey".to_owned(), key)]));
        self.summary.add(Expr::Call(function, vec![context]))
    }

    /// `createApi({ baseQuery, endpoints })`: whose base query the endpoints within are asked with.
    pub(super) fn base_query(&self, call: &CallExpression<'_>, lowered: ExprId) -> Option<ExprId> {
        if call.callee_name() != Some("createApi") {
            return None;
        }
        let Expr::Call(_, arguments) = self.summary.expression(lowered) else { return None };
        named(&self.literal(*arguments.first()?)?, "baseQuery")
    }

    /// `builder.query({ query: (id) => … })`
    fn endpoint(&mut self, options: ExprId) -> Option<ExprId> {
        let base_query = *self.base_queries.last()?;
        let query = named(&self.literal(options)?, "query")?;
        let asked = self.summary.add(Expr::Call(query, Vec::new()));
        Some(self.summary.add(Expr::Call(base_query, vec![asked])))
    }

    /// `<SWRConfig value={{ fetcher }}>`
    pub(super) fn default_fetcher(&mut self, properties: &[Property]) {
        let Some(value) = named(properties, "value") else { return };
        let fetcher = self.summary.add(Expr::Member(value, "fetcher".to_owned()));
        let target = self.summary.add(Expr::Global(SWR_FETCHER.to_owned()));
        self.summary.assignments.push((target, fetcher));
    }

    /// `new QueryClient({ defaultOptions: { queries: { queryFn } } })`
    pub(super) fn default_query(&mut self, made: ExprId) {
        let Expr::New(callee, arguments) = self.summary.expression(made).clone() else { return };
        let is_client = match self.summary.expression(callee) {
            Expr::Symbol(symbol) => self.summary.binding(*symbol).is_some_and(|binding| binding.name == "QueryClient"),
            Expr::Member(_, name) => name == "QueryClient",
            _ => false,
        };
        let Some(&options) = arguments.first().filter(|_| is_client) else { return };
        let function = ["defaultOptions", "queries", "queryFn"]
            .iter()
            .fold(options, |object, name| self.summary.add(Expr::Member(object, (*name).to_owned())));
        let target = self.summary.add(Expr::Global(QUERY_FUNCTION.to_owned()));
        self.summary.assignments.push((target, function));
    }
}

fn named(properties: &[Property], name: &str) -> Option<ExprId> {
    properties.iter().rev().find_map(|property| match property {
        Property::Named(own, value) if own == name => Some(*value),
        _ => None,
    })
}
