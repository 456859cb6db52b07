//! Libraries that keep answers call the functions that they are given: with the key of a query, or with what one says that it
//! asks for.

use oxc_ast::ast::CallExpression;

use crate::scan::summary::{Expr, ExprId, Property};

use super::{Lowerer, value_of};

/// The function that fetches for all hooks of SWR that are given none. No name of a script has a colon.
const SWR_FETCHER: &str = "swr:fetcher";
/// The same of `TanStack` Query.
const QUERY_FUNCTION: &str = "query:function";

/// The member of an API of RTK Query under which its base query is kept.
const BASE_QUERY: &str = "rtk:base";
/// Methods of such an API that give back the same one.
const EXTENDING: &[&str] = &["enhanceEndpoints", "injectEndpoints"];

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
                Some(options) => value_of(&options, "fetcher"),
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
            value_of(own, "queryFn").is_none() && value_of(own, "queryKey").is_some() && !own.iter().any(is_spread)
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

    /// What an API is to others: what its base query is. One that gets more endpoints is the same.
    pub(super) fn api(&self, callee: ExprId, arguments: &[ExprId]) -> Option<Expr> {
        match self.summary.expression(callee) {
            Expr::Member(api, name) if EXTENDING.contains(&name.as_str()) => Some(Expr::Either(vec![*api])),
            Expr::Symbol(symbol) => {
                let maker = *self.summary.binding(*symbol)?.values.first()?;
                // A function of the front end's own says itself what it gives.
                let is_of_library = match self.summary.expression(maker) {
                    Expr::Import { source, name } => name == "createApi" && source.starts_with('@'),
                    Expr::Call(build, _) => self.is_named(*build, &["buildCreateApi"]),
                    _ => false,
                };
                let base_query =
                    value_of(&self.literal(*arguments.first()?)?, "baseQuery").filter(|_| is_of_library)?;
                Some(Expr::Object(vec![Property::Named(BASE_QUERY.to_owned(), base_query)]))
            }
            _ => None,
        }
    }

    /// `createApi({ baseQuery, endpoints })`, `api.injectEndpoints({ endpoints })`: whose base query the endpoints within are
    /// asked with.
    pub(super) fn base_query(&mut self, call: &CallExpression<'_>) -> Option<ExprId> {
        if call.callee_name() == Some("createApi") {
            let options = self.lower(call.arguments.first()?.as_expression()?);
            return value_of(&self.literal(options)?, "baseQuery");
        }
        let member = call.callee.get_member_expr()?;
        if !EXTENDING.contains(&member.static_property_name()?) {
            return None;
        }
        let api = self.lower(member.object());
        Some(self.summary.add(Expr::Member(api, BASE_QUERY.to_owned())))
    }

    /// `builder.query({ query: (id) => … })`, `builder.query({ queryFn: (id, api, options, baseQuery) => … })`
    fn endpoint(&mut self, options: ExprId) -> Option<ExprId> {
        let base_query = *self.base_queries.last()?;
        let options = self.literal(options)?;
        if let Some(query) = value_of(&options, "query") {
            let asked = self.summary.add(Expr::Call(query, Vec::new()));
            return Some(self.summary.add(Expr::Call(base_query, vec![asked])));
        }
        let function = value_of(&options, "queryFn")?;
        let mut arguments: Vec<_> = (0..3).map(|_| self.summary.add(Expr::Opaque)).collect();
        arguments.push(base_query);
        Some(self.summary.add(Expr::Call(function, arguments)))
    }

    /// `<SWRConfig value={{ fetcher }}>`
    pub(super) fn default_fetcher(&mut self, properties: &[Property]) {
        let Some(value) = value_of(properties, "value") else { return };
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
