//! The monitor, as a user runs it: browsers break a policy, and its panel shows what was blocked, and why.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

mod panel;

use std::path::Path;

use csp_browser_tests::Example;
use csp_harness::{Browser, Firefox, Page, Request, Response, Server, require_chromium, require_firefox};
use panel::{Row, detail, http, rows, wait_for, wait_for_rows};
use serde_json::{Value, json};

fn example() -> Example {
    Example::start("monitor", Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap()).unwrap()
}

fn address(example: &Example) -> &str {
    example.origin().strip_prefix("http://").unwrap()
}

/// Every host but 127.0.0.1, where the example listens, leads to the address.
fn chromium(program: &Path, destination: &str, extra: &[&str]) -> Browser {
    let rules = format!(
        "--host-resolver-rules=MAP *.google.com ^NOTFOUND,MAP *.googleapis.com ^NOTFOUND,MAP * {destination},EXCLUDE 127.0.0.1"
    );
    Browser::launch(program, &[&[rules.as_str(), "--ignore-certificate-errors"], extra].concat()).unwrap()
}

/// Who noticed it, directive, start of the exact URL, disposition, reason, and the line to add.
type Expected = (&'static str, &'static str, &'static str, &'static str, &'static str, &'static str);

/// What the example's page does, in the order of the blocked URLs. The last segment of each is a number.
const EXPECTED: &[Expected] = &[
    (
        "guard",
        "connect-src",
        "https://hoks.example.net/orders/",
        "enforce",
        "no-source-for-host",
        "\"https://hoks.example.net\",",
    ),
    (
        "browser",
        "connect-src",
        "https://api.example.com/v2/orders/",
        "enforce",
        "path",
        "\"https://api.example.com/v2/orders/\",",
    ),
    (
        "browser",
        "connect-src",
        "https://api.example.com:8443/v1/orders/",
        "enforce",
        "port",
        "\"https://api.example.com:8443\",",
    ),
    ("browser", "img-src", "https://images.example.com/logo/", "enforce", "no-source-for-host", ""),
    (
        "browser",
        "connect-src",
        "https://metrics.evil.example/collect/",
        "enforce",
        "no-source-for-host",
        "\"https://metrics.evil.example\",",
    ),
    (
        "browser",
        "connect-src",
        "https://stream.example.net/events/",
        "enforce",
        "no-source-for-host",
        "\"https://stream.example.net\",",
    ),
    (
        "browser",
        "connect-src",
        "https://stream.exmple.com/notifications/",
        "enforce",
        "no-source-for-host",
        "\"https://stream.exmple.com\",",
    ),
    ("browser", "connect-src", "wss://live.example.com/feed/", "enforce", "subdomain", "\"wss://live.example.com\","),
];

/// What has the example's origin in its URL.
fn expected_of_own_origin(origin: &str) -> [(String, &'static str, &'static str); 2] {
    [
        (format!("{origin}/away/"), "connect-src", "redirect"),
        (format!("{origin}/page.css"), "style-src-elem", "empty-list"),
    ]
}

fn assert_shown(rows: &[Row], origin: &str) {
    for &(by, directive, url, disposition, reason, entry) in EXPECTED {
        let row =
            rows.iter().find(|row| row.url.starts_with(url)).unwrap_or_else(|| panic!("{url} is not in {rows:#?}"));
        let number = &row.url[url.len()..];
        assert!(number.parse::<u32>().is_ok(), "{row:?}");
        let found = [&row.by, &row.directive, &row.disposition, &row.reason, &row.entry].map(String::as_str);
        assert_eq!(found, [by, directive, disposition, reason, entry], "{row:?}");
        assert!(row.text.contains(directive) && !row.sentence.is_empty(), "{row:?}");
    }
    for (url, directive, reason) in expected_of_own_origin(origin) {
        let row =
            rows.iter().find(|row| row.url.starts_with(&url)).unwrap_or_else(|| panic!("{url} is not in {rows:#?}"));
        assert_eq!((row.reason.as_str(), row.entry.as_str()), (reason, ""), "{row:?}");
        // Firefox names the directive that the policy has, not the one that it falls back from.
        assert!(directive.starts_with(&row.directive), "{row:?}");
    }
}

const ROWS: usize = EXPECTED.len() + 2;

