use bytes::Bytes;
use csp_runtime::Guard;
use csp_runtime::hyper::GuardResolver;
use http_body_util::{BodyExt as _, Empty};
use hyper::Request;
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use tower_layer::Layer as _;
use tower_service::Service as _;

use crate::subject::{Failure, Subject, block_on};

/// tower-http's redirects above the guard above hyper's client.
pub(crate) struct Stack;

impl Subject for Stack {
    fn name(&self) -> &'static str {
        "tower + hyper (stack)"
    }

    fn request(&self, guard: &Guard, urls: &[String]) -> Vec<Result<(), Failure>> {
        block_on(async {
            let connector = HttpConnector::new_with_resolver(GuardResolver::new(guard.clone()));
            let client: Client<_, Empty<Bytes>> = Client::builder(TokioExecutor::new()).build(connector);
            let mut client = guard.client_layer().follow_redirects().layer(client);
            let mut answers = Vec::new();
            for url in urls {
                let request = Request::get(url).body(Empty::new()).expect("a request");
                answers.push(match client.call(request).await {
                    Ok(response) => response.collect().await.map(drop).map_err(|error| Failure::of(&error)),
                    Err(error) => Err(Failure::of(&error)),
                });
            }
            answers
        })
    }
}
