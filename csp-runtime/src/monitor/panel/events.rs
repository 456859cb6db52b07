//! What is told to pages while they are open: that there is something new. What it is they see in the page itself.

use core::convert::Infallible;
use core::time::Duration;

use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse as _, Response};
use futures_util::stream;
use http::HeaderName;
use http::header::HeaderValue;
use tokio::sync::broadcast::error::RecvError;

use super::{Panel, layout};

/// Proxies close connections on which nothing comes.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// `GET {base}/events`: an event `change` whenever there is something new. It ends with the monitor.
pub(super) async fn events(State(panel): State<Panel>) -> Response {
    let receiver = panel.monitor.subscribe();
    let changes = stream::unfold(receiver, |mut receiver| async move {
        match receiver.recv().await {
            // Who has missed some is told once.
            Ok(_) | Err(RecvError::Lagged(_)) => {
                while receiver.try_recv().is_ok() {}
                // Browsers pass over events without data.
                Some((Ok::<_, Infallible>(Event::default().event("change").data("violations")), receiver))
            }
            Err(RecvError::Closed) => None,
        }
    });
    let mut response =
        layout::guarded(Sse::new(changes).keep_alive(KeepAlive::new().interval(KEEP_ALIVE)).into_response());
    // nginx keeps back what isn't much.
    response.headers_mut().insert(HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no"));
    response
}