#[test]
fn chromium_shows_what_it_blocked() {
    let Some(program) = require_chromium("chromium_shows_what_it_blocked") else { return };
    let example = example();
    let browser = chromium(&program, "^NOTFOUND", &[]);
    let mut panel = browser.page().unwrap();
    panel.navigate(&format!("{}/__csp/", example.origin())).unwrap();
    assert_eq!(rows(|script| panel.evaluate(script).unwrap()), []);
    let empty = panel.evaluate("document.querySelector('#rows').innerText").unwrap();
    // The header in force, as it came with the page.
    assert!(empty.as_str().unwrap().contains("connect-src 'self' https://api.example.com/v1/"), "{empty}");

    let mut page = browser.page().unwrap();
    page.navigate(&format!("{}/", example.origin())).unwrap();
    let shown = wait_for_rows(ROWS, |script| panel.evaluate(script).unwrap());
    assert_shown(&shown, example.origin());

    // The sum is there to see, and holds.
    let counters = panel::counters(|script| panel.evaluate(script).unwrap());
    let [received, accepted] = ["received", "accepted"].map(|name| counters[name].as_u64().unwrap());
    assert!(received == accepted && accepted >= ROWS as u64 - 1, "{counters}");
    assert_eq!(counters["refused by the server"], 1);
    let api: Value =
        serde_json::from_str(&http(address(&example), "GET", "/__csp/api/counters", &[], "").body).unwrap();
    assert_eq!([&api["received"], &api["accepted"]], [received, accepted]);

    assert_quiet(&mut panel);
}

/// Nothing of a page is stopped by its policy, and nothing fails.
fn assert_quiet(page: &mut Page) {
    let console = page.console().unwrap();
    assert!(console.iter().all(|message| !matches!(message.level.as_str(), "error" | "warning")), "{console:#?}");
}

#[test]
fn firefox_shows_what_it_blocked() {
    let Some(program) = require_firefox("firefox_shows_what_it_blocked") else { return };
    let example = example();
    // Every connection leads to the server, so it passes on what is for the example.
    let server = Server::start(forward(address(&example).to_owned(), |_| None));
    let browser = Firefox::launch_for(&program, &server).unwrap();
    let mut page = browser.page().unwrap();
    let mut panel = browser.page().unwrap();
    panel.navigate("http://localhost/__csp/").unwrap();
    page.navigate("http://localhost/").unwrap();
    // Its order of events is another one: the panel is asked, not watched.
    let shown = wait_for_rows(ROWS, |script| {
        panel.navigate("http://localhost/__csp/").unwrap();
        panel.evaluate(script).unwrap()
    });
    assert_shown(&shown, "http://localhost");
}

/// A server that answers some requests itself and passes the others on.
fn forward(
    example: String,
    own: impl Fn(&Request) -> Option<Response> + Send + Sync + 'static,
) -> impl Fn(&Request) -> Response + Send + Sync + 'static {
    move |request| {
        if let Some(response) = own(request) {
            return response;
        }
        let target = request.target.clone();
        let headers: Vec<_> = ["accept", "content-type", "cookie", "sec-fetch-site", "user-agent"]
            .into_iter()
            .filter_map(|name| Some((name, request.header(name)?)))
            .collect();
        let body = String::from_utf8_lossy(&request.body);
        let answer = http(&example, &request.method, &target, &headers, &body);
        let skipped = ["connection", "content-length", "date", "transfer-encoding"];
        let headers = answer.headers.iter().filter(|(name, _)| !skipped.contains(&name.as_str()));
        headers.fold(Response::new(answer.status).body(answer.body), |response, (name, value)| {
            response.header(name, value)
        })
    }
}

/// A server of https that passes on to the example, but for a page with `report-to`; and what arrived at the example.
struct Https {
    example: Example,
    server: Server,
}

impl Https {
    const CALL: &str = "fetch('https://stream.exmple.com/notifications?key=s3cret').catch(() => true)";

    fn start() -> Self {
        let example = example();
        let head = http(address(&example), "GET", "/", &[], "");
        let policy = head.headers.iter().find(|(name, _)| name == "content-security-policy").unwrap().1.clone();
        // Browsers use `report-to` where both are there.
        let header = format!("{policy}; report-to csp");
        let server = Server::start_tls(forward(address(&example).to_owned(), move |request| {
            let page = Response::html("<title>Shop</title>")
                .header("Content-Security-Policy", &header)
                .header("Reporting-Endpoints", "csp=\"/__csp/report\"");
            (request.host() == "shop.test" && request.path() == "/").then_some(page)
        }));
        Self { example, server }
    }

