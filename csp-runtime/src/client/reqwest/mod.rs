//! Guarded [reqwest](https://docs.rs/reqwest/0.13) clients.
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
//! The first URL is checked as it is given, every redirect with its path, and the addresses that names resolve to; only
//! these addresses are dialled. The blocking client is in `blocking` (feature `reqwest-blocking`), the one for SDKs in
//! [`raw`], the one with middlewares in `middleware` (feature `reqwest-middleware`).
//!
//! # What it does not protect against
//!
//! - Addresses that the builder itself names, by `resolve` or `resolve_to_addrs`, are dialled as they are, and so are a
//!   `unix_socket` or a `windows_named_pipe`: the URL is checked, the place isn't.
//! - Behind the proxy of [`Guard::reqwest_through`](crate::Guard::reqwest_through) nobody looks at addresses. Other
//!   proxies, of the builder and of the environment, are dropped.
//! - A `connector_layer` of the builder is code between the guard and the network, and is trusted.
//!
//! A [resolver of your own](crate::Guard::resolver) is asked with port 0: reqwest sets the URL's port itself.

#[cfg(feature = "reqwest-blocking")]
pub mod blocking;
mod client;
mod error;
mod methods;
#[cfg(feature = "reqwest-middleware")]
pub mod middleware;
pub mod raw;
mod redirects;
mod request_url;
mod resolver;
mod veto;

pub use client::{GuardedClient, GuardedRequestBuilder};
pub use error::Error;
pub use request_url::RequestUrl;
