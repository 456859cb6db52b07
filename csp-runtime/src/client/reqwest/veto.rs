//! A way to stop a connection of a client whose requests nobody sees.
//!
//! Reqwest asks a [`Proxy`] where each connection goes. A refused one is sent to a proxy whose name doesn't exist, and
//! the resolver, which is ours as well, answers that name with the refusal.

use alloc::collections::VecDeque;
use alloc::format;
use alloc::string::String;
use alloc::sync::Arc;
use std::io;
use std::sync::{Mutex, PoisonError};

use csp_core::Disposition;
use reqwest::{Proxy, Url};

use crate::{Blocked, Guard};

/// What the names of refused connections end with. Nobody can have such a name: RFC 2606 keeps `invalid` free.
const SUFFIX: &str = ".csp-guard.invalid";

/// How many origins are remembered. It bounds the memory that a program can be made to spend by many names.
const REMEMBERED: usize = 1024;

/// The refused origins, each with the number in its name.
#[derive(Default)]
pub(super) struct Refusals(Mutex<Numbered>);

#[derive(Default)]
struct Numbered {
    next: u64,
    origins: VecDeque<(u64, String)>,
}

/// Stops the connections to origins that aren't `allowed`. The refusals are for the resolver.
pub(super) fn proxy(guard: &Guard, allowed: fn(&Guard, &Url) -> bool) -> (Proxy, Arc<Refusals>) {
    let refusals = Arc::new(Refusals::default());
    let proxy = Proxy::custom({
        let (guard, refusals) = (guard.clone(), Arc::clone(&refusals));
        // Called up to three times for a connection: it decides, and tells nobody.
        move |origin: &Url| if allowed(&guard, origin) { None } else { refusals.stop(&guard, origin) }
    });
    (proxy, refusals)
}

impl Refusals {
    /// Where to send a connection to a refused origin: to nowhere, unless the guard only audits.
    fn stop(&self, guard: &Guard, origin: &Url) -> Option<String> {
        let (number, is_new) = self.number(origin.as_str());
        match guard.disposition() {
            Disposition::Enforce => Some(format!("http://d{number}{SUFFIX}:1/")),
            Disposition::Report => {
                if is_new {
                    // Told to the observers; in an audit it is `Ok`.
                    let _ = guard.check(origin);
                }
                None
            }
        }
    }

    /// The refusal that a name stands for, as the error of a resolver; `None` for every other name.
    pub(super) fn answer(&self, guard: &Guard, name: &str) -> Option<io::Error> {
        let number = name.strip_suffix(SUFFIX)?;
        let origin = number.strip_prefix('d').and_then(|number| self.origin(number.parse().ok()?));
        let refusal = origin.and_then(|origin| guard.check(origin).err());
        // Unknown names have no address either.
        let unknown = || io::Error::new(io::ErrorKind::PermissionDenied, "refused by the guard");
        Some(refusal.map_or_else(unknown, Blocked::into_io))
    }

    fn number(&self, origin: &str) -> (u64, bool) {
        let mut numbered = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((number, _)) = numbered.origins.iter().find(|(_, known)| known == origin) {
            return (*number, false);
        }
        let number = numbered.next;
        numbered.next = number.wrapping_add(1);
        if numbered.origins.len() == REMEMBERED {
            numbered.origins.pop_front();
        }
        numbered.origins.push_back((number, origin.into()));
        (number, true)
    }

    fn origin(&self, number: u64) -> Option<String> {
        let numbered = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        numbered.origins.iter().find(|(known, _)| *known == number).map(|(_, origin)| origin.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    crate::connect_src! {
        crate = crate;
        static NOTHING = [none];
    }

    #[test]
    fn memory_is_bounded_and_the_forgotten_stay_refused() {
        let (guard, refusals) = (NOTHING.guard(), Refusals::default());
        for number in 0..REMEMBERED + 10 {
            let origin = Url::parse(&format!("https://n{number}.example/")).unwrap();
            let name = format!("http://d{number}{SUFFIX}:1/");
            assert_eq!(refusals.stop(&guard, &origin), Some(name.clone()));
            assert_eq!(refusals.stop(&guard, &origin), Some(name));
        }
        assert_eq!(refusals.0.lock().unwrap().origins.len(), REMEMBERED);
        let known = refusals.answer(&guard, "d1033.csp-guard.invalid").unwrap();
        assert_eq!(Blocked::find(&known).unwrap().blocked_url(), "https://n1033.example/");
        for forgotten in ["d0.csp-guard.invalid", "dx.csp-guard.invalid", "x.csp-guard.invalid"] {
            assert_eq!(refusals.answer(&guard, forgotten).unwrap().kind(), io::ErrorKind::PermissionDenied);
        }
        assert!(refusals.answer(&guard, "n1.example").is_none());
    }
}
