use std::sync::atomic::{AtomicUsize, Ordering};

/// How far a scan has come, for whoever wants to watch it from another thread.
///
/// ```
/// use std::sync::Arc;
///
/// use csp_build::scan::{Progress, Scan};
///
/// let progress = Arc::new(Progress::default());
/// Scan::new().root("src").progress(Arc::clone(&progress)).run()?;
/// assert!(progress.known() > 0 && progress.done() == progress.known());
/// # Ok::<(), csp_build::scan::Error>(())
/// ```
#[derive(Debug, Default)]
pub struct Progress {
    known: AtomicUsize,
    done: AtomicUsize,
}

impl Progress {
    /// The source files below the roots; 0 as long as nobody has looked.
    #[must_use]
    pub fn known(&self) -> usize {
        self.known.load(Ordering::Relaxed)
    }

    /// The files of those that were read, and parsed where they may connect. When all are, calls are followed.
    #[must_use]
    pub fn done(&self) -> usize {
        self.done.load(Ordering::Relaxed)
    }

    /// Each run begins anew.
    pub(super) fn begin(&self, files: usize) {
        self.done.store(0, Ordering::Relaxed);
        self.known.store(files, Ordering::Relaxed);
    }

    pub(super) fn finish_one(&self) {
        self.done.fetch_add(1, Ordering::Relaxed);
    }
}
