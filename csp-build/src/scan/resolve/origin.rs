//! From the known beginning of a URL to its origin.

use csp_core::Entry;
use url::Url;

use super::value::Text;
use crate::scan::report::{Reason, ReasonCode, SELF_ORIGIN};
use crate::scan::sinks::Transport;

/// Stands for the host of the page in a text; no name under `invalid` can be registered.
pub(crate) const PAGE_HOST: &str = "page.csp-scan.invalid";
/// Stands for the scheme of the page.
pub(crate) const PAGE_SCHEME: &str = "page-scheme:";

/// What comes behind a host that would go on with a word.
pub(super) const GLUED: &str = "a host with a path that has no `/`";

/// Whether a host would go on with a word that another value brings: `https://a.example` and `users`.
pub(super) fn is_glued(known: &str, end: &str) -> bool {
    let Some((_, host)) = known.split_once("://") else { return false };
    host.contains('.')
        && host.ends_with(|last: char| last.is_ascii_alphanumeric())
        && end.starts_with(|first: char| first.is_ascii_alphanumeric())
}

/// The origins that a URL of this text leads to.
pub(crate) fn origins(text: &Text, transport: Transport) -> Result<Vec<String>, Reason> {
    let known = text.known.trim_start();
    let Some((scheme, rest)) = split_scheme(known) else { return relative(known, text) };
    if scheme.eq_ignore_ascii_case("data") || scheme.eq_ignore_ascii_case("blob") {
        return Ok(vec![format!("{}:", scheme.to_ascii_lowercase())]);
    }
    let of_page = format!("{scheme}:") == PAGE_SCHEME;
    if !of_page && !matches!(scheme.to_ascii_lowercase().as_str(), "http" | "https" | "ws" | "wss") {
        return Err(invalid(known, "has a scheme that connect-src doesn't govern"));
    }
    let slashes = rest.len() - rest.trim_start_matches(['/', '\\']).len();
    let authority = rest.get(slashes..).unwrap_or_default();
    if slashes < 2 {
        return match &text.hole {
            Some(_) if authority.is_empty() => Err(missing(text, ReasonCode::DynamicHost)),
            _ => Err(invalid(known, "has no `//` after its scheme")),
        };
    }
    if lacks_host(known) {
        return Err(missing(&Text { hole: None, ..text.clone() }, ReasonCode::DynamicHost));
    }
    let end = authority.find(['/', '\\', '?', '#']);
    if end.is_none() && text.hole.is_some() {
        return Err(missing(text, ReasonCode::DynamicHost));
    }
    let authority = authority.get(..end.unwrap_or(authority.len())).unwrap_or_default();
    if authority == PAGE_HOST {
        return Ok(vec![SELF_ORIGIN.to_owned()]);
    }
    if authority.contains(PAGE_HOST) {
        return Err(Reason::new(ReasonCode::DynamicHost, "the page's own host with another port or a prefix"));
    }
    if of_page {
        return Err(scheme_relative(authority));
    }
    absolute(&scheme.to_ascii_lowercase(), authority, transport)
}

fn absolute(scheme: &str, authority: &str, transport: Transport) -> Result<Vec<String>, Reason> {
    let written = format!("{scheme}://{authority}");
    let Ok(url) = Url::parse(&written) else { return Err(invalid(&written, "is no URL")) };
    let Some(host) = url.host_str().filter(|host| !host.is_empty()) else {
        return Err(invalid(&written, "has no host"));
    };
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    let secure = matches!(scheme, "https" | "wss");
    let schemes: &[&str] = match (transport, secure) {
        (Transport::Http, _) => &[scheme],
        (Transport::Socket, true) => &["wss"],
        (Transport::Socket, false) => &["ws"],
        (Transport::Both, true) => &["https", "wss"],
        (Transport::Both, false) => &["http", "ws"],
    };
    schemes.iter().map(|scheme| declared(format!("{scheme}://{host}{port}"))).collect()
}

/// What no declaration can take is no endpoint: a placeholder, most often.
pub(crate) fn declared(origin: String) -> Result<String, Reason> {
    let entry = Entry { justified: true, ..Entry::source(&origin) };
    let is_ok = csp_core::check(&[entry]).is_ok();
    if is_ok { Ok(origin) } else { Err(invalid(&origin, "can't stand in a policy")) }
}

fn relative(known: &str, text: &Text) -> Result<Vec<String>, Reason> {
    if known.starts_with("//") || known.starts_with("/\\") || known.starts_with('\\') {
        let authority = known.trim_start_matches(['/', '\\']);
        if authority.is_empty() {
            return Err(missing(text, ReasonCode::DynamicHost));
        }
        let end = authority.find(['/', '\\', '?', '#']).unwrap_or(authority.len());
        let host = authority.get(..end).unwrap_or_default();
        if host == PAGE_HOST && (text.hole.is_none() || end < authority.len()) {
            return Ok(vec![SELF_ORIGIN.to_owned()]);
        }
        return Err(scheme_relative(host));
    }
    // What may still become a scheme or a host is not known; after a `/`, `?` or `#` it can't.
    if text.hole.is_none() || known.contains(['/', '?', '#']) {
        return Ok(vec![SELF_ORIGIN.to_owned()]);
    }
    Err(missing(text, ReasonCode::UnresolvedUrl))
}

