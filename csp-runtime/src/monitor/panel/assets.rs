//! Style, scripts and icon: part of the program, so that no other server is asked.

use axum::response::{IntoResponse as _, Response};
use http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderValue};

use super::layout;

/// A script for pages whose policy is in a `<meta>`, of which browsers send no report: it hears of what the browser stops,
/// and sends it to the collector.
///
/// The router serves it as `{base}/listener.js`. Put it first in the `<head>`, before the policy, as a classic script:
///
/// ```html
/// <script src="/__csp/listener.js"></script>
/// <meta http-equiv="Content-Security-Policy" content="connect-src 'self' https://api.example.com">
/// ```
///
/// It sends to `report` beside it; `data-endpoint="…"` names another place, and is needed where the text is put into a page
/// itself and the base isn't `/__csp`. The page's policy must allow both: the script (`script-src 'self'`) and where it sends
/// (`connect-src 'self'`). Where the latter is missing it says so on the console, and stops.
///
/// Policies with a `report-uri` or `report-to` of their own, in a header, are left to the browser. With the attribute
/// `data-all` they are sent too: at once, under development, where `report-to` takes a minute; each then counts twice.
///
/// It hears nothing of what happened before it ran, nor of workers.
pub const LISTENER: &str = include_str!("assets/listener.js");

pub(super) async fn style() -> Response {
    asset("text/css; charset=utf-8", include_str!("assets/panel.css"))
}

pub(super) async fn script() -> Response {
    asset("text/javascript; charset=utf-8", include_str!("assets/panel.js"))
}

pub(super) async fn icon() -> Response {
    asset("image/svg+xml", include_str!("assets/icon.svg"))
}

pub(super) async fn listener() -> Response {
    let mut response = asset("text/javascript; charset=utf-8", LISTENER);
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

fn asset(kind: &'static str, text: &'static str) -> Response {
    layout::guarded(([(CONTENT_TYPE, kind)], text).into_response())
}
