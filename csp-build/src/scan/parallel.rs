//! Work on many things at once, with the results in the order of the things.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::nesting;

/// More threads than these wait for the disk and for each other.
const MOST_THREADS: usize = 8;

/// What a thread's stack has; deeper texts wait for the thread that has more.
const STACK: usize = if usize::BITS < 64 { 16 << 20 } else { 256 << 20 };

/// Calls for each item, on as many threads as there are cores. A thread takes `batch` items at a time, and fewer than two
/// batches are not worth one.
pub(crate) fn map<T: Sync, R: Send>(items: &[T], batch: usize, each: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let cores = thread::available_parallelism().map_or(1, usize::from).min(MOST_THREADS);
    let threads = cores.min(items.len() / batch.max(1));
    if threads < 2 {
        return items.iter().map(each).collect();
    }
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        loop {
            let start = next.fetch_add(batch, Ordering::Relaxed);
            let Some(rest) = items.get(start..).filter(|rest| !rest.is_empty()) else { return done };
            let part = rest.get(..batch).unwrap_or(rest);
            done.push((start, part.iter().map(&each).collect::<Vec<_>>()));
        }
    };
    let mut parts = thread::scope(|scope| {
        // This thread has the deep stack, and works with the others; those that can't be had are not missed.
        let builder = || thread::Builder::new().name("scan".to_owned()).stack_size(STACK);
        let with_stack = || {
            nesting::has_stack(STACK);
            work()
        };
        let others: Vec<_> = (1..threads).filter_map(|_| builder().spawn_scoped(scope, with_stack).ok()).collect();
        let mut parts = work();
        for other in others {
            match other.join() {
                Ok(part) => parts.extend(part),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        parts
    });
    parts.sort_unstable_by_key(|(start, _)| *start);
    parts.into_iter().flat_map(|(_, part)| part).collect()
}
