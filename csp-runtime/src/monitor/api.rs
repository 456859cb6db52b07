//! The interfaces for programs.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use http::{StatusCode, Uri};

use super::access::Access;
use super::document::Document;
use super::{Filter, Monitor, StoreError, event};

const PEER_UNKNOWN: &str = "\
the panel is there for this machine only, and the server doesn't say who asks
help: axum::serve(listener, app.into_make_service_with_connect_info::<SocketAddr>())
help: or say yourself who may see it: Monitor::builder().authorize(|request| …)
";

/// Lets through who may see it.
pub(super) async fn authorize(State(monitor): State<Monitor>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    match monitor.access(&parts) {
        Access::Granted => next.run(Request::from_parts(parts, body)).await,
        Access::Off => StatusCode::NOT_FOUND.into_response(),
        Access::Refused => StatusCode::FORBIDDEN.into_response(),
        Access::PeerUnknown => (StatusCode::FORBIDDEN, PEER_UNKNOWN).into_response(),
    }
}

/// `GET {base}/api/counters`
pub(super) async fn counters(State(monitor): State<Monitor>) -> Response {
    match monitor.counters().await {
        Ok(counters) => json(&counters),
        Err(error) => unavailable(&error),
    }
}

/// The most groups of an answer.
const MOST_GROUPS: usize = 1_000;

/// `GET {base}/api/groups`: those that people see at first, or `?all`; at most 1,000, from `offset`.
pub(super) async fn groups(State(monitor): State<Monitor>, uri: Uri) -> Response {
    let Some(filter) = filter(uri.query().unwrap_or_default()) else {
        return (StatusCode::BAD_REQUEST, "expected `all`, `limit=` and `offset=` with numbers").into_response();
    };
    let answer = async {
        let groups = monitor.groups(&filter).await?;
        Ok((monitor.totals().await?, groups))
    };
    match answer.await {
        Ok((totals, groups)) => json(&Document::new(&monitor, totals, &groups)),
        Err(error) => unavailable(&error),
    }
}

fn filter(query: &str) -> Option<Filter> {
    let mut filter = Filter::default();
    for parameter in query.split('&').filter(|parameter| !parameter.is_empty()) {
        match parameter.split_once('=').unwrap_or((parameter, "")) {
            ("all", "") => filter = Filter { limit: filter.limit, offset: filter.offset, ..Filter::all() },
            ("limit", number) => filter.limit = number.parse().ok()?,
            ("offset", number) => filter.offset = number.parse().ok()?,
            _ => return None,
        }
    }
    filter.limit = filter.limit.min(MOST_GROUPS);
    Some(filter)
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
