//! The server without a browser.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use std::{
    io::{Read, Write},
    net::TcpStream,
    time::Duration,
};

use csp_harness::{Response, Server};
use tungstenite::Message;

fn connect(server: &Server) -> TcpStream {
    let stream = TcpStream::connect(server.address()).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    stream
}

/// What the server says to these bytes until it closes the connection.
fn exchange(server: &Server, bytes: &[u8]) -> Vec<u8> {
    let (mut stream, mut answer) = (connect(server), Vec::new());
    stream.write_all(bytes).unwrap();
    stream.read_to_end(&mut answer).unwrap();
    answer
}

#[test]
fn one_connection_serves_several_requests() {
    let server = Server::start(|request| Response::text(request.target.clone()));
    let answer = exchange(
        &server,
        b"GET /a?b HTTP/1.1\r\nHost: x.test:81\r\n\r\n\
        HEAD /c HTTP/1.1\r\nHost: y.test\r\nConnection: close\r\n\r\n",
    );
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: ";
    assert_eq!(String::from_utf8(answer).unwrap(), format!("{head}4\r\n\r\n/a?b{head}2\r\n\r\n"));
    assert_eq!(server.urls(), ["http://x.test:81/a?b", "http://y.test/c"]);
    assert_eq!(server.hits(), 2);
}

#[test]
fn header_bytes_are_written_as_they_are() {
    let server = Server::start(|_| Response::new(204).header("X", b"\x0c\xff\0"));
    let answer = exchange(&server, b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n");
    assert_eq!(answer, b"HTTP/1.1 204 No Content\r\nX: \x0c\xff\0\r\n\r\n");
}

#[test]
fn malformed_requests_end_the_connection() {
    let server = Server::start(|_| Response::text("unheard"));
    for bytes in [&b"hello\r\n\r\n"[..], b"\x16\x03\x01"] {
        assert_eq!(exchange(&server, bytes), b"", "{bytes:?}");
    }
    assert_eq!(server.hits(), 0);
}

#[test]
fn every_address_leads_to_the_server_by_way_of_its_proxy() {
    let server = Server::start(|request| Response::text(request.url()));
    let name = &b"\x03\x06x.test"[..];
    for address in [&b"\x01\x0a\0\0\x01"[..], name, b"\x04\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01"] {
        let request = [b"\x05\x02\x00\x02\x05\x01\x00", address, b"\x01\xbbGET / HTTP/1.1\r\nHost: x.test:443\r\n"];
        let answer = exchange(&server, &[&request.concat()[..], b"Connection: close\r\n\r\n"].concat());
        assert!(answer.starts_with(b"\x05\0\x05\0\0\x01\0\0\0\0\0\0HTTP/1.1 200 OK\r\n"), "{answer:?}");
        assert!(answer.ends_with(b"http://x.test:443/"), "{answer:?}");
    }
    // To listen for others, and an address of no known kind.
    for request in [&b"\x05\x01\0\x05\x02\0\x01\0\0\0\0\0\0"[..], b"\x05\x01\0\x05\x01\0\x07"] {
        assert_eq!(exchange(&server, request), b"\x05\0", "{request:?}");
    }
}

#[test]
fn a_panicking_handler_ends_one_connection_only() {
    let server = Server::start(|request| {
        assert!(request.path() != "/panic", "as the test wants it");
        Response::text("fine")
    });
    assert_eq!(exchange(&server, b"GET /panic HTTP/1.1\r\n\r\n"), b"");
    assert!(exchange(&server, b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n").ends_with(b"fine"));
}

#[test]
fn websockets_echo_and_others_are_told_to_upgrade() {
    let server = Server::start(|_| Response::websocket());
    let url = server.url("/socket").replace("http", "ws");
    let (mut socket, _) = tungstenite::client(url, connect(&server)).unwrap();
    socket.send(Message::text("hi")).unwrap();
    assert_eq!(socket.read().unwrap(), Message::text("hi"));
    let answer = exchange(&server, b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n");
    assert!(answer.starts_with(b"HTTP/1.1 426 "), "{answer:?}");
}

#[test]
fn drop_closes_what_is_held_open() {
    let server = Server::start(|_| Response::event_stream("data: hi\n\n"));
    let mut stream = connect(&server);
    stream.write_all(b"GET / HTTP/1.1\r\n\r\n").unwrap();
    let mut start = [0; 12];
    stream.read_exact(&mut start).unwrap();
    assert_eq!(&start, b"HTTP/1.1 200");
    let address = server.address();
    drop(server);
    let mut rest = String::new();
    stream.read_to_string(&mut rest).unwrap();
    assert!(rest.ends_with("\r\n\r\ndata: hi\n\n"), "{rest}");
    assert!(TcpStream::connect(address).is_err());
}
