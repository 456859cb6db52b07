//! What the tests read of the panel, and how they talk to its server.

use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
    thread,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

const PATIENCE: Duration = Duration::from_secs(10);

const ROWS: &str = r#"
[...document.querySelectorAll("[data-group]")].map(row => ({
    ...row.dataset,
    url: row.querySelector("a.url").textContent,
    sentence: row.querySelector(".reason-text").textContent,
    entry: row.querySelector(".entry")?.textContent ?? "",
    text: row.innerText,
}))"#;

const COUNTERS: &str = r##"
Object.fromEntries([...document.querySelectorAll("#totals [data-counter]")]
    .map(element => [element.dataset.counter, Number(element.textContent.replaceAll(",", ""))]))"##;

const DETAIL: &str = r##"
(() => {
    const text = selector => document.querySelector(selector)?.innerText ?? null;
    return {
        title: text("h1"), badges: text(".badges"), entry: text("#entry"), document: text("#document"),
        position: text("#position"), decides: text(".policy .decides mark"), policy: text(".policy"),
        advice: document.querySelector("#advice").parentElement.innerText,
        differs: [text("#blocked mark"), text("#nearest mark")],
    };
})()"##;

/// Elements that the panel doesn't make, characters that nobody sees, and what a script would have left.
pub(crate) const INTEGRITY: &str = r#"
({
    foreign: [...document.querySelectorAll(
        "script:not([src$='/panel.js']), img, iframe, object, embed, base, math, style, form:not([action]), " +
        "a:not([href^='group/']):not([href^='./']):not([href^='../']):not([href^='?']):not([href='#main']), " +
        "[onerror], [onload], [onclick], [onmouseover], [style]"
    )].map(element => element.outerHTML),
    unseen: [...document.documentElement.textContent.matchAll(
        /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g
    )].map(([character]) => character.codePointAt(0)),
    hacked: window.hacked ?? null,
})"#;

/// What is wrong for those who see, hear or type otherwise than others: names, headings, contrast, sizes.
pub(crate) const ACCESSIBILITY: &str = include_str!("accessibility.js");

/// The rows that have the focus, after j, j, j, k.
pub(crate) const KEYBOARD: &str = r#"
["j", "j", "j", "k"].map(key => {
    document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    return document.activeElement.textContent;
})"#;

/// A row of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) id: String,
    pub(crate) url: String,
    pub(crate) directive: String,
    pub(crate) disposition: String,
    pub(crate) by: String,
    pub(crate) reason: String,
    pub(crate) sentence: String,
    pub(crate) entry: String,
    pub(crate) text: String,
}

pub(crate) fn rows(mut evaluate: impl FnMut(&str) -> Value) -> Vec<Row> {
    let row = |row: &Value| {
        let text = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
        Row {
            id: text("group"),
            url: text("url"),
            directive: text("directive"),
            disposition: text("disposition"),
            by: text("by"),
            reason: text("reason"),
            sentence: text("sentence"),
            entry: text("entry"),
            text: text("text"),
        }
    };
    evaluate(ROWS).as_array().unwrap().iter().map(row).collect()
}

/// Waits until the page shows so many rows, and no others.
pub(crate) fn wait_for_rows(count: usize, mut evaluate: impl FnMut(&str) -> Value) -> Vec<Row> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let rows = rows(&mut evaluate);
        if rows.len() == count {
            return rows;
        }
        assert!(Instant::now() < deadline, "{count} rows never came, but {}: {rows:#?}", rows.len());
        thread::sleep(Duration::from_millis(50));
    }
}

pub(crate) fn counters(mut evaluate: impl FnMut(&str) -> Value) -> Value {
    evaluate(COUNTERS)
}

pub(crate) fn detail(mut evaluate: impl FnMut(&str) -> Value) -> Value {
    evaluate(DETAIL)
}

/// The answer to a request.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// Names in lower case.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

