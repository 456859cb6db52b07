//! The store in a file.

mod read;
mod worker;
mod write;

use alloc::boxed::Box;
use alloc::format;
use alloc::string::ToString as _;
use alloc::vec::Vec;
use core::time::Duration;
use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use super::sql::{self, TABLES, VERSION, too_new};
use super::{Flush, Store, StoreError, StoreFuture};
use crate::monitor::{Filter, Group, GroupId, State, Timestamp, Totals};
use worker::Worker;

/// The store in a file, of SQLite, which is built in.
///
/// Each flush is one transaction, which is on the disk when the flush ends. What is lost when the program is killed, or the
/// machine loses its power, is what came in since: about the last second. What is there is neither damaged nor doubled.
///
/// One thread writes and another reads, so that neither waits for the other. Several processes may share a file of one
/// machine; on a file system of the network SQLite isn't safe.
#[derive(Debug)]
pub struct SqliteStore {
    writer: Worker,
    reader: Worker,
}

impl SqliteStore {
    /// Opens a file, and makes it if there is none.
    ///
    /// # Errors
    ///
    /// If the file can't be opened or is none of this store's.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        let path = path.as_ref();
        let name = csp_core::excerpt(&path.display().to_string());
        let failed = |error: rusqlite::Error| StoreError::new(format!("can't open {name}")).because(error);
        if path.as_os_str().is_empty() || path == Path::new(":memory:") {
            return Err(StoreError::new("expected the path of a file; the store in memory is `MemoryStore`"));
        }
        let mut writer =
            connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE).map_err(failed)?;
        // On the disk at each commit: there is one a second.
        writer.pragma_update(None, "journal_mode", "WAL").map_err(failed)?;
        writer.pragma_update(None, "synchronous", "FULL").map_err(failed)?;
        migrate(&mut writer).map_err(|error| match error {
            Migration::Failed(error) => failed(error),
            Migration::TooNew(version) => too_new(version),
        })?;
        let reader = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE).map_err(failed)?;
        reader.pragma_update(None, "query_only", true).map_err(failed)?;
        Ok(Self {
            writer: Worker::start("csp-sqlite-write", writer)?,
            reader: Worker::start("csp-sqlite-read", reader)?,
        })
    }
}

fn connect(path: &Path, flags: OpenFlags) -> rusqlite::Result<Connection> {
    let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(Duration::from_secs(5))?;
    connection.set_prepared_statement_cache_capacity(32);
    Ok(connection)
}

enum Migration {
    Failed(rusqlite::Error),
    TooNew(i64),
}

impl From<rusqlite::Error> for Migration {
    fn from(error: rusqlite::Error) -> Self {
        Self::Failed(error)
    }
}

/// Makes the tables, unless they are there.
fn migrate(connection: &mut Connection) -> Result<(), Migration> {
    // Another process may be about to do the same.
    let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    let version: i64 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    match version {
        0 => {
            transaction.execute_batch(TABLES)?;
            transaction.pragma_update(None, "user_version", VERSION)?;
        }
        VERSION => {}
        version => return Err(Migration::TooNew(version)),
    }
    Ok(transaction.commit()?)
}

impl Store for SqliteStore {
    fn write<'a>(&'a self, flush: &'a Flush) -> StoreFuture<'a, ()> {
        let flush = flush.clone();
        Box::pin(self.writer.run("can't write to the SQLite file", move |connection| write::write(connection, &flush)))
    }

    fn ids(&self) -> StoreFuture<'_, Vec<GroupId>> {
        Box::pin(self.reader.run(READING, |connection| read::ids(connection)))
    }

    fn groups<'a>(&'a self, filter: &'a Filter) -> StoreFuture<'a, Vec<Group>> {
        let filter = filter.clone();
        Box::pin(async move {
            let rows = self.reader.run(READING, move |connection| read::groups(connection, &filter)).await?;
            rows.into_iter().collect()
        })
    }

    fn group(&self, id: GroupId) -> StoreFuture<'_, Option<Group>> {
        Box::pin(async move {
            let row = self.reader.run(READING, move |connection| read::group(connection, id)).await?;
            row.transpose()
        })
    }

    fn set_state(&self, id: GroupId, state: State, now: Timestamp) -> StoreFuture<'_, bool> {
        Box::pin(self.writer.run("can't write to the SQLite file", move |connection| {
            let changed = connection.execute(
                "UPDATE csp_group SET state = $1, state_since = $2 WHERE id = $3",
                (state.as_str(), sql::millis(now), id.to_string()),
            )?;
            Ok(changed > 0)
        }))
    }

    fn totals(&self) -> StoreFuture<'_, Totals> {
        Box::pin(self.reader.run(READING, |connection| read::totals(connection)))
    }

    fn prune(&self, before: Timestamp) -> StoreFuture<'_, Vec<GroupId>> {
        Box::pin(self.writer.run("can't write to the SQLite file", move |connection| write::prune(connection, before)))
    }
}

const READING: &str = "can't read the SQLite file";
