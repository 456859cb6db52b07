//! A bar for scans that take long: on a terminal only, and gone at the end.

use std::io::{self, IsTerminal as _};
use std::sync::mpsc;
use std::time::Duration;

use csp_build::scan::Progress;
use indicatif::{ProgressBar, ProgressStyle};

/// How long a scan may take without one.
const PATIENCE: Duration = Duration::from_millis(500);
const TICK: Duration = Duration::from_millis(100);

/// Runs a scan, and shows how far it has come.
pub(crate) fn while_running<T>(progress: &Progress, run: impl FnOnce() -> T) -> T {
    if !io::stderr().is_terminal() {
        return run();
    }
    std::thread::scope(|scope| {
        let (done, waiting) = mpsc::channel::<()>();
        scope.spawn(move || {
            if !matches!(waiting.recv_timeout(PATIENCE), Err(mpsc::RecvTimeoutError::Timeout)) {
                return;
            }
            let bar = ProgressBar::no_length();
            loop {
                show(progress, &bar);
                if !matches!(waiting.recv_timeout(TICK), Err(mpsc::RecvTimeoutError::Timeout)) {
                    break;
                }
            }
            bar.finish_and_clear();
        });
        let result = run();
        drop(done);
        result
    })
}

/// Files are read first, and counted. Of the calls that are followed then, nobody knows how far they lead.
fn show(progress: &Progress, bar: &ProgressBar) {
    let (known, done) = (progress.known(), progress.done());
    let template = match known {
        0 => "{spinner} looking for files",
        _ if done < known => "{spinner} reading [{bar:30}] {pos}/{len} files",
        _ => "{spinner} following the calls of {len} files",
    };
    bar.set_length(u64::try_from(known).unwrap_or(u64::MAX));
    bar.set_position(u64::try_from(done).unwrap_or(u64::MAX));
    // A template that can't be read would be a mistake of ours, and no reason to end a scan.
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar.tick();
}
