use csp_core::Origin;

use crate::choices::Choices;
use crate::hosts;

/// A list of sources, some behind gates, and a URL: one decision to be made in every way.
#[derive(Clone, Debug)]
pub struct Case {
    /// The texts of the sources. Those that browsers don't read are left out.
    pub tokens: Vec<String>,
    /// The numbers of the sources' gates, from 1, 0 for none. A shorter list is gone through again.
    pub gates: Vec<u16>,
    /// Which gates are open, as many as `gates` names.
    pub open: Vec<bool>,
    /// The page that `'self'` and scheme-less sources are for.
    pub page: Option<Origin>,
    /// The text of a URL, or of none.
    pub url: String,
    /// Whether a redirect led there.
    pub redirected: bool,
}

const PAGES: [&str; 6] =
    ["https://a.bb", "http://a.bb", "http://a.bb:81", "https://a.bb:8443", "http://127.0.0.1", "ws://b.a.bb"];
const SCHEMES: [&str; 12] = [
    "https://", "http://", "wss://", "ws://", "https://", "http://", "", "HTTPS://", "ipc://", "data:", "https:/",
    "x+y://",
];
const PORTS: [&str; 16] =
    ["", "", "", "", ":80", ":443", ":81", ":8443", ":*", ":*", ":1", ":0", ":065", ":65535", ":65536", ":"];
const PATHS: [&str; 20] = [
    "",
    "",
    "",
    "/",
    "/v1",
    "/v1/",
    "/v1/x",
    "/v1/../x",
    "/v1/%2e%2e/x",
    "/v1/%2fx",
    "/a%20b",
    "/a b",
    "/%C3%A9",
    "/%E9",
    "/\u{e9}",
    "/%zz",
    "/..;/v1/",
    "/v1/%252f",
    "/\\x",
    "//v1",
];
const TAILS: [&str; 10] = ["", "", "", "", "?q", "#f", "?q=/@:#f", "? ", "#\u{e9}", "?\t"];
const CHARACTERS: [&str; 24] = [
    "a", "b", "/", ".", "..", "%", "2", "f", "e", "E", "C3", "A9", "5c", ";", "\\", "?", "#", "@", ":", "*", "-", "\t",
    " ", "\u{e9}",
];

impl Case {
    /// The case that bytes stand for: mostly sources and a URL that one of them was made into.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Self {
        let mut choices = Choices::new(bytes);
        let page = Origin::parse(choices.pick(&PAGES)).filter(|_| choices.below(2) == 1);
        let redirected = choices.rarely(4);
        let has_gates = choices.rarely(4);
        let open = vec![choices.below(2) == 1, choices.below(2) == 1];
        let mut parts: Vec<[String; 4]> = (0..=choices.below(8)).map(|_| source(&mut choices)).collect();
        let gates = if has_gates { parts.iter().map(|_| u16::from(choices.below(3))).collect() } else { Vec::new() };
        let chosen = usize::from(choices.byte()) % parts.len();
        let url = url(parts[chosen].clone(), &mut choices);
        if choices.rarely(32) {
            let count = choices.byte();
            parts.extend((0..count).map(|number| ["https://", &format!("h{number}.a.bb"), "", ""].map(str::to_owned)));
        }
        let tokens = parts.iter().map(|parts| parts.concat()).collect();
        Self { tokens, gates, open, page, url, redirected }
    }

    /// The case that a text writes out: the URL in the first line, the sources below.
    #[must_use]
    pub fn from_text(text: &str) -> Self {
        let (url, list) = text.split_once('\n').unwrap_or((text, ""));
        let tokens = list.split_ascii_whitespace().map(str::to_owned).collect();
        let page = Origin::parse(PAGES[url.len() % PAGES.len()]).filter(|_| list.len() % 2 == 1);
        Self { tokens, gates: Vec::new(), open: Vec::new(), page, url: url.to_owned(), redirected: false }
    }
}

/// Scheme, host, port and path of a source.
fn source(choices: &mut Choices<'_>) -> [String; 4] {
    if choices.rarely(12) {
        let whole =
            choices.pick(&["'self'", "*", "https:", "http:", "ws:", "data:", "ipc:", "'none'", "'nonce-a'", "*/v1"]);
        return [whole.to_owned(), String::new(), String::new(), String::new()];
    }
    let scheme = choices.pick(&SCHEMES).to_owned();
    let host = match choices.below(8) {
        0 => format!("*.{}", hosts::host(choices)),
        1 if choices.rarely(2) => "*".to_owned(),
        _ => hosts::host(choices),
    };
    [scheme, host, choices.pick(&PORTS).to_owned(), path(choices)]
}

fn path(choices: &mut Choices<'_>) -> String {
    if choices.rarely(6) { format!("/{}", choices.text(&CHARACTERS, 8)) } else { choices.pick(&PATHS).to_owned() }
}

/// A URL near a source: a host below it, and one part or the other changed.
fn url(parts: [String; 4], choices: &mut Choices<'_>) -> String {
    let [mut scheme, mut host, mut port, mut own_path] = parts;
    if scheme.is_empty() || choices.rarely(4) {
        choices.pick(&SCHEMES).clone_into(&mut scheme);
    }
    if let Some(parent) = host.strip_prefix("*.") {
        host = format!("b.{parent}");
    } else if matches!(host.as_str(), "*" | "") {
        host = hosts::host(choices);
    }
    if port == ":*" {
        port = choices.pick(&PORTS).replace('*', "9");
    }
    let changes = choices.byte();
    if changes & 1 == 1 {
        host = respelled_often(&host, choices);
    }
    if changes & 6 == 6 {
        choices.pick(&PORTS).clone_into(&mut port);
    }
    if changes & 8 == 8 {
        own_path += &path(choices);
    }
    if changes & 0x70 == 0x70 {
        host = format!("{}@{host}", choices.pick(&["u", "", ":", "u:p", "a.bb", "a.bb:80"]));
    }
    format!("{scheme}{host}{port}{own_path}{}", choices.pick(&TAILS))
}

fn respelled_often(host: &str, choices: &mut Choices<'_>) -> String {
    if choices.rarely(4) { hosts::host(choices) } else { hosts::respelled(host, choices) }
}
