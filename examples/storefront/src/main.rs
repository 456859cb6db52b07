//! A shop whose pages connect to where `src/csp.rs` says, and nowhere else: the build script reads the front end, and a call
//! that isn't declared doesn't compile. Run it, then open the page that it serves.

mod csp;

use std::{
    env,
    error::Error as StdError,
    future::IntoFuture as _,
    io::{self, Write as _},
    net::Ipv4Addr,
    process::ExitCode,
};

use axum::{Router, http::header::CONTENT_TYPE, response::Html, routing::get};
use tokio::{net::TcpListener, signal};

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Where stderr is closed there is nobody to tell.
            let _ = writeln!(io::stderr(), "error: {error}");
            ExitCode::from(2)
        }
    }
}

async fn run() -> Result<(), Box<dyn StdError>> {
    let listener = listen().await?;
    let origin = format!("http://{}", listener.local_addr()?);
    let ctrl_c = tokio::spawn(signal::ctrl_c());
    tokio::spawn(axum::serve(listener, app()).into_future());

    let mut out = io::stdout();
    writeln!(out, "{}: {}", csp::SHOP.header_name(), csp::SHOP.header())?;
    writeln!(out, "Open the page in a browser to see what it may call. Ctrl-C ends the program.")?;
    writeln!(out, "listening on {origin}")?;
    Ok(ctrl_c.await??)
}

/// `PORT` chooses the port, 0 a free one.
async fn listen() -> Result<TcpListener, String> {
    let value = env::var_os("PORT").unwrap_or_else(|| "3000".into());
    let value = value.to_string_lossy();
    let help = "  help: name a free port, such as `PORT=8080`, or let the system choose one with `PORT=0`";
    let port: u16 = value.parse().map_err(|_| format!("PORT is {value:?}, not a number from 0 to 65535\n{help}"))?;
    let bound = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await;
    bound.map_err(|error| format!("can't listen on port {port}: {error}\n{help}"))
}

fn app() -> Router {
    let typed = |kind, body| get(move || async move { ([(CONTENT_TYPE, kind)], body) });
    Router::new()
        .route("/", get(|| async { Html(include_str!("../web/dist/index.html")) }))
        .route("/main.js", typed("text/javascript", include_str!("../web/dist/main.js")))
        .route("/api/session", typed("application/json", "{\"name\": \"Ada\"}"))
        .layer(csp::SHOP.layer())
}
