//! The program from outside: the header, and the pages that it serves.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    process::{Child, Command, Stdio},
};

/// The running program; it ends on drop.
struct Program(Child);

impl Drop for Program {
    fn drop(&mut self) {
        // Failure means that it ended before.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn it_serves_the_pages_with_the_header() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_storefront"));
    let mut program = Program(command.env("PORT", "0").stdout(Stdio::piped()).spawn().unwrap());
    let lines = BufReader::new(program.0.stdout.take().unwrap()).lines().map_while(Result::ok);
    let mut printed = Vec::new();
    let address = lines
        .inspect(|line| printed.push(line.clone()))
        .find_map(|line| line.strip_prefix("listening on http://").map(str::to_owned))
        .unwrap();
    let debug = if cfg!(debug_assertions) { " ws://localhost:5173" } else { "" };
    let policy = "connect-src 'self' https://api.example.com https://stream.example.com wss://ws.example.com";
    assert_eq!(printed[0], format!("Content-Security-Policy: {policy}{debug}"));

    for (path, kind, part) in [
        ("/", "text/html", "src=\"/main.js\""),
        ("/main.js", "text/javascript", "https://stream.example.com/notifications"),
        ("/api/session", "application/json", "\"Ada\""),
    ] {
        let mut connection = TcpStream::connect(&address).unwrap();
        write!(connection, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").unwrap();
        let mut response = String::new();
        connection.read_to_string(&mut response).unwrap();
        assert!(response.starts_with("HTTP/1.1 200 OK\r\n"), "{path}: {response}");
        assert!(response.contains(&format!("\r\ncontent-type: {kind}")), "{path}: {response}");
        assert!(response.contains(&format!("\r\ncontent-security-policy: {policy}{debug}\r\n")), "{path}: {response}");
        assert!(response.contains(part), "{path}: {response}");
    }
}
