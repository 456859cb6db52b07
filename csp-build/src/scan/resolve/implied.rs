//! What an SDK connects to without being told.

use super::Resolver;
use super::hits::Hit;
use super::origin::{PAGE_HOST, origins};
use super::value::{Text, Value};
use crate::scan::report::{Endpoint, Place, Reason, ReasonCode, Report, Resolution, Unresolved};
use crate::scan::sinks::{Implied, Slot, Transport, Where};
use crate::scan::summary::{Expr, SCRIPTS};

impl Resolver<'_> {
    /// The origins that an SDK connects to without being told.
    pub(super) fn report_implied(&mut self, hit: &Hit, place: &Place, report: &mut Report) {
        let has_url = !hit.row.implied.is_empty() && !self.urls(hit).is_empty();
        for rule in hit.row.implied {
            match *rule {
                Implied::Origin(origin) => report.endpoints.push(sdk(hit, place, origin.to_owned())),
                Implied::Otherwise(origin) if !has_url => report.endpoints.push(sdk(hit, place, origin.to_owned())),
                Implied::Without(slots, origin)
                    if !has_url && slots.iter().all(|&slot| self.given(hit, &Where::from(slot)).is_empty()) =>
                {
                    report.endpoints.push(sdk(hit, place, origin.to_owned()));
                }
                Implied::Filled(slot, template) => self.fill(hit, place, template, &[(slot, None)], report),
                Implied::OtherwiseFilled(slot, template) if !has_url => {
                    self.fill(hit, place, template, &[(slot, None)], report);
                }
                Implied::FilledOr(slot, default, template) => {
                    self.fill(hit, place, template, &[(slot, Some(default))], report);
                }
                Implied::FilledBoth(first, default, second, template) => {
                    self.fill(hit, place, template, &[(first, Some(default)), (second, None)], report);
                }
                Implied::Before(library, version, origin) => {
                    let versions = self.versions(library);
                    if versions.is_empty() || versions.iter().any(|&own| own < version) {
                        report.endpoints.push(sdk(hit, place, origin.to_owned()));
                    }
                }
                Implied::Server(hosts, ports, default) => self.server(hit, place, (hosts, ports), default, report),
                Implied::FilledBy(slot, by) => self.fill_by(hit, place, slot, by, report),
                Implied::Given(slots, origin)
                    if slots.iter().any(|&slot| !self.given(hit, &Where::from(slot)).is_empty()) =>
                {
                    report.endpoints.push(sdk(hit, place, origin.to_owned()));
                }
                Implied::OtherwiseElsewhere(_) if has_url => {}
                Implied::Elsewhere(what) | Implied::OtherwiseElsewhere(what) => {
                    let reason = Reason::new(ReasonCode::DynamicHost, what);
                    report.unresolved.push(self.unresolved(hit, place, reason, &Text::default()));
                }
                Implied::Beside(..)
                | Implied::Given(..)
                | Implied::Nodes(_)
                | Implied::Siblings
                | Implied::Otherwise(_)
                | Implied::OtherwiseFilled(..)
                | Implied::Without(..) => {}
            }
        }
    }

    /// What a call is given, or the app that others use, which keeps its options.
    pub(super) fn given(&mut self, hit: &Hit, place: &Where) -> Vec<Value> {
        let values = self.slot(&hit.made, place);
        let Some(class) = hit.row.kept_by.filter(|_| values.is_empty() && !place.path.is_empty()) else {
            return values;
        };
        let mut kept = self.kept.get(class).cloned().unwrap_or_default();
        kept.extend(self.provided_as(class));
        let members = kept.into_iter().flat_map(|options| {
            place.path.iter().fold(vec![options], |values, name| {
                values.into_iter().flat_map(|value| self.member(value, name)).collect()
            })
        });
        members.collect()
    }

    /// The versions of a library that pages load by script elements whose addresses tell them.
    fn versions(&mut self, library: &str) -> Vec<u32> {
        let scripts = self.globals.get(SCRIPTS).cloned().unwrap_or_default();
        let mut versions = Vec::new();
        for (file, source) in scripts {
            let Some(parsed) = self.project.summary(file) else { continue };
            let Expr::Text(source) = parsed.summary.expression(source) else { continue };
            let mut parts = source.split(['/', '@']).skip_while(|part| !part.contains(library));
            let version: Option<u32> = parts.find_map(|part| part.split_once('.')?.0.parse().ok());
            versions.extend(version);
        }
        versions
    }

    /// A server that is given by its host and its port.
    fn server(
        &mut self,
        hit: &Hit,
        place: &Place,
        (hosts, ports): (&[Slot], &[Slot]),
        default: &str,
        report: &mut Report,
    ) {
        let mut texts = |slots: &[Slot]| -> Vec<Text> {
            let values = slots.iter().flat_map(|&slot| self.slot(&hit.made, &Where::from(slot)));
            values.filter(|value| !matches!(value, Value::Nothing(_))).map(Value::into_text).collect()
        };
        let (mut hosts, mut ports) = (texts(hosts), texts(ports));
        if hosts.is_empty() && default.is_empty() {
            let reason = Reason::new(ReasonCode::UnresolvedUrl, "a host that isn't given");
            report.unresolved.push(self.unresolved(hit, place, reason, &Text::default()));
            return;
        }
        if hosts.is_empty() {
            hosts.push(Text { known: default.to_owned(), ..Text::default() });
            ports.clear();
        }
        if ports.is_empty() {
            ports.push(Text { known: "443".to_owned(), ..Text::default() });
        }
        for host in &hosts {
            for port in &ports {
                // A host of `/` is the page's own.
                let own = if host.known == "/" { PAGE_HOST } else { &host.known };
                let is_local = own.starts_with("localhost") || own.starts_with("127.");
                let hole = host.hole.clone().or_else(|| port.hole.clone());
                let end = if hole.is_none() { "/" } else { "" };
                let scheme = if is_local { "http" } else { "https" };
                let known = if own.contains("://") {
                    own.to_owned()
                } else if own == PAGE_HOST {
                    format!("{scheme}://{own}{end}")
                } else {
                    format!("{scheme}://{own}:{}{end}", port.known)
                };
                let text = Text { known, hole, ..Text::default() };
                match origins(&text, hit.row.transport) {
                    Ok(origins) => report.endpoints.extend(origins.into_iter().map(|origin| sdk(hit, place, origin))),
                    Err(reason) => report.unresolved.push(self.unresolved(hit, place, reason, &text)),
                }
            }
        }
    }

    pub(super) fn fill(
        &mut self,
        hit: &Hit,
        place: &Place,
        template: &str,
        slots: &[(Slot, Option<&str>)],
        report: &mut Report,
    ) {
        let mut filled = vec![Ok(template.to_owned())];
        for &(slot, default) in slots {
            let place = Where::from(slot);
            let mut values = self.given(hit, &place);
            values.retain(|value| !matches!(value, Value::Nothing(reason) if reason.code != ReasonCode::EnvMissing));
            let mut texts: Vec<Text> = values.into_iter().map(Value::into_text).collect();
            // An empty key stands for one that isn't known here.
            texts.retain(|text| text.hole.is_some() || !text.known.trim().is_empty());
            if texts.is_empty() {
                texts.push(match default {
                    Some(default) => Text { known: default.to_owned(), ..Text::default() },
                    None => {
                        Value::unknown(Reason::new(ReasonCode::UnresolvedUrl, "a key that isn't given")).into_text()
                    }
                });
            }
            filled = filled
                .into_iter()
                .flat_map(|filled: Result<String, Text>| {
                    texts.iter().map(move |text| match (&filled, &text.hole) {
                        (Ok(template), None) => Ok(template.replacen("{}", &text.known.trim().to_ascii_lowercase(), 1)),
                        (Ok(_), Some(_)) => Err(text.clone()),
                        (Err(text), _) => Err(text.clone()),
                    })
                })
                .collect();
        }
        for filled in filled {
            match filled {
                Ok(url) => match origins(&Text { known: url, ..Text::default() }, Transport::Http) {
                    Ok(origins) => {
                        for origin in origins {
                            Self::push(hit, place, origin, Resolution::Sdk, report);
                        }
                    }
                    Err(reason) => {
                        report.unresolved.push(Unresolved::new(place.clone(), hit.name.clone(), reason));
                    }
                },
                Err(text) => {
                    let reason = text.hole.as_ref().map(|hole| Reason::clone(&hole.reason));
                    let reason = reason.unwrap_or_else(|| Reason::new(ReasonCode::UnresolvedUrl, "a key"));
                    report.unresolved.push(self.unresolved(hit, place, reason, &text));
                }
            }
        }
    }
}

/// `https://*.example.com` beside `https://a.example.com`
pub(super) fn siblings(origin: &str) -> Option<String> {
    let (scheme, host) = origin.split_once("://")?;
    let (_, parent) = host.split_once('.')?;
    parent.contains('.').then(|| format!("{scheme}://*.{parent}"))
}

pub(super) fn sdk(hit: &Hit, place: &Place, origin: String) -> Endpoint {
    let endpoint = Endpoint::new(place.clone(), origin, hit.name.clone(), Resolution::Sdk);
    Endpoint { rule: hit.row.rule, ..endpoint }
}
