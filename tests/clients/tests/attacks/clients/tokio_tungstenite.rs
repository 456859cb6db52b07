use csp_runtime::Guard;

use crate::subject::{Failure, Subject, block_on};

/// The asynchronous connector.
pub(crate) struct Guarded;

impl Subject for Guarded {
    fn name(&self) -> &'static str {
        "tokio-tungstenite"
    }

    fn scheme(&self) -> &'static str {
        "ws"
    }

    fn follows_redirects(&self) -> bool {
        false
    }

    fn request(&self, guard: &Guard, urls: &[String]) -> Vec<Result<(), Failure>> {
        block_on(async {
            let connector = guard.tokio_tungstenite();
            let mut answers = Vec::new();
            for url in urls {
                answers.push(connector.connect(url).await.map(drop).map_err(|error| Failure::of(&error)));
            }
            answers
        })
    }
}