    fn check(&self, shown: &[Row]) {
        let found = [&shown[0].url, &shown[0].directive, &shown[0].reason, &shown[0].entry].map(String::as_str);
        let expected = [
            "https://stream.exmple.com/notifications",
            "connect-src",
            "no-source-for-host",
            "\"https://stream.exmple.com\",",
        ];
        assert_eq!(found, expected);
        let reports = self.server.requests().into_iter().filter(|request| request.path() == "/__csp/report");
        let kinds: Vec<_> = reports.map(|request| request.header("content-type").unwrap().to_owned()).collect();
        assert_eq!(kinds, ["application/reports+json"]);
    }
}

#[test]
fn chromium_delivers_to_report_to_over_https() {
    let Some(program) = require_chromium("chromium_delivers_to_report_to_over_https") else { return };
    let https = Https::start();
    // Reports wait for a minute otherwise.
    let browser = chromium(&program, &https.server.address().to_string(), &["--short-reporting-delay"]);
    let mut panel = browser.page().unwrap();
    panel.navigate(&format!("{}/__csp/", https.example.origin())).unwrap();
    let mut page = browser.page().unwrap();
    page.navigate("https://shop.test/").unwrap();
    page.evaluate(Https::CALL).unwrap();
    https.check(&wait_for_rows(1, |script| panel.evaluate(script).unwrap()));
}

#[test]
fn firefox_delivers_to_report_to_over_https() {
    let Some(program) = require_firefox("firefox_delivers_to_report_to_over_https") else { return };
    let https = Https::start();
    let browser = Firefox::launch_for(&program, &https.server).unwrap();
    let mut panel = browser.page().unwrap();
    let mut page = browser.page().unwrap();
    page.navigate("https://shop.test/").unwrap();
    page.evaluate(Https::CALL).unwrap();
    let shown = wait_for_rows(1, |script| {
        panel.navigate("http://localhost/__csp/").unwrap();
        panel.evaluate(script).unwrap()
    });
    https.check(&shown);
}

#[test]
fn a_policy_in_an_element_is_heard_of_too() {
    let Some(program) = require_chromium("a_policy_in_an_element_is_heard_of_too") else { return };
    let example = example();
    let browser = chromium(&program, "^NOTFOUND", &[]);
    let mut panel = browser.page().unwrap();
    // The policy is none that the server knows of.
    panel.navigate(&format!("{}/__csp/?noise=1", example.origin())).unwrap();
    let mut page = browser.page().unwrap();
    page.navigate(&format!("{}/meta", example.origin())).unwrap();
    let shown = wait_for_rows(2, |script| panel.evaluate(script).unwrap());
    let mut urls: Vec<_> = shown.iter().map(|row| row.url.as_str()).collect();
    urls.sort_unstable();
    assert_eq!(urls, ["https://api.example.com/v1/users", "https://stream.exmple.net/notifications"]);
    assert!(shown.iter().all(|row| row.directive == "connect-src"), "{shown:?}");
}

#[test]
fn the_listener_stops_where_the_policy_stops_it() {
    const PAGE: &str = r#"<!doctype html><script src="/__csp/listener.js"></script>
        <meta http-equiv="Content-Security-Policy" content="connect-src 'none'"><title>Stopped</title>"#;
    let Some(program) = require_chromium("the_listener_stops_where_the_policy_stops_it") else { return };
    let example = example();
    let server = Server::start(forward(address(&example).to_owned(), |request| {
        (request.path() == "/page").then(|| Response::html(PAGE))
    }));
    let browser = chromium(&program, &server.address().to_string(), &[]);
    let mut page = browser.page().unwrap();
    page.navigate("http://shop.test/page").unwrap();
    page.evaluate(
        "addEventListener('securitypolicyviolation', event => (window.blocked ??= []).push(event.blockedURI))",
    )
    .unwrap();
    page.evaluate("fetch('https://evil.example/').catch(() => true)").unwrap();
    page.wait_for_console(|message| {
        message.level == "warning" && message.text.contains("http://shop.test/__csp/report")
    })
    .unwrap();
    // A second breach is none of its business any more.
    page.evaluate("fetch('https://evil.example/2').catch(() => true)").unwrap();
    let blocked = page.evaluate("new Promise(done => setTimeout(() => done(window.blocked), 500))").unwrap();
    assert_eq!(blocked, json!(["https://evil.example/", "http://shop.test/__csp/report", "https://evil.example/2"]));
    assert!(server.requests().iter().all(|request| request.path() != "/__csp/report"));
}

