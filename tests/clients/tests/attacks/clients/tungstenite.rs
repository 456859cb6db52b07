use csp_runtime::Guard;

use crate::subject::{Failure, Subject};

/// The blocking connector.
pub(crate) struct Guarded;

impl Subject for Guarded {
    fn name(&self) -> &'static str {
        "tungstenite"
    }

    fn scheme(&self) -> &'static str {
        "ws"
    }

    fn follows_redirects(&self) -> bool {
        false
    }

    fn request(&self, guard: &Guard, urls: &[String]) -> Vec<Result<(), Failure>> {
        let connector = guard.tungstenite();
        urls.iter().map(|url| connector.connect(url).map(drop).map_err(|error| Failure::of(&error))).collect()
    }
}
