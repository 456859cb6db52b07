use std::io::{self, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// What a server has answered, read from the wire.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    headers: Vec<(String, String)>,
    /// The body, as it came.
    pub body: String,
}

impl Answer {
    /// The values of a header, in their order.
    #[must_use]
    pub fn values(&self, name: &str) -> Vec<&str> {
        self.headers.iter().filter(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str()).collect()
    }

    /// The enforced policies.
    #[must_use]
    pub fn policies(&self) -> Vec<&str> {
        self.values("content-security-policy")
    }

    /// The policies that only report.
    #[must_use]
    pub fn reported(&self) -> Vec<&str> {
        self.values("content-security-policy-report-only")
    }
}

/// Asks a server for a path.
///
/// # Errors
///
/// If it can't be reached, or answers no HTTP.
pub fn get(server: SocketAddr, path: &str) -> io::Result<Answer> {
    let mut stream = TcpStream::connect(server)?;
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {server}\r\nConnection: close\r\n\r\n")?;
    let mut text = String::new();
    stream.read_to_string(&mut text)?;
    let (head, body) = text.split_once("\r\n\r\n").ok_or(io::ErrorKind::InvalidData)?;
    let mut lines = head.lines();
    let status =
        lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok()).ok_or(io::ErrorKind::InvalidData)?;
    let header = |line: &str| line.split_once(": ").map(|(name, value)| (name.to_owned(), value.to_owned()));
    Ok(Answer { status, headers: lines.filter_map(header).collect(), body: body.to_owned() })
}
