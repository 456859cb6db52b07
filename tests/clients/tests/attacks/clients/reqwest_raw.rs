use csp_runtime::Guard;

use crate::subject::{Failure, Subject, block_on};

/// The plain client for third-party code, guarded below.
pub(crate) struct Guarded;

impl Subject for Guarded {
    fn name(&self) -> &'static str {
        "reqwest, raw"
    }

    fn blind_to_paths(&self) -> Option<&'static str> {
        Some("origin only")
    }

    /// Reqwest makes a header of them before anybody is asked.
    fn blind_to_credentials(&self) -> Option<&'static str> {
        Some("not seen")
    }

    fn request(&self, guard: &Guard, urls: &[String]) -> Vec<Result<(), Failure>> {
        block_on(async {
            let client: reqwest::Client = guard.reqwest_raw(reqwest::Client::builder()).expect("a client");
            let mut answers = Vec::new();
            for url in urls {
                answers.push(match client.get(url).send().await {
                    Ok(response) => response.bytes().await.map(drop).map_err(|error| Failure::of(&error)),
                    Err(error) => Err(Failure::of(&error)),
                });
            }
            answers
        })
    }
}
