//! What the browser decides of an attempt.

use std::path::Path;
use std::sync::{Arc, Mutex};

use csp_harness::{Browser, Request, Response, Server};
use serde_json::{Value, json};

use crate::generate::{Page, REDIRECTOR};
use crate::ours::Verdict;

/// Tries all URLs at once; a violation event, by the number in the URL's query, says what was blocked.
const PROBE: &str = include_str!("probe.js");

pub(crate) struct Chromium {
    // Before the server, so that it stops first.
    browser: Browser,
    _server: Server,
    policy: Arc<Mutex<String>>,
}

impl Chromium {
    pub(crate) fn launch(program: &Path) -> Self {
        let policy = Arc::new(Mutex::new(String::new()));
        let server = Server::start_tls({
            let policy = Arc::clone(&policy);
            move |request| answer(request, &policy.lock().unwrap())
        });
        let browser = Browser::launch_for(program, &server, &[]).unwrap();
        Self { browser, _server: server, policy }
    }

    /// The verdict on each attempt of the page.
    pub(crate) fn verdicts(&self, page: &Page) -> Vec<Verdict> {
        self.policy.lock().unwrap().clone_from(&page.policy);
        let attempts: Vec<Value> =
            page.attempts.iter().map(|attempt| json!([attempt.url, attempt.redirected])).collect();
        let mut tab = self.browser.page().unwrap();
        tab.navigate(&format!("{}/page", page.origin)).unwrap();
        let found = tab.evaluate(&format!("({PROBE})({}, {})", json!(attempts), json!(REDIRECTOR))).unwrap();
        tab.close().unwrap();
        let verdicts = found.as_array().unwrap().iter().map(|verdict| match verdict.as_str() {
            Some("allow") => Verdict::Allow,
            Some("block") => Verdict::Block,
            Some("error") => Verdict::Error,
            _ => panic!("unknown verdict {verdict} on {}", page.policy),
        });
        verdicts.collect()
    }
}

fn answer(request: &Request, policy: &str) -> Response {
    if request.path() == "/page" {
        return Response::html("<!doctype html><title>page</title>").header("Content-Security-Policy", policy);
    }
    if request.host() == REDIRECTOR {
        let location = request.query().split('&').find_map(|pair| pair.strip_prefix("to=")).unwrap_or_default();
        return Response::redirect(302, &percent_decoded(location)).cors();
    }
    if request.is_websocket() {
        return Response::websocket();
    }
    Response::preflight(request).unwrap_or_else(|| Response::text("data").cors())
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        rest = tail;
        if first == b'%' {
            let (digits, tail) = rest.split_at(2);
            bytes.push(u8::from_str_radix(std::str::from_utf8(digits).unwrap(), 16).unwrap());
            rest = tail;
        } else {
            bytes.push(first);
        }
    }
    String::from_utf8(bytes).unwrap()
}
