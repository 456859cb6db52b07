//! Rocket: a fairing, with `PAGE.rocket()`, a responder for routes with policies of their own, nonces as request guards,
//! and a policy for [`Shield`](::rocket::shield::Shield).
//!
//! ```
//! csp_runtime::policy! {
//!     static PAGE = { use_defaults: true };
//! }
//! let rocket = rocket::build().attach(PAGE.rocket());
//! # drop(rocket);
//! ```
//!
//! The fairing sets the headers on every response, on those of catchers too. The rules are those of the
//! [tower layer](crate::tower#servers-policylayer), which stands beside it: a policy of somebody else stays, what a handler
//! has returned as [`Under`] counts, `merging()` and `insecure_overriding("reason")` say otherwise. Of two fairings, the one
//! that is attached first counts as the inner one.
//!
//! # Shield
//!
//! Rocket's own fairing for headers sends no policy by default, and needs no change. [`Policy::shield`] is for programs that
//! keep all their headers there. Shield leaves a response alone that has the header already.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::string::ToString as _;
use alloc::vec::Vec;
use core::fmt;
use std::sync::OnceLock;

use ::rocket::fairing::{Fairing, Info, Kind};
use ::rocket::http::Header;
use ::rocket::response::Responder;
use ::rocket::{Data, Request, Response, shield};
use csp_core::{Disposition, merge_policies};

use crate::deliver::{Mode, Plan, ResponseHeaders};
use crate::delivery::{Delivery, Value};
use crate::response_header::ResponseHeader;
#[cfg(feature = "nonce")]
use crate::{ExtendedNoncePolicy, Nonce, NoncePolicy, ResponsePolicy, response_policy::Template};
use crate::{ExtendedPolicy, Policy};

type Text = Cow<'static, str>;

/// Sets a policy's headers on every response: see the [module](self).
#[derive(Clone, Debug)]
pub struct PolicyFairing {
    plan: Plan<Text>,
    has_nonce: bool,
}

impl Policy {
    /// The fairing for Rocket that sets this policy's headers.
    #[must_use]
    pub const fn rocket(&self) -> PolicyFairing {
        PolicyFairing { plan: Plan::fixed(self.texts()), has_nonce: false }
    }

    /// This policy's header for Rocket's [`Shield`](shield::Shield).
    ///
    /// # Errors
    ///
    /// If the policy only reports or names an endpoint: a policy of Shield's is one header, and always the same.
    pub fn shield(&'static self) -> Result<ShieldPolicy, ShieldError> {
        match (self.disposition(), self.headers().count()) {
            (Disposition::Enforce, 1) => Ok(ShieldPolicy { header: self.header() }),
            _ => Err(ShieldError { name: self.name() }),
        }
    }

    /// A response under this policy, which the fairing leaves as it is.
    pub const fn under<R>(&'static self, response: R) -> Under<R> {
        Under { response, delivery: self.texts() }
    }

    const fn texts(&self) -> Delivery<Text> {
        let [reporting_endpoints, connection_allowlist] = self.other_headers();
        let others = [borrowed(reporting_endpoints), borrowed(connection_allowlist)];
        Delivery { disposition: self.disposition(), value: Cow::Borrowed(self.header()), others }
    }
}

