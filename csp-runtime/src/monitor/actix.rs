//! The collector in actix-web, whose types of HTTP are those of another version.

use alloc::format;
use alloc::string::String;
use core::pin::Pin;
use core::task::{Context, Poll};

use actix_web::error::PayloadError;
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, HeaderName, USER_AGENT};
use actix_web::web::{Payload, resource, to};
use actix_web::{HttpRequest, HttpResponse, Resource};
use bytes::Bytes;
use futures_util::Stream as _;
use http::request::Parts;
use http_body::{Body, Frame, SizeHint};

use super::Monitor;

/// What the collector reads of a request's headers.
const READ: [HeaderName; 3] = [CONTENT_ENCODING, CONTENT_TYPE, USER_AGENT];

impl Monitor {
    /// The endpoint for reports, `{base}/report`, for actix-web. It answers and counts as the [router](Self::router)'s does.
    /// The panel and the interfaces for programs need axum.
    ///
    /// ```no_run
    /// use actix_web::{App, HttpServer};
    /// use csp_runtime::monitor::Monitor;
    ///
    /// # async fn serve() -> Result<(), Box<dyn core::error::Error>> {
    /// let monitor = Monitor::builder().start().await?;
    /// HttpServer::new(move || App::new().service(monitor.actix())).bind("127.0.0.1:3000")?.run().await?;
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn actix(&self) -> Resource {
        let monitor = self.clone();
        let answer = move |request: HttpRequest, payload: Payload| {
            let collector = monitor.collector();
            async move {
                let length = request.headers().get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
                converted(collector.answer(parts(&request), Received { payload, length }).await)
            }
        };
        resource(format!("{}/report", self.base())).route(to(answer))
    }
}

/// What the collector looks at: the method, the query and three headers.
fn parts(request: &HttpRequest) -> Parts {
    let mut head = http::Request::new(());
    // Any other word is a method, too, and none that is answered.
    *head.method_mut() = http::Method::from_bytes(request.method().as_str().as_bytes()).unwrap_or(http::Method::TRACE);
    if let Ok(uri) = format!("/?{}", request.query_string()).parse() {
        *head.uri_mut() = uri;
    }
    for name in READ {
        if let Some(value) = request.headers().get(&name)
            && let Ok(value) = http::HeaderValue::from_bytes(value.as_bytes())
            && let Ok(name) = http::HeaderName::from_bytes(name.as_str().as_bytes())
        {
            head.headers_mut().insert(name, value);
        }
    }
    head.into_parts().0
}

fn converted(response: http::Response<String>) -> HttpResponse {
    let (parts, body) = response.into_parts();
    let status = StatusCode::from_u16(parts.status.as_u16()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = HttpResponse::build(status);
    for (name, value) in &parts.headers {
        response.append_header((name.as_str(), value.as_bytes()));
    }
    response.body(body)
}

/// A body that comes in pieces.
struct Received {
    payload: Payload,
    /// How long it says that it is.
    length: Option<u64>,
}

impl Body for Received {
    type Data = Bytes;
    type Error = PayloadError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, PayloadError>>> {
        Pin::new(&mut self.payload).poll_next(context).map(|piece| piece.map(|piece| piece.map(Frame::data)))
    }

    fn size_hint(&self) -> SizeHint {
        let mut hint = SizeHint::new();
        hint.set_lower(self.length.unwrap_or_default());
        hint
    }
}
