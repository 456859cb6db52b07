//! A thread that owns a connection.

use alloc::boxed::Box;
use alloc::string::ToString as _;
use std::sync::mpsc::{Sender, channel};
use std::thread;

use rusqlite::Connection;
use tokio::sync::oneshot;

use crate::monitor::StoreError;

type Job = Box<dyn FnOnce(&mut Connection) + Send>;

/// A thread that owns a connection. It ends when this is dropped.
#[derive(Debug)]
pub(super) struct Worker {
    jobs: Sender<Job>,
}

impl Worker {
    pub(super) fn start(name: &str, mut connection: Connection) -> Result<Self, StoreError> {
        let (jobs, queue) = channel::<Job>();
        let work = move || queue.into_iter().for_each(|job| job(&mut connection));
        let thread = thread::Builder::new().name(name.to_string()).spawn(work);
        thread.map_err(|error| StoreError::new("can't start a thread").because(error))?;
        Ok(Self { jobs })
    }

    /// Does something with the connection, even if nobody waits for it any more.
    pub(super) fn run<T: Send + 'static>(
        &self,
        what: &'static str,
        work: impl FnOnce(&mut Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> impl Future<Output = Result<T, StoreError>> + Send {
        let (reply, result) = oneshot::channel();
        let job: Job = Box::new(move |connection| {
            // Nobody may be waiting.
            let _ = reply.send(work(connection));
        });
        let is_sent = self.jobs.send(job).is_ok();
        async move {
            match result.await {
                Ok(result) if is_sent => result.map_err(|error| StoreError::new(what).because(error)),
                // The thread has ended: only a panic ends it.
                _ => Err(StoreError::new(what)),
            }
        }
    }
}
