//! The service that takes in reports.

mod body;
mod response;

use alloc::boxed::Box;
use alloc::string::String;
use core::convert::Infallible;
use core::pin::Pin;
use core::task::{Context, Poll};

use csp_core::report::{BodyErrorKind, accepts};
use http::header::{CONTENT_ENCODING, CONTENT_TYPE, USER_AGENT};
use http::request::Parts;
use http::{Method, Request, Response, StatusCode};
use http_body::Body;
use tower_service::Service;

use super::{Counters, Delivery, Monitor};
use body::BodyFailure;
pub(super) use body::InFlight;

/// The service that takes in reports, whatever the path of the request. See [what it answers](super#what-it-answers).
#[derive(Clone, Debug)]
pub struct Collector {
    monitor: Monitor,
}

impl Collector {
    pub(super) const fn new(monitor: Monitor) -> Self {
        Self { monitor }
    }

    pub(super) async fn answer<B: Body>(self, parts: Parts, body: B) -> Response<String> {
        match parts.method {
            Method::POST => {}
            Method::OPTIONS => return response::preflight(),
            _ => return response::method_not_allowed(),
        }
        let content_type = parts.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        if !content_type.is_some_and(accepts) {
            return self.reject(StatusCode::UNSUPPORTED_MEDIA_TYPE, response::CONTENT_TYPES);
        }
        if parts.headers.get(CONTENT_ENCODING).is_some_and(|value| value != "identity") {
            return self.reject(StatusCode::UNSUPPORTED_MEDIA_TYPE, "the body must not be compressed");
        }
        let caps = &self.monitor.shared.caps;
        let received = body::receive(body, &self.monitor.limits(), caps, &self.monitor.shared.in_flight).await;
        let body = match received {
            Ok(body) => body,
            Err(BodyFailure::Broken) => return self.reject(StatusCode::BAD_REQUEST, "the body breaks off"),
            Err(BodyFailure::Slow) => return self.reject(StatusCode::REQUEST_TIMEOUT, "the body takes too long"),
            Err(BodyFailure::TooLong) => {
                self.monitor.count(Counters { over_limit: 1, ..Counters::default() });
                return response::refusal(StatusCode::PAYLOAD_TOO_LARGE, "the body is too long");
            }
            Err(BodyFailure::NoRoom) => {
                self.monitor.count(Counters { shed: 1, ..Counters::default() });
                return response::taken();
            }
        };
        let user_agent = parts.headers.get(USER_AGENT).and_then(|value| value.to_str().ok());
        match self.monitor.receive(&body, &Delivery::new(parts.uri.query(), user_agent)) {
            Ok(()) => response::taken(),
            Err(error) => {
                let status = match error.kind() {
                    BodyErrorKind::TooLong { .. } => StatusCode::PAYLOAD_TOO_LARGE,
                    _ => StatusCode::BAD_REQUEST,
                };
                response::refusal(status, &alloc::format!("{error}"))
            }
        }
    }

    fn reject(&self, status: StatusCode, why: &str) -> Response<String> {
        self.monitor.count(Counters { rejected: 1, ..Counters::default() });
        response::refusal(status, why)
    }
}

impl<B> Service<Request<B>> for Collector
where
    B: Body + Send + 'static,
    B::Data: Send,
{
    type Response = Response<String>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let (parts, body) = request.into_parts();
        let this = self.clone();
        Box::pin(async move { Ok(this.answer(parts, body).await) })
    }
}
