//! What is told of a decision: to the observers, and to `tracing`, target `csp::connect`.

#[cfg(feature = "tracing")]
use alloc::string::String;

#[cfg(feature = "tracing")]
use crate::target::sealed::Sealed as _;
use crate::{Admission, Blocked, Guard};

/// Whether anybody wants to know of what is admitted: if not, nothing is put together for it.
#[inline]
pub(crate) fn are_admissions_heard(guard: &Guard) -> bool {
    #[cfg(feature = "tracing")]
    if tracing::enabled!(target: "csp::connect", tracing::Level::DEBUG) {
        return true;
    }
    !guard.settings().observers.is_empty()
}

pub(crate) fn admitted(guard: &Guard, admission: &Admission<'_>) {
    for observer in &guard.settings().observers {
        observer.admitted(admission);
    }
    #[cfg(feature = "tracing")]
    if tracing::enabled!(target: "csp::connect", tracing::Level::DEBUG) {
        let (scheme, address, port) = scheme_host_port(admission.url);
        tracing::debug!(
            target: "csp::connect",
            scheme,
            address,
            port,
            disposition = guard.disposition().as_str(),
            hop = admission.redirect_count(),
            "admitted",
        );
    }
}

pub(crate) fn refused(guard: &Guard, blocked: &Blocked) {
    for observer in &guard.settings().observers {
        observer.refused(blocked);
    }
    #[cfg(feature = "tracing")]
    if tracing::enabled!(target: "csp::connect", tracing::Level::WARN) {
        let (scheme, address, port) = scheme_host_port(blocked.unredacted_url());
        tracing::warn!(
            target: "csp::connect",
            scheme,
            address,
            port,
            disposition = blocked.disposition().as_str(),
            reason = blocked.reason().as_str(),
            hop = blocked.redirect_count(),
            source = blocked.nearest().map(|nearest| nearest.source),
            "refused",
        );
    }
}

/// Empty texts for what is no URL.
#[cfg(feature = "tracing")]
fn scheme_host_port(url: &str) -> (String, String, Option<u16>) {
    url.view(|view| match view {
        Ok(view) => (view.target.scheme().as_str().into(), view.target.host().into(), view.target.effective_port()),
        Err(_) => (String::new(), String::new(), None),
    })
}
