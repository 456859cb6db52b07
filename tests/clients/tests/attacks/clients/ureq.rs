use csp_runtime::Guard;

use crate::subject::{Failure, Subject};

/// The agent of a guard, which is ureq's own.
pub(crate) struct Guarded;

impl Subject for Guarded {
    fn name(&self) -> &'static str {
        "ureq"
    }

    fn dials_uris(&self) -> bool {
        true
    }

    fn request(&self, guard: &Guard, urls: &[String]) -> Vec<Result<(), Failure>> {
        let agent = guard.ureq(ureq::Agent::config_builder());
        let mut answers = Vec::new();
        for url in urls {
            let answer = agent.get(url).call().and_then(|mut response| response.body_mut().read_to_vec());
            answers.push(answer.map(drop).map_err(|error| Failure::of(&error)));
        }
        answers
    }
}
