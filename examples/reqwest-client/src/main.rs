//! A reqwest client that obeys a declaration: it refuses a first URL, and a redirect, that nobody declared.

use std::{
    error::Error as StdError,
    future::IntoFuture as _,
    io::{self, Write as _},
    net::Ipv4Addr,
};

use axum::{Router, response::Redirect, routing::get};
use csp_runtime::{Guard, reqwest::Error};
use tokio::net::TcpListener;

csp_runtime::connect_src! {
    /// What this program may call.
    static BACKEND = [
        "https://api.example.com/v1/",
        #[insecure(reason = "the example has nobody to call but itself")] "http://localhost:*/api/",
    ];
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn StdError>> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let origin = format!("http://localhost:{}", listener.local_addr()?.port());
    tokio::spawn(axum::serve(listener, app()).into_future());
    call(&BACKEND.guard(), &origin).await
}

async fn call(guard: &Guard, origin: &str) -> Result<(), Box<dyn StdError>> {
    let client = guard.reqwest(reqwest::Client::builder())?;
    let mut out = io::stdout();
    for path in ["/api/users", "/admin/keys", "/api/moved"] {
        let url = format!("{origin}{path}");
        match client.get(&url).send().await {
            Ok(response) => writeln!(out, "allowed: GET {url}\n  {}\n", response.text().await?)?,
            Err(Error::Blocked(blocked)) => writeln!(out, "refused: GET {url}\n{blocked}\n")?,
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// One of its pages redirects to where the program may not go.
fn app() -> Router {
    Router::new()
        .route("/api/users", get(|| async { "Ada, Grace, Edsger" }))
        .route("/api/moved", get(|| async { Redirect::temporary("https://api.exmple.com/v1/users?key=secret") }))
}
