use std::sync::Arc;

use csp_runtime::Reason;
use csp_runtime::reqwest::middleware::GuardMiddleware;
use http::Extensions;
use reqwest::{Client, Request, Response, Url};
use reqwest_middleware::{Middleware, Next, Result};

use crate::stage::{Stage, Told, reason};

/// A middleware that sends every request elsewhere.
struct Detour(Url);

#[async_trait::async_trait]
impl Middleware for Detour {
    async fn handle(&self, mut request: Request, extensions: &mut Extensions, next: Next<'_>) -> Result<Response> {
        *request.url_mut() = self.0.clone();
        next.run(request, extensions).await
    }
}

#[tokio::test]
async fn what_an_outer_middleware_makes_of_the_url_is_checked() {
    let (stage, told) = (Stage::new(), Told::default());
    let to: Url = stage.forbidden.url("/in/").parse().expect("a URL");
    let guard = stage.guard("/in/").observer(told.clone());
    let outer: Arc<dyn Middleware> = Arc::new(Detour(to));
    let client = guard.reqwest_middleware(Client::builder(), [outer]).expect("a client");
    let error = client.get(stage.allowed.url("/in/data")).send().await.expect_err("a detour");
    assert_eq!(reason(&error), Some(Reason::NoSourceMatched));
    assert_eq!(told.take(), [format!("- no-source-matched {}", stage.forbidden.url("/in/"))]);
    assert_eq!((stage.paths().len(), stage.forbidden.hits()), (0, 0));
}

/// By origin, not by path: so the docs say.
#[tokio::test]
async fn the_client_below_is_guarded_too() {
    let stage = Stage::new();
    let client = stage.guard("/in/").reqwest_middleware(Client::builder(), []).expect("a client");
    let below: &Client = client.as_ref();
    let error = below.get(stage.forbidden.url("/in/")).send().await.expect_err("it isn't declared");
    assert_eq!(reason(&error), Some(Reason::NoSourceMatched));
    assert_eq!(stage.forbidden.hits(), 0);
    below.get(stage.allowed.url("/out")).send().await.expect("the path isn't seen");
}

/// A refusal is found beneath the context that a middleware adds.
#[tokio::test]
async fn the_middleware_alone_checks_the_first_url() {
    let (stage, told) = (Stage::new(), Told::default());
    let guard = stage.guard("/in/").observer(told.clone());
    let client = reqwest_middleware::ClientBuilder::new(Client::new()).with(GuardMiddleware::new(guard)).build();
    let error = client.get(stage.forbidden.url("/in/")).send().await.expect_err("it isn't declared");
    assert_eq!(reason(&error), Some(Reason::NoSourceMatched));
    assert_eq!(told.take().len(), 1);
    let boxed: Box<dyn std::error::Error> = Box::new(std::io::Error::other(error));
    assert_eq!(reason(&*boxed), Some(Reason::NoSourceMatched));
    client.get(stage.allowed.url("/in/data")).send().await.expect("it is declared");
}
