use awc::middleware::Redirect;
use awc::{Client, Connector};
use csp_runtime::Guard;

use crate::subject::{Failure, Subject, block_on};

/// The client of a guard, which is awc's own.
pub(crate) struct Guarded;

impl Subject for Guarded {
    fn name(&self) -> &'static str {
        "awc"
    }

    fn dials_uris(&self) -> bool {
        true
    }

    fn resolves_relative_urls(&self) -> bool {
        false
    }

    fn request(&self, guard: &Guard, urls: &[String]) -> Vec<Result<(), Failure>> {
        // Its connections have tasks that needn't be `Send`.
        block_on(tokio::task::LocalSet::new().run_until(async {
            let client = guard.awc(Client::builder(), Connector::new(), Redirect::new());
            let mut answers = Vec::new();
            for url in urls {
                answers.push(match client.get(url).send().await {
                    Ok(mut response) => response.body().await.map(drop).map_err(|error| Failure::of(&error)),
                    Err(error) => Err(Failure::of(&error)),
                });
            }
            answers
        }))
    }
}
