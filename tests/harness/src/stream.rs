//! A connection, with TLS or without.

use std::{
    io::{self, Read, Write},
    net::TcpStream,
};

#[cfg(feature = "tls")]
use crate::tls::{Tls, TlsStream};

/// What a server makes of a new connection.
pub(crate) enum Security {
    /// Every connection is plain.
    Plain,
    /// A connection is what its first byte says.
    #[cfg(feature = "tls")]
    Either(Tls),
}

/// A connection, with TLS or without.
pub(crate) enum Stream {
    Plain(TcpStream),
    #[cfg(feature = "tls")]
    Tls(Box<TlsStream>),
}

impl Security {
    /// The new connection; `None` when the client closed it without a byte, or wants TLS in vain.
    pub(crate) fn receive(&self, socket: TcpStream) -> io::Result<Option<Stream>> {
        const HANDSHAKE: u8 = 0x16;
        let mut first = [0];
        if socket.peek(&mut first)? == 0 {
            return Ok(None);
        }
        if first[0] != HANDSHAKE {
            return Ok(Some(Stream::Plain(socket)));
        }
        match self {
            Self::Plain => Ok(None),
            #[cfg(feature = "tls")]
            Self::Either(tls) => Ok(Some(Stream::Tls(Box::new(tls.receive(socket)?)))),
        }
    }
}

impl Stream {
    pub(crate) fn is_secure(&self) -> bool {
        !matches!(self, Self::Plain(_))
    }

    /// The socket below.
    pub(crate) fn socket(&self) -> &TcpStream {
        match self {
            Self::Plain(socket) => socket,
            #[cfg(feature = "tls")]
            Self::Tls(stream) => stream.get_ref(),
        }
    }
}

impl Read for Stream {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(socket) => socket.read(buffer),
            #[cfg(feature = "tls")]
            Self::Tls(stream) => stream.read(buffer),
        }
    }
}

impl Write for Stream {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        match self {
            Self::Plain(socket) => socket.write(buffer),
            #[cfg(feature = "tls")]
            Self::Tls(stream) => stream.write(buffer),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Plain(socket) => socket.flush(),
            #[cfg(feature = "tls")]
            Self::Tls(stream) => stream.flush(),
        }
    }
}