#[test]
fn the_listener_leaves_to_the_browser_what_it_reports() {
    const POLICY: &str = "connect-src 'self'; report-uri /own";
    let Some(program) = require_chromium("the_listener_leaves_to_the_browser_what_it_reports") else { return };
    let example = example();
    let server = Server::start(forward(address(&example).to_owned(), |request| match request.path() {
        "/page" => Some(
            Response::html(r#"<script src="/__csp/listener.js"></script>"#).header("Content-Security-Policy", POLICY),
        ),
        "/all" => Some(
            Response::html(r#"<script src="/__csp/listener.js" data-all></script>"#)
                .header("Content-Security-Policy", POLICY),
        ),
        "/own" | "/__csp/report" => Some(Response::new(204)),
        _ => None,
    }));
    let browser = chromium(&program, &server.address().to_string(), &[]);
    let mut page = browser.page().unwrap();
    for (path, expected) in [("/page", 0), ("/all", 1)] {
        server.clear();
        page.navigate(&format!("http://shop.test{path}")).unwrap();
        // The same twice is one, with queries and fragments taken off.
        page.evaluate("Promise.allSettled([1, 2].map(number => fetch(`https://evil.example/x?key=${number}`)))")
            .unwrap();
        page.evaluate("new Promise(done => setTimeout(done, 500))").unwrap();
        let requests = server.requests();
        let sent: Vec<_> = requests.iter().filter(|request| request.path() == "/__csp/report").collect();
        assert_eq!(sent.len(), expected, "{path}");
        for request in sent {
            let body: Value = serde_json::from_slice(&request.body).unwrap();
            assert_eq!(body.as_array().unwrap().len(), 1, "{body}");
            assert_eq!(body[0]["body"]["blockedURL"], "https://evil.example/x", "{body}");
            assert_eq!(body[0]["body"]["originalPolicy"], POLICY);
        }
    }
}

#[test]
fn a_test_violation_shows_that_all_works() {
    let Some(program) = require_chromium("a_test_violation_shows_that_all_works") else { return };
    let example = example();
    let browser = chromium(&program, "^NOTFOUND", &[]);
    let mut panel = browser.page().unwrap();
    panel.navigate(&format!("{}/__csp/", example.origin())).unwrap();
    panel.evaluate("document.querySelector('form[action=test] button').click()").unwrap();
    let shown = wait_for_rows(1, |script| panel.evaluate(script).unwrap());
    assert!(shown[0].text.contains("Test") && shown[0].url == "https://test-violation.invalid/", "{shown:?}");
    assert_quiet(&mut panel);
}

#[test]
fn a_group_is_explained_and_settled() {
    let Some(program) = require_chromium("a_group_is_explained_and_settled") else { return };
    let example = example();
    let browser = chromium(&program, "^NOTFOUND", &[]);
    let mut panel = browser.page().unwrap();
    panel.navigate(&format!("{}/__csp/", example.origin())).unwrap();
    let mut page = browser.page().unwrap();
    page.navigate(&format!("{}/", example.origin())).unwrap();
    let shown = wait_for_rows(ROWS, |script| panel.evaluate(script).unwrap());
    let link = |url: &str| {
        let row = shown.iter().find(|row| row.url.contains(url)).unwrap();
        format!("{}/__csp/group/{}", example.origin(), row.id)
    };

    panel.navigate(&link("stream.exmple.com")).unwrap();
    let found = detail(|script| panel.evaluate(script).unwrap());
    assert!(found["title"].as_str().unwrap().starts_with("https://stream.exmple.com/notifications/"), "{found}");
    assert_eq!(found["differs"], json!(["stream.exmple.com", "stream.example.com"]));
    assert_eq!(found["decides"], "connect-src");
    assert_eq!(found["entry"], "\"https://stream.exmple.com\",");
    assert_eq!(found["document"], format!("{}/", example.origin()));
    // Where in the page's script.
    let position = found["position"].as_str().unwrap();
    assert!(position.starts_with(&format!("{}/page.js:", example.origin())), "{position}");
    assert_eq!(position.matches(':').count(), 4, "{position}");
    assert!(found["advice"].as_str().unwrap().contains("Found by the scan at web/page.js:"), "{found}");

    panel.navigate(&link("images.example.com")).unwrap();
    let found = detail(|script| panel.evaluate(script).unwrap());
    assert_eq!(found["decides"], "default-src");
    assert!(found["policy"].as_str().unwrap().contains("decides, for want of img-src"), "{found}");

    panel.navigate(&link("/away/")).unwrap();
    let found = detail(|script| panel.evaluate(script).unwrap());
    let advice = found["advice"].as_str().unwrap();
    assert!(advice.contains("This URL is allowed by your policy; a redirect target was blocked."), "{advice}");

    panel.navigate(&link("hoks.example.net")).unwrap();
    let found = detail(|script| panel.evaluate(script).unwrap());
    assert!(found["badges"].as_str().unwrap().contains("Refused\nBy the server"), "{found}");
    assert!(
        found["position"].as_str().unwrap().ends_with(".rs:33")
            || found["position"].as_str().unwrap().contains("main.rs:")
    );

    // The page of a group is live too, unless it is paused.
    panel.navigate(&link("stream.exmple.com")).unwrap();
    panel.evaluate("document.querySelector('#live').click()").unwrap();
    panel.evaluate("document.querySelector('#live').getAttribute('aria-pressed') === 'true' || fail()").unwrap();
    page.evaluate("document.querySelector('#calls button').click()").unwrap();
    let count = "Number(document.querySelector('#frequency [data-count]').dataset.count)";
    let mut list = browser.page().unwrap();
    list.navigate(&format!("{}/__csp/?q=exmple", example.origin())).unwrap();
    wait_for(|| {
        let text = rows(|script| list.evaluate(script).unwrap()).remove(0).text;
        text.contains("×2").then_some(())
    });
    assert_eq!(panel.evaluate(count).unwrap(), 1);
    panel.evaluate("document.querySelector('#live').click()").unwrap();
    wait_for(|| (panel.evaluate(count).unwrap() == 2).then_some(()));
    assert!(detail(|script| panel.evaluate(script).unwrap())["samples"] == 2);
    panel.navigate(&link("hoks.example.net")).unwrap();

    // Settled groups leave the list, and a filter has them.
    list.navigate(&format!("{}/__csp/", example.origin())).unwrap();
    panel.evaluate("document.querySelector('#to-ignored').click()").unwrap();
    let shown = wait_for_rows(ROWS - 1, |script| list.evaluate(script).unwrap());
    assert!(shown.iter().all(|row| row.by != "guard"), "{shown:?}");
    for (query, expected) in [
        ("state=ignored", 1),
        ("state=all", ROWS),
        ("state=all&by=guard", 1),
        ("disposition=report", 1),
        ("disposition=enforce", ROWS - 2),
        ("directive=img-src", 1),
        ("q=exmple", 1),
        ("q=EXMPLE+notifications", 1),
        ("q=nothing-like-it", 0),
        ("page=https%3A%2F%2Fother.example", 0),
        ("offset=100", 0),
    ] {
        list.navigate(&format!("{}/__csp/?{query}", example.origin())).unwrap();
        assert_eq!(rows(|script| list.evaluate(script).unwrap()).len(), expected, "{query}");
    }
    assert_quiet(&mut panel);
    assert_quiet(&mut list);
}

#[test]
fn what_reports_say_stays_text() {
    let Some(program) = require_chromium("what_reports_say_stays_text") else { return };
    let example = example();
    panel::send_hostile_reports(address(&example));
    let browser = chromium(&program, "^NOTFOUND", &[]);
    let mut panel = browser.page().unwrap();
    panel.navigate(&format!("{}/__csp/?noise=1&state=all", example.origin())).unwrap();
    let shown = rows(|script| panel.evaluate(script).unwrap());
    assert!(shown.len() >= panel::HOSTILE.len(), "{shown:#?}");
    // Every fifth: two formats and three places for each text, so that each comes with each in the course of the list.
    let pages = shown
        .iter()
        .step_by(5)
        .map(|row| format!("group/{}", row.id))
        .chain(["?noise=1&state=all&q=%3Cscript%3Ealert(1)%3C/script%3E".into()]);
    let mut pages: Vec<String> = pages.collect();
    pages.push("?noise=1&state=all".into());
    for path in pages {
        panel.navigate(&format!("{}/__csp/{path}", example.origin())).unwrap();
        let found = panel.evaluate(panel::INTEGRITY).unwrap();
        assert_eq!(found["foreign"], json!([]), "{path}");
        assert_eq!(found["unseen"], json!([]), "{path}");
        assert_eq!(found["hacked"], Value::Null, "{path}");
        for width in [390, 1200] {
            panel.set_size(width, 800).unwrap();
            let overflow = panel.evaluate("document.documentElement.scrollWidth - innerWidth").unwrap();
            assert_eq!(overflow, 0, "{path} is wider than {width}");
        }
    }
    assert_quiet(&mut panel);
}

#[test]
fn the_panel_is_for_everybody() {
    let Some(program) = require_chromium("the_panel_is_for_everybody") else { return };
    let example = example();
    let browser = chromium(&program, "^NOTFOUND", &[]);
    let mut page = browser.page().unwrap();
    let mut panel = browser.page().unwrap();
    panel.navigate(&format!("{}/__csp/", example.origin())).unwrap();
    page.navigate(&format!("{}/", example.origin())).unwrap();
    let shown = wait_for_rows(ROWS, |script| panel.evaluate(script).unwrap());
    let group = format!("group/{}", shown.iter().find(|row| row.url.contains("exmple")).unwrap().id);
    for path in ["", "?noise=1&state=all", &group, "group/nonsense", "?state=nonsense"] {
        panel.navigate(&format!("{}/__csp/{path}", example.origin())).unwrap();
        for scheme in [csp_harness::ColorScheme::Light, csp_harness::ColorScheme::Dark] {
            panel.set_color_scheme(scheme).unwrap();
            let found = panel.evaluate(panel::ACCESSIBILITY).unwrap();
            assert_eq!(found, json!([]), "{path} {scheme:?}");
        }
    }
    // Rows by keyboard.
    panel.navigate(&format!("{}/__csp/", example.origin())).unwrap();
    let focused = panel.evaluate(panel::KEYBOARD).unwrap();
    let urls: Vec<_> = rows(|script| panel.evaluate(script).unwrap()).into_iter().map(|row| row.url).collect();
    assert_eq!(focused, json!([&urls[0], &urls[1], &urls[2], &urls[1]]));
}

/// Pictures of the panel, for people to look at, in the folder that `CSP_PICTURES` names.
#[test]
fn pictures_are_taken_on_demand() {
    let Some(folder) = std::env::var_os("CSP_PICTURES") else { return };
    let Some(program) = require_chromium("pictures_are_taken_on_demand") else { return };
    let example = example();
    let browser = chromium(&program, "^NOTFOUND", &[]);
    let mut panel = browser.page().unwrap();
    let origin = example.origin().to_owned();
    let mut take = |path: &str, name: &str| {
        panel.navigate(&format!("{origin}{path}")).unwrap();
        for (scheme, suffix) in [(csp_harness::ColorScheme::Light, "light"), (csp_harness::ColorScheme::Dark, "dark")] {
            panel.set_color_scheme(scheme).unwrap();
            for (width, size) in [(1280, ""), (390, "-narrow")] {
                panel.set_size(width, 800).unwrap();
                let height = panel.evaluate("document.documentElement.scrollHeight").unwrap().as_u64().unwrap();
                let file = Path::new(&folder).join(format!("{name}-{suffix}{size}.png"));
                panel.screenshot(&file, width, u32::try_from(height.min(4000)).unwrap()).unwrap();
            }
        }
    };
    take("/__csp/", "empty");
    let mut page = browser.page().unwrap();
    page.navigate(&format!("{origin}/")).unwrap();
    let mut list = browser.page().unwrap();
    list.navigate(&format!("{origin}/__csp/")).unwrap();
    let shown = wait_for_rows(ROWS, |script| list.evaluate(script).unwrap());
    take("/", "page");
    take("/__csp/", "list");
    for (url, name) in [
        ("exmple", "group"),
        ("/away/", "redirect"),
        ("images.", "fallback"),
        ("hoks", "guard"),
        ("live.", "subdomain"),
    ] {
        let row = shown.iter().find(|row| row.url.contains(url)).unwrap();
        take(&format!("/__csp/group/{}", row.id), name);
    }
    take("/__csp/?q=nothing", "nothing");
    take("/__csp/?state=nonsense", "problem");
    panel::send_hostile_reports(address(&example));
    take("/__csp/?noise=1&state=all", "hostile");
}
