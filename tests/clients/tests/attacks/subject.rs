//! A client that is attacked.

use csp_runtime::{Blocked, Guard};

/// A client, guarded as its users guard it.
pub(crate) trait Subject {
    fn name(&self) -> &'static str;

    /// The scheme of its URLs.
    fn scheme(&self) -> &'static str {
        "http"
    }

    /// Whether it follows redirects. One that doesn't gets a response, or an error of its own.
    fn follows_redirects(&self) -> bool {
        true
    }

    /// Why the paths of first URLs aren't seen, if they aren't. Then a source with a path must cover nothing.
    fn blind_to_paths(&self) -> Option<&'static str> {
        None
    }

    /// Why credentials in first URLs aren't seen, if they aren't.
    fn blind_to_credentials(&self) -> Option<&'static str> {
        None
    }

    /// Whether it speaks HTTP/2 from the first byte on, and nothing else.
    fn speaks_http2(&self) -> bool {
        false
    }

    /// Whether it dials the host of an `http::Uri` as it is written, so that what a URL parser would change is refused.
    fn dials_uris(&self) -> bool {
        false
    }

    /// Whether it resolves the target of a relative redirect. One that doesn't asks for `/../out`, which is not canonical.
    fn resolves_relative_urls(&self) -> bool {
        true
    }

    /// Requests the URLs one after the other with the same client. It is dropped when the last is answered.
    fn request(&self, guard: &Guard, urls: &[String]) -> Vec<Result<(), Failure>>;
}

/// Why there was no response.
#[derive(Clone, Debug)]
pub(crate) enum Failure {
    /// The guard refused; found in the client's own error.
    Blocked(Box<Blocked>),
    #[expect(dead_code, reason = "shown where a test fails")]
    Other(String),
}

impl Failure {
    /// Of a client's error.
    pub(crate) fn of(error: &(dyn std::error::Error + 'static)) -> Self {
        match Blocked::find(error) {
            Some(blocked) => Self::Blocked(Box::new(blocked.clone())),
            None => Self::Other(format!("{error}: {error:?}")),
        }
    }
}

/// Runs a client that is asynchronous.
pub(crate) fn block_on<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(future)
}
