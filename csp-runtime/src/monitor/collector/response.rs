//! What is answered.

use alloc::borrow::ToOwned as _;
use alloc::string::String;

use http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_MAX_AGE,
    ALLOW, CONTENT_TYPE,
};
use http::{HeaderValue, Response, StatusCode};

pub(super) const CONTENT_TYPES: &str = "expected application/csp-report, application/reports+json or application/json";

const METHODS: HeaderValue = HeaderValue::from_static("POST, OPTIONS");

/// The answer to all that can be read. Browsers send again what they get another answer for.
pub(super) fn taken() -> Response<String> {
    response(StatusCode::NO_CONTENT, String::new())
}

/// Browsers ask before they send reports to another origin.
pub(super) fn preflight() -> Response<String> {
    let mut response = taken();
    let headers = response.headers_mut();
    headers.insert(ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("POST"));
    headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static("content-type"));
    headers.insert(ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("86400"));
    headers.insert(ALLOW, METHODS);
    response
}

pub(super) fn method_not_allowed() -> Response<String> {
    let mut response = refusal(StatusCode::METHOD_NOT_ALLOWED, "expected POST");
    response.headers_mut().insert(ALLOW, METHODS);
    response
}

/// An answer that says why.
pub(super) fn refusal(status: StatusCode, why: &str) -> Response<String> {
    let mut response = response(status, why.to_owned());
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    response
}

fn response(status: StatusCode, body: String) -> Response<String> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    // Reports carry no cookies.
    response.headers_mut().insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    response
}
