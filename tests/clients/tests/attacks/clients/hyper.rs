use bytes::Bytes;
use csp_runtime::Guard;
use csp_runtime::hyper::GuardedClient;
use http_body_util::{BodyExt as _, Empty};
use hyper::Uri;
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;

use crate::subject::{Failure, Subject, block_on};

/// hyper-util's client, guarded.
pub(crate) struct Service;

impl Subject for Service {
    fn name(&self) -> &'static str {
        "hyper service"
    }

    fn follows_redirects(&self) -> bool {
        false
    }

    fn request(&self, guard: &Guard, urls: &[String]) -> Vec<Result<(), Failure>> {
        block_on(async {
            let client: GuardedClient<Empty<Bytes>> = guard.hyper(&Client::builder(TokioExecutor::new()));
            let mut answers = Vec::new();
            for url in urls {
                answers.push(match client.get(uri(url)).await {
                    Ok(response) => response.collect().await.map(drop).map_err(|error| Failure::of(&error)),
                    Err(error) => Err(Failure::of(&error)),
                });
            }
            answers
        })
    }
}

/// hyper-util's client as it is, with a guarded connector.
pub(crate) struct Connector;

impl Subject for Connector {
    fn name(&self) -> &'static str {
        "hyper connector"
    }

    fn follows_redirects(&self) -> bool {
        false
    }

    fn blind_to_paths(&self) -> Option<&'static str> {
        Some("origin only")
    }

    fn request(&self, guard: &Guard, urls: &[String]) -> Vec<Result<(), Failure>> {
        block_on(async {
            let connector = guard.hyper_connector(HttpConnector::new_with_resolver(guard.hyper_resolver()));
            let client: Client<_, Empty<Bytes>> = Client::builder(TokioExecutor::new()).build(connector);
            let mut answers = Vec::new();
            for url in urls {
                answers.push(match client.get(uri(url)).await {
                    Ok(response) => response.collect().await.map(drop).map_err(|error| Failure::of(&error)),
                    Err(error) => Err(Failure::of(&error)),
                });
            }
            answers
        })
    }
}

fn uri(url: &str) -> Uri {
    url.parse().expect("a URI")
}