const fn borrowed(header: Option<(ResponseHeader, &'static str)>) -> Option<(ResponseHeader, Text)> {
    match header {
        Some((header, value)) => Some((header, Cow::Borrowed(value))),
        None => None,
    }
}

impl ExtendedPolicy {
    /// The fairing for Rocket that sets this policy's headers.
    #[must_use]
    pub fn rocket(&self) -> PolicyFairing {
        PolicyFairing { plan: Plan::fixed(self.texts()), has_nonce: false }
    }

    /// A response under this policy, which the fairing leaves as it is.
    pub fn under<R>(&self, response: R) -> Under<R> {
        Under { response, delivery: self.texts() }
    }

    fn texts(&self) -> Delivery<Text> {
        let others =
            self.other_headers().map(|header| header.map(|(header, value)| (header, value.to_string().into())));
        Delivery { value: self.header().to_string().into(), others, ..self.base().texts() }
    }
}

#[cfg(feature = "nonce")]
impl NoncePolicy {
    /// The fairing for Rocket that makes a nonce for each request and sets this policy's headers. Handlers get the nonce as
    /// a request guard, [`Nonce`].
    #[must_use]
    pub const fn rocket(&'static self) -> PolicyFairing {
        PolicyFairing { plan: Plan::with_nonce(Template::Declared(self)), has_nonce: true }
    }
}

#[cfg(feature = "nonce")]
impl ExtendedNoncePolicy {
    /// As [`NoncePolicy::rocket`].
    #[must_use]
    pub fn rocket(&self) -> PolicyFairing {
        PolicyFairing { plan: Plan::with_nonce(Template::Extended(self.clone())), has_nonce: true }
    }
}

#[cfg(feature = "nonce")]
impl ResponsePolicy {
    /// A response under this policy, which the fairing leaves as it is.
    pub fn under<R>(&self, response: R) -> Under<R> {
        Under { response, delivery: self.delivery() }
    }
}

impl PolicyFairing {
    /// As [`PolicyLayer::merging`](crate::tower::PolicyLayer::merging).
    #[must_use]
    pub fn merging(mut self) -> Self {
        self.plan.mode = Mode::Merge;
        self
    }

    /// As [`PolicyLayer::insecure_overriding`](crate::tower::PolicyLayer::insecure_overriding).
    #[must_use]
    pub fn insecure_overriding(mut self, reason: &str) -> Self {
        let _ = reason;
        self.plan.mode = Mode::Override;
        self
    }
}

#[::rocket::async_trait]
impl Fairing for PolicyFairing {
    fn info(&self) -> Info {
        Info { name: "Content Security Policy", kind: Kind::Request | Kind::Response }
    }

    async fn on_request(&self, request: &mut Request<'_>, _: &mut Data<'_>) {
        #[cfg(feature = "nonce")]
        if self.has_nonce {
            // A response has one nonce, whichever of our fairings need it.
            request.local_cache(|| RequestNonce(Some(Nonce::generate())));
        }
        #[cfg(not(feature = "nonce"))]
        let _ = (request, self.has_nonce);
    }

    async fn on_response<'r>(&self, request: &'r Request<'_>, response: &mut Response<'r>) {
        #[cfg(feature = "nonce")]
        // Rocket answers some requests before it shows them to fairings.
        let pending = self.plan.begin(|| nonce(request).unwrap_or_else(Nonce::generate));
        #[cfg(not(feature = "nonce"))]
        let pending = self.plan.begin();
        pending.deliver(&mut RocketResponse { request, response }, true);
    }
}

/// A response under a policy of its own: what `PAGE.under(…)` gives.
///
/// ```
/// # csp_runtime::policy! { static ADMIN = { use_defaults: true }; }
/// use csp_runtime::rocket::Under;
/// use rocket::response::content::RawHtml;
///
/// #[rocket::get("/admin")]
/// fn admin() -> Under<RawHtml<&'static str>> {
///     ADMIN.under(RawHtml("<h1>Admin</h1>"))
/// }
/// ```
#[derive(Clone, Debug)]
pub struct Under<R> {
    response: R,
    delivery: Delivery<Text>,
}

impl<'r, 'o: 'r, R: Responder<'r, 'o>> Responder<'r, 'o> for Under<R> {
    fn respond_to(self, request: &'r Request<'_>) -> ::rocket::response::Result<'o> {
        let mut response = self.response.respond_to(request)?;
        self.delivery.deliver(&mut RocketResponse { request, response: &mut response }, Mode::Append, true);
        Ok(response)
    }
}

struct RocketResponse<'a, 'b, 'r> {
    request: &'a Request<'b>,
    response: &'a mut Response<'r>,
}

/// In a request's cache: the policies that are ours. A response that was given up since doesn't have them.
#[derive(Default)]
struct Marks {
    enforced: OnceLock<Text>,
    reported: OnceLock<Text>,
}

impl RocketResponse<'_, '_, '_> {
    fn marked(&self, disposition: Disposition) -> &OnceLock<Text> {
        let marks = self.request.local_cache(Marks::default);
        match disposition {
            Disposition::Enforce => &marks.enforced,
            Disposition::Report => &marks.reported,
        }
    }

    fn values(&self, header: ResponseHeader) -> impl Iterator<Item = &str> {
        self.response.headers().get(header.as_str())
    }
}

