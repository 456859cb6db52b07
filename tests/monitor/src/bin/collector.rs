//! A collector: `collector STORE`, where the store is `memory`, the path of a file, or a URL of PostgreSQL.

#![allow(clippy::print_stdout, reason = "the line tells where the program listens")]

use std::error::Error;
use std::net::SocketAddr;

use axum::Router;
use csp_monitor_tests::POLICY;
use csp_runtime::monitor::{Caps, Monitor, PostgresStore, SqliteStore, from_loopback};
use csp_runtime::report::OwnPolicies;
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let store = std::env::args().nth(1).ok_or("expected a store")?;
    let mut caps = Caps::default();
    if let Some(seconds) = std::env::var("BODY_SECONDS").ok().and_then(|seconds| seconds.parse().ok()) {
        caps.body_time = std::time::Duration::from_secs(seconds);
    }
    let builder = Monitor::builder().policies(OwnPolicies::new([POLICY])).authorize(from_loopback).caps(caps);
    let builder = match store.as_str() {
        "memory" => builder,
        url if url.starts_with("postgres://") => builder.store(PostgresStore::connect(url).await?),
        file => builder.store(SqliteStore::open(file)?),
    };
    let monitor = builder.start().await?;
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    println!("listening on http://{}", listener.local_addr()?);
    let app = Router::new().merge(monitor.router()).into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, app).await?;
    Ok(())
}
