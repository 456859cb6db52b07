//! What a page's session has told so far: console messages, response headers, finished loads.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use crate::cdp::Event;

/// A line of a page's console.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ConsoleMessage {
    /// Where it comes from: `console` for the page's own calls, `exception` for what it did not catch, else what the browser
    /// says, such as `security` for a breach of a policy and `network` for a failed request.
    pub source: String,
    /// `error`, `warning`, `log` and so on.
    pub level: String,
    /// The text; the arguments of a `console` call are joined by spaces.
    pub text: String,
}

/// Status and header fields of a response, as they came over the wire.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ResponseHead {
    /// The URL that was answered.
    pub url: String,
    /// The status code.
    pub status: u16,
    /// Names and values, sorted by name; repeated fields are apart, in their order.
    ///
    /// A character stands for a byte: `\u{e9}` is the byte `E9`, and a UTF-8 `é` looks like `Ã©`.
    pub headers: Vec<(String, String)>,
}

impl ResponseHead {
    /// The values of every field of this name.
    #[must_use]
    pub fn values(&self, name: &str) -> Vec<&str> {
        self.headers.iter().filter(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str()).collect()
    }
}

#[derive(Debug, Default)]
pub(crate) struct Recording {
    pub(crate) console: Vec<ConsoleMessage>,
    responses: Vec<Response>,
    /// Per request, the headers of each response (redirects first) as the network saw them.
    wire_headers: HashMap<String, Vec<Vec<(String, String)>>>,
    loaded: HashSet<String>,
}

#[derive(Debug)]
struct Response {
    request: String,
    /// Its place among the request's `wire_headers`, if it has one there: a response of the cache has not.
    hop: Option<usize>,
    head: ResponseHead,
}

impl Recording {
    pub(crate) fn record(&mut self, event: &Event) {
        let params = &event.params;
        match event.method.as_str() {
            "Log.entryAdded" => {
                let entry = &params["entry"];
                self.say(text(&entry["source"]), text(&entry["level"]), text(&entry["text"]));
            }
            "Runtime.consoleAPICalled" => {
                let words: Vec<_> = params["args"].as_array().into_iter().flatten().map(argument).collect();
                self.say("console".to_owned(), text(&params["type"]), words.join(" "));
            }
            "Runtime.exceptionThrown" => {
                let details = exception_text(&params["exceptionDetails"]);
                self.say("exception".to_owned(), "error".to_owned(), details);
            }
            "Network.requestWillBeSent" if params.get("redirectResponse").is_some() => {
                self.response(params, &params["redirectResponse"], &params["redirectHasExtraInfo"]);
            }
            "Network.responseReceived" if params["type"] != "Preflight" => {
                self.response(params, &params["response"], &params["hasExtraInfo"]);
            }
            "Network.responseReceivedExtraInfo" => {
                let headers = headers(&params["headers"]);
                self.wire_headers.entry(text(&params["requestId"])).or_default().push(headers);
            }
            "Page.lifecycleEvent" if params["name"] == "load" => {
                self.loaded.insert(text(&params["loaderId"]));
            }
            _ => {}
        }
    }

    /// Whether the document of this loader has finished loading.
    pub(crate) fn has_loaded(&self, loader: &str) -> bool {
        self.loaded.contains(loader)
    }

    /// The latest response for `url`, once everything about it has been told.
    pub(crate) fn response_head(&self, url: &str) -> Option<ResponseHead> {
        let response = self.responses.iter().rev().find(|response| response.head.url == url)?;
        let mut head = response.head.clone();
        if let Some(hop) = response.hop {
            head.headers.clone_from(self.wire_headers.get(&response.request)?.get(hop)?);
        }
        Some(head)
    }

    fn say(&mut self, source: String, level: String, text: String) {
        self.console.push(ConsoleMessage { source, level, text });
    }

    fn response(&mut self, params: &Value, response: &Value, has_wire_headers: &Value) {
        let request = text(&params["requestId"]);
        let earlier = self.responses.iter().filter(|other| other.request == request && other.hop.is_some());
        let hop = (*has_wire_headers == true).then(|| earlier.count());
        let status = response["status"].as_u64().and_then(|status| u16::try_from(status).ok()).unwrap_or_default();
        let head = ResponseHead { url: text(&response["url"]), status, headers: headers(&response["headers"]) };
        self.responses.push(Response { request, hop, head });
    }
}

/// What an exception says, its stack included.
pub(crate) fn exception_text(details: &Value) -> String {
    let exception = &details["exception"];
    [&exception["description"], &exception["value"], &details["text"]]
        .into_iter()
        .find(|value| !value.is_null())
        .map_or_else(|| details.to_string(), text)
}

/// Headers as a JSON object, where the values of a repeated name stand on lines of their own.
///
/// The browser has the raw header block too (`headersText`), but loses every byte there that is no UTF-8, and its neighbours.
fn headers(object: &Value) -> Vec<(String, String)> {
    let mut headers = Vec::new();
    for (name, values) in object.as_object().into_iter().flatten() {
        headers.extend(text(values).split('\n').map(|value| (name.clone(), value.to_owned())));
    }
    headers
}

fn argument(argument: &Value) -> String {
    match argument.get("value") {
        Some(value) => text(value),
        None => text(&argument["description"]),
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
