//! Who wants to know of decisions.

use alloc::string::String;
use alloc::sync::Arc;
use core::sync::atomic::{AtomicU64, Ordering};

use csp_core::Disposition;

use crate::Blocked;

/// A sink for a guard's decisions: a log, a counter, a store of violations.
///
/// It is called where the decision is made, before anything is sent: it should be quick.
///
/// ```
/// use std::sync::{Arc, Mutex};
///
/// use csp_runtime::{Blocked, Observe};
///
/// #[derive(Default)]
/// struct Refusals(Mutex<Vec<String>>);
///
/// impl Observe for Refusals {
///     fn refused(&self, blocked: &Blocked) {
///         self.0.lock().unwrap().push(blocked.blocked_url());
///     }
/// }
///
/// csp_runtime::connect_src! { static BACKEND = ["https://api.example.com"]; }
/// let refusals = Arc::new(Refusals::default());
/// let guard = BACKEND.guard().observer(Arc::clone(&refusals));
/// assert!(guard.check("https://evil.example/").is_err());
/// assert_eq!(*refusals.0.lock().unwrap(), ["https://evil.example/"]);
/// ```
pub trait Observe: Send + Sync {
    /// A connection is admitted.
    fn admitted(&self, admission: &Admission<'_>) {
        let _ = admission;
    }

    /// A connection is refused; where the guard only audits, it is made all the same.
    fn refused(&self, blocked: &Blocked);
}

impl<T: Observe + ?Sized> Observe for Arc<T> {
    fn admitted(&self, admission: &Admission<'_>) {
        (**self).admitted(admission);
    }

    fn refused(&self, blocked: &Blocked) {
        (**self).refused(blocked);
    }
}

/// A connection that a guard admits.
#[derive(Clone, Copy, Debug)]
pub struct Admission<'a> {
    pub(crate) url: &'a str,
    pub(crate) redirect_count: u32,
}

impl Admission<'_> {
    /// The URL, without user name, password, query and fragment.
    #[must_use]
    pub fn url(&self) -> String {
        crate::blocked::redact(self.url)
    }

    /// How many redirects led to the URL.
    #[must_use]
    pub const fn redirect_count(&self) -> u32 {
        self.redirect_count
    }
}

/// Counts decisions.
///
/// ```
/// use std::sync::Arc;
///
/// use csp_runtime::Counters;
///
/// csp_runtime::connect_src! { static BACKEND = ["https://api.example.com"]; }
/// let counters = Arc::new(Counters::new());
/// let guard = BACKEND.guard().observer(Arc::clone(&counters));
/// guard.check("https://api.example.com/")?;
/// assert!(guard.check("https://evil.example/").is_err());
/// assert_eq!((counters.admitted(), counters.refused(), counters.reported()), (1, 1, 0));
/// # Ok::<(), csp_runtime::Blocked>(())
/// ```
#[derive(Debug, Default)]
pub struct Counters {
    admitted: AtomicU64,
    refused: AtomicU64,
    reported: AtomicU64,
}

impl Counters {
    /// Counters at 0.
    #[must_use]
    pub const fn new() -> Self {
        Self { admitted: AtomicU64::new(0), refused: AtomicU64::new(0), reported: AtomicU64::new(0) }
    }

    /// How many connections were admitted.
    #[must_use]
    pub fn admitted(&self) -> u64 {
        self.admitted.load(Ordering::Relaxed)
    }

    /// How many connections were refused and not made.
    #[must_use]
    pub fn refused(&self) -> u64 {
        self.refused.load(Ordering::Relaxed)
    }

    /// How many connections would have been refused, but the guard only audits.
    #[must_use]
    pub fn reported(&self) -> u64 {
        self.reported.load(Ordering::Relaxed)
    }
}

impl Observe for Counters {
    fn admitted(&self, _: &Admission<'_>) {
        self.admitted.fetch_add(1, Ordering::Relaxed);
    }

    fn refused(&self, blocked: &Blocked) {
        let counter = match blocked.disposition() {
            Disposition::Enforce => &self.refused,
            Disposition::Report => &self.reported,
        };
        counter.fetch_add(1, Ordering::Relaxed);
    }
}
