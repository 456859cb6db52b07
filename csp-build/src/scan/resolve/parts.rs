//! Servers that calls name in parts.

use super::Resolver;
use super::hits::Hit;
use super::origin::origins;
use super::value::{Hole, Text, Value};
use crate::scan::report::{Place, Reason, ReasonCode, Report, Resolution};
use crate::scan::sinks::{Implied, Slot, Where};

impl Resolver<'_> {
    /// Servers that are objects, with a `url`, or with a `protocol`, a `host` and a `port`.
    pub(super) fn nodes(&mut self, hit: &Hit) -> Vec<Text> {
        let slots = hit.row.implied.iter().flat_map(|rule| match rule {
            Implied::Nodes(slots) => *slots,
            _ => &[],
        });
        let slots: Vec<_> = slots.copied().collect();
        if slots.is_empty() {
            return Vec::new();
        }
        let nodes: Vec<_> = slots.iter().flat_map(|&slot| self.given(hit, &Where::from(slot))).collect();
        let is_known = nodes.iter().any(|node| !node.is_optional());
        let mut texts = Vec::new();
        for node in nodes.into_iter().filter(|node| !is_known || !node.is_optional()) {
            let urls = self.part(&node, "url");
            if urls.is_empty() {
                let parts = ["protocol", "host", "port"].map(|name| self.part(&node, name));
                texts.extend(joined(&parts));
            } else {
                texts.extend(urls);
            }
        }
        if texts.is_empty() {
            texts.push(missing("a server that isn't given"));
        }
        texts
    }

    fn part(&mut self, node: &Value, name: &str) -> Vec<Text> {
        let values = self.member(node.clone(), name).into_iter();
        let is_given =
            |value: &Value| !matches!(value, Value::Nothing(reason) if reason.code != ReasonCode::EnvMissing);
        values.filter(is_given).map(Value::into_text).collect()
    }

    /// A part of a text between separators, as the cluster of `v1:us1:…`, in a host.
    pub(super) fn fill_part(
        &mut self,
        hit: &Hit,
        place: &Place,
        (slot, separator, part): (Slot, char, usize),
        template: &str,
        report: &mut Report,
    ) {
        let mut texts: Vec<_> = self.given(hit, &Where::from(slot)).into_iter().map(Value::into_text).collect();
        if texts.is_empty() {
            texts.push(missing("a key that isn't given"));
        }
        for text in texts {
            let mut parts = text.known.split(separator).skip(part);
            let found = parts.next().filter(|_| text.hole.is_none() || parts.next().is_some());
            let url = found.map(|part| template.replacen("{}", &part.trim().to_ascii_lowercase(), 1));
            let known = url.and_then(|url| origins(&Text { known: url, ..Text::default() }, hit.row.transport).ok());
            if let Some(origins) = known {
                origins.into_iter().for_each(|origin| Self::push(hit, place, origin, Resolution::Sdk, report));
            } else {
                let reason = text.hole.as_ref().map(|hole| Reason::clone(&hole.reason));
                let reason =
                    reason.unwrap_or_else(|| Reason::new(ReasonCode::UnresolvedUrl, "a key that names no server"));
                report.unresolved.push(self.unresolved(hit, place, reason, &text));
            }
        }
    }
}

/// Each protocol with each host and each port, up to the first part that isn't known.
fn joined([protocols, hosts, ports]: &[Vec<Text>; 3]) -> Vec<Text> {
    let lacking = [missing("a server without a host")];
    let of_host = if hosts.is_empty() { &lacking } else { hosts.as_slice() };
    let default = [Text { known: "https".to_owned(), ..Text::default() }];
    let none = [Text::default()];
    let protocols = if protocols.is_empty() { &default } else { protocols.as_slice() };
    let ports = if ports.is_empty() { &none } else { ports.as_slice() };
    let mut texts = Vec::new();
    for protocol in protocols {
        for host in of_host {
            for port in ports {
                let mut text = Text::default();
                let colon = if port.known.is_empty() && port.hole.is_none() { "" } else { ":" };
                for (before, part) in [("", protocol), ("://", host), (colon, port)] {
                    if text.hole.is_none() {
                        text.known.push_str(before);
                        text.known.push_str(part.known.trim_end_matches(':'));
                        text.hole.clone_from(&part.hole);
                    }
                }
                if text.hole.is_none() {
                    text.known.push('/');
                }
                texts.push(text);
            }
        }
    }
    texts
}

fn missing(detail: &str) -> Text {
    let hole = Hole::new(Reason::new(ReasonCode::UnresolvedUrl, detail));
    Text { hole: Some(hole), ..Text::default() }
}
