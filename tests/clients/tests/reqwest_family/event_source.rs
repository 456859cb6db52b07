//! An event source, as browsers have it: it reads on, and reconnects. Every connection is checked again.
//!
//! The crates that bring one have clients of their own (`reqwest-eventsource` is for reqwest 0.12, `eventsource-client`
//! for hyper), so here it is read by hand.

use csp_harness::{Response, Server};
use csp_runtime::Reason;
use csp_runtime::reqwest::{Error, GuardedClient};
use reqwest::Client;

use crate::stage::{NOTHING, reason};

/// Reads events, reconnecting when the stream ends, until a connection fails; `None` if none does for long.
async fn read(client: &GuardedClient, url: &str, events: &mut Vec<String>) -> Option<Error> {
    let mut last_id = String::new();
    for _ in 0..10 {
        let mut request = client.get(url).header("Accept", "text/event-stream");
        if !last_id.is_empty() {
            request = request.header("Last-Event-ID", &last_id);
        }
        let mut response = match request.send().await {
            Ok(response) => response,
            Err(error) => return Some(error),
        };
        let mut text = Vec::new();
        loop {
            match response.chunk().await {
                Ok(Some(chunk)) => text.extend_from_slice(&chunk),
                Ok(None) => break,
                Err(error) => return Some(error.into()),
            }
        }
        for line in String::from_utf8_lossy(&text).lines() {
            match line.split_once(": ") {
                Some(("id", id)) => last_id = id.into(),
                Some(("data", data)) => events.push(data.into()),
                _ => {}
            }
        }
    }
    None
}

#[tokio::test]
async fn every_reconnect_is_checked() {
    let forbidden = Server::start(|_| Response::text("forbidden"));
    let elsewhere = forbidden.url("/in/events");
    // Its first two connections are answered; the third is led away.
    let allowed = Server::start(move |request| match request.header("last-event-id") {
        None => event("1", "one"),
        Some("1") => event("2", "two"),
        Some(_) => Response::redirect(307, &elsewhere),
    });
    let policy = NOTHING.extend_insecure([allowed.url("/in/")], "loopback").expect("a source");
    let client = policy.guard().reqwest(Client::builder()).expect("a client");
    let mut events = Vec::new();
    let error = read(&client, &allowed.url("/in/events"), &mut events).await.expect("it is led away");
    assert_eq!(events, ["one", "two"]);
    assert_eq!(reason(&error), Some(Reason::NoSourceMatched));
    assert_eq!((allowed.hits(), forbidden.hits()), (3, 0));
}

fn event(id: &str, data: &str) -> Response {
    Response::new(200).header("Content-Type", "text/event-stream").body(format!("id: {id}\ndata: {data}\n\n"))
}
