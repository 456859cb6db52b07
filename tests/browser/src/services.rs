//! The services that pages call, on every host that leads to the harness's server.

use std::{
    thread,
    time::{Duration, Instant},
};

use csp_harness::{Request, Response, Server};

const PATIENCE: Duration = Duration::from_secs(5);

/// Answers any kind of call as its destination would; `/away?URL` leads to that URL.
#[must_use]
pub fn answer(request: &Request) -> Response {
    if let Some(response) = Response::preflight(request) {
        return response;
    }
    if request.is_websocket() {
        return Response::websocket();
    }
    if request.path() == "/away" {
        return Response::redirect(302, request.query()).cors();
    }
    if request.header("accept").is_some_and(|accept| accept.contains("text/event-stream")) {
        return Response::event_stream("data: hello\n\n").cors();
    }
    Response::new(200).header("Content-Type", "application/json").body(r#"{"answer":"hello"}"#).cors()
}

/// The URLs of the calls that reached the server, sorted: without those of pages, and what browsers ask for unasked.
///
/// Waits for as many as are expected, within limits: nobody is told when a beacon arrives.
#[must_use]
pub fn urls_of_calls(server: &Server, expected: usize) -> Vec<String> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let requests = server.requests();
        let calls = requests
            .iter()
            .filter(|request| request.header("sec-fetch-dest") != Some("document") && request.path() != "/favicon.ico");
        let mut urls: Vec<String> = calls.map(Request::url).collect();
        if urls.len() >= expected || Instant::now() > deadline {
            urls.sort();
            return urls;
        }
        thread::sleep(Duration::from_millis(10));
    }
}
