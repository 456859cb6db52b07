//! From calls to endpoints.

use std::collections::HashSet;
use std::rc::Rc;

use super::Resolver;
use super::hits::Hit;
use super::implied::{sdk, siblings};
use super::origin::{has_host, origins, secured, whole_host};
use super::value::{FileId, Hole, Made, Text, Value};
use crate::scan::report::{Endpoint, Place, Reason, ReasonCode, Report, Resolution, Step, Unresolved};
use crate::scan::sinks::{Implied, Transport};
use crate::scan::summary::{CallSite, ExprId, PROPERTIES, STATE};

/// The most calls between a URL and the function that connects to it.
pub(super) const MOST_LEVELS: usize = 4;

/// The most callers of callers that are asked in a scan: where functions call each other, ways multiply.
pub(super) const MOST_WAYS: usize = 10_000;

/// The most callers that are asked for what they hand in.
pub(super) const MOST_CALLERS: usize = 64;

impl Resolver<'_> {
    /// Looks at all calls of all files. Files that an import brings in while looking are looked at, too.
    pub(crate) fn report(&mut self) -> Report {
        let mut report = Report::default();
        self.bring_mentions();
        self.find_subclasses();
        // What was found without knowing all of them.
        self.memory.clear();
        self.find_configured();
        self.find_assigned();
        self.memory.clear();
        self.find_all_callers();
        self.find_handed_in();
        self.find_served();
        self.settle_bases();
        self.find_interceptors_again();
        self.each_call(|resolver, file, site| resolver.find_hits(file, site, &mut report));
        let mut file = 0;
        while let Some(entry) = self.project.files.get(file) {
            let (parsed, is_scanned) = (Rc::clone(&entry.parsed), entry.is_scanned);
            for (sink, site) in parsed.summary.direct.iter().filter(|_| is_scanned) {
                self.report_direct(file, sink, site.expression, site.offset, &mut report);
            }
            if let (Some((reason, offset)), true) = (&parsed.problem, is_scanned) {
                let place = self.project.place(file, *offset);
                report.unresolved.push(Unresolved::file(place, reason.clone()));
            }
            file += 1;
        }
        self.list_below(&mut report);
        drop_crossed_ports(&mut report.endpoints);
        report
    }

    fn each_call(&mut self, mut visit: impl FnMut(&mut Self, FileId, &CallSite)) {
        let mut file = 0;
        while let Some(parsed) = self.project.summary(file) {
            if self.project.files.get(file).is_some_and(|file| file.is_scanned) {
                parsed.summary.calls.iter().for_each(|site| visit(self, file, site));
            }
            file += 1;
        }
    }

    /// The calls of each function. The last calls of a file are looked at first: of `a().b().c()` that is the innermost one,
    /// which the others then know.
    fn find_all_callers(&mut self) {
        let mut file = 0;
        while let Some(parsed) = self.project.summary(file) {
            if self.project.files.get(file).is_some_and(|file| file.is_scanned) {
                parsed.summary.calls.iter().rev().for_each(|site| self.find_callers(file, site));
            }
            file += 1;
        }
        for callers in self.callers.values_mut() {
            callers.sort_by_key(|caller| (caller.file, caller.offset));
        }
    }

    fn find_hits(&mut self, file: FileId, site: &CallSite, report: &mut Report) {
        if self.is_served(file, site) || !self.is_reached(file, site) {
            return;
        }
        self.method = site.method.and_then(|function| self.method_of(file, function));
        let (mut found, made) = self.callees(file, site);
        if self.handed_on.contains(&(file, site.expression)) {
            found.retain(|callee| !matches!(callee, Value::Global(name) if name == "Request"));
        }
        let place = self.project.place(file, site.offset);
        for callee in found {
            if let Some(function) = callee.parameter() {
                // A client may be handed in: who calls tells which.
                let outside = self.callers_of(function);
                self.steps = 0;
                let mut is_known = false;
                for outer in outside {
                    is_known |= self.assuming([outer.frame], |resolver| {
                        let (callees, made) = resolver.callees(file, site);
                        let callees: Vec<_> =
                            callees.into_iter().map(|callee| resolver.named(file, site, callee)).collect();
                        for callee in &callees {
                            resolver.report_callee(callee, &made, (file, site), &place, report);
                        }
                        callees.iter().any(|callee| !matches!(callee, Value::Unknown(_) | Value::Nothing(_)))
                    });
                }
                if !is_known && let Some(likely) = self.likely(file, site, &callee, &made) {
                    self.report_callee(&likely, &made, (file, site), &place, report);
                }
            } else if let Some(likely) = self.likely(file, site, &callee, &made) {
                self.report_callee(&likely, &made, (file, site), &place, report);
            } else {
                self.report_callee(&callee, &made, (file, site), &place, report);
            }
        }
    }

    /// The name of a function's first parameter.
    fn parameter_of(&self, (file, function): (FileId, u32)) -> &str {
        let parsed = self.project.files.get(file).map(|file| &file.parsed);
        let function = parsed.and_then(|parsed| parsed.summary.function(function));
        function.and_then(|function| function.parameters.first()).map_or("", |parameter| &parameter.name)
    }

    /// Whether a call is made at all, as far as the tests around it tell.
    fn is_reached(&mut self, file: FileId, site: &CallSite) -> bool {
        self.steps = 0;
        site.when.is_none_or(|test| self.truth(file, test, &None) != Some(false))
    }

    fn report_callee(
        &mut self,
        callee: &Value,
        made: &Made,
        site: (FileId, &CallSite),
        place: &Place,
        report: &mut Report,
    ) {
        if let Value::Class(of, class, _) = *callee {
            for parent in self.library_base(of, class) {
                self.report_callee(&parent, made, site, place, report);
            }
            return;
        }
        // Most calls are of the front end's own functions: no table has those.
        if matches!(callee, Value::Function(..) | Value::Unknown(_)) {
            return;
        }
        let Some(row) = self.row(callee).filter(|row| row.connects()) else { return };
        if row.condition.is_some_and(|condition| !self.meets(condition, made)) {
            return;
        }
        // `fetch(new Request(…))` is one call.
        self.handed_on.extend(made.arguments.iter().map(|&argument| (made.file, argument)));
        let hit = self.hit(row, callee, made, site, place);
        self.report_implied(&hit, place, report);
        self.report_hit(&hit, place, &mut Vec::new(), report);
    }

    /// Reports a call, and where its URL is a parameter, the calls of that function instead.
    pub(super) fn report_hit(&mut self, hit: &Hit, place: &Place, seen: &mut Vec<Text>, report: &mut Report) {
        let (file, site) = &hit.site;
        if !self.is_reached(*file, site) {
            return;
        }
        let texts = match site.when {
            Some(test) => self.narrowed(*file, test, true, |resolver| resolver.texts(hit)),
            None => self.texts(hit),
        };
        // What comes behind the host has no say in it.
        let asked = |text: &Text| text.hole.as_ref().and_then(|hole| hole.parameter).filter(|_| !has_host(&text.known));
        let is_settled = |text: &Text| asked(text).is_none() || origins(text, hit.row.transport).is_ok();
        if texts.iter().all(is_settled) && self.report_options(hit, report) {
            return;
        }
        let has_default = texts.iter().any(|text| origins(text, hit.row.transport).is_ok());
        let is_alone = texts.len() == 1;
        let count = seen.len();
        // Callers that say nothing have the default, which is reported by then.
        let (options, texts): (Vec<_>, Vec<_>) = texts.into_iter().partition(Text::is_optional);
        let texts = texts.into_iter().chain(options);
        for text in texts {
            if seen.contains(&text) {
                continue;
            }
            let parameter = asked(&text);
            match (origins(&text, hit.row.transport), parameter) {
                (Ok(origins), _) => {
                    for origin in origins {
                        Self::push(hit, place, origin, text.resolution, report);
                    }
                    seen.push(text);
                }
                (Err(reason), None) if let Some(maker) = self.listed_at_maker(hit, &reason, None) => {
                    let call = self.unresolved(hit, place, reason, &text);
                    self.below.entry(maker).or_default().push(call);
                    seen.push(text);
                }
                (Err(reason), None) => {
                    // A page that is delivered over TLS connects to nothing else.
                    if let (ReasonCode::SchemeRelative, Some(secure)) = (reason.code, secured(&text)) {
                        for origin in origins(&secure, hit.row.transport).unwrap_or_default() {
                            Self::push(hit, place, origin, text.resolution, report);
                        }
                    }
                    Self::push_whole_host(hit, place, &text, report);
                    report.unresolved.push(self.unresolved(hit, place, reason, &text));
                    seen.push(text);
                }
                (Err(reason), Some(function)) => {
                    let has_other = has_default || (!is_alone && self.parameter_of(function) == STATE);
                    self.report_callers(hit, place, function, (&reason, &text, has_other), seen, report);
                }
            }
        }
        seen.truncate(count);
    }

    fn report_callers(
        &mut self,
        hit: &Hit,
        place: &Place,
        function: (FileId, u32),
        (reason, text, has_default): (&Reason, &Text, bool),
        seen: &mut Vec<Text>,
        report: &mut Report,
    ) {
        let callers = self.callers.get(&function).cloned().unwrap_or_default();
        let is_lost = !self.assumed.is_empty() && self.ways > MOST_WAYS;
        // A property that no element gives has its default, and so has what an object may lack, and a state that nothing sets.
        let is_left_out =
            has_default && (text.is_optional() || matches!(self.parameter_of(function), PROPERTIES | STATE));
        if callers.is_empty() && (hit.row.only_absolute || is_left_out) {
            return;
        }
        if callers.is_empty() || self.is_assumed(function) || is_lost || self.assumed.len() >= MOST_LEVELS {
            // A state that is set to itself stays as it is.
            let is_itself = self.is_assumed(function) && self.parameter_of(function) == STATE;
            if (has_default && text.is_optional()) || is_itself {
                return;
            }
            let what =
                if callers.is_empty() { "nothing that is scanned calls it" } else { "too many calls lead there" };
            let maker = if callers.is_empty() { self.listed_at_maker(hit, reason, Some(function)) } else { None };
            let reason = Reason::new(reason.code, format!("{}: {what}", reason.detail));
            if let Some(maker) = maker {
                let call = self.unresolved(hit, place, reason, text);
                self.below.entry(maker).or_default().push(call);
                return;
            }
            Self::push_whole_host(hit, place, text, report);
            report.unresolved.push(self.unresolved(hit, place, reason, text));
            return;
        }
        for caller in callers.into_iter().filter(|caller| !caller.is_on_server) {
            let place = self.project.place(caller.file, caller.offset);
            self.ways += usize::from(!self.assumed.is_empty());
            self.under(caller, |resolver| match resolver.based_anew(hit) {
                Some(hit) => resolver.report_hit(&hit, &place, seen, report),
                None => resolver.report_hit(hit, &place, seen, report),
            });
        }
    }

    /// Reports the host before what isn't known, where it looks like a whole one: the path most often lacks its slash.
    fn push_whole_host(hit: &Hit, place: &Place, text: &Text, report: &mut Report) {
        if let Some(whole) = whole_host(text) {
            for origin in origins(&whole, hit.row.transport).unwrap_or_default() {
                Self::push(hit, place, origin, text.resolution, report);
            }
        }
    }

    pub(super) fn push(hit: &Hit, place: &Place, origin: String, resolution: Resolution, report: &mut Report) {
        for rule in hit.row.implied {
            match rule {
                Implied::Beside(beside, other) if *beside == origin => {
                    report.endpoints.push(sdk(hit, place, (*other).to_owned()));
                }
                Implied::Siblings => {
                    report.endpoints.extend(siblings(&origin).into_iter().map(|origin| sdk(hit, place, origin)));
                }
                _ => {}
            }
        }
        report.endpoints.push(match hit.row.rule {
            Some(_) => sdk(hit, place, origin),
            None => Endpoint::new(place.clone(), origin, hit.name.clone(), resolution),
        });
    }

    /// What is not known of a call, with the way that leads there.
    pub(super) fn unresolved(&self, hit: &Hit, place: &Place, reason: Reason, text: &Text) -> Unresolved {
        let mut chain = Vec::new();
        if hit.at != *place {
            chain.push(Step::sink_call(hit.at.clone(), &hit.name));
        }
        // The calls that hand the URL on; the last of them is the place itself.
        let between = self.way.split_last().map_or(&[][..], |(_, between)| between);
        chain.extend(between.iter().map(|(file, offset)| Step::hands_on(self.project.place(*file, *offset))));
        let trail = text.hole.iter().flat_map(Hole::trail);
        chain.extend(trail.map(|&(file, offset, name)| Step {
            place: self.project.place(file, offset),
            what: self.shown_name(file, name),
        }));
        Unresolved { chain, ..Unresolved::new(place.clone(), hit.name.clone(), reason) }
    }

    fn report_direct(&mut self, file: FileId, sink: &str, url: ExprId, offset: usize, report: &mut Report) {
        let place = self.project.place(file, offset);
        for text in self.values(file, url, &None).into_iter().map(Value::into_text) {
            let sink = sink.to_owned();
            match origins(&text, Transport::Http) {
                Ok(origins) => {
                    let endpoint = |origin| Endpoint::new(place.clone(), origin, sink.clone(), text.resolution);
                    report.endpoints.extend(origins.into_iter().map(endpoint));
                }
                Err(reason) => report.unresolved.push(Unresolved::new(place.clone(), sink, reason)),
            }
        }
    }
}

/// Where a call's scheme and its port depend on the same choice, their product has pairs that nothing connects to:
/// the port of plain HTTP with TLS, and the other way round.
fn drop_crossed_ports(endpoints: &mut Vec<Endpoint>) {
    let without_port = |origin: &str| {
        let (scheme, _) = origin.split_once("://")?;
        let port = if matches!(scheme, "https" | "wss") { ":80" } else { ":443" };
        origin.strip_suffix(port).map(str::to_owned)
    };
    let plain: HashSet<_> =
        endpoints.iter().map(|endpoint| (endpoint.place.clone(), endpoint.origin.clone())).collect();
    endpoints.retain(|endpoint| {
        without_port(&endpoint.origin).is_none_or(|origin| !plain.contains(&(endpoint.place.clone(), origin)))
    });
}
