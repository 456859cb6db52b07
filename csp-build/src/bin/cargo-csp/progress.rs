//! A sign of life: on a terminal only, and gone at the end.

use std::io::{self, IsTerminal as _};
use std::sync::mpsc;
use std::time::Duration;

use indicatif::ProgressBar;

/// How long something may take without one.
const PATIENCE: Duration = Duration::from_millis(500);
const TICK: Duration = Duration::from_millis(100);

/// Runs something that may take long.
pub(crate) fn while_running<T>(what: &'static str, run: impl FnOnce() -> T) -> T {
    if !io::stderr().is_terminal() {
        return run();
    }
    std::thread::scope(|scope| {
        let (done, waiting) = mpsc::channel::<()>();
        scope.spawn(move || {
            if !matches!(waiting.recv_timeout(PATIENCE), Err(mpsc::RecvTimeoutError::Timeout)) {
                return;
            }
            let bar = ProgressBar::new_spinner().with_message(what);
            while matches!(waiting.recv_timeout(TICK), Err(mpsc::RecvTimeoutError::Timeout)) {
                bar.tick();
            }
            bar.finish_and_clear();
        });
        let result = run();
        drop(done);
        result
    })
}
