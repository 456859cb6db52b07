//! A connection that is made anew when it breaks.

use alloc::boxed::Box;
use core::pin::Pin;
use core::time::Duration;

use tokio::sync::Mutex;
use tokio::time::timeout;
use tokio_postgres::tls::{MakeTlsConnect, TlsConnect};
use tokio_postgres::{Client, Config, Socket};

use crate::monitor::StoreError;

/// How long the database may take to answer.
const PATIENCE: Duration = Duration::from_secs(15);

type Connecting = Pin<Box<dyn Future<Output = Result<Client, tokio_postgres::Error>> + Send>>;

/// A connection that is made anew when it breaks. One thing at a time is done with it.
pub(super) struct Connection {
    connect: Box<dyn Fn() -> Connecting + Send + Sync>,
    client: Mutex<Option<Client>>,
}

impl Connection {
    pub(super) fn new<T>(config: Config, tls: T) -> Self
    where
        T: MakeTlsConnect<Socket> + Clone + Send + Sync + 'static,
        T::Stream: Send,
        T::TlsConnect: Send,
        <T::TlsConnect as TlsConnect<Socket>>::Future: Send,
    {
        let connect = move || -> Connecting {
            let (config, tls) = (config.clone(), tls.clone());
            Box::pin(async move {
                let (client, connection) = config.connect(tls).await?;
                // It ends when the client is dropped. Its error is told to who waits for an answer, too.
                tokio::spawn(async move {
                    let _ = connection.await;
                });
                Ok(client)
            })
        };
        Self { connect: Box::new(connect), client: Mutex::new(None) }
    }

    /// Does something with the client. After an error, or without an answer in time, the next has a new one.
    pub(super) async fn run<T>(
        &self,
        what: &'static str,
        work: impl AsyncFnOnce(&mut Client) -> Result<T, tokio_postgres::Error>,
    ) -> Result<T, StoreError> {
        let mut place = self.client.lock().await;
        let failed = |error: tokio_postgres::Error| StoreError::new(what).because(error);
        let done = timeout(PATIENCE, async {
            // Taken out, so that it isn't used again if this is dropped half way.
            let mut client = match place.take().filter(|client| !client.is_closed()) {
                Some(client) => client,
                None => (self.connect)().await?,
            };
            let result = work(&mut client).await?;
            *place = Some(client);
            Ok(result)
        });
        match done.await {
            Ok(result) => result.map_err(failed),
            Err(_) => Err(StoreError::new(what).because("the database doesn't answer")),
        }
    }
}
