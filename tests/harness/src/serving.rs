//! One connection of the server, from its first byte to its last.

use std::{
    io::{self, Read},
    net::TcpStream,
    time::Duration,
};

use tungstenite::{WebSocket, protocol::Role};

use crate::{
    request::Request,
    response::{Afterwards, Response},
    server::Shared,
    socks,
    stream::Stream,
};

/// A connection on which nothing comes for so long is closed.
const IDLE_TIMEOUT: Duration = Duration::from_secs(60);

pub(crate) fn serve(mut socket: TcpStream, shared: &Shared) -> io::Result<()> {
    socket.set_nodelay(true)?;
    socket.set_read_timeout(Some(IDLE_TIMEOUT))?;
    socks::enter(&mut socket)?;
    let Some(mut stream) = shared.security().receive(socket)? else {
        return Ok(());
    };
    let (secure, mut buffer) = (stream.is_secure(), Vec::new());
    while let Some(request) = Request::read(&mut stream, &mut buffer, secure)? {
        let response: Response = shared.answer(&request).answering(&request);
        response.write(&mut stream, &request.method)?;
        match response.afterwards {
            Afterwards::Next
                if request.header("connection").is_some_and(|value| value.eq_ignore_ascii_case("close")) =>
            {
                break;
            }
            Afterwards::Next => {}
            Afterwards::Hold => return hold(&mut stream),
            Afterwards::WebSocket => return echo(&mut stream, buffer),
        }
    }
    Ok(())
}

/// Keeps the connection open until the client closes it or the server stops.
fn hold(stream: &mut Stream) -> io::Result<()> {
    stream.socket().set_read_timeout(None)?;
    while stream.read(&mut [0; 64])? > 0 {}
    Ok(())
}

/// Sends back every message until the client closes the connection or the server stops.
fn echo(stream: &mut Stream, received: Vec<u8>) -> io::Result<()> {
    stream.socket().set_read_timeout(None)?;
    let mut socket = WebSocket::from_partially_read(stream, received, Role::Server, None);
    while let Ok(message) = socket.read() {
        if (message.is_text() || message.is_binary()) && socket.send(message).is_err() {
            break;
        }
    }
    Ok(())
}
