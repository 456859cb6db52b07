//! The store that many collectors share.

mod connection;
mod read;
mod write;

use alloc::boxed::Box;
use alloc::string::ToString as _;
use alloc::vec::Vec;
use core::fmt;

use tokio_postgres::tls::{MakeTlsConnect, TlsConnect};
use tokio_postgres::{Config, NoTls, Socket};

use super::sql;
use super::{Flush, Store, StoreError, StoreFuture};
use crate::monitor::{Filter, Group, GroupId, State, Timestamp, Totals};
use connection::Connection;

/// The store that many collectors share, in a database of PostgreSQL: their counts add up.
///
/// Each flush is one transaction, and is written once, even if the connection breaks before the answer. While the database
/// doesn't answer, violations wait in memory; when there is no more room they are counted as shed. The tables, whose names
/// begin with `csp_`, are made at the start, by one collector while the others wait.
pub struct PostgresStore {
    connection: Connection,
}

impl PostgresStore {
    /// Connects without TLS, for example to `postgres://user:password@localhost/database`: for a database of this machine,
    /// or of a network that one trusts.
    ///
    /// # Errors
    ///
    /// If the text is no configuration, the database can't be reached, or its tables are none of this store's.
    pub async fn connect(config: &str) -> Result<Self, StoreError> {
        Self::connect_tls(config, NoTls).await
    }

    /// Connects with the TLS of one's choice, such as that of the crate `tokio-postgres-rustls`. Write `sslmode=require`
    /// into the configuration, or a server that has no TLS gets its data without.
    ///
    /// # Errors
    ///
    /// If the text is no configuration, the database can't be reached, or its tables are none of this store's.
    pub async fn connect_tls<T>(config: &str, tls: T) -> Result<Self, StoreError>
    where
        T: MakeTlsConnect<Socket> + Clone + Send + Sync + 'static,
        T::Stream: Send,
        T::TlsConnect: Send,
        <T::TlsConnect as TlsConnect<Socket>>::Future: Send,
    {
        // The text may have a password: it is never quoted.
        let config: Config = config.parse().map_err(|error: tokio_postgres::Error| {
            StoreError::new("expected a PostgreSQL configuration such as \"postgres://user@localhost/database\"")
                .because(error)
        })?;
        let connection = Connection::new(config, tls);
        connection.run("can't prepare the PostgreSQL database", write::migrate).await??;
        Ok(Self { connection })
    }
}

impl fmt::Debug for PostgresStore {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("PostgresStore").finish_non_exhaustive()
    }
}

const READING: &str = "can't read the PostgreSQL database";
const WRITING: &str = "can't write to the PostgreSQL database";

impl Store for PostgresStore {
    fn write<'a>(&'a self, flush: &'a Flush) -> StoreFuture<'a, ()> {
        Box::pin(self.connection.run(WRITING, async move |client| write::write(client, flush).await))
    }

    fn ids(&self) -> StoreFuture<'_, Vec<GroupId>> {
        Box::pin(self.connection.run(READING, async |client| read::ids(client).await))
    }

    fn groups<'a>(&'a self, filter: &'a Filter) -> StoreFuture<'a, Vec<Group>> {
        Box::pin(
            async move { self.connection.run(READING, async move |client| read::groups(client, filter).await).await? },
        )
    }

    fn group(&self, id: GroupId) -> StoreFuture<'_, Option<Group>> {
        Box::pin(async move { self.connection.run(READING, async move |client| read::group(client, id).await).await? })
    }

    fn set_state(&self, id: GroupId, state: State, now: Timestamp) -> StoreFuture<'_, bool> {
        Box::pin(self.connection.run(WRITING, async move |client| {
            let update = "UPDATE csp_group SET state = $1, state_since = $2 WHERE id = $3";
            let changed = client.execute(update, &[&state.as_str(), &sql::millis(now), &id.to_string()]).await?;
            Ok(changed > 0)
        }))
    }

    fn totals(&self) -> StoreFuture<'_, Totals> {
        Box::pin(self.connection.run(READING, async |client| read::totals(client).await))
    }

    fn prune(&self, before: Timestamp) -> StoreFuture<'_, Vec<GroupId>> {
        Box::pin(self.connection.run(WRITING, async move |client| write::prune(client, before).await))
    }
}
