//! What came in is written, each second.

use alloc::sync::{Arc, Weak};
use core::time::Duration;
use std::panic::{AssertUnwindSafe, catch_unwind};

use tokio::sync::Notify;
use tokio::time::{Instant, sleep, sleep_until, timeout};

use super::handle::{Shared, Writing};
use super::{Event, GroupDelta, StoreError, Timestamp, event};

/// The least time between the beginnings of two flushes.
const INTERVAL: Duration = Duration::from_secs(1);
/// What comes together is written together: a page often breaks a policy several times.
const GATHERING: Duration = Duration::from_millis(50);
/// How long to wait after an error before what is old is removed.
const RETRY: Duration = Duration::from_secs(1);
/// How often what is old is removed.
const PRUNING: Duration = Duration::from_secs(60 * 60);

/// Writes what comes in until nobody has the monitor any more.
pub(super) async fn run(shared: Weak<Shared>, wake: Arc<Notify>) {
    let mut next_pruning = Instant::now();
    loop {
        if Instant::now() >= next_pruning {
            let Some(shared) = shared.upgrade() else { return };
            let delay = if shared.prune().await.is_ok() { PRUNING } else { RETRY };
            next_pruning = Instant::now() + delay;
        }
        // At the latest when there is something to remove.
        let _ = timeout(next_pruning - Instant::now(), wake.notified()).await;
        sleep(GATHERING).await;
        let begin = Instant::now();
        let Some(shared) = shared.upgrade() else { return };
        if let Err(error) = shared.flush().await {
            event::not_written(&error);
            // There is something left to write.
            wake.notify_one();
        }
        drop(shared);
        sleep_until(begin + INTERVAL).await;
    }
}

impl Shared {
    /// Writes what waits.
    pub(super) async fn flush(&self) -> Result<(), StoreError> {
        let mut writing = self.writing.lock().await;
        // What couldn't be written the last time comes first.
        self.write(&mut writing).await?;
        let Some(flush) = self.intake.aggregate().flush(self.collector, writing.sequence + 1, Timestamp::now()) else {
            return Ok(());
        };
        let groups = Arc::clone(&flush.groups);
        writing.sequence = flush.sequence;
        writing.unwritten = Some(flush);
        self.tell(&groups);
        self.write(&mut writing).await
    }

    /// Tells logs and the program. What they do, a panic included, must not keep anything from being written.
    fn tell(&self, groups: &[GroupDelta]) {
        let _ = catch_unwind(AssertUnwindSafe(|| {
            for delta in groups {
                event::violations(delta);
                if let Some(callback) = &self.callback {
                    callback(delta);
                }
            }
        }));
    }

    async fn write(&self, writing: &mut Writing) -> Result<(), StoreError> {
        // It stays there, should this be dropped half way.
        let Some(flush) = &writing.unwritten else { return Ok(()) };
        self.store.write(flush).await?;
        if let Some(flush) = writing.unwritten.take()
            && !flush.groups.is_empty()
        {
            // Nobody may be watching.
            let _ = self.events.send(Event::Violations(flush.groups));
        }
        Ok(())
    }

    async fn prune(&self) -> Result<(), StoreError> {
        let removed = self.store.prune(Timestamp::now().before(self.caps.retention)).await?;
        self.intake.aggregate().forget(&removed);
        Ok(())
    }
}
