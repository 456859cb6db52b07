//! Declare which feeds a program may listen to: sockets to others are not opened. Run it; it needs no network.

use std::{
    error::Error as StdError,
    io::{self, Write as _},
    net::{Ipv4Addr, TcpListener},
    process::ExitCode,
    thread,
};

use csp_runtime::Blocked;
use tungstenite::{
    Message, accept_hdr,
    handshake::server::{ErrorResponse, Request, Response},
    http::{StatusCode, header::LOCATION},
};

csp_runtime::connect_src! {
    /// The feeds that this program listens to.
    static FEED = [
        "wss://ws.example.com/orders/" => "the shop's live orders",
        #[insecure(reason = "the example has nobody to listen to but itself")] "ws://127.0.0.1:*/orders/",
    ];
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Where stderr is closed there is nobody to tell.
            let _ = writeln!(io::stderr(), "error: {error}");
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<(), Box<dyn StdError>> {
    let server = start_server()?;
    let connector = FEED.guard().tungstenite();
    let mut out = io::stdout();
    for url in [
        format!("ws://{server}/orders/today"),
        // Not below /orders/.
        format!("ws://{server}/customers"),
        // Redirects are not followed; `tungstenite::connect` would follow it, with all headers.
        format!("ws://{server}/orders/moved"),
        // `https` is another permission than `wss`, and so is `ws`.
        "ws://ws.example.com/orders/today".to_owned(),
        // 127.0.0.1, to some programs.
        format!("ws://2130706433:{}/orders/today", server.rsplit(':').next().unwrap_or_default()),
    ] {
        match connector.connect(&url) {
            Ok((mut socket, _)) => {
                writeln!(out, "opened: {url}, which says {:?}", socket.read()?.to_text()?)?;
                socket.close(None)?;
            }
            Err(error) => match Blocked::find(&error) {
                Some(blocked) => writeln!(out, "refused: {url} was not connected to\n{blocked}")?,
                None => writeln!(out, "failed: {url}: {error}")?,
            },
        }
    }
    Ok(())
}

/// A feed on loopback. Returns its host and port.
fn start_server() -> io::Result<String> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let address = listener.local_addr()?;
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            // Who doesn't finish the handshake gets no message.
            if let Ok(mut socket) = accept_hdr(stream, answer) {
                let _ = socket.send(Message::text("1 order"));
            }
        }
    });
    Ok(address.to_string())
}

#[expect(clippy::result_large_err, reason = "the type is tungstenite's")]
fn answer(request: &Request, response: Response) -> Result<Response, ErrorResponse> {
    if request.uri().path() != "/orders/moved" {
        return Ok(response);
    }
    let mut redirect = ErrorResponse::new(None);
    *redirect.status_mut() = StatusCode::FOUND;
    redirect.headers_mut().insert(LOCATION, "ws://198.51.100.7/".parse().map_err(|_| ErrorResponse::new(None))?);
    Err(redirect)
}
