//! A browser that tries what pages try, and the server that every host leads to.

use std::cell::Cell;
use std::collections::HashSet;
use std::sync::{Arc, Mutex};

use csp_harness::{Browser, Firefox, Request, Response, Server};
use serde_json::{Value, json};

use crate::generate::{Attempt, Page, REDIRECTOR};
use crate::ours::Verdict;

/// Tries all URLs at once; a violation event, by the number in the URL's query, says what was blocked.
const PROBE: &str = include_str!("probe.js");

/// A browser that runs script in a page.
pub(crate) trait Runs {
    /// Whether nothing but a policy stops a request, so that each one without a violation must reach the server.
    const UNHINDERED: bool;

    /// The value of `script` in a new page of this URL.
    fn run(&self, url: &str, script: &str) -> Value;
}

/// A browser and its server.
pub(crate) struct Session<B> {
    // Before the server, so that it stops first.
    browser: B,
    server: Server,
    policy: Arc<Mutex<String>>,
    /// How many URLs have been tried: no two have one number, lest a late request be taken for another page's.
    tried: Cell<usize>,
}

impl Runs for Browser {
    // It stops mixed content of its own accord.
    const UNHINDERED: bool = false;

    fn run(&self, url: &str, script: &str) -> Value {
        let mut page = self.page().unwrap();
        page.navigate(url).unwrap();
        let value = page.evaluate(script).unwrap();
        page.close().unwrap();
        value
    }
}

impl Runs for Firefox {
    const UNHINDERED: bool = true;

    fn run(&self, url: &str, script: &str) -> Value {
        let mut page = self.page().unwrap();
        page.navigate(url).unwrap();
        let value = page.evaluate(script).unwrap();
        page.close().unwrap();
        value
    }
}

impl<B: Runs> Session<B> {
    pub(crate) fn start(launch: impl FnOnce(&Server) -> B) -> Self {
        let policy = Arc::new(Mutex::new(String::new()));
        let server = Server::start_tls({
            let policy = Arc::clone(&policy);
            move |request| answer(request, &policy.lock().unwrap())
        });
        Self { browser: launch(&server), server, policy, tried: Cell::new(0) }
    }

    /// The verdict on each attempt of the page.
    pub(crate) fn verdicts(&self, page: &Page) -> Vec<Verdict> {
        let verdicts = self.try_all(page.origin, &page.policy, &page.attempts);
        let settled = verdicts.into_iter().zip(&page.attempts).map(|(verdict, attempt)| match verdict {
            Verdict::Unclear => self.settle(page, attempt),
            clear => clear,
        });
        settled.collect()
    }

    /// Tries again what was unclear: it may have come too late for a busy machine, or be impossible without any policy,
    /// such as TLS with a host named `a.test..`.
    fn settle(&self, page: &Page, attempt: &Attempt) -> Verdict {
        let alone = |policy| self.try_all(page.origin, policy, std::slice::from_ref(attempt))[0];
        match alone(&page.policy) {
            Verdict::Unclear if alone("") == Verdict::Unclear => Verdict::Unmade,
            verdict => verdict,
        }
    }

    fn try_all(&self, origin: &str, policy: &str, attempts: &[Attempt]) -> Vec<Verdict> {
        policy.clone_into(&mut self.policy.lock().unwrap());
        self.server.clear();
        let first = self.tried.replace(self.tried.get() + attempts.len());
        let tried: Vec<Value> = attempts.iter().map(|attempt| json!([attempt.url, attempt.redirected])).collect();
        let script = format!("({PROBE})({}, {first}, {})", json!(tried), json!(REDIRECTOR));
        let told = self.browser.run(&format!("{origin}/page"), &script);
        let arrived: HashSet<_> = self.server.requests().iter().filter_map(number).collect();
        let verdicts = told.as_array().unwrap().iter().zip(first..).map(|(told, number)| {
            match (told.as_str(), arrived.contains(&number)) {
                (Some("error"), _) => Verdict::Error,
                (Some("allow"), false) | (Some("block"), true) if B::UNHINDERED => Verdict::Unclear,
                (Some("allow"), _) => Verdict::Allow,
                (Some("block"), _) => Verdict::Block,
                _ => panic!("unknown verdict {told} on {policy}"),
            }
        });
        verdicts.collect()
    }
}

/// The number of the attempt whose URL is asked for.
fn number(request: &Request) -> Option<usize> {
    let number = request.query().strip_prefix("n=")?;
    if request.host() == REDIRECTOR { None } else { number.parse().ok() }
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
