//! Pages: a policy, an origin, and URLs that are tried there.

use csp_core::SourceExpression;

use crate::random::Random;

/// A host that is a redirector in every policy that a redirect is tried under.
pub(crate) const REDIRECTOR: &str = "redirector.test";

/// A page and what it tries.
pub(crate) struct Page {
    pub(crate) origin: &'static str,
    /// The value of its header.
    pub(crate) policy: String,
    pub(crate) attempts: Vec<Attempt>,
}

/// A URL that the page tries.
pub(crate) struct Attempt {
    pub(crate) url: String,
    /// By way of a redirect from [`REDIRECTOR`].
    pub(crate) redirected: bool,
}

const ORIGINS: [&str; 8] = [
    "http://page.test",
    "https://page.test",
    "http://page.test:8080",
    "https://page.test:8443",
    "http://a.test",
    "https://b.a.test",
    "http://127.0.0.1:8080",
    "http://localhost:3000",
];

const HOSTS: [&str; 16] = [
    "a.test",
    "b.a.test",
    "c.b.a.test",
    "ba.test",
    "test",
    "page.test",
    "localhost",
    "app.localhost",
    "127.0.0.1",
    "10.0.0.1",
    "xn--bcher-kva.test",
    "a-b.test",
    "a--b.test",
    "3com.test",
    "a.test.",
    "x.page.test",
];

const PORTS: [&str; 6] = ["", ":80", ":443", ":8080", ":8443", ":3000"];

const PATHS: [&str; 8] = ["", "/", "/v1", "/v1/", "/v1/x", "/a/b", "/a/", "/V1/"];

const BAD_HOSTS: [&str; 14] = [
    "*",
    "*.a.test",
    "*.test",
    "*.b.a.test",
    "*.localhost",
    "*.0.0.1",
    "A.TEST",
    "a_b.test",
    "[::1]",
    "a..test",
    "*a.test",
    "a.*.test",
    "u@a.test",
    ".a.test",
];

const BAD_PORTS: [&str; 8] = [":*", ":00080", ":0443", ":65536", ":99999999999", ":", ":80a", ":0"];

const BAD_PATHS: [&str; 16] = [
    "/a%2Fb",
    "/a%2fb/",
    "//v1",
    "/%zz",
    "/v1?q",
    "/v1/?q",
    "/v1#f",
    "?q",
    "/a|b",
    "/[x",
    "/v1/*",
    "/caf%C3%A9",
    "/caf%E9",
    "/%76%31",
    "/v1%2F",
    "/v1\\x",
];

const WORDS: [&str; 22] = [
    "'self'",
    "'SELF'",
    "'none'",
    "'None'",
    "'unsafe-inline'",
    "'nonce-abc'",
    "'sha256-abc='",
    "'slef'",
    "self",
    "none",
    "data:",
    "blob:",
    "https:",
    "http:",
    "ws:",
    "wss:",
    "HTTPS:",
    "htps:",
    "*",
    "a.test,b.a.test",
    "https:/a.test",
    "https//a.test",
];

const SCHEMES: [&str; 5] = ["https://", "http://", "wss://", "ws://", ""];

/// A source that a declaration admits.
fn clean_source(random: &mut Random) -> String {
    let mut candidates = (0..1000).map(|_| plain_source(random));
    candidates.find(|source| SourceExpression::declare(source).is_ok()).unwrap()
}

/// A source without a deliberate mistake.
fn plain_source(random: &mut Random) -> String {
    if random.chance(10) {
        return "'self'".to_owned();
    }
    if random.chance(10) {
        return random.pick(&["*", "https:", "wss:", "http:", "ws:", "data:", "https://*", "http://*:*"]).to_owned();
    }
    let scheme = SCHEMES[random.below(4)];
    let host = match random.below(10) {
        0..=2 => BAD_HOSTS[1 + random.below(4)],
        _ => HOSTS[random.below(HOSTS.len() - 2)],
    };
    let port = if random.chance(25) { ":*" } else { port(random) };
    format!("{scheme}{host}{port}{}", PATHS[random.below(PATHS.len())])
}

