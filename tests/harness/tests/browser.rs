//! Drives the real Chromium: script, console, pictures, pages, failures.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use csp_harness::{Browser, ColorScheme, ErrorKind, Response, Server, TempDir, require_chromium};
use serde_json::json;

#[test]
fn the_console_tells_of_script_and_policy() {
    let Some(chromium) = require_chromium("the_console_tells_of_script_and_policy") else {
        return;
    };
    let script = "<script>
        console.warn('one', 2, {});
        setTimeout(() => { throw new Error('late') });
    </script>";
    let server = Server::start(move |_| Response::html(script).header("Content-Security-Policy", "connect-src 'none'"));
    let browser = Browser::launch_for(&chromium, &server, &[]).unwrap();
    let mut page = browser.page().unwrap();
    page.navigate("http://page.test/").unwrap();
    page.evaluate("fetch('http://api.test/data').catch(() => {})").unwrap();

    let breach = page.wait_for_console(|message| message.text.contains("http://api.test/data")).unwrap();
    assert_eq!(breach.level, "error", "{breach:?}");
    page.wait_for_console(|message| message.source == "exception" && message.text.contains("late")).unwrap();
    let console = page.console().unwrap();
    assert!(console.iter().any(|message| message.level == "warning" && message.text == "one 2 Object"), "{console:?}");
}

#[test]
fn failures_say_what_happened_and_when_to_stop_waiting() {
    let Some(chromium) = require_chromium("failures_say_what_happened_and_when_to_stop_waiting") else {
        return;
    };
    let server = Server::start(|_| Response::html("hi"));
    let browser = Browser::launch_for(&chromium, &server, &[]).unwrap();
    let mut page = browser.page().unwrap();
    page.navigate("http://page.test/").unwrap();
    assert_eq!(page.evaluate("undefined").unwrap(), json!(null));
    assert_eq!(page.evaluate("NaN").unwrap(), "NaN");

    let thrown = page.evaluate("null.x").unwrap_err();
    assert_eq!(thrown.kind(), ErrorKind::Exception);
    assert!(thrown.to_string().contains("TypeError"), "{thrown}");
    let rejected = page.evaluate("Promise.reject('no luck')").unwrap_err();
    assert_eq!((rejected.kind(), rejected.to_string().as_str()), (ErrorKind::Exception, "no luck"));
    // This server knows no TLS.
    let refused = page.navigate("https://page.test/").unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::Navigation);
    assert!(refused.to_string().contains("https://page.test/: net::ERR_"), "{refused}");

    browser.set_timeout(Duration::from_millis(300));
    let start = Instant::now();
    let silent = page.evaluate("new Promise(() => {})").unwrap_err();
    assert_eq!((silent.kind(), silent.to_string().as_str()), (ErrorKind::Timeout, "no Runtime.evaluate in time"));
    assert_eq!(page.response_head("http://never.test/").unwrap_err().kind(), ErrorKind::Timeout);
    assert!(start.elapsed() < Duration::from_secs(10));
    browser.set_timeout(Duration::from_secs(20));
    assert_eq!(page.evaluate("1 + 1").unwrap(), 2);
}

#[test]
fn screenshots_have_their_size_and_colours() {
    let Some(chromium) = require_chromium("screenshots_have_their_size_and_colours") else {
        return;
    };
    let style = "<style>@media (prefers-color-scheme: dark) { body { background: #123 } }</style>";
    let server = Server::start(move |_| Response::html(style));
    let browser = Browser::launch_for(&chromium, &server, &[]).unwrap();
    let mut page = browser.page().unwrap();
    page.navigate("http://page.test/").unwrap();
    let pictures = TempDir::new("csp-harness-pictures").unwrap();
    let mut picture = |scheme, name| {
        page.set_color_scheme(scheme).unwrap();
        let path = pictures.path().join(name);
        page.screenshot(&path, 320, 200).unwrap();
        let background = page.evaluate("getComputedStyle(document.body).backgroundColor").unwrap();
        (background, fs::read(path).unwrap())
    };
    let (dark, dark_png) = picture(ColorScheme::Dark, "dark.png");
    let (light, light_png) = picture(ColorScheme::Light, "light.png");
    assert_eq!((dark, light), (json!("rgb(17, 34, 51)"), json!("rgba(0, 0, 0, 0)")));
    assert!(dark_png.starts_with(b"\x89PNG") && dark_png != light_png);
    // The first chunk begins with width and height.
    assert_eq!(dark_png[16..24], [0, 0, 1, 64, 0, 0, 0, 200]);
}

#[test]
fn pages_are_apart_and_close() {
    let Some(chromium) = require_chromium("pages_are_apart_and_close") else {
        return;
    };
    let server = Server::start(|_| Response::html("hi"));
    let browser = Browser::launch_for(&chromium, &server, &[]).unwrap();
    let (mut first, mut second) = (browser.page().unwrap(), browser.page().unwrap());
    first.navigate("http://page.test/").unwrap();
    second.navigate("http://page.test/#2").unwrap();
    second.navigate("http://page.test/#3").unwrap();
    first.evaluate("console.log(document.visibilityState)").unwrap();
    assert_eq!(second.evaluate("location.hash").unwrap(), "#3");
    assert!(second.console().unwrap().is_empty());
    first.wait_for_console(|message| message.text == "visible").unwrap();
    first.close().unwrap();

    assert_eq!(second.evaluate("location.hash").unwrap(), "#3");
}

#[test]
fn the_browser_ends_with_its_owner() {
    let Some(chromium) = require_chromium("the_browser_ends_with_its_owner") else {
        return;
    };
    let browser = Browser::launch(&chromium, &["--disable-features=Translate"]).unwrap();
    let process = PathBuf::from(format!("/proc/{}", browser.process_id()));
    let known = process.exists();
    drop(browser);
    // Elsewhere than on Linux there is nothing to look at.
    assert!(!known || !process.exists());
}

#[test]
fn a_program_that_is_no_browser_is_reported() {
    let error = Browser::launch(Path::new("/bin/false"), &[]).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Launch, "{error}");
}
