//! The interfaces for programs.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use http::header::{CACHE_CONTROL, CONTENT_TYPE};

use super::access::Access;
use super::{Monitor, StoreError, event};

/// Lets through who may see it.
pub(super) async fn authorize(State(monitor): State<Monitor>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    match monitor.access(&parts) {
        Access::Granted => next.run(Request::from_parts(parts, body)).await,
        Access::Off => StatusCode::NOT_FOUND.into_response(),
        Access::Refused => StatusCode::FORBIDDEN.into_response(),
    }
}

/// `GET {base}/api/counters`
pub(super) async fn counters(State(monitor): State<Monitor>) -> Response {
    match monitor.counters().await {
        Ok(counters) => json(&counters),
        Err(error) => unavailable(&error),
    }
}

pub(super) fn json(value: &impl serde::Serialize) -> Response {
    match serde_json::to_vec(value) {
        Ok(text) => ([(CONTENT_TYPE, "application/json"), (CACHE_CONTROL, "no-store")], text).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// The store can't be read. Why is for those who run the program.
pub(super) fn unavailable(error: &StoreError) -> Response {
    event::not_read(error);
    StatusCode::SERVICE_UNAVAILABLE.into_response()
}
