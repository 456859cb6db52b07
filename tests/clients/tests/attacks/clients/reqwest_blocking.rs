use csp_runtime::Guard;

use crate::subject::{Failure, Subject};

/// The guarded client, blocking.
pub(crate) struct Guarded;

impl Subject for Guarded {
    fn name(&self) -> &'static str {
        "reqwest, blocking"
    }

    fn request(&self, guard: &Guard, urls: &[String]) -> Vec<Result<(), Failure>> {
        let client = guard.reqwest_blocking(reqwest::blocking::Client::builder()).expect("a client");
        let mut answers = Vec::new();
        for url in urls {
            answers.push(match client.get(url).send() {
                Ok(response) => response.bytes().map(drop).map_err(|error| Failure::of(&error)),
                Err(error) => Err(Failure::of(&error)),
            });
        }
        answers
    }
}
