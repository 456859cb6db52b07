use csp_runtime::Guard;

use crate::subject::{Failure, Subject, block_on};

/// The guarded client, asynchronous.
pub(crate) struct Guarded;

impl Subject for Guarded {
    fn name(&self) -> &'static str {
        "reqwest"
    }

    fn request(&self, guard: &Guard, urls: &[String]) -> Vec<Result<(), Failure>> {
        block_on(async {
            let client = guard.reqwest(reqwest::Client::builder()).expect("a client");
            let mut answers = Vec::new();
            for url in urls {
                let answer = client.get(url).send().await;
                answers.push(match answer {
                    Ok(response) => response.bytes().await.map(drop).map_err(|error| Failure::of(&error)),
                    Err(error) => Err(Failure::of(&error)),
                });
            }
            answers
        })
    }
}
