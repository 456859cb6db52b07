//! A guarded [reqwest](https://docs.rs/reqwest/0.13) client.
//!
//! ```
//! # async fn run() -> Result<(), Box<dyn std::error::Error>> {
//! csp_runtime::connect_src! {
//!     static BACKEND = ["https://api.example.com/v1/"];
//! }
//! let client = BACKEND.guard().reqwest(reqwest::Client::builder())?;
//! let users = client.get("https://api.example.com/v1/users").send().await?.text().await?;
//! # Ok(()) }
//! ```
//!
//! # What it does not protect against
//!
//! It checks the first URL and the target of every redirect, by name. It doesn't look at the addresses that names
//! resolve to, and a proxy that the builder or the environment sets up resolves names by itself.

use alloc::string::ToString;
use core::fmt;
use core::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue, Method};
use reqwest::redirect::{Attempt, Policy as RedirectPolicy};
use reqwest::{Body, Client, ClientBuilder, Request, Response};

use crate::{Blocked, Guard, Reason};

/// How many redirects a guarded client follows, as reqwest does.
const MAX_REDIRECTS: usize = 10;

impl Guard {
    /// A client that connects only where this guard allows.
    ///
    /// The builder's redirect policy is replaced: every hop is checked, and at most 10 are followed.
    ///
    /// # Errors
    ///
    /// As [`ClientBuilder::build`].
    pub fn reqwest(&self, builder: ClientBuilder) -> Result<GuardedClient, reqwest::Error> {
        let guard = self.clone();
        let redirects = RedirectPolicy::custom(move |attempt| check_redirect(&guard, attempt));
        Ok(GuardedClient { client: builder.redirect(redirects).build()?, guard: self.clone() })
    }
}

fn check_redirect(guard: &Guard, attempt: Attempt<'_>) -> reqwest::redirect::Action {
    let previous = attempt.previous();
    let count = u32::try_from(previous.len()).unwrap_or(u32::MAX);
    let from = previous.last().map(ToString::to_string).unwrap_or_default();
    if previous.len() > MAX_REDIRECTS {
        let blocked = guard.blocked(attempt.url().to_string(), Reason::TooManyRedirects);
        return attempt.error(blocked.redirected(count, from));
    }
    match guard.check_redirect(attempt.url(), count, &from) {
        Ok(()) => attempt.follow(),
        Err(blocked) => attempt.error(blocked),
    }
}

/// A client whose requests can't be sent unchecked. Cheap to clone, as reqwest's own.
///
/// It has the methods of [`reqwest::Client`], and doesn't hand that out.
#[derive(Clone, Debug)]
pub struct GuardedClient {
    client: Client,
    guard: Guard,
}

/// What a guarded client takes as a URL: what reqwest takes, and an [`Endpoint`](crate::Endpoint).
pub trait RequestUrl: sealed::RequestUrl {}

impl<T: sealed::RequestUrl> RequestUrl for T {}

mod sealed {
    use reqwest::{Client, IntoUrl, Method, RequestBuilder};

    use crate::Endpoint;

    pub trait RequestUrl {
        fn request(self, client: &Client, method: Method) -> RequestBuilder;
    }

    impl<T: IntoUrl> RequestUrl for T {
        fn request(self, client: &Client, method: Method) -> RequestBuilder {
            client.request(method, self)
        }
    }

    impl RequestUrl for Endpoint {
        fn request(self, client: &Client, method: Method) -> RequestBuilder {
            client.request(method, self.as_str())
        }
    }
}

impl GuardedClient {
    /// A GET request.
    pub fn get(&self, url: impl RequestUrl) -> GuardedRequestBuilder {
        self.request(Method::GET, url)
    }

    /// A POST request.
    pub fn post(&self, url: impl RequestUrl) -> GuardedRequestBuilder {
        self.request(Method::POST, url)
    }

    /// A PUT request.
    pub fn put(&self, url: impl RequestUrl) -> GuardedRequestBuilder {
        self.request(Method::PUT, url)
    }

    /// A PATCH request.
    pub fn patch(&self, url: impl RequestUrl) -> GuardedRequestBuilder {
        self.request(Method::PATCH, url)
    }

    /// A DELETE request.
    pub fn delete(&self, url: impl RequestUrl) -> GuardedRequestBuilder {
        self.request(Method::DELETE, url)
    }

