use alloc::sync::Arc;
use core::fmt;
use core::time::Duration;

use csp_core::has_credentials;
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use reqwest::{Client, ClientBuilder, Proxy, Request, Response, Url};

use super::methods::{client_methods, request_methods};
use super::resolver::Resolver;
use super::{Error, RequestUrl, redirects};
use crate::Guard;

impl Guard {
    /// A client that connects only where this guard allows.
    ///
    /// The builder's redirect policy is replaced: every hop is checked, and at most 10 are followed. So is its resolver:
    /// [`Guard::resolve`] looks at the addresses. Its proxies and those of the environment are dropped, since a proxy
    /// resolves names by itself; see [`reqwest_through`](Self::reqwest_through).
    ///
    /// # Errors
    ///
    /// As [`ClientBuilder::build`].
    pub fn reqwest(&self, builder: ClientBuilder) -> Result<GuardedClient, reqwest::Error> {
        let client = self.prepare(builder).build()?;
        Ok(GuardedClient { client, guard: self.clone() })
    }

    /// As [`reqwest`](Self::reqwest), and every connection goes through this proxy, which you trust: it resolves the
    /// names, so nobody looks at their addresses. URLs and redirects are checked all the same.
    ///
    /// ```
    /// # csp_runtime::connect_src! { static BACKEND = ["https://api.example.com"]; }
    /// let client = BACKEND.guard().reqwest_through(reqwest::Client::builder(), "http://proxy.internal:3128")?;
    /// # Ok::<(), reqwest::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If `proxy` is no URL of a proxy, and as [`ClientBuilder::build`].
    pub fn reqwest_through(&self, builder: ClientBuilder, proxy: &str) -> Result<GuardedClient, reqwest::Error> {
        let builder = builder.redirect(redirects::policy(self)).no_proxy().proxy(Proxy::all(proxy)?);
        Ok(GuardedClient { client: builder.build()?, guard: self.clone() })
    }

    pub(super) fn prepare(&self, builder: ClientBuilder) -> ClientBuilder {
        builder.no_proxy().redirect(redirects::policy(self)).dns_resolver(Arc::new(Resolver::new(self.clone())))
    }
}

/// A client whose requests can't be sent unchecked. Cheap to clone, as reqwest's own.
///
/// It has the methods of [`reqwest::Client`], and hands out neither that nor a [`reqwest::RequestBuilder`], whose `send`
/// would skip the check. What has no method here is built as a [`Request`] and [executed](Self::execute).
#[derive(Clone, Debug)]
pub struct GuardedClient {
    client: Client,
    guard: Guard,
}

client_methods!(GuardedClient, GuardedRequestBuilder);

impl GuardedClient {
    /// Checks and sends a request that was built elsewhere.
    ///
    /// A [`reqwest::RequestBuilder`] has made a header of credentials in its URL: here they can't be seen.
    ///
    /// ```
    /// # async fn run(client: csp_runtime::reqwest::GuardedClient) -> Result<(), Box<dyn std::error::Error>> {
    /// let url = "https://api.example.com/v1/users".parse()?;
    /// let mut request = reqwest::Request::new(reqwest::Method::GET, url);
    /// *request.version_mut() = reqwest::Version::HTTP_11;
    /// client.execute(request).await?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// If the guard refuses the URL, a redirect or an address, or the request fails.
    pub async fn execute(&self, request: Request) -> Result<Response, Error> {
        self.guard.check(request.url())?;
        Ok(self.client.execute(request).await?)
    }
}

/// A request to be sent by a [`GuardedClient`]; as [`reqwest::RequestBuilder`].
#[must_use = "a request does nothing until it is sent"]
pub struct GuardedRequestBuilder {
    builder: reqwest::RequestBuilder,
    guard: Guard,
    /// The URL as it was given, if reqwest took credentials out of it.
    with_credentials: Option<Url>,
}

request_methods!(GuardedRequestBuilder, reqwest);

impl GuardedRequestBuilder {
    /// Checks and sends the request.
    ///
    /// # Errors
    ///
    /// If the guard refuses the URL, a redirect or an address, or the request fails.
    pub async fn send(self) -> Result<Response, Error> {
        let (client, request) = self.split()?;
        Ok(client.execute(request).await?)
    }
}
