//! The page in Chromium: its own policy lets it work, and nothing else.

use std::path::Path;

use csp_harness::{Browser, ColorScheme, Page, Response, Server, require_chromium};
use serde_json::{Value, json};

use crate::hostile::{BROKEN_OUT, broken_out};
use crate::pages::{ARGUMENTS, shop};

const HELPERS: &str = "
    const rows = () => [...document.querySelectorAll('#endpoints tbody tr')].filter(row => row.getClientRects().length > 0);
    const origins = () => rows().map(row => row.cells[1].textContent);
    const type = text => { search.value = text; search.dispatchEvent(new Event('input')); };
";

fn ask(page: &mut Page, expression: &str) -> Value {
    page.evaluate(&format!("(() => {{ {HELPERS} {expression} }})()")).expect("an answer")
}

#[test]
fn the_page_works_under_its_own_policy() {
    let Some(chromium) = require_chromium("the_page_works_under_its_own_policy") else { return };
    let html = |package: &crate::Fixture, arguments: &[&str]| package.out(&[&["--format", "html"], arguments].concat());
    let usual = html(&shop(), &ARGUMENTS);
    let broken = html(&broken_out(), &BROKEN_OUT);
    let server = Server::start(move |request| match request.path() {
        "/usual" => Response::html(usual.clone()),
        "/broken" => Response::html(broken.clone()),
        // As in a browser whose reader allows no scripts.
        "/without-scripts" => Response::html(usual.clone()).header("Content-Security-Policy", "sandbox"),
        _ => Response::not_found(),
    });
    let browser = Browser::launch_for(&chromium, &server, &[]).expect("Chromium starts");
    let mut page = browser.page().expect("a page");

    page.navigate("http://page.test/usual").expect("it loads");
    pictures(&mut page);
    assert_eq!(ask(&mut page, "return rows().length"), 19);
    assert_eq!(ask(&mut page, "return shown.textContent"), "19 entries");
    ask(&mut page, "type('live ORDER')");
    assert_eq!(
        ask(&mut page, "return [origins(), shown.textContent]"),
        json!([["wss://ws.example.com"], "1 of 19 entries"])
    );
    ask(&mut page, "type('no such thing')");
    assert_eq!(ask(&mut page, "return rows().length"), 0);
    ask(&mut page, "search.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }))");
    assert_eq!(ask(&mut page, "return rows().length"), 19);
    ask(&mut page, "document.body.dispatchEvent(new KeyboardEvent('keydown', { key: '/', bubbles: true }))");
    assert_eq!(ask(&mut page, "return document.activeElement.id"), "search");
    ask(&mut page, "document.querySelector('[data-filter=unused]').click()");
    assert_eq!(
        ask(&mut page, "return origins()"),
        json!(["https://legacy.example.com", "ws://localhost:*", "https://metrics.example.org"])
    );
    ask(&mut page, "document.querySelector('[data-filter=unresolved]').click()");
    assert_eq!(ask(&mut page, "return rows().length"), 7);
    ask(&mut page, "document.querySelectorAll('[aria-pressed=true]').forEach(filter => filter.click())");
    let by_host = "document.querySelectorAll('#endpoints thead button')[1].click()";
    ask(&mut page, by_host);
    let sorted = ask(
        &mut page,
        "return [rows().length, origins()[0], rows()[0].parentNode.parentNode.tHead.rows[0].cells[1].ariaSort]",
    );
    assert_eq!(sorted, json!([19, "'self'", "ascending"]));
    ask(&mut page, by_host);
    assert_eq!(ask(&mut page, "return origins().filter(origin => origin.includes(':'))[0]"), "wss://ws.example.com");
    is_quiet(&mut page, &server);

    page.navigate("http://page.test/broken").expect("it loads");
    assert_eq!(
        ask(&mut page, "return [document.images.length, document.scripts.length, rows().length > 20]"),
        json!([0, 1, true])
    );
    let attributes = "return [...document.querySelectorAll('*')].flatMap(each => each.getAttributeNames()).filter(name => name.startsWith('on'))";
    assert_eq!(ask(&mut page, attributes), json!([]));
    page.set_size(390, 844).expect("a size");
    assert_eq!(ask(&mut page, "return document.documentElement.scrollWidth"), 390);
    is_quiet(&mut page, &server);

    page.navigate("http://page.test/without-scripts").expect("it loads");
    assert_eq!(ask(&mut page, "return [rows().length, tools.getClientRects().length]"), json!([19, 0]));
}

/// No complaint in the console, and no request but for the pages.
fn is_quiet(page: &mut Page, server: &Server) {
    let console: Vec<String> = page.console().expect("an answer").iter().map(|message| message.text.clone()).collect();
    assert!(console.iter().all(|text| text.contains("favicon")), "{console:?}");
    let urls = server.urls();
    let is_ours = |url: &String| url.starts_with("http://page.test/");
    assert!(urls.iter().all(is_ours), "{urls:?}");
}

/// For people who want to look: `CSP_PICTURES` names a folder.
fn pictures(page: &mut Page) {
    let Some(folder) = std::env::var_os("CSP_PICTURES") else { return };
    for (name, scheme, width) in
        [("light", ColorScheme::Light, 1280), ("dark", ColorScheme::Dark, 1280), ("narrow", ColorScheme::Light, 390)]
    {
        page.set_color_scheme(scheme).expect("a scheme");
        let path = Path::new(&folder).join(format!("docs-{name}.png"));
        page.screenshot(&path, width, 1600).expect("a picture");
    }
}
