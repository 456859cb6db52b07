//! The attributes of htmx, on whatever element: they are requests of script.

use html5gum::emitters::default::StartTag;

/// What names of its attributes have in common.
pub(crate) const WORDS: &[&str] = &["hx-", "sse-connect", "ws-connect"];

/// Attributes whose value is a URL, without `data-`, which may stand before them.
const REQUESTS: &[&str] = &["hx-delete", "hx-get", "hx-patch", "hx-post", "hx-put", "sse-connect", "ws-connect"];

/// Those of version 1 that have the URL behind a word.
const OLD: &[&str] = &["hx-sse", "hx-ws"];

/// What a tag connects to: the attribute, and the URL.
pub(crate) fn calls(tag: &StartTag<usize>) -> impl Iterator<Item = (&'static str, String)> {
    tag.attributes.iter().filter_map(|(name, value)| {
        let name = std::str::from_utf8(name).ok()?;
        let name = name.strip_prefix("data-").unwrap_or(name);
        let value = String::from_utf8_lossy(value);
        if let Some(sink) = REQUESTS.iter().find(|sink| **sink == name) {
            return Some((*sink, value.trim().to_owned()));
        }
        if let Some(sink) = OLD.iter().find(|sink| **sink == name) {
            let mut words = value.split_ascii_whitespace();
            let url = words.find_map(|word| word.strip_prefix("connect:"))?;
            let url = if url.is_empty() { words.next().unwrap_or_default() } else { url };
            return Some((*sink, url.to_owned()));
        }
        // Links and forms of the page's own origin become requests.
        (name == "hx-boost" && value.trim() == "true").then(|| ("hx-boost", String::new()))
    })
}
