//! actix-web: a middleware, with `PAGE.actix()`, and nonces as extractors.
//!
//! ```
//! csp_runtime::policy! {
//!     static PAGE = { use_defaults: true };
//! }
//! let app = actix_web::App::new().wrap(PAGE.actix());
//! # drop(app);
//! ```
//!
//! The rules are those of the [tower layer](crate::tower#servers-policylayer), which stands beside it: a policy of somebody
//! else stays, an inner one of ours counts, `merging()` and `insecure_overriding("reason")` say otherwise. The middleware
//! that is wrapped last is the outermost of an `App`: wrap this one after those that answer by themselves. What an error of
//! a middleware further in becomes has the headers too.

#[cfg(feature = "nonce")]
use alloc::borrow::Cow;
use alloc::rc::Rc;
use alloc::vec::Vec;
use core::future::{Future, Ready, ready};
use core::pin::Pin;
use core::task::{Context, Poll, ready};

use actix_web::dev::{Service, ServiceRequest, ServiceResponse, Transform};
use actix_web::http::header::{CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY_REPORT_ONLY, HeaderName, HeaderValue};
use actix_web::{Error, HttpResponse};
use csp_core::{Disposition, merge_policies};
use pin_project_lite::pin_project;

use crate::deliver::{Mode, Pending, Plan, ResponseHeaders};
use crate::delivery::{Delivery, Value};
use crate::nesting::Nesting;
use crate::response_header::ResponseHeader;
#[cfg(feature = "nonce")]
use crate::{ExtendedNoncePolicy, MissingNonce, Nonce, NoncePolicy, response_policy::Template};
use crate::{ExtendedPolicy, Policy};

/// Sets a policy's headers on the responses below it: see the [module](self).
#[derive(Clone, Debug)]
pub struct PolicyMiddleware {
    plan: Rc<Plan<HeaderValue>>,
}

impl Policy {
    /// The middleware for actix-web that sets this policy's headers.
    #[must_use]
    pub fn actix(&self) -> PolicyMiddleware {
        let others = self.other_headers().map(|header| Some((header?.0, HeaderValue::from_static(header?.1))));
        let value = HeaderValue::from_static(self.header());
        PolicyMiddleware::of(Plan::fixed(Delivery { disposition: self.disposition(), value, others }))
    }
}

#[cfg(feature = "nonce")]
impl NoncePolicy {
    /// The middleware for actix-web that makes a nonce for each request, leaves it with the request as a [`Nonce`], and sets
    /// this policy's headers.
    #[must_use]
    pub fn actix(&'static self) -> PolicyMiddleware {
        PolicyMiddleware::of(Plan::with_nonce(Template::Declared(self)))
    }
}

#[cfg(feature = "nonce")]
impl ExtendedNoncePolicy {
    /// As [`NoncePolicy::actix`].
    #[must_use]
    pub fn actix(&self) -> PolicyMiddleware {
        PolicyMiddleware::of(Plan::with_nonce(Template::Extended(self.clone())))
    }
}

impl ExtendedPolicy {
    /// The middleware for actix-web that sets this policy's headers.
    ///
    /// # Panics
    ///
    /// Never: what the strict parser admits is printable ASCII.
    #[must_use]
    pub fn actix(&self) -> PolicyMiddleware {
        let base = self.base();
        let others = self.other_headers().map(|header| header.map(|(header, text)| (header, value(text))));
        let delivery = Delivery { disposition: base.disposition(), value: value(self.header()), others };
        PolicyMiddleware::of(Plan::fixed(delivery))
    }
}

impl PolicyMiddleware {
    fn of(plan: Plan<HeaderValue>) -> Self {
        Self { plan: Rc::new(plan) }
    }

    /// As [`PolicyLayer::merging`](crate::tower::PolicyLayer::merging).
    #[must_use]
    pub fn merging(self) -> Self {
        self.with(Mode::Merge)
    }

    /// As [`PolicyLayer::insecure_overriding`](crate::tower::PolicyLayer::insecure_overriding).
    #[must_use]
    pub fn insecure_overriding(self, reason: &str) -> Self {
        let _ = reason;
        self.with(Mode::Override)
    }

    fn with(mut self, mode: Mode) -> Self {
        Rc::make_mut(&mut self.plan).mode = mode;
        self
    }
}

impl<S, Body> Transform<S, ServiceRequest> for PolicyMiddleware
where
    S: Service<ServiceRequest, Response = ServiceResponse<Body>, Error = Error>,
{
    type Response = ServiceResponse<Body>;
    type Error = Error;
    type Transform = PolicyService<S>;
    type InitError = ();
    type Future = Ready<Result<PolicyService<S>, ()>>;

    fn new_transform(&self, inner: S) -> Self::Future {
        ready(Ok(PolicyService { inner, plan: Rc::clone(&self.plan) }))
    }
}

/// What the middleware makes of a service.
#[derive(Clone, Debug)]
pub struct PolicyService<S> {
    inner: S,
    plan: Rc<Plan<HeaderValue>>,
}

impl<S, Body> Service<ServiceRequest> for PolicyService<S>
where
    S: Service<ServiceRequest, Response = ServiceResponse<Body>, Error = Error>,
{
    type Response = ServiceResponse<Body>;
    type Error = Error;
    type Future = ResponseFuture<S::Future>;

    fn poll_ready(&self, context: &mut Context<'_>) -> Poll<Result<(), Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&self, request: ServiceRequest) -> Self::Future {
        #[cfg(feature = "nonce")]
        let pending = self.plan.begin(|| nonce(&request));
        #[cfg(not(feature = "nonce"))]
        let pending = self.plan.begin();
        ResponseFuture { inner: self.inner.call(request), pending: Some(pending) }
    }
}

