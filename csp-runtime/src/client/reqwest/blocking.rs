//! A guarded [`reqwest::blocking`] client.
//!
//! ```no_run
//! csp_runtime::connect_src! {
//!     static BACKEND = ["https://api.example.com/v1/"];
//! }
//! let client = BACKEND.guard().reqwest_blocking(reqwest::blocking::Client::builder())?;
//! let users = client.get("https://api.example.com/v1/users").send()?.text()?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What it does not protect against
//!
//! The same as the [asynchronous one](super).

use alloc::sync::Arc;
use core::fmt;
use core::time::Duration;

use csp_core::has_credentials;
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use reqwest::blocking::{Client, ClientBuilder, Request, Response};
use reqwest::{Proxy, Url};

use super::methods::{client_methods, request_methods};
use super::resolver::Resolver;
use super::{Error, RequestUrl, redirects};
use crate::Guard;

impl Guard {
    /// A blocking client that connects only where this guard allows; as [`reqwest`](Self::reqwest).
    ///
    /// # Errors
    ///
    /// As [`ClientBuilder::build`].
    ///
    /// # Panics
    ///
    /// As [`ClientBuilder::build`]: in asynchronous code.
    pub fn reqwest_blocking(&self, builder: ClientBuilder) -> Result<GuardedClient, reqwest::Error> {
        let resolver = Arc::new(Resolver::new(self.clone()));
        let builder = builder.no_proxy().redirect(redirects::policy(self)).dns_resolver(resolver);
        Ok(GuardedClient { client: builder.build()?, guard: self.clone() })
    }

    /// As [`reqwest_blocking`](Self::reqwest_blocking), through a trusted proxy: see
    /// [`reqwest_through`](Self::reqwest_through).
    ///
    /// # Errors
    ///
    /// If `proxy` is no URL of a proxy, and as [`ClientBuilder::build`].
    ///
    /// # Panics
    ///
    /// As [`ClientBuilder::build`]: in asynchronous code.
    pub fn reqwest_blocking_through(
        &self,
        builder: ClientBuilder,
        proxy: &str,
    ) -> Result<GuardedClient, reqwest::Error> {
        let builder = builder.redirect(redirects::policy(self)).no_proxy().proxy(Proxy::all(proxy)?);
        Ok(GuardedClient { client: builder.build()?, guard: self.clone() })
    }
}

/// A client whose requests can't be sent unchecked. Cheap to clone, as reqwest's own.
///
/// It has the methods of [`reqwest::blocking::Client`], and hands out neither that nor a request builder of reqwest.
#[derive(Clone, Debug)]
pub struct GuardedClient {
    client: Client,
    guard: Guard,
}

client_methods!(GuardedClient, GuardedRequestBuilder);

impl GuardedClient {
    /// Checks and sends a request that was built elsewhere.
    ///
    /// A [`reqwest::blocking::RequestBuilder`] has made a header of credentials in its URL: here they can't be seen.
    ///
    /// # Errors
    ///
    /// If the guard refuses the URL, a redirect or an address, or the request fails.
    pub fn execute(&self, request: Request) -> Result<Response, Error> {
        self.guard.check(request.url())?;
        Ok(self.client.execute(request)?)
    }
}

/// A request to be sent by a [`GuardedClient`]; as [`reqwest::blocking::RequestBuilder`].
#[must_use = "a request does nothing until it is sent"]
pub struct GuardedRequestBuilder {
    builder: reqwest::blocking::RequestBuilder,
    guard: Guard,
    /// The URL as it was given, if reqwest took credentials out of it.
    with_credentials: Option<Url>,
}

request_methods!(GuardedRequestBuilder, reqwest::blocking);

impl GuardedRequestBuilder {
    /// Checks and sends the request.
    ///
    /// # Errors
    ///
    /// If the guard refuses the URL, a redirect or an address, or the request fails.
    pub fn send(self) -> Result<Response, Error> {
        let (client, request) = self.split()?;
        Ok(client.execute(request)?)
    }
}
