//! A front end in WebAssembly that asks its own declaration before it fetches.
//!
//! ```sh
//! cargo check -p wasm-front-end --target wasm32-unknown-unknown
//! ```
//!
//! The browser obeys the same list where the page's server sends it as a header; that is what protects the user. The
//! check before the request is for the developer: a browser tells a script that a fetch failed, not why.
//!
//! # Size
//!
//! csp-runtime is taken without `std` and `url`: what is not canonical is refused instead of parsed. With
//! `opt-level = "z"`, `lto = true`, `codegen-units = 1`, `panic = "abort"` and `strip = true` a minimal module of 9,779
//! bytes grows by 34,877 bytes (16,148 of them compressed by gzip) with [`allows`](csp_runtime::Guard::allows), and by
//! 139,557 bytes (58,553) with [`check`](csp_runtime::Guard::check) and the text of its refusals. The feature `url` adds
//! 182,000 to 187,000 bytes to either.
//!
//! # What it does not protect against
//!
//! The check is of the URL that is fetched. Redirects are followed by the browser, which checks them by the header, and
//! code that doesn't call [`fetch`] isn't checked at all.

use csp_runtime::{Endpoint, connect_src, endpoint};
use gloo_net::http::Request;
use wasm_bindgen::{JsError, prelude::wasm_bindgen};

connect_src! {
    /// Where the page may connect.
    pub static SHOP = ["https://api.example.com/v1/"];
}

/// Checked by the compiler: nothing is left to be checked in the browser.
const USERS: Endpoint = endpoint!(SHOP, "https://api.example.com/v1/users");

/// The users.
///
/// # Errors
///
/// If the request fails.
#[wasm_bindgen]
pub async fn users() -> Result<String, JsError> {
    get(USERS.as_str()).await
}

/// What is at a URL that the page's scripts choose.
///
/// # Errors
///
/// If `SHOP` doesn't cover the URL, or the request fails.
#[wasm_bindgen]
pub async fn fetch(url: String) -> Result<String, JsError> {
    SHOP.guard().check(&url)?;
    get(&url).await
}

async fn get(url: &str) -> Result<String, JsError> {
    Ok(Request::get(url).send().await?.text().await?)
}
