//! Servers that calls name in parts.

use super::Resolver;
use super::hits::Hit;
use super::origin::origins;
use super::value::{Hole, Made, Text, Value};
use crate::scan::report::{Place, Reason, ReasonCode, Report, Resolution};
use crate::scan::sinks::{Condition, Implied, Slot, Where};

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

    /// The host that a key, an identifier or a name of a region stands for.
    pub(super) fn fill_by(
        &mut self,
        hit: &Hit,
        place: &Place,
        slot: Slot,
        by: fn(&str) -> Option<String>,
        report: &mut Report,
    ) {
        let values = self
            .given(hit, &Where::from(slot))
            .into_iter()
            .filter(|value| !value.is_optional() || value.is_no_option());
        let texts: Vec<_> = values.map(Value::into_text).collect();
        for text in texts {
            let url = Some(text.known.trim()).filter(|known| text.hole.is_none() && !known.is_empty()).and_then(by);
            let known = url.and_then(|url| origins(&Text { known: url, ..Text::default() }, hit.row.transport).ok());
            if let Some(origins) = known {
                for origin in origins {
                    Self::push(hit, place, origin, Resolution::Sdk, report);
                }
            } else {
                let reason = text.hole.as_ref().map(|hole| Reason::clone(&hole.reason));
                let reason =
                    reason.unwrap_or_else(|| Reason::new(ReasonCode::UnresolvedUrl, "a key of which no host is known"));
                report.unresolved.push(self.unresolved(hit, place, reason, &text));
            }
        }
    }

    /// Whether a call has what its row asks for.
    pub(super) fn meets(&mut self, condition: Condition, made: &Made) -> bool {
        match condition {
            Condition::Given(slots) => {
                let is_given = |value: &Value| match value {
                    Value::Text(_) | Value::Function(..) => true,
                    Value::Unknown(_) => !value.is_optional(),
                    _ => false,
                };
                slots.iter().any(|&slot| self.slot(made, &Where::from(slot)).iter().any(is_given))
            }
            Condition::Class(slot, class) => {
                let values = self.slot(made, &Where::from(slot));
                values.iter().any(|value| self.row(value).is_some_and(|row| row.makes == Some(class)))
            }
            Condition::Package(slot, packages) => {
                let is_of = |value: &Value| matches!(value, Value::External { source, .. } if packages.contains(&source.as_str()));
                self.slot(made, &Where::from(slot)).iter().any(is_of)
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
