//! A violation that somebody sends to see whether all works.

use alloc::string::ToString as _;

use http::header::{HOST, HeaderMap, USER_AGENT};
use serde_json::json;

use crate::monitor::{Delivery, Group, Monitor, StoreError};

/// Nobody has it: names below `.invalid` don't exist ([RFC 2606](https://www.rfc-editor.org/rfc/rfc2606)).
const BLOCKED: &str = "https://test-violation.invalid";

/// Whether a group is of test violations.
pub(super) fn is_one(group: &Group) -> bool {
    group.key.blocked_origin == BLOCKED
}

/// Takes in a report as a browser would send it, of the policy in force. It goes all the way: read, classified, counted,
/// stored and told to those who watch.
pub(super) async fn send(monitor: &Monitor, headers: &HeaderMap) -> Result<(), StoreError> {
    let own = monitor.own();
    let text = |name| headers.get(name).and_then(|value: &http::HeaderValue| value.to_str().ok());
    let page = own
        .page_origins()
        .next()
        .map_or_else(|| alloc::format!("http://{}", text(HOST).unwrap_or("localhost")), Into::into);
    let body = json!({ "csp-report": {
        "document-uri": page,
        "effective-directive": "connect-src",
        "original-policy": own.policies().next().unwrap_or("connect-src 'none'"),
        "disposition": "enforce",
        "blocked-uri": BLOCKED,
        "status-code": 200,
    }});
    let body = body.to_string();
    let mut delivery = Delivery::default();
    delivery.user_agent = text(USER_AGENT);
    // It is well-formed; and if it weren't, it would be counted as what it is.
    let _ = monitor.receive(body.as_bytes(), &delivery);
    monitor.flush().await
}
