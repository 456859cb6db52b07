//! A SOCKS 5 proxy ([RFC 1928](https://www.rfc-editor.org/rfc/rfc1928)) that leads wherever a client asks to this very server.
//!
//! Firefox has no rule that maps hosts. Through SOCKS it sends, whatever the scheme, the bytes that it would send to the host.

use std::{
    io::{self, Read, Write},
    net::TcpStream,
};

const VERSION: u8 = 5;
const NO_AUTHENTICATION: u8 = 0;
const CONNECT: u8 = 1;
const SUCCEEDED: u8 = 0;

/// Answers a client that takes the server for a proxy; what comes next is what it has for the host. Others are left alone.
pub(crate) fn enter(socket: &mut TcpStream) -> io::Result<()> {
    let mut first = [0];
    if socket.peek(&mut first)? == 0 || first[0] != VERSION {
        return Ok(());
    }
    let [_, methods] = read(socket)?;
    skip(socket, methods)?;
    socket.write_all(&[VERSION, NO_AUTHENTICATION])?;

    let [VERSION, CONNECT, _, address] = read(socket)? else {
        return Err(unknown("command"));
    };
    match address {
        1 => skip(socket, 4)?,
        3 => {
            let [length] = read(socket)?;
            skip(socket, length)?;
        }
        4 => skip(socket, 16)?,
        _ => return Err(unknown("kind of address")),
    }
    let _port: [u8; 2] = read(socket)?;
    // From 0.0.0.0:0: no client of ours wants to know.
    socket.write_all(&[VERSION, SUCCEEDED, 0, 1, 0, 0, 0, 0, 0, 0])
}

fn read<const LENGTH: usize>(socket: &mut TcpStream) -> io::Result<[u8; LENGTH]> {
    let mut bytes = [0; LENGTH];
    socket.read_exact(&mut bytes)?;
    Ok(bytes)
}

fn skip(socket: &mut TcpStream, length: u8) -> io::Result<()> {
    socket.read_exact(&mut [0; 255][..length.into()])
}

fn unknown(part: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("a SOCKS request of an unknown {part}"))
}