/// A response has one nonce, whichever of our layers around it need it.
#[cfg(feature = "nonce")]
fn nonce(request: &ServiceRequest) -> Nonce {
    use actix_web::HttpMessage as _;

    let mut extensions = request.extensions_mut();
    if let Some(nonce) = extensions.get::<Nonce>() {
        return *nonce;
    }
    let nonce = Nonce::generate();
    extensions.insert(nonce);
    nonce
}

pin_project! {
    /// The response with its headers, when it is there.
    #[derive(Debug)]
    pub struct ResponseFuture<F> {
        #[pin]
        inner: F,
        pending: Option<Pending<HeaderValue>>,
    }
}

impl<F, Body> Future for ResponseFuture<F>
where
    F: Future<Output = Result<ServiceResponse<Body>, Error>>,
{
    type Output = Result<ServiceResponse<Body>, Error>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        let nesting = Nesting::enter();
        let mut result = ready!(this.inner.poll(context));
        let is_nested = nesting.is_nested();
        if let Some(pending) = this.pending.take() {
            match &mut result {
                Ok(response) => pending.deliver(&mut Response(response.response_mut()), is_nested),
                // It becomes a response further out.
                Err(error) => error.add_response_mapper(move |mut response| {
                    pending.clone().deliver(&mut Response(&mut response), is_nested);
                    response
                }),
            }
        }
        Poll::Ready(result)
    }
}

struct Response<'r, Body>(&'r mut HttpResponse<Body>);

/// Among a response's extensions: which of its policies are ours.
#[derive(Clone, Copy, Debug, Default)]
struct Marks {
    enforced: bool,
    reported: bool,
}

impl<Body> Response<'_, Body> {
    fn marks(&self) -> Marks {
        self.0.extensions().get::<Marks>().copied().unwrap_or_default()
    }
}

impl<Body> ResponseHeaders for Response<'_, Body> {
    type Value = HeaderValue;

    fn is_marked(&self, disposition: Disposition) -> bool {
        match disposition {
            Disposition::Enforce => self.marks().enforced,
            Disposition::Report => self.marks().reported,
        }
    }

    fn mark(&mut self, disposition: Disposition) {
        let marks = match disposition {
            Disposition::Enforce => Marks { enforced: true, ..self.marks() },
            Disposition::Report => Marks { reported: true, ..self.marks() },
        };
        self.0.extensions_mut().insert(marks);
    }

    fn add(&mut self, header: ResponseHeader, value: HeaderValue) {
        let name = name(header);
        if !self.0.headers().get_all(&name).any(|there| *there == value) {
            self.0.headers_mut().append(name, value);
        }
    }

    fn merge(&mut self, header: ResponseHeader, declared: &HeaderValue) -> bool {
        let name = name(header);
        let Ok(declared) = declared.to_str() else { return false };
        let there: Vec<HeaderValue> = self.0.headers_mut().remove(&name).collect();
        let is_there = !there.is_empty();
        if is_there {
            for merged in merge_policies(there.iter().map(HeaderValue::as_bytes), declared) {
                // What was a value stays one.
                if let Ok(merged) = HeaderValue::from_bytes(&merged) {
                    self.0.headers_mut().append(name.clone(), merged);
                }
            }
        }
        is_there
    }

    fn replace(&mut self, header: ResponseHeader, value: HeaderValue) {
        self.0.headers_mut().insert(name(header), value);
    }
}

const fn name(header: ResponseHeader) -> HeaderName {
    match header {
        ResponseHeader::Policy(Disposition::Enforce) => CONTENT_SECURITY_POLICY,
        ResponseHeader::Policy(Disposition::Report) => CONTENT_SECURITY_POLICY_REPORT_ONLY,
        ResponseHeader::ReportingEndpoints => HeaderName::from_static("reporting-endpoints"),
        ResponseHeader::ConnectionAllowlist(Disposition::Enforce) => HeaderName::from_static("connection-allowlist"),
        ResponseHeader::ConnectionAllowlist(Disposition::Report) => {
            HeaderName::from_static("connection-allowlist-report-only")
        }
    }
}

#[expect(clippy::expect_used, reason = "declarations, additions and nonces are printable ASCII")]
fn value(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).expect("declarations, additions and nonces are printable ASCII")
}

impl Value for HeaderValue {
    #[cfg(feature = "nonce")]
    fn from_text(text: Cow<'static, str>) -> Self {
        match text {
            Cow::Borrowed(text) => Self::from_static(text),
            Cow::Owned(text) => value(&text),
        }
    }

    #[cfg(feature = "nonce")]
    #[expect(clippy::expect_used, reason = "declarations, additions and nonces are printable ASCII")]
    fn from_bytes(bytes: Vec<u8>) -> Self {
        Self::try_from(bytes).expect("declarations, additions and nonces are printable ASCII")
    }
}

/// The nonce that a middleware has left with the request.
#[cfg(feature = "nonce")]
impl actix_web::FromRequest for Nonce {
    type Error = MissingNonce;
    type Future = Ready<Result<Self, MissingNonce>>;

    fn from_request(request: &actix_web::HttpRequest, _: &mut actix_web::dev::Payload) -> Self::Future {
        use actix_web::HttpMessage as _;

        let help = "put `.wrap(PAGE.actix())` around the route, of a policy with `nonce` in a list";
        ready(request.extensions().get::<Self>().copied().ok_or(MissingNonce { help }))
    }
}

/// 500, as for every error that says nothing else.
#[cfg(feature = "nonce")]
impl actix_web::ResponseError for MissingNonce {}