impl ResponseHeaders for RocketResponse<'_, '_, '_> {
    type Value = Text;

    fn is_marked(&self, disposition: Disposition) -> bool {
        let marked = self.marked(disposition).get();
        marked.is_some_and(|marked| self.values(ResponseHeader::Policy(disposition)).any(|value| value == marked))
    }

    fn mark(&mut self, disposition: Disposition) {
        if let Some(last) = self.values(ResponseHeader::Policy(disposition)).last() {
            // Marked already, if a response with the other policy was given up; then this one counts as somebody else's.
            let _ = self.marked(disposition).set(last.to_string().into());
        }
    }

    fn add(&mut self, header: ResponseHeader, value: Text) {
        if !self.values(header).any(|there| there == value) {
            self.response.adjoin_header(Header::new(header.as_str(), value));
        }
    }

    fn merge(&mut self, header: ResponseHeader, declared: &Text) -> bool {
        let merged: Vec<Text> = {
            let mut there = self.values(header).peekable();
            if there.peek().is_none() {
                return false;
            }
            // The pieces of text between ASCII are text.
            let merged = merge_policies(there.map(str::as_bytes), declared);
            merged
                .into_iter()
                .map(|policy| alloc::string::String::from_utf8_lossy(&policy).into_owned().into())
                .collect()
        };
        self.response.remove_header(header.as_str());
        for policy in merged {
            self.response.adjoin_header(Header::new(header.as_str(), policy));
        }
        true
    }

    fn replace(&mut self, header: ResponseHeader, value: Text) {
        self.response.set_header(Header::new(header.as_str(), value));
    }
}

impl Value for Text {
    #[cfg(feature = "nonce")]
    fn from_text(text: Self) -> Self {
        text
    }

    #[cfg(feature = "nonce")]
    fn from_bytes(bytes: Vec<u8>) -> Self {
        // They are ASCII.
        Cow::Owned(alloc::string::String::from_utf8(bytes).unwrap_or_default())
    }
}

/// In a request's cache.
#[cfg(feature = "nonce")]
struct RequestNonce(Option<Nonce>);

#[cfg(feature = "nonce")]
fn nonce(request: &Request<'_>) -> Option<Nonce> {
    request.local_cache(|| RequestNonce(None)).0
}

/// The nonce that a fairing has made for the request.
#[cfg(feature = "nonce")]
#[::rocket::async_trait]
impl<'r> ::rocket::request::FromRequest<'r> for Nonce {
    type Error = crate::MissingNonce;

    async fn from_request(request: &'r Request<'_>) -> ::rocket::request::Outcome<Self, Self::Error> {
        match nonce(request) {
            Some(nonce) => ::rocket::outcome::Outcome::Success(nonce),
            None => {
                let help = "attach `PAGE.rocket()`, of a policy with `nonce` in a list";
                let error = crate::MissingNonce { help };
                ::rocket::outcome::Outcome::Error((::rocket::http::Status::InternalServerError, error))
            }
        }
    }
}

/// A policy for Rocket's [`Shield`](shield::Shield): see [`Policy::shield`].
///
/// Its default, which Shield's trait asks for and nothing uses, allows nothing.
#[derive(Clone, Copy, Debug)]
pub struct ShieldPolicy {
    header: &'static str,
}

impl Default for ShieldPolicy {
    fn default() -> Self {
        Self { header: "default-src 'none'" }
    }
}

impl shield::Policy for ShieldPolicy {
    const NAME: &'static str = ResponseHeader::Policy(Disposition::Enforce).as_str();

    fn header(&self) -> Header<'static> {
        Header::new(Self::NAME, self.header)
    }
}

/// Why a policy is none for Shield.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShieldError {
    name: &'static str,
}

impl fmt::Display for ShieldError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.name;
        write!(
            out,
            "{name} only reports or names an endpoint, and Shield sends one `Content-Security-Policy` header\n  help: \
             attach `{name}.rocket()` instead"
        )
    }
}

impl core::error::Error for ShieldError {}