/// Asks a server for something, without a browser.
pub(crate) fn http(address: &str, method: &str, target: &str, headers: &[(&str, &str)], body: &str) -> Answer {
    let mut connection = TcpStream::connect(address).unwrap();
    connection.set_read_timeout(Some(PATIENCE)).unwrap();
    let host =
        if headers.iter().any(|(name, _)| *name == "host") { String::new() } else { format!("host: {address}\r\n") };
    let fields: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    let length = body.len();
    write!(
        connection,
        "{method} {target} HTTP/1.1\r\n{host}{fields}content-length: {length}\r\nconnection: close\r\n\r\n{body}"
    )
    .unwrap();
    let mut answer = Vec::new();
    // A stream of events never ends: what came so far counts.
    let _ = connection.read_to_end(&mut answer);
    let answer = String::from_utf8_lossy(&answer);
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
    let mut lines = head.lines();
    let status =
        lines.next().and_then(|line| line.split(' ').nth(1)).and_then(|code| code.parse().ok()).unwrap_or_default();
    let headers = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_lowercase(), value.trim().to_owned()));
    Answer { status, headers: headers.collect(), body: body.to_owned() }
}

/// Texts that would do harm if they were anything but text.
pub(crate) const HOSTILE: &[&str] = &[
    "<script>window.hacked=1</script>",
    "\"><img src=x onerror=window.hacked=1>",
    "'><svg onload=window.hacked=1>",
    "</title><script>window.hacked=1</script>",
    "</textarea></select></svg><script>window.hacked=1</script>",
    "javascript:window.hacked=1",
    "\" onmouseover=\"window.hacked=1\" x=\"",
    "&lt;script&gt;window.hacked=1&lt;/script&gt;",
    "{{constructor.constructor('window.hacked=1')()}}",
    "\u{202e}gpj.exe\u{2066}\u{200b}\u{feff}",
    "\u{0}\u{7}\u{1b}[31mred\u{85}\u{9f}\r\n\tbreak",
    "data:text/html,<script>window.hacked=1</script>",
];

/// Sends each hostile text in each member of a report, as the text alone and within a URL, in both wire formats.
pub(crate) fn send_hostile_reports(address: &str) {
    let long = format!("https://long.example/{}", "a".repeat(2000));
    for (number, text) in HOSTILE.iter().copied().chain([long.as_str(), &"w".repeat(1500)]).enumerate() {
        let host = format!("https://hostile{number}.example");
        let directive = |text: &str| if number % 2 == 0 { "connect-src".to_owned() } else { text.to_owned() };
        for url in [text.to_owned(), format!("{host}/{text}?{text}#{text}"), format!("https://{text}.example/")] {
            let legacy = json!({ "csp-report": {
                "document-uri": format!("http://{address}/{text}"), "referrer": url, "blocked-uri": url,
                "effective-directive": directive(text), "violated-directive": text,
                "original-policy": format!("connect-src 'self' {host}/{text}; {text} {url}; default-src {text}"),
                "disposition": "enforce", "status-code": 200, "script-sample": text, "source-file": url,
                "line-number": 7, "column-number": 3,
            }});
            let modern = json!([{ "age": 1, "type": "csp-violation", "url": url, "user_agent": text, "body": {
                "documentURL": format!("{host}/{text}"), "referrer": url, "blockedURL": url,
                "effectiveDirective": directive(text), "originalPolicy": format!("default-src {url}; connect-src {text}"),
                "sourceFile": url, "sample": text, "disposition": "report", "statusCode": 200, "lineNumber": 1, "columnNumber": 2,
            }}]);
            for (kind, body) in [("application/csp-report", legacy), ("application/reports+json", modern)] {
                let user_agent = "<b>agent</b>";
                let headers = [("content-type", kind), ("user-agent", user_agent)];
                let answer = http(address, "POST", "/__csp/report", &headers, &body.to_string());
                assert_eq!(answer.status, 204, "{kind} {number}");
            }
        }
    }
    // Until the last of them is there to see.
    let deadline = Instant::now() + PATIENCE;
    let last = format!("hostile{}.example", HOSTILE.len() + 1);
    while !http(address, "GET", "/__csp/?noise=1&state=all", &[], "").body.contains(&last) {
        assert!(Instant::now() < deadline, "the reports never came");
        thread::sleep(Duration::from_millis(50));
    }
}