fn port(random: &mut Random) -> &'static str {
    if random.chance(50) { "" } else { PORTS[random.below(PORTS.len())] }
}

/// Any token, malformed ones among them.
fn any_source(random: &mut Random) -> String {
    if random.chance(25) {
        return random.pick(&WORDS).to_owned();
    }
    let scheme = if random.chance(10) {
        random.pick(&["HTTPS://", "Http://", "htps://", "://", "//"])
    } else {
        random.pick(&SCHEMES)
    };
    let host = if random.chance(35) { random.pick(&BAD_HOSTS) } else { random.pick(&HOSTS) };
    let port = if random.chance(20) { random.pick(&BAD_PORTS) } else { port(random) };
    let path = if random.chance(25) { random.pick(&BAD_PATHS) } else { random.pick(&PATHS) };
    let mut source = format!("{scheme}{host}{port}{path}");
    if random.chance(4) {
        // Characters where they don't belong.
        const STRAYS: &[u8] = b"'*:/.@%?#-_\"~!(){}\\^`|<>=+&$[]0A";
        let position = random.below(source.len() + 1);
        source.insert(position, char::from(STRAYS[random.below(STRAYS.len())]));
    }
    source
}

fn source_list(random: &mut Random, clean: bool) -> Vec<String> {
    let length = match random.below(10) {
        0 => 0,
        1..=4 => 1,
        5..=7 => 2,
        _ => 3 + random.below(3),
    };
    (0..length).map(|_| if clean { clean_source(random) } else { any_source(random) }).collect()
}

fn directive(random: &mut Random, clean: bool, redirector: bool, sources: &mut Vec<String>) -> String {
    const NAMES: [&str; 12] = [
        "connect-src",
        "connect-src",
        "connect-src",
        "connect-src",
        "connect-src",
        "connect-src",
        "connect-src",
        "default-src",
        "default-src",
        "Connect-SRC",
        "img-src",
        "connect_src",
    ];
    let name = NAMES[random.below(if clean { 9 } else { NAMES.len() })];
    let mut list = source_list(random, clean);
    sources.extend(list.iter().cloned());
    if redirector {
        list.insert(random.below(list.len() + 1), format!("http://{REDIRECTOR}"));
    }
    let blank = if clean || random.chance(80) { " " } else { random.pick(&["  ", "\t", " \u{c}", "\u{c}"]) };
    let mut text = name.to_owned();
    for source in list {
        text.push_str(blank);
        text.push_str(&source);
    }
    text
}

/// A spelling of a host that parsers may know it by.
fn respell(random: &mut Random, host: &str) -> String {
    match random.below(10) {
        0 => host.to_ascii_uppercase(),
        1 if host == "127.0.0.1" => {
            random.pick(&["127.1", "0x7f.1", "2130706433", "017700000001", "127.0.0.1."]).to_owned()
        }
        1 if host == "10.0.0.1" => random.pick(&["10.1", "0xa.0.0.1", "167772161"]).to_owned(),
        1 if host == "xn--bcher-kva.test" => {
            random.pick(&["bücher.test", "BÜCHER.test", "b\u{fc}cher。test"]).to_owned()
        }
        2 => host.replace('a', "%61"),
        3 => host.replace('a', "ａ"),
        4 => host.replacen('t', "\tt", 1),
        5 => format!("{host}."),
        6 => format!("x.{host}"),
        _ => host.to_owned(),
    }
}

