//! From calls to endpoints.

use std::rc::Rc;

use super::Resolver;
use super::library::{based, is_from};
use super::origin::origins;
use super::value::{FileId, Hole, Made, Text, Value};
use crate::scan::report::{Endpoint, Place, Reason, ReasonCode, Report, Unresolved};
use crate::scan::sinks::{MAKERS, Maker, Root, SINKS, Sink, Slot, Transport};
use crate::scan::summary::{CallSite, ExprId};

/// The most calls between a URL and the function that connects to it.
const MOST_LEVELS: usize = 3;

/// The most callers that are asked for what they hand in.
const MOST_CALLERS: usize = 16;

/// A call that connects.
struct Hit {
    name: String,
    transport: Transport,
    urls: &'static [Slot],
    bases: Vec<Value>,
    made: Made,
    /// Without a URL it connects to the page's own origin.
    defaults_to_self: bool,
    /// Nothing is wrong where there is no URL.
    may_lack_url: bool,
}

impl Resolver<'_> {
    /// Looks at all calls of all files. Files that an import brings in while looking are looked at, too.
    pub(crate) fn report(&mut self) -> Report {
        let mut report = Report::default();
        self.each_call(Self::find_callers);
        self.find_defaults();
        self.each_call(|resolver, file, site| resolver.find_hits(file, site, &mut report));
        let mut file = 0;
        while let Some(entry) = self.project.files.get(file) {
            let (parsed, is_scanned) = (Rc::clone(&entry.parsed), entry.is_scanned);
            for (sink, site) in parsed.summary.direct.iter().filter(|_| is_scanned) {
                self.report_direct(file, sink, site.expression, site.offset, &mut report);
            }
            if let (Some((reason, offset)), true) = (&parsed.problem, is_scanned) {
                let place = self.project.place(file, *offset);
                report.unresolved.push(Unresolved { place, sink: "file".to_owned(), reason: reason.clone() });
            }
            file += 1;
        }
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

    /// `axios.defaults.baseURL = …`
    fn find_defaults(&mut self) {
        let mut file = 0;
        while let Some(parsed) = self.project.summary(file) {
            for &(target, value) in &parsed.summary.assignments {
                for target in self.values(file, target, &None) {
                    if let Value::External { source, path } = target
                        && path == "defaults.baseURL"
                    {
                        let values = self.values(file, value, &None);
                        self.defaults.entry(source).or_default().extend(values);
                    }
                }
            }
            file += 1;
        }
    }

    fn find_hits(&mut self, file: FileId, site: &CallSite, report: &mut Report) {
        let (found, made) = self.callees(file, site);
        let place = self.project.place(file, site.offset);
        for callee in found {
            if let Value::Unknown(Hole { parameter: Some(function), .. }) = callee {
                // A client may be handed in: who calls tells which.
                let outside: Vec<_> =
                    self.callers.get(&function).into_iter().flatten().take(MOST_CALLERS).cloned().collect();
                for outer in outside {
                    self.assumed.push(outer.frame);
                    let (callees, made) = self.callees(file, site);
                    for callee in &callees {
                        self.report_callee(callee, &made, &place, report);
                    }
                    self.assumed.pop();
                }
            } else {
                self.report_callee(&callee, &made, &place, report);
            }
        }
    }

    fn report_callee(&mut self, callee: &Value, made: &Made, place: &Place, report: &mut Report) {
        // Most calls are of the front end's own functions: no table has those.
        if matches!(callee, Value::Function(..) | Value::Class(..) | Value::Unknown(_)) {
            return;
        }
        let hit = if let Some(sink) = SINKS.iter().find(|sink| is_from(callee, sink.root, sink.paths)) {
            self.sink_hit(sink, callee, made)
        } else if let Some(maker) = MAKERS.iter().find(|maker| is_from(callee, maker.root, maker.paths)) {
            if maker.bases.is_empty() {
                return;
            }
            maker_hit(maker, callee, made)
        } else {
            return;
        };
        self.report_hit(&hit, place, &mut Vec::new(), report);
    }

    fn sink_hit(&mut self, sink: &'static Sink, callee: &Value, made: &Made) -> Hit {
        let mut bases: Vec<Value> = sink.bases.iter().flat_map(|&base| self.slot(made, base)).collect();
        if bases.is_empty() {
            bases = match callee {
                Value::Client(client) | Value::Method(client, _) => client.bases.clone(),
                Value::External { source, .. } => self.defaults.get(source).cloned().unwrap_or_default(),
                _ => Vec::new(),
            };
        }
        Hit {
            name: name(sink.root, callee),
            transport: sink.transport,
            urls: sink.urls,
            bases,
            made: made.clone(),
            defaults_to_self: sink.defaults_to_self,
            may_lack_url: matches!(sink.root, Root::Package(_) | Root::Client(_)),
        }
    }

    /// Reports a call, and where its URL is a parameter, the calls of that function instead.
    fn report_hit(&mut self, hit: &Hit, place: &Place, seen: &mut Vec<Text>, report: &mut Report) {
        let texts = self.texts(hit);
        let count = seen.len();
        for text in texts {
            if seen.contains(&text) {
                continue;
            }
            let parameter = text.hole.as_ref().and_then(|hole| hole.parameter);
            match (origins(&text, hit.transport), parameter) {
                (Ok(origins), _) => {
                    for origin in origins {
                        let (place, sink, resolution) = (place.clone(), hit.name.clone(), text.resolution);
                        report.endpoints.push(Endpoint { place, origin, sink, resolution });
                    }
                    seen.push(text);
                }
                (Err(reason), None) => {
                    report.unresolved.push(Unresolved { place: place.clone(), sink: hit.name.clone(), reason });
                    seen.push(text);
                }
                (Err(reason), Some(function)) => self.report_callers(hit, place, function, &reason, seen, report),
            }
        }
        seen.truncate(count);
    }

    fn report_callers(
        &mut self,
        hit: &Hit,
        place: &Place,
        function: (FileId, u32),
        reason: &Reason,
        seen: &mut Vec<Text>,
        report: &mut Report,
    ) {
        let is_assumed = self.assumed.iter().any(|frame| (frame.file, frame.function) == function);
        let callers = self.callers.get(&function).cloned().unwrap_or_default();
        if callers.is_empty() || is_assumed || self.assumed.len() >= MOST_LEVELS {
            let what =
                if callers.is_empty() { "nothing that is scanned calls it" } else { "too many calls lead there" };
            let reason = Reason::new(reason.code, format!("{}: {what}", reason.detail));
            report.unresolved.push(Unresolved { place: place.clone(), sink: hit.name.clone(), reason });
            return;
        }
        for caller in callers {
            let place = self.project.place(caller.file, caller.offset);
            self.assumed.push(Rc::clone(&caller.frame));
            self.report_hit(hit, &place, seen, report);
            self.assumed.pop();
        }
    }

    /// The URLs of a call, below their bases.
    fn texts(&mut self, hit: &Hit) -> Vec<Text> {
        self.steps = 0;
        let reads_options = hit.urls.iter().any(|slot| matches!(slot, Slot::Key(..)));
        let mut values = Vec::new();
        for &slot in hit.urls {
            for value in self.slot(&hit.made, slot) {
                match value {
                    Value::Literal(file, id, context, _) if !reads_options => {
                        values.extend(self.elements(file, id, &context));
                    }
                    Value::Literal(..) if matches!(slot, Slot::Argument(_)) => {}
                    value => values.push(value),
                }
            }
        }
        let mut texts: Vec<Text> = Vec::new();
        for text in values.into_iter().map(Value::into_text).flat_map(|text| based(text, &hit.bases)) {
            if !texts.contains(&text) {
                texts.push(text);
            }
        }
        if texts.is_empty() && hit.made.arguments.is_empty() && hit.defaults_to_self {
            texts.push(Text { known: "/".to_owned(), ..Text::default() });
        } else if texts.is_empty() && !hit.may_lack_url && !hit.made.arguments.is_empty() {
            texts
                .extend([Value::unknown(Reason::new(ReasonCode::UnresolvedUrl, "a value that can't be followed"))
                    .into_text()]);
        }
        texts
    }

    fn report_direct(&mut self, file: FileId, sink: &str, url: ExprId, offset: usize, report: &mut Report) {
        let place = self.project.place(file, offset);
        for text in self.values(file, url, &None).into_iter().map(Value::into_text) {
            let sink = sink.to_owned();
            match origins(&text, Transport::Http) {
                Ok(origins) => report.endpoints.extend(origins.into_iter().map(|origin| Endpoint {
                    place: place.clone(),
                    origin,
                    sink: sink.clone(),
                    resolution: text.resolution,
                })),
                Err(reason) => report.unresolved.push(Unresolved { place: place.clone(), sink, reason }),
            }
        }
    }
}

fn maker_hit(maker: &'static Maker, callee: &Value, made: &Made) -> Hit {
    Hit {
        name: name(maker.root, callee),
        transport: Transport::Http,
        urls: maker.bases,
        bases: Vec::new(),
        made: made.clone(),
        defaults_to_self: false,
        may_lack_url: true,
    }
}

/// `fetch`, `axios.get`
fn name(root: Root, callee: &Value) -> String {
    let (root, path) = match callee {
        Value::Global(name) => ("", name.as_str()),
        Value::External { source, path } => (source.as_str(), path.as_str()),
        Value::Method(_, path) => (root.name(), path.as_str()),
        _ => (root.name(), ""),
    };
    match (root.is_empty(), path.is_empty()) {
        (true, _) => path.to_owned(),
        (false, true) => root.to_owned(),
        (false, false) => format!("{root}.{path}"),
    }
}
