//! A request as the server received it.

use std::io::{self, Read};

const HEAD_LIMIT: usize = 64 * 1024;
const BODY_LIMIT: usize = 16 * 1024 * 1024;

/// A request as the server received it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Request {
    /// The method, such as `GET`.
    pub method: String,
    /// Path and query, as sent.
    pub target: String,
    /// Names and values in their order.
    pub headers: Vec<(String, String)>,
    /// The body, empty if there is none.
    pub body: Vec<u8>,
    /// Whether it came over TLS.
    pub secure: bool,
}

impl Request {
    /// The value of the first header field of this name.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The `Host` header: the host and, unless it is the scheme's default, the port that the client meant.
    #[must_use]
    pub fn authority(&self) -> &str {
        self.header("host").unwrap_or_default()
    }

    /// The host that the client meant, without the port.
    #[must_use]
    pub fn host(&self) -> &str {
        let authority = self.authority();
        match authority.rsplit_once(':') {
            // The colon may be one inside of `[::1]`.
            Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
            _ => authority,
        }
    }

    /// The target without its query.
    #[must_use]
    pub fn path(&self) -> &str {
        self.target.split_once('?').map_or(&self.target, |(path, _)| path)
    }

    /// The target's query, empty if there is none.
    #[must_use]
    pub fn query(&self) -> &str {
        self.target.split_once('?').map_or("", |(_, query)| query)
    }

    /// Whether the client wants a websocket.
    #[must_use]
    pub fn is_websocket(&self) -> bool {
        self.header("upgrade").is_some_and(|upgrade| upgrade.eq_ignore_ascii_case("websocket"))
    }

    /// The URL that the client meant, such as `wss://api.test/socket`.
    #[must_use]
    pub fn url(&self) -> String {
        let scheme = if self.is_websocket() { "ws" } else { "http" };
        let secure = if self.secure { "s" } else { "" };
        format!("{scheme}{secure}://{}{}", self.authority(), self.target)
    }

    /// Reads the next request; `None` when the client has closed the connection.
    ///
    /// `buffer` keeps what was read too much for the next call.
    pub(crate) fn read(stream: &mut impl Read, buffer: &mut Vec<u8>, secure: bool) -> io::Result<Option<Self>> {
        let head_end = loop {
            if let Some(at) = buffer.windows(4).position(|window| window == b"\r\n\r\n") {
                break at + 4;
            }
            if buffer.len() > HEAD_LIMIT {
                return Err(malformed("the request's head is too long"));
            }
            if !fill(stream, buffer)? {
                return Ok(None);
            }
        };
        let head: Vec<u8> = buffer.drain(..head_end).collect();
        let mut request = Self::parse(&String::from_utf8_lossy(&head), secure)?;
        let length = request.content_length()?;
        while buffer.len() < length {
            if !fill(stream, buffer)? {
                return Ok(None);
            }
        }
        request.body = buffer.drain(..length).collect();
        Ok(Some(request))
    }

    fn parse(head: &str, secure: bool) -> io::Result<Self> {
        let mut lines = head.split("\r\n");
        let mut words = lines.next().unwrap_or_default().split(' ');
        let (Some(method), Some(target), Some("HTTP/1.1" | "HTTP/1.0"), None) =
            (words.next(), words.next(), words.next(), words.next())
        else {
            return Err(malformed("this is no HTTP/1 request line"));
        };
        let headers = lines
            .filter_map(|line| line.split_once(':'))
            .map(|(name, value)| (name.to_owned(), value.trim_matches([' ', '\t']).to_owned()))
            .collect();
        Ok(Self { method: method.to_owned(), target: target.to_owned(), headers, body: Vec::new(), secure })
    }

    fn content_length(&self) -> io::Result<usize> {
        if self.header("transfer-encoding").is_some() {
            return Err(malformed("chunked requests are not supported"));
        }
        match self.header("content-length").map(str::parse) {
            None => Ok(0),
            Some(Ok(length)) if length <= BODY_LIMIT => Ok(length),
            Some(_) => Err(malformed("the request's length is no number, or too large")),
        }
    }
}

fn fill(stream: &mut impl Read, buffer: &mut Vec<u8>) -> io::Result<bool> {
    let mut chunk = [0; 8192];
    let count = stream.read(&mut chunk)?;
    buffer.extend_from_slice(&chunk[..count]);
    Ok(count > 0)
}

fn malformed(message: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, message)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that panics has failed")]
mod tests {
    use super::Request;

    fn read(bytes: &[u8]) -> Vec<Request> {
        let (mut stream, mut buffer, mut requests) = (bytes, Vec::new(), Vec::new());
        while let Some(request) = Request::read(&mut stream, &mut buffer, false).unwrap() {
            requests.push(request);
        }
        requests
    }

    #[test]
    fn reads_requests_that_follow_each_other() {
        let requests = read(
            b"POST /a?b=c HTTP/1.1\r\nHost: x.test:81\r\ncontent-length: 2\r\n\r\nhi\
            GET / HTTP/1.1\r\nHost: [::1]\r\n\r\nGET",
        );
        let [first, second] = &requests[..] else { panic!("{requests:?}") };
        assert_eq!((first.path(), first.query(), first.host(), &first.body[..]), ("/a", "b=c", "x.test", &b"hi"[..]));
        assert_eq!(first.url(), "http://x.test:81/a?b=c");
        assert_eq!((second.host(), second.body.len()), ("[::1]", 0));
    }

    #[test]
    fn refuses_what_it_does_not_understand() {
        for bytes in ["GET /\r\n\r\n", "GET / HTTP/2\r\n\r\n", "P / HTTP/1.1\r\nContent-Length: -1\r\n\r\n"] {
            assert!(Request::read(&mut bytes.as_bytes(), &mut Vec::new(), false).is_err(), "{bytes}");
        }
    }
}
