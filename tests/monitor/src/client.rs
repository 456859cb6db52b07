//! A client that sends what it is told, byte by byte.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// No answer takes so long.
const PATIENCE: Duration = Duration::from_secs(30);

/// What a server answered.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The header, names in lower case.
    pub header: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Answer {
    /// The value of a header field.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&str> {
        self.header.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// A connection to a server of this machine.
#[derive(Debug)]
pub struct Client {
    stream: BufReader<TcpStream>,
}

impl Client {
    /// Connects.
    #[must_use]
    pub fn connect(port: u16) -> Self {
        let stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.set_write_timeout(Some(PATIENCE)).unwrap();
        stream.set_nodelay(true).unwrap();
        Self { stream: BufReader::new(stream) }
    }

    /// Sends bytes; `false` if the server has closed the connection.
    pub fn send(&mut self, bytes: &[u8]) -> bool {
        self.stream.get_mut().write_all(bytes).is_ok()
    }

    /// Reads an answer; `None` if the server closes the connection instead.
    pub fn answer(&mut self, has_body: bool) -> Option<Answer> {
        let mut line = String::new();
        let mut header = Vec::new();
        if self.stream.read_line(&mut line).unwrap_or_default() == 0 {
            return None;
        }
        let status = line.split(' ').nth(1)?.parse().ok()?;
        loop {
            line.clear();
            self.stream.read_line(&mut line).ok()?;
            let Some((name, value)) = line.trim_end().split_once(':') else { break };
            header.push((name.to_ascii_lowercase(), value.trim().to_owned()));
        }
        let length = header
            .iter()
            .filter(|_| has_body)
            .find(|(name, _)| name == "content-length")
            .and_then(|(_, value)| value.parse().ok());
        let mut body = vec![0; length.unwrap_or_default()];
        self.stream.read_exact(&mut body).ok()?;
        Some(Answer { status, header, body })
    }
}

/// Makes a request on a connection of its own.
#[must_use]
pub fn request(port: u16, method: &str, target: &str, header: &[(&str, &str)], body: &[u8]) -> Answer {
    let mut client = Client::connect(port);
    let mut head = format!("{method} {target} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n");
    for (name, value) in header {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str(&format!("Content-Length: {}\r\n\r\n", body.len()));
    client.send(head.as_bytes());
    // A server may answer before it has read all, and close the connection.
    client.send(body);
    // An answer to HEAD has no body, whatever its header says.
    client.answer(method != "HEAD").unwrap_or_else(|| panic!("no answer to {method} {target}"))
}

/// Sends a body to the endpoint for reports.
#[must_use]
pub fn post(port: u16, body: &[u8]) -> Answer {
    request(port, "POST", "/__csp/report", &[("Content-Type", "application/json")], body)
}