/// The scheme before the first colon, if there is one.
fn split_scheme(text: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = text.split_once(':')?;
    let mut characters = scheme.chars();
    let is_scheme = characters.next().is_some_and(|first| first.is_ascii_alphabetic())
        && characters.all(|next| next.is_ascii_alphanumeric() || matches!(next, '+' | '-' | '.'));
    is_scheme.then_some((scheme, rest))
}

/// Whether a text goes on after its origin, so that nothing appended changes it.
pub(crate) fn has_origin(known: &str) -> bool {
    let known = known.trim_start();
    match split_scheme(known) {
        Some((_, rest)) => {
            let authority = rest.trim_start_matches(['/', '\\']);
            rest.len() >= authority.len() + 2 && authority.contains(['/', '\\', '?', '#'])
        }
        None => false,
    }
}

/// The same of one without a scheme, too.
pub(super) fn has_host(known: &str) -> bool {
    let is_relative =
        known.strip_prefix("//").is_some_and(|rest| !rest.starts_with('/') && rest.contains(['/', '?', '#']));
    is_relative || has_origin(known)
}

/// A URL of which the end isn't known, up to its host, where that ends with what can be the last label of a name.
pub(super) fn whole_host(text: &Text) -> Option<Text> {
    text.hole.as_ref().filter(|hole| hole.reason.detail != GLUED)?;
    let (scheme, host) = text.known.split_once("://")?;
    let (rest, last) = host.rsplit_once('.')?;
    let is_label = last.len() > 1 && last.chars().all(|letter| letter.is_ascii_alphabetic());
    let is_whole = is_label && rest.contains(|letter: char| letter.is_ascii_alphanumeric()) && !scheme.is_empty();
    is_whole.then(|| Text { hole: None, known: format!("{}/", text.known), ..text.clone() })
}

/// A URL cut behind its origin, where many of them are compared.
pub(super) fn without_path(text: Text) -> Text {
    let start = if has_origin(&text.known) {
        text.known.find("//").map(|slashes| slashes + 2)
    } else {
        (text.known.starts_with('/') && !text.known.starts_with("//") && text.known.len() > 1).then_some(0)
    };
    let Some(start) = start else { return text };
    let end = text.known.get(start..).and_then(|rest| rest.find(['/', '?', '#'])).map(|end| start + end);
    let known = text.known.get(..end.unwrap_or(text.known.len())).unwrap_or_default();
    Text { known: format!("{known}/"), hole: None, ..text }
}

/// A URL that leaves its scheme to the page, as a page that is delivered over TLS has it.
pub(super) fn secured(text: &Text) -> Option<Text> {
    let known = text.known.trim_start();
    let rest = known.strip_prefix(PAGE_SCHEME).unwrap_or(known).strip_prefix("//")?;
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    // A host without a dot is a path with an empty part more often.
    let has_host = host.contains('.') && (text.hole.is_none() || host.len() < rest.len());
    (has_host && !host.contains(PAGE_HOST)).then(|| Text { known: format!("https://{rest}"), ..text.clone() })
}

/// Whether nothing stands where the host does. A browser takes the first part of the path for it, which nobody means.
pub(super) fn lacks_host(known: &str) -> bool {
    split_scheme(known.trim_start()).is_some_and(|(_, rest)| rest.starts_with("///"))
}

/// Whether a URL stands without a base.
pub(crate) fn is_absolute(known: &str) -> bool {
    let known = known.trim_start();
    split_scheme(known).is_some() || known.starts_with("//")
}

/// Whether a text is a path on a host that is told elsewhere, whatever follows: a slash, and no second one.
pub(super) fn is_path(text: &str) -> bool {
    text.starts_with('/') && !text.starts_with("//") && text.len() > 1
}

fn missing(text: &Text, code: ReasonCode) -> Reason {
    let Some(hole) = &text.hole else {
        return Reason::new(code, "the URL has no host");
    };
    if text.known.is_empty() {
        return Reason::clone(&hole.reason);
    }
    let shown = shown(&text.known);
    Reason::new(code, format!("after `{shown}` comes {}", hole.reason.detail))
}

fn scheme_relative(host: &str) -> Reason {
    let detail = format!("`//{}` has the scheme of the page: write the scheme", shown(host));
    Reason::new(ReasonCode::SchemeRelative, detail)
}

fn invalid(text: &str, what: &str) -> Reason {
    Reason::new(ReasonCode::InvalidUrl, format!("`{}` {what}", shown(text)))
}

fn shown(text: &str) -> String {
    let text = text.replace(PAGE_SCHEME, "${location.protocol}").replace(PAGE_HOST, "${location.host}");
    csp_core::excerpt(&text)
}
