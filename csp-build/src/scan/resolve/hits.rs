//! Calls that connect, and what their URLs can be.

use std::rc::Rc;

use super::Resolver;
use super::origin::{is_absolute, lacks_host};
use super::texts::based;
use super::value::{Client, FileId, Hole, Made, Text, Value};
use crate::scan::report::{Place, Reason, ReasonCode, Resolution};
use crate::scan::sinks::{Row, Transport, Where};
use crate::scan::summary::{CallSite, ExprId};

/// A call that connects.
pub(super) struct Hit {
    pub(super) name: String,
    pub(super) row: Rc<Row>,
    /// The row's URLs, or its bases where the call only makes a client.
    pub(super) urls: Vec<Where>,
    pub(super) bases: Vec<Value>,
    /// Whether the call itself says its base.
    pub(super) has_own_base: bool,
    /// The call that made the client whose bases these are.
    pub(super) made_by: Option<(FileId, ExprId)>,
    /// The functions whose parameters are options of the call, which may say another base.
    pub(super) options_of: Vec<(FileId, u32)>,
    pub(super) made: Made,
    /// The call, and its file.
    pub(super) site: (FileId, CallSite),
    /// Where the function is called that connects, whoever hands in the URL.
    pub(super) at: Place,
}

/// Methods of HTTP, as a first argument that is no URL.
pub(super) const METHODS: &[&str] = &["get", "post", "put", "patch", "delete", "head", "options"];

/// Schemes under which libraries have data of their own.
const OWN_SCHEMES: &[&str] = &["indexeddb:", "localstorage:", "mapbox:"];

/// Files that browsers play without a library.
const PLAYED: &[&str] = &[".mp3", ".mp4", ".ogg", ".ogv", ".webm"];

