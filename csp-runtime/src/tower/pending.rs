use http::{Extensions, HeaderMap, HeaderValue};

use crate::deliver::Pending;
use crate::http_response::HttpParts;

/// A policy that waits for its response: see [`PolicyLayer::on_request`](super::PolicyLayer::on_request).
#[derive(Clone, Debug)]
#[must_use = "a policy protects nothing until it is on a response"]
pub struct PendingPolicy {
    pub(super) pending: Pending<HeaderValue>,
}

impl PendingPolicy {
    /// Sets the headers, and leaves a mark among the extensions by which a layer further out knows them.
    pub fn on_response(self, headers: &mut HeaderMap, extensions: &mut Extensions) {
        self.pending.deliver(&mut HttpParts { headers, extensions }, true);
    }
}
