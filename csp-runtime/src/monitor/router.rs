//! Where everything is answered.

use alloc::format;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::get;

use super::{Monitor, api};

impl Monitor {
    /// All of it below the [base](Self::base): the endpoint for reports, `report`, and for those who are
    /// [authorized](super::Builder::authorize) `api/counters` and
    /// `api/groups`.
    ///
    /// Merge it into the server's own: `Router::new().merge(monitor.router())`.
    pub fn router(&self) -> Router {
        let base = self.base();
        let authorized = Router::new()
            .route(&format!("{base}/api/counters"), get(api::counters))
            .route(&format!("{base}/api/groups"), get(api::groups))
            // The panel's routes are merged here, so that they are authorized too: `.merge(panel::routes(self))`.
            .route_layer(from_fn_with_state(self.clone(), api::authorize))
            .with_state(self.clone());
        Router::new().route_service(&format!("{base}/report"), self.collector()).merge(authorized)
    }
}
