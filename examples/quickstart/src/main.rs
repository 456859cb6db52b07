//! Declare once where a page and a program may connect: the browser obeys the one list, the program's own client the
//! other. Run it, then open the page that it serves.

use std::{
    env,
    error::Error as StdError,
    future::IntoFuture as _,
    io::{self, Write as _},
    net::Ipv4Addr,
    process::ExitCode,
};

use axum::{Router, http::header::CONTENT_TYPE, response::Html, routing::get};
use csp_runtime::reqwest::Error;
use tokio::{net::TcpListener, signal};

csp_runtime::connect_src! {
    /// What the shop's pages may talk to.
    static SHOP = [
        self,
        "https://api.example.com",
        "wss://ws.example.com" => "live order feed",
        "https://stream.example.com",
        #[cfg(debug_assertions)] "http://localhost:*",
        #[cfg(debug_assertions)] "ws://localhost:*",
    ];

    /// What the program's own client may call.
    static BACKEND = [
        #[insecure(reason = "the example has nobody to call but itself")] "http://127.0.0.1:*/api/",
    ];
}

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
    writeln!(out, "SHOP, which the browser obeys:")?;
    writeln!(out, "Content-Security-Policy: {}\n", SHOP.header())?;

    writeln!(out, "BACKEND, which this program's own client obeys:")?;
    let client = BACKEND.guard().reqwest(reqwest::Client::builder().no_proxy())?;
    for url in [format!("{origin}/api/users"), format!("{origin}/admin/keys")] {
        match client.get(&url).send().await {
            Ok(response) => writeln!(out, "allowed: GET {url} was answered with {}", response.status())?,
            Err(Error::Blocked(blocked)) => writeln!(out, "refused: GET {url} was not sent\n{blocked}")?,
            Err(error) => return Err(error.into()),
        }
    }
    writeln!(out, "\nOpen the page in a browser to see what it may call. Ctrl-C ends the program.")?;
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
        .route("/", get(|| async { Html(include_str!("page.html")) }))
        .route("/page.css", typed("text/css", include_str!("page.css")))
        .route("/page.js", typed("text/javascript", include_str!("page.js")))
        .route("/api/users", get(|| async { "Ada, Grace, Edsger" }))
        .route("/admin/keys", get(|| async { "not for the client" }))
        .layer(SHOP.layer())
}
