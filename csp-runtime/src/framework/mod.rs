//! What frameworks need beyond headers as text.

#[cfg(feature = "actix")]
pub mod actix;
#[cfg(feature = "axum")]
mod axum;
#[cfg(all(feature = "nonce", any(feature = "actix", feature = "axum", feature = "rocket")))]
mod missing_nonce;
#[cfg(feature = "rocket")]
pub mod rocket;

#[cfg(all(feature = "nonce", any(feature = "actix", feature = "axum", feature = "rocket")))]
pub use missing_nonce::MissingNonce;
