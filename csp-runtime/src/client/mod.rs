//! Clients that obey a guard.

#[cfg(feature = "awc")]
pub mod awc;
#[cfg(feature = "hyper")]
pub mod hyper;
#[cfg(feature = "reqwest")]
pub mod reqwest;
#[cfg(feature = "tokio-tungstenite")]
pub mod tokio_tungstenite;
#[cfg(feature = "tonic")]
pub mod tonic;
#[cfg(feature = "tungstenite")]
pub mod tungstenite;
#[cfg(feature = "ureq")]
pub mod ureq;

use core::error::Error;

/// What a client's error holds and its [`source`](Error::source) doesn't tell.
pub(crate) fn hidden_source<'e>(error: &'e (dyn Error + 'static)) -> Option<&'e (dyn Error + 'static)> {
    #[cfg(feature = "awc")]
    if let Some(inner) = awc::hidden_source(error) {
        return Some(inner);
    }
    // Its source is the source of what it holds.
    #[cfg(feature = "reqwest-middleware")]
    if let Some(reqwest_middleware::Error::Middleware(inner)) = error.downcast_ref() {
        return Some(inner.as_ref());
    }
    #[cfg(feature = "ureq")]
    if let Some(inner) = ureq::hidden_source(error) {
        return Some(inner);
    }
    #[cfg(feature = "std")]
    if let Some(inner) = error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref) {
        return Some(inner);
    }
    let _ = error;
    None
}
