//! The declared server for clients that speak HTTP/2 only.

use std::convert::Infallible;
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use http_body_util::Full;
use hyper::header::{HeaderValue, LOCATION};
use hyper::server::conn::http2;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::net::TcpListener;
use tokio::runtime::{Builder, Runtime};

/// Notes the paths that it is asked for; ends when dropped, with its connections.
pub(crate) struct Http2Server {
    port: u16,
    paths: Arc<Mutex<Vec<String>>>,
    _runtime: Runtime,
}

impl Http2Server {
    pub(crate) fn start() -> Self {
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("a runtime");
        let listener = runtime.block_on(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))).expect("a port is free");
        let port = listener.local_addr().expect("it is bound").port();
        let paths = Arc::default();
        runtime.spawn(accept(listener, Arc::clone(&paths)));
        Self { port, paths, _runtime: runtime }
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    pub(crate) fn paths(&self) -> Vec<String> {
        self.paths.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

async fn accept(listener: TcpListener, paths: Arc<Mutex<Vec<String>>>) {
    while let Ok((stream, _)) = listener.accept().await {
        let paths = Arc::clone(&paths);
        let service = service_fn(move |request| {
            let response = answer(&request, &paths);
            async { Ok::<_, Infallible>(response) }
        });
        tokio::spawn(http2::Builder::new(TokioExecutor::new()).serve_connection(TokioIo::new(stream), service));
    }
}

fn answer<B>(request: &Request<B>, paths: &Mutex<Vec<String>>) -> Response<Full<Bytes>> {
    let path = request.uri().path();
    paths.lock().unwrap_or_else(PoisonError::into_inner).push(path.to_owned());
    let mut response = Response::new(Full::from("data"));
    if let ("/in/redirect", Some(target)) = (path, request.uri().query().and_then(|query| query.strip_prefix("to="))) {
        *response.status_mut() = StatusCode::FOUND;
        response.headers_mut().insert(LOCATION, HeaderValue::from_str(target).expect("targets are text"));
    }
    response
}
