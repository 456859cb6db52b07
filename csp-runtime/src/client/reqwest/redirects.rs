//! Every hop is checked before it is made.

use alloc::string::ToString;

use reqwest::redirect::{Action, Attempt, Policy};

use crate::{Guard, Reason};

/// How many redirects a guarded client follows, as reqwest does.
const MAX_REDIRECTS: usize = 10;

pub(super) fn policy(guard: &Guard) -> Policy {
    let guard = guard.clone();
    Policy::custom(move |attempt| follow(&guard, attempt))
}

fn follow(guard: &Guard, attempt: Attempt<'_>) -> Action {
    // The first URL is among them.
    let previous = attempt.previous();
    let count = u32::try_from(previous.len()).unwrap_or(u32::MAX);
    let from = previous.last().map(ToString::to_string).unwrap_or_default();
    if previous.len() > MAX_REDIRECTS {
        let blocked = guard.blocked(attempt.url().to_string(), Reason::TooManyRedirects);
        return attempt.error(guard.told(blocked.redirected(count, from)));
    }
    match guard.check_redirect(attempt.url(), count, &from) {
        Ok(()) => attempt.follow(),
        // Not `stop`, which passes for success.
        Err(blocked) => attempt.error(blocked),
    }
}
