//! Redirects in spellings that parsers read in their own ways, and ways around the guard that a builder or a built request
//! offers.

use std::sync::{Arc, Mutex};

use csp_harness::{Response, Server};
use csp_runtime::Reason;
use reqwest::redirect::{Action, Attempt, Policy};
use reqwest::{Client, Method, Proxy, Request};

use crate::stage::{NOTHING, Stage, reason};

/// A declared server that redirects to where it is told, one that isn't declared, and what tells the first one.
fn servers() -> (Server, Server, Arc<Mutex<String>>) {
    let forbidden = Server::start(|_| Response::text("forbidden"));
    let location = Arc::new(Mutex::new(forbidden.url("/in/")));
    let target = Arc::clone(&location);
    let allowed = Server::start(move |request| match request.path() {
        "/in/to" => Response::redirect(302, &target.lock().expect("no test panics with it")),
        "/in/keep" => Response::redirect(307, &target.lock().expect("no test panics with it")),
        _ => Response::text("data"),
    });
    (allowed, forbidden, location)
}

#[tokio::test]
async fn a_redirect_is_refused_in_whatever_spelling() {
    let (allowed, forbidden, to) = servers();
    let policy = NOTHING.extend_insecure([allowed.url("/in/")], "loopback").expect("a source");
    let client = policy.guard().reqwest(Client::builder()).expect("a client");
    let authority = forbidden.url("").trim_start_matches("http://").to_owned();
    let own = allowed.url("").trim_start_matches("http://").to_owned();
    let port = authority.rsplit(':').next().expect("a port").to_owned();
    for location in [
        format!("//{authority}/in/"),
        format!("\\\\{authority}/in/"),
        format!("/\\{authority}/in/"),
        format!("http:\\\\{authority}/in/"),
        format!("http:////{authority}/in/"),
        format!("HTTP://{authority}/in/"),
        format!("http://{own}@{authority}/in/"),
        format!("http://{authority}\\@{own}/in/"),
        format!("http://{authority}#@{own}/in/"),
        format!("http://{authority}?@{own}/in/"),
        format!("http://127.1:{port}/in/"),
        format!("http://2130706433:{port}/in/"),
        format!("http://0x7f000001:{port}/in/"),
        format!("http://[::ffff:127.0.0.1]:{port}/in/"),
        format!("http://0.0.0.0:{port}/in/"),
        format!("ws://{authority}/in/"),
        "../out".to_owned(),
        "/in/../out".to_owned(),
        "/in/%2e%2e/out".to_owned(),
        "/in/..%2fout".to_owned(),
        "/in/..;/out".to_owned(),
        "/IN/".to_owned(),
    ] {
        for path in ["/in/to", "/in/keep"] {
            to.lock().expect("no server panics with it").clone_from(&location);
            let before = allowed.hits();
            let answer = client.post(allowed.url(path)).body("secret").send().await;
            let Err(error) = answer else { panic!("{location}: followed to {}", answer.expect("an answer").url()) };
            // What reqwest itself doesn't follow is no refusal of ours.
            assert!(reason(&error).is_some() || location.starts_with("ws:"), "{location}: {error}");
            assert_eq!((allowed.hits() - before, forbidden.hits()), (1, 0), "{location}");
        }
    }
}

fn follow(attempt: Attempt<'_>) -> Action {
    attempt.follow()
}

#[tokio::test]
async fn what_a_builder_says_of_redirects_and_proxies_is_overruled() {
    let (allowed, forbidden, _) = servers();
    let policy = NOTHING.extend_insecure([allowed.url("/in/")], "loopback").expect("a source");
    let proxy = || Proxy::all(forbidden.url("")).expect("a proxy");
    for builder in [
        Client::builder().redirect(Policy::limited(5)),
        Client::builder().redirect(Policy::custom(follow)),
        Client::builder().proxy(proxy()),
        Client::builder().proxy(proxy()).redirect(Policy::limited(5)),
    ] {
        let client = policy.guard().reqwest(builder).expect("a client");
        client.get(allowed.url("/in/to")).send().await.expect_err("it leads away");
        assert_eq!(client.get(allowed.url("/in/data")).send().await.expect("declared").status(), 200);
        assert_eq!(forbidden.hits(), 0);
    }
}

#[tokio::test]
async fn a_built_request_is_looked_at_when_it_is_sent() {
    let stage = Stage::new();
    let client = stage.guard("/in/").reqwest(Client::builder()).expect("a client");
    let mut request = client.get(stage.allowed.url("/in/data")).build().expect("it is declared");
    *request.url_mut() = stage.forbidden.url("/in/").parse().expect("a URL");
    let again = request.try_clone().expect("it has no stream");
    for request in [request, again, Request::new(Method::GET, stage.forbidden.url("/in/").parse().expect("a URL"))] {
        let error = client.execute(request).await.expect_err("it isn't declared");
        assert_eq!(reason(&error), Some(Reason::NoSourceMatched));
    }
    // A query that looks like another host is a query.
    let url = format!("{}@{}", stage.allowed.url("/in/data?"), stage.forbidden.url("").trim_start_matches("http://"));
    client.get(&url).send().await.expect("it is declared");
    assert_eq!(stage.forbidden.hits(), 0);
}
