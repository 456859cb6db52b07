//! A server whose page breaks its policy on purpose, and a panel that shows what was blocked, and why.
//!
//! `PORT` chooses the port, `DATABASE_URL` where violations are kept: `sqlite:violations.db`,
//! `postgres://user@localhost/database`, or nowhere but in memory without it.

use std::{
    env,
    error::Error,
    future::IntoFuture as _,
    io::{self, Write as _},
    net::{Ipv4Addr, SocketAddr},
    process::ExitCode,
    sync::Arc,
    time::Duration,
};

use axum::{
    Router,
    extract::Path,
    http::header::CONTENT_TYPE,
    response::{Html, Redirect},
    routing::{get, post},
};
use csp_runtime::monitor::{Builder, Monitor, PostgresStore, SqliteStore, from_loopback};
use csp_runtime::report::OwnPolicies;
use tokio::{net::TcpListener, sync::Notify, time::timeout};

csp_runtime::connect_src! {
    /// What the page may call.
    static SHOP = [self, "https://api.example.com/v1/", "https://stream.example.com", "wss://*.live.example.com"];

    /// What the server's own code may call.
    static BACKEND = ["https://hooks.example.net"];
}

csp_runtime::policy! {
    /// What browsers enforce. A server with https has `report_to: "csp" => "/__csp/report"` instead of `report_uri`; over
    /// plain http browsers deliver nothing to that.
    static PAGE = { default_src: [self], connect_src: SHOP, base_uri: [none], report_uri: ["/__csp/report"] };

    /// What the page shall get along with one day. Nothing is blocked: browsers say what would be.
    static TRIAL = {
        default_src: [#[insecure(reason = "only styles are on trial")] "*"],
        style_src: [none],
        base_uri: [none],
        report_uri: ["/__csp/report?d=r"],
        report_only: true,
    };
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

async fn run() -> Result<(), Box<dyn Error>> {
    let listener = listen().await?;
    let origin = format!("http://{}", listener.local_addr()?);
    let monitor = store(Monitor::builder())
        .await?
        .policies(OwnPolicies::new([PAGE.header(), TRIAL.header()]))
        // Does the page itself connect there, or has somebody sent a report of their own making?
        .scanned(csp_runtime::scanned_calls!())?
        // In release too: this example is for the machine that it runs on. A server of yours asks who somebody is.
        .authorize(from_loopback)
        .start()
        .await?;

    let stop = Arc::new(Notify::new());
    let stopped = Arc::clone(&stop);
    let app = app(&monitor, &origin).into_make_service_with_connect_info::<SocketAddr>();
    let server = axum::serve(listener, app).with_graceful_shutdown(async move { stopped.notified().await });
    let mut server = tokio::spawn(server.into_future());

    writeln!(io::stdout(), "The panel is at {origin}/__csp/ and the page that fills it at {origin}/")?;
    writeln!(io::stdout(), "listening on {origin}")?;
    tokio::select! {
        ended = &mut server => ended??,
        signal = signal() => signal?,
    }
    stop.notify_one();
    // Open panels keep their connections: nobody waits for them for long.
    let _ = timeout(Duration::from_secs(1), server).await;
    Ok(monitor.flush().await?)
}

fn app(monitor: &Monitor, origin: &str) -> Router {
    let typed = |kind, body| get(move || async move { ([(CONTENT_TYPE, kind)], body) });
    let guard = BACKEND.guard().observer(monitor.observer(origin));
    let order = move |Path(id): Path<u32>| async move {
        // A typo: the guarded client of `guard.reqwest(…)` would say the same, and send nothing.
        guard.check(format!("https://hoks.example.net/orders/{id}")).map_err(|blocked| blocked.to_string())
    };
    Router::new()
        .route("/", get(|| async { Html(include_str!("../web/page.html")) }))
        .route("/page.css", typed("text/css", include_str!("../web/page.css")))
        .route("/page.js", typed("text/javascript", include_str!("../web/page.js")))
        .route("/meta.js", typed("text/javascript", include_str!("../web/meta.js")))
        .route(
            "/away/{id}",
            get(|Path(id): Path<u32>| async move { Redirect::to(&format!("https://elsewhere.example/{id}")) }),
        )
        .route("/order/{id}", post(order))
        .layer(PAGE.layer())
        .layer(TRIAL.layer())
        .route("/meta", get(|| async { Html(include_str!("../web/meta.html")) }))
        .merge(monitor.router())
}

/// Ctrl-C, or what a service manager sends.
async fn signal() -> io::Result<()> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut terminate = signal(SignalKind::terminate())?;
        tokio::select! {
            interrupted = tokio::signal::ctrl_c() => interrupted,
            _ = terminate.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await
}

/// `DATABASE_URL` chooses where violations are kept.
async fn store(builder: Builder) -> Result<Builder, Box<dyn Error>> {
    let Some(value) = env::var_os("DATABASE_URL") else { return Ok(builder) };
    let url = value.to_str().ok_or("DATABASE_URL isn't UTF-8")?;
    let (scheme, rest) = url.split_once(':').unwrap_or(("", url));
    match scheme {
        "sqlite" => Ok(builder.store(SqliteStore::open(rest.strip_prefix("//").unwrap_or(rest))?)),
        "postgres" | "postgresql" => Ok(builder.store(PostgresStore::connect(url).await?)),
        // It may have a password, and is quoted no further than this.
        _ => Err(format!(
            "DATABASE_URL begins with {scheme:?}, which is no store of this program\n  \
             help: write `sqlite:violations.db` or `postgres://user@localhost/database`, or unset it to keep violations in memory"
        )
        .into()),
    }
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
