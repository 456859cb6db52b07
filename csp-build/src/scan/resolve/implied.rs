//! What an SDK connects to without being told.

use super::Resolver;
use super::origin::origins;
use super::report::Hit;
use super::value::{Text, Value};
use crate::scan::report::{Endpoint, Place, Reason, ReasonCode, Report, Resolution, Unresolved};
use crate::scan::sinks::{Implied, Slot, Transport, Where};

impl Resolver<'_> {
    /// The origins that an SDK connects to without being told.
    pub(super) fn report_implied(&mut self, hit: &Hit, place: &Place, report: &mut Report) {
        let has_url = !hit.row.implied.is_empty() && !self.urls(hit).is_empty();
        for rule in hit.row.implied {
            match *rule {
                Implied::Origin(origin) => report.endpoints.push(sdk(hit, place, origin.to_owned())),
                Implied::Otherwise(origin) if !has_url => report.endpoints.push(sdk(hit, place, origin.to_owned())),
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
                Implied::Beside(..) | Implied::Siblings | Implied::Otherwise(_) | Implied::OtherwiseFilled(..) => {}
            }
        }
    }

    /// What a call is given, or the app that others use, which keeps its options.
    pub(super) fn given(&mut self, hit: &Hit, place: &Where) -> Vec<Value> {
        let values = self.slot(&hit.made, place);
        let is_of_app = hit.row.rule.is_some_and(|rule| rule.starts_with("firebase")) && !place.path.is_empty();
        if !values.is_empty() || !is_of_app {
            return values;
        }
        let kept = self.kept.values().flatten().cloned().collect::<Vec<_>>();
        let members = kept.into_iter().flat_map(|options| {
            place.path.iter().fold(vec![options], |values, name| {
                values.into_iter().flat_map(|value| self.member(value, name)).collect()
            })
        });
        members.collect()
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
