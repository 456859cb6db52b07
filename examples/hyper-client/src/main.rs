//! A hyper client that follows redirects, and connects only where the program says: it shows allowed calls, a first URL
//! that is refused, and a redirect that is refused.

use std::{
    error::Error,
    future::IntoFuture as _,
    io::{self, Write as _},
    net::Ipv4Addr,
};

use axum::{Router, response::Redirect, routing::get};
use csp_runtime::{hyper::GuardedClient, tower::GuardError};
use http_body_util::BodyExt as _;
use hyper_util::{client::legacy::Client, rt::TokioExecutor};
use tokio::net::TcpListener;
use tower::{Service as _, ServiceExt as _};

csp_runtime::connect_src! {
    /// What this program may call.
    static BACKEND = [
        #[insecure(reason = "the example has nobody to call but itself")] "http://127.0.0.1:*/api/",
    ];
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let origin = format!("http://{}", listener.local_addr()?);
    tokio::spawn(axum::serve(listener, server()).into_future());

    // hyper's client, the guard around it, and above both the redirects: the guard sees each hop.
    let client: GuardedClient<String> = BACKEND.guard().hyper(&Client::builder(TokioExecutor::new()));
    let mut client = client.follow_redirects();

    let mut out = io::stdout();
    for path in ["/api/users", "/api/old-users", "/admin/keys", "/api/moved"] {
        let request = http::Request::get(format!("{origin}{path}")).body(String::new())?;
        match client.ready().await?.call(request).await {
            Ok(response) => {
                let body = response.into_body().collect().await?.to_bytes();
                writeln!(out, "allowed: GET {path} was answered: {}\n", String::from_utf8_lossy(&body))?;
            }
            Err(GuardError::Blocked(blocked)) => writeln!(out, "refused: GET {path}\n{blocked}\n")?,
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

fn server() -> Router {
    Router::new()
        .route("/api/users", get(|| async { "Ada, Grace, Edsger" }))
        .route("/api/old-users", get(|| async { Redirect::temporary("/api/users") }))
        .route("/api/moved", get(|| async { Redirect::temporary("/admin/keys") }))
        .route("/admin/keys", get(|| async { "not for the client" }))
}