impl Resolver<'_> {
    pub(super) fn hit(
        &mut self,
        row: Rc<Row>,
        callee: &Value,
        made: &Made,
        site: (FileId, &CallSite),
        place: &Place,
    ) -> Hit {
        let only_makes = row.urls.is_empty();
        let (mut bases, mut options_of) = (Vec::<Value>::new(), Vec::new());
        let (mut has_own_base, mut made_by) = (false, None);
        if !only_makes {
            bases.extend(row.bases.iter().flat_map(|base| self.slot(made, base)));
            bases.retain(|base| !row.only_texts || matches!(base, Value::Text(_)));
            // Options that are handed on whole rarely have a base: what is known without them counts.
            options_of.extend(bases.iter().filter(|base| base.is_optional()).filter_map(|base| match base {
                Value::Unknown(hole) => hole.parameter,
                _ => None,
            }));
            bases.retain(|base| !base.is_optional());
            has_own_base = !bases.is_empty();
            if bases.is_empty() {
                bases = match callee {
                    Value::Client(client) | Value::Method(client, _) => {
                        made_by = client.place.filter(|place| !self.client_defaults.contains_key(place));
                        self.bases_of(client)
                    }
                    Value::External { source, .. } => self.defaults.get(source).cloned().unwrap_or_default(),
                    Value::Global(name) if name.starts_with("axios") => {
                        self.defaults.get("axios").cloned().unwrap_or_default()
                    }
                    _ => Vec::new(),
                };
            }
        }
        let urls = if only_makes { row.bases.clone() } else { row.urls.clone() };
        let site = (site.0, site.1.clone());
        let (name, made, at) = (name(&row, callee), made.clone(), place.clone());
        Hit { name, row, urls, bases, has_own_base, made_by, options_of, made, site, at }
    }

    /// What a client's relative URLs are below.
    fn bases_of(&self, client: &Client) -> Vec<Value> {
        let given = client.place.and_then(|place| self.client_defaults.get(&place));
        if client.class == "HttpClient" {
            return self.defaults.get("@angular/common/http").cloned().unwrap_or_default();
        }
        given.unwrap_or(&client.bases).clone()
    }

    /// The URLs of a call, below their bases.
    pub(super) fn texts(&mut self, hit: &Hit) -> Vec<Text> {
        self.steps = 0;
        let values = self.urls(hit);
        // What is relative is reported where the base is, if there is one.
        let is_base = |base: &Value| !base.is_empty_text();
        let is_below = hit.row.only_absolute && hit.bases.iter().any(is_base);
        let bases = match hit.bases.as_slice() {
            _ if is_below => Vec::new(),
            [] => self.base_urls.clone(),
            bases => bases.to_vec(),
        };
        let mut texts: Vec<Text> = Vec::new();
        for text in values.into_iter().map(Value::into_text).flat_map(|text| based(text, &bases)) {
            if !texts.contains(&text) {
                texts.push(text);
            }
        }
        // Of a base that is empty, those who call below it say all.
        let calls_say =
            hit.row.makes.and_then(|class| self.table.class(class, "")).is_some_and(|row| row.only_absolute);
        texts.retain(|text| !(calls_say && text.is_empty()));
        if is_below {
            texts.retain(|text| {
                is_absolute(&text.known) || text.hole.as_ref().is_some_and(|hole| hole.parameter.is_some())
            });
        }
        // `"keepalive" in new Request("")` asks what browsers can do.
        if hit.name == "Request" {
            texts.retain(|text| !text.is_empty());
            if texts.is_empty() {
                return texts;
            }
        }
        // A host that begins empty is one that the other values have.
        if texts.iter().any(|text| !lacks_host(&text.known)) {
            texts.retain(|text| !lacks_host(&text.known));
        }
        // A variable that begins empty gets its URL later: the page's own is not what is meant.
        for text in &mut texts {
            // No socket is opened to a page.
            let is_begun = text.resolution > Resolution::Literal || hit.row.transport == Transport::Socket;
            if text.is_empty() && is_begun && !hit.row.urls.is_empty() && !hit.row.defaults_to_self {
                let reason = Reason::new(ReasonCode::UnresolvedUrl, "an empty text, which gets its value elsewhere");
                text.hole = Some(Hole::new(reason));
            }
        }
        let is_called_with_nothing = hit.made.arguments.is_empty();
        let has_no_url = hit.urls.iter().all(|place| place.argument >= hit.made.arguments.len());
        if texts.is_empty() && has_no_url && hit.row.defaults_to_self {
            texts.push(Text { known: "/".to_owned(), ..Text::default() });
        } else if texts.is_empty() && !hit.row.may_lack_url && !hit.row.only_texts && !is_called_with_nothing {
            let reason = Reason::new(ReasonCode::UnresolvedUrl, "a value that can't be followed");
            texts.push(Value::unknown(reason).into_text());
        }
        texts
    }

    pub(super) fn urls(&mut self, hit: &Hit) -> Vec<Value> {
        let reads_options = hit.urls.iter().any(|place| !place.path.is_empty());
        let mut values = Vec::new();
        for place in &hit.urls {
            let mut found = self.given(hit, place);
            if hit.row.only_texts {
                found.retain(|value| !matches!(value, Value::Function(..)));
            }
            let found = self.called(found);
            let is_method = |value: &Value| matches!(value, Value::Text(text) if METHODS.iter().any(|method| text.known.eq_ignore_ascii_case(method)));
            if hit.row.method_first && place.argument == 0 && found.iter().any(is_method) {
                continue;
            }
            for value in found {
                match value {
                    Value::Literal(file, id, context, _) if !reads_options => {
                        values.extend(self.elements(file, id, &context));
                    }
                    Value::List(items) | Value::Row(items) => values.extend(items.iter().cloned()),
                    Value::Literal(..) if place.path.is_empty() => {}
                    value @ Value::Literal(..) if !hit.row.only_texts => values.push(value.no_option()),
                    Value::Text(_) | Value::Unknown(_) => values.push(value),
                    _ if hit.row.only_texts => {}
                    value => values.push(value),
                }
            }
            if hit.row.method_first {
                break;
            }
        }
        values.extend(self.nodes(hit).into_iter().map(Value::Text));
        if values.iter().any(|value| !value.is_no_option() && !matches!(value, Value::Nothing(_))) {
            values.retain(|value| !value.is_no_option());
        }
        // What a library reads under a scheme of its own, and what is played by an element.
        let is_own = |text: &Text| OWN_SCHEMES.iter().any(|scheme| text.known.starts_with(scheme));
        let is_element = |text: &Text| {
            let path = text.known.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
            hit.name.starts_with("video") && PLAYED.iter().any(|end| path.ends_with(end))
        };
        values.retain(|value| !matches!(value, Value::Text(text) if is_own(text) || is_element(text)));
        // `null` beside a URL is the case in which nothing connects.
        let is_nothing =
            |value: &Value| matches!(value, Value::Nothing(reason) if reason.code != ReasonCode::EnvMissing);
        if values.iter().any(|value| !is_nothing(value)) {
            values.retain(|value| !is_nothing(value));
        }
        for value in &mut values {
            if let Value::Text(text) = value
                && let Some(url) = text.known.strip_prefix("pmtiles://")
            {
                text.known = url.to_owned();
            }
        }
        values
    }

    /// A function in the place of a URL is called for it.
    fn called(&mut self, values: Vec<Value>) -> Vec<Value> {
        let mut called = Vec::new();
        for value in values {
            match value {
                function @ Value::Function(file, ..) => {
                    let made = Made { file, arguments: Vec::new(), context: None };
                    called.extend(self.call(function, &made));
                }
                value => called.push(value),
            }
        }
        called
    }
}

/// `fetch`, `axios.get`
fn name(row: &Row, callee: &Value) -> String {
    let (root, path) = match callee {
        Value::Global(name) => ("", name.as_str()),
        Value::External { source, path } => match source.strip_prefix("rust:") {
            Some(name) => return format!("{name}::{}", path.trim_start_matches('.').replace('.', "::")),
            None => (source.as_str(), path.as_str()),
        },
        Value::Method(_, path) => (row.of.unwrap_or_default(), path.as_str()),
        _ => (row.of.unwrap_or_default(), ""),
    };
    let separator = if root.contains("::") { "::" } else { "." };
    match (root.is_empty(), path.is_empty()) {
        (true, _) => path.to_owned(),
        (false, true) => root.to_owned(),
        (false, false) => format!("{root}{separator}{path}"),
    }
}