    /// A HEAD request.
    pub fn head(&self, url: impl RequestUrl) -> GuardedRequestBuilder {
        self.request(Method::HEAD, url)
    }

    /// A request of any method. The URL is checked when the request is sent.
    pub fn request(&self, method: Method, url: impl RequestUrl) -> GuardedRequestBuilder {
        GuardedRequestBuilder { builder: url.request(&self.client, method), guard: self.guard.clone() }
    }

    /// Checks and sends a request that was built elsewhere.
    ///
    /// # Errors
    ///
    /// If the guard refuses the URL or a redirect, or the request fails.
    pub async fn execute(&self, request: Request) -> Result<Response, Error> {
        self.guard.check(request.url())?;
        Ok(self.client.execute(request).await?)
    }

    /// The guard.
    #[must_use]
    pub const fn guard(&self) -> &Guard {
        &self.guard
    }
}

/// A request to be sent by a [`GuardedClient`]; as [`reqwest::RequestBuilder`].
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct GuardedRequestBuilder {
    builder: reqwest::RequestBuilder,
    guard: Guard,
}

impl GuardedRequestBuilder {
    fn map(mut self, change: impl FnOnce(reqwest::RequestBuilder) -> reqwest::RequestBuilder) -> Self {
        self.builder = change(self.builder);
        self
    }

    /// Adds a header.
    pub fn header<K, V>(self, name: K, value: V) -> Self
    where
        HeaderName: TryFrom<K>,
        <HeaderName as TryFrom<K>>::Error: Into<http::Error>,
        HeaderValue: TryFrom<V>,
        <HeaderValue as TryFrom<V>>::Error: Into<http::Error>,
    {
        self.map(|builder| builder.header(name, value))
    }

    /// Adds headers, replacing those of the same names.
    pub fn headers(self, headers: HeaderMap) -> Self {
        self.map(|builder| builder.headers(headers))
    }

    /// HTTP basic authentication.
    pub fn basic_auth(self, username: impl fmt::Display, password: Option<impl fmt::Display>) -> Self {
        self.map(|builder| builder.basic_auth(username, password))
    }

    /// HTTP bearer authentication.
    pub fn bearer_auth(self, token: impl fmt::Display) -> Self {
        self.map(|builder| builder.bearer_auth(token))
    }

    /// The body.
    pub fn body(self, body: impl Into<Body>) -> Self {
        self.map(|builder| builder.body(body))
    }

    /// The time after which the request fails.
    pub fn timeout(self, timeout: Duration) -> Self {
        self.map(|builder| builder.timeout(timeout))
    }

    /// The HTTP version.
    pub fn version(self, version: http::Version) -> Self {
        self.map(|builder| builder.version(version))
    }

    /// The request, checked. Only a guarded client checks its redirects too.
    ///
    /// # Errors
    ///
    /// If the guard refuses the URL, or the request is malformed.
    pub fn build(self) -> Result<Request, Error> {
        let request = self.builder.build()?;
        self.guard.check(request.url())?;
        Ok(request)
    }

    /// Checks and sends the request.
    ///
    /// # Errors
    ///
    /// If the guard refuses the URL or a redirect, or the request fails.
    pub async fn send(self) -> Result<Response, Error> {
        let (client, request) = self.builder.build_split();
        let request = request?;
        self.guard.check(request.url())?;
        Ok(client.execute(request).await?)
    }
}

/// Why a guarded client has no response.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The guard refused the URL, or the target of a redirect.
    Blocked(Blocked),
    /// The request failed.
    Request(reqwest::Error),
}

impl Error {
    /// The refusal, if it was one.
    #[must_use]
    pub const fn blocked(&self) -> Option<&Blocked> {
        match self {
            Self::Blocked(blocked) => Some(blocked),
            Self::Request(_) => None,
        }
    }
}

impl From<Blocked> for Error {
    fn from(blocked: Blocked) -> Self {
        Self::Blocked(blocked)
    }
}

impl From<reqwest::Error> for Error {
    /// A refusal within the error comes to light.
    fn from(error: reqwest::Error) -> Self {
        match Blocked::find(&error) {
            Some(blocked) => Self::Blocked(blocked.clone()),
            None => Self::Request(error),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Blocked(blocked) => blocked.fmt(out),
            Self::Request(error) => error.fmt(out),
        }
    }
}

impl core::error::Error for Error {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Blocked(blocked) => Some(blocked),
            Self::Request(error) => Some(error),
        }
    }
}