fn url(random: &mut Random, origin: &str, sources: &[String], clean: bool, redirected: bool) -> String {
    let secure = origin.starts_with("https");
    // What a source names is the more interesting.
    let named = (!sources.is_empty() && random.chance(85)).then(|| &sources[random.below(sources.len())]);
    let bare = named.map(|source| source.split_once("://").map_or(source.as_str(), |(_, rest)| rest));
    let own_host = bare.map(|rest| rest.split([':', '/', '?', '#']).next().unwrap().to_owned());
    let host = match own_host {
        Some(host) if HOSTS.contains(&host.as_str()) => host,
        Some(host) if host.starts_with("*.") && random.chance(80) => {
            let below = random.pick(&["", "b.", "c.b."]);
            format!("{below}{}", &host[2..])
        }
        Some(host) if host.contains('\'') => origin.split_once("://").unwrap().1.split(':').next().unwrap().to_owned(),
        _ => random.pick(&HOSTS).to_owned(),
    };
    let host = match random.below(100) {
        0..=5 => "[::1]".to_owned(),
        6..=30 if !clean => respell(random, &host),
        6..=15 => respell(random, &host),
        _ => host,
    };
    let scheme = match (random.below(10), named.and_then(|source| source.split_once("://")).map(|(scheme, _)| scheme)) {
        (0..=5, Some(scheme)) if SCHEMES.contains(&format!("{}://", scheme.to_ascii_lowercase()).as_str()) => {
            format!("{scheme}://")
        }
        (6..=7, Some("http")) => "https://".to_owned(),
        (6..=7, Some("ws")) => "wss://".to_owned(),
        _ if secure => random.pick(&["https://", "wss://", "https://", "http://", "ws://"]).to_owned(),
        _ => random.pick(&["https://", "wss://", "http://", "ws://"]).to_owned(),
    };
    let named_port = bare.and_then(|rest| rest.split('/').next()?.rsplit_once(':')).map(|(_, port)| format!(":{port}"));
    let port = match named_port {
        Some(port) if PORTS.contains(&port.as_str()) && random.chance(50) => port,
        _ => port(random).to_owned(),
    };
    let named_path = bare.and_then(|rest| rest.find('/').map(|start| rest[start..].to_owned()));
    let path = match named_path {
        Some(path) if random.chance(60) => {
            if random.chance(20) {
                format!("{path}x")
            } else {
                path
            }
        }
        _ if random.chance(20) => random.pick(&BAD_PATHS).to_owned(),
        _ => random.pick(&PATHS).to_owned(),
    };
    // A redirect to a URL with credentials fails for another reason than the policy.
    let userinfo = if !redirected && random.chance(4) { random.pick(&["u@", "u:p@", "a.test@", "@"]) } else { "" };
    if random.chance(3) {
        // Backslashes and missing slashes, which URL parsers mend.
        return match random.below(4) {
            0 => format!("{}{host}{port}\\v1", scheme.replace('/', "\\")),
            1 => format!("{}{host}{port}/v1", scheme.replace("//", "/")),
            2 => format!(" {scheme}{host}{port}/v1\t"),
            _ => format!("{scheme}/{host}{port}{path}"),
        };
    }
    format!("{scheme}{userinfo}{host}{port}{path}")
}

impl Page {
    /// A page of any policy.
    pub(crate) fn any(random: &mut Random, urls: usize) -> Self {
        let clean = random.chance(50);
        Self::generate(random, urls, clean)
    }

    /// A page whose policy has only sources that a declaration admits.
    pub(crate) fn declared(random: &mut Random, urls: usize) -> Self {
        Self::generate(random, urls, true)
    }

    fn generate(random: &mut Random, urls: usize, clean: bool) -> Self {
        let origin = ORIGINS[random.below(ORIGINS.len())];
        // A redirect needs a page whose requests to plain http are not stopped for another reason.
        let redirector = origin.starts_with("http:") && random.chance(40);
        let mut sources = Vec::new();
        let mut policy = directive(random, clean, redirector, &mut sources);
        while random.chance(if clean { 15 } else { 30 }) {
            policy.push_str(if random.chance(70) {
                random.pick(&[";", "; ", " ;;", "; ;"])
            } else {
                random.pick(&[",", ", "])
            });
            policy.push_str(&directive(random, clean, redirector, &mut sources));
        }
        if !clean && random.chance(3) {
            policy.push_str(" https://é.test");
        }
        let attempts = (0..urls)
            .map(|_| {
                let redirected = redirector && random.chance(40);
                let url = url(random, origin, &sources, clean, redirected);
                let redirected = redirected && url.starts_with("http");
                Attempt { url, redirected }
            })
            .collect();
        Self { origin, policy, attempts }
    }
}
