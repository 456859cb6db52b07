//! Test support: a real headless Chromium or Firefox, and a loopback server that answers for every host.
//!
//! ```no_run
//! use csp_harness::{Browser, Response, Server, require_chromium};
//!
//! # fn main() -> Result<(), csp_harness::Error> {
//! let Some(chromium) = require_chromium("example") else { return Ok(()) };
//! let server = Server::start(|request| match (request.host(), request.path()) {
//!     ("page.test", "/") => {
//!         Response::html("<h1>Hi</h1>").header("Content-Security-Policy", "connect-src 'self'")
//!     }
//!     _ => Response::text("data").cors(),
//! });
//! let browser = Browser::launch_for(&chromium, &server, &[])?;
//! let mut page = browser.page()?;
//! page.navigate("http://page.test/")?;
//! let fetched = page.evaluate("fetch('http://api.test/').then(() => true, () => false)")?;
//! assert_eq!(fetched, false);
//! assert!(server.requests().iter().all(|request| request.host() != "api.test"));
//! # Ok(())
//! # }
//! ```
//!
//! Every wait is bounded. Nothing here protects anything: it is for tests, and trusts whom it talks to.
//!
//! # What Chromium does of its own accord
//!
//! - It asks every page's host for `/favicon.ico`, which a policy's `img-src` may report as a breach.
//! - It loads hosts of its preloaded HSTS list over https only: the whole of `.dev` and `.app`, for example.
//! - It stops http and ws requests of https pages as mixed content, before or after the policy. Test them from http pages,
//!   or in [`Firefox`], which is told not to.

mod base64;
mod browser;
mod cdp;
mod error;
mod firefox;
mod firefox_page;
mod installed;
mod page;
mod process;
#[cfg(feature = "tracing")]
mod recorder;
mod recording;
mod request;
mod response;
mod rpc;
mod server;
mod serving;
mod socks;
mod stream;
mod tempdir;
#[cfg(feature = "tls")]
mod tls;

#[cfg(feature = "tracing")]
pub use crate::recorder::{Fields, Recorder};
#[cfg(feature = "tls")]
pub use crate::tls::{CERTIFICATE, certificate_and_key};
pub use crate::{
    browser::Browser,
    error::{Error, ErrorKind},
    firefox::Firefox,
    firefox_page::FirefoxPage,
    installed::{find_chromium, find_firefox, require_chromium, require_firefox},
    page::{ColorScheme, Page},
    recording::{ConsoleMessage, ResponseHead},
    request::Request,
    response::Response,
    server::Server,
    tempdir::TempDir,
};
