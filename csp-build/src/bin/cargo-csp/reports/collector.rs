//! What a running collector has: the groups that its `api/groups` answers.

use std::collections::HashSet;
use std::io::{self, Read as _, Write as _};
use std::net::{TcpStream, ToSocketAddrs as _};
use std::time::Duration;

use csp_core::excerpt;
use csp_core::report::{Class, Classification, Counts, PolicyMatch, ViolationReport};
use serde::Deserialize;
use url::{Host, Url};

/// What the answer says that it is.
const SCHEMA: &str = "csp-monitor/groups/1";
/// The most groups of an answer.
const PAGE: usize = 1_000;
/// The most bytes of an answer.
const LONGEST: u64 = 64 << 20;
/// The collector is on this machine: it answers at once.
const PATIENCE: Duration = Duration::from_secs(30);

/// What a collector has.
#[derive(Deserialize)]
pub(super) struct Answer {
    schema: String,
    counters: Counters,
    pub(super) other: usize,
    pub(super) groups: Vec<Record>,
}

#[derive(Clone, Copy, Deserialize)]
struct Counters {
    received: usize,
    accepted: usize,
    filtered: usize,
    rejected: usize,
    over_limit: usize,
    shed: usize,
}

/// A group.
#[derive(Deserialize)]
pub(super) struct Record {
    id: String,
    pub(super) count: usize,
    class: String,
    policy_match: String,
    directive: String,
    disposition: String,
    policy: String,
    document_origin: String,
    blocked_url: String,
    source_file: Option<String>,
    line: Option<u32>,
    verified: bool,
    evidence: String,
    found_at: Vec<Place>,
}

#[derive(Deserialize)]
struct Place {
    file: String,
    line: u32,
}

impl Answer {
    pub(super) fn counts(&self) -> Counts {
        let Counters { received, accepted, filtered, rejected, over_limit, .. } = self.counters;
        Counts { received, accepted, filtered, rejected, over_limit }
    }

    pub(super) const fn shed(&self) -> usize {
        self.counters.shed
    }
}

impl Record {
    /// A report of the group. What a collector says is read as a report is: it is redacted and explained here again.
    pub(super) fn report(&self) -> ViolationReport<'_> {
        let mut report = ViolationReport::default();
        report.document_url = self.document_origin.as_str().into();
        report.blocked_url = self.blocked_url.as_str().into();
        report.effective_directive = self.directive.as_str().into();
        report.original_policy = self.policy.as_str().into();
        report.disposition = [csp_core::Disposition::Enforce, csp_core::Disposition::Report]
            .into_iter()
            .find(|disposition| disposition.as_str() == self.disposition);
        report.source_file = self.source_file.as_deref().map(Into::into);
        report.line_number = self.line;
        report
    }

    pub(super) fn classification(&self) -> io::Result<Classification> {
        let class = Class::from_word(&self.class);
        let policy = PolicyMatch::from_word(&self.policy_match);
        match (class, policy) {
            (Some(class), Some(policy)) => Ok(Classification::new(class, policy)),
            _ => Err(unreadable(&format!("a group of the class \"{}\"", excerpt(&self.class)))),
        }
    }

    /// Whether the collector's scan found the origin, and what it says of that.
    pub(super) fn evidence(&self) -> (bool, Option<String>) {
        let places: Vec<_> =
            self.found_at.iter().map(|place| format!("{}:{}", excerpt(&place.file), place.line)).collect();
        let text = match self.evidence.as_str() {
            "found" => Some(format!("found by the scan at {}", places.join(", "))),
            "guard" => Some("refused by a guard of the program itself".to_owned()),
            "not-in-sources" => Some("not in the sources that were scanned".to_owned()),
            _ => None,
        };
        (self.verified, text)
    }
}

/// Asks the collector at this URL for all groups.
pub(super) fn ask(base: &str) -> io::Result<Answer> {
    let base = base.trim_end_matches('/');
    let url = Url::parse(&format!("{base}/api/groups")).map_err(|error| {
        invalid(&format!(
            "expected the URL of a collector such as http://127.0.0.1:3000/__csp, found {}: {error}",
            excerpt(base)
        ))
    })?;
    let is_local = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    if url.scheme() != "http" || !is_local {
        return Err(invalid(&format!(
            "{}: collectors of other machines are asked with a client that has TLS and may log in: \
             curl --header … '{url}?all' | cargo csp reports -",
            excerpt(base)
        )));
    }
    let mut answer: Option<Answer> = None;
    for offset in (0..).step_by(PAGE) {
        let mut page = read(&get(&url, &format!("{}?all&limit={PAGE}&offset={offset}", url.path()))?)?;
        let is_last = page.groups.len() < PAGE;
        let all = match answer.take() {
            None => page,
            Some(mut all) => {
                // A group that got violations meanwhile has moved, and may come twice.
                let known: HashSet<_> = all.groups.iter().map(|record| record.id.clone()).collect();
                all.groups.extend(page.groups.drain(..).filter(|record| !known.contains(&record.id)));
                // The newest counts.
                Answer { groups: all.groups, ..page }
            }
        };
        if is_last {
            return Ok(all);
        }
        answer = Some(all);
    }
    Err(unreadable("it has no end"))
}

/// Whether a text is a collector's answer, and no body of a report.
pub(super) fn is_answer(text: &[u8]) -> bool {
    text.strip_prefix(b"{\"schema\":\"").is_some_and(|rest| rest.starts_with(SCHEMA.as_bytes()))
}

/// Reads a collector's answer.
pub(super) fn read(text: &[u8]) -> io::Result<Answer> {
    let answer: Answer = serde_json::from_slice(text).map_err(|error| unreadable(&error.to_string()))?;
    if answer.schema == SCHEMA { Ok(answer) } else { Err(unreadable("it is of another version")) }
}

/// Makes a request. In HTTP/1.0 the body ends with the connection.
fn get(url: &Url, target: &str) -> io::Result<Vec<u8>> {
    let context = |error: io::Error| io::Error::new(error.kind(), format!("{url}: {error}"));
    let host = url.host_str().unwrap_or_default();
    let port = url.port_or_known_default().unwrap_or_default();
    let addresses = (host.trim_matches(['[', ']']), port).to_socket_addrs().map_err(context)?;
    // A name of this machine that leads elsewhere isn't followed.
    let local: Vec<_> = addresses.filter(|address| address.ip().is_loopback()).collect();
    let mut stream = TcpStream::connect(local.as_slice()).map_err(context)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    write!(stream, "GET {target} HTTP/1.0\r\nHost: {host}:{port}\r\nAccept: application/json\r\n\r\n")
        .map_err(context)?;
    let mut answer = Vec::new();
    stream.take(LONGEST).read_to_end(&mut answer).map_err(context)?;
    let end = answer.windows(4).position(|bytes| bytes == b"\r\n\r\n");
    let status = answer.split(|byte| *byte == b' ').nth(1).and_then(|status| std::str::from_utf8(status).ok());
    match (end, status) {
        (Some(end), Some("200")) => Ok(answer.split_off(end + 4)),
        (_, Some("403")) => Err(io::Error::other(format!("{url}: the collector refuses to tell (403)"))),
        (_, Some("404")) => Err(io::Error::other(format!(
            "{url}: there is no collector (404), or it is a release build without an authorisation"
        ))),
        (_, status) => Err(io::Error::other(format!(
            "{url}: no collector answers there (status {})",
            excerpt(status.unwrap_or("none"))
        ))),
    }
}

fn unreadable(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("the collector's answer can't be read: {what}"))
}

fn invalid(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, what)
}
