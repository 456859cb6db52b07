//! A nonce as it is written, without padding and with the digits of URLs, lets scripts and styles run; nothing else does.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use csp_harness::{Browser, Firefox, Response, Server, require_chromium, require_firefox};
use csp_runtime::{Nonce, policy};

policy! {
    static PAGE = {
        use_defaults: true,
        script_src: [nonce],
        style_src: [nonce],
        remove: [upgrade_insecure_requests],
    };
}

/// Nonces of `-`, of `_`, of all digits, and new ones.
fn nonces() -> Vec<Nonce> {
    let bytes = [[0xfb; 16], [0xff; 16], [0; 16], std::array::from_fn(|index| 16 * u8::try_from(index).unwrap() + 7)];
    let known = bytes.map(|bytes| Nonce::insecure_from_bytes(bytes, "pages of a test"));
    assert!(known.iter().any(|nonce| nonce.as_str().contains('-')), "{known:?}");
    assert!(known.iter().any(|nonce| nonce.as_str().contains('_')), "{known:?}");
    known.into_iter().chain(std::iter::repeat_with(Nonce::generate).take(16)).collect()
}

/// Each script and style says that it ran.
fn page(nonce: Nonce) -> String {
    let wrong: String = nonce.as_str().chars().rev().collect();
    let padded = format!("{nonce}==");
    format!(
        "<!doctype html><script nonce=\"{nonce}\">ran = ['own']</script>\
         <script>ran.push('none')</script>\
         <script nonce=\"{wrong}x\">ran.push('wrong')</script>\
         <script nonce=\"{padded}\">ran.push('padded')</script>\
         <style nonce=\"{nonce}\">body {{ color: rgb(1, 2, 3) }}</style>\
         <style>body {{ color: rgb(4, 5, 6) !important }}</style>\
         <body>"
    )
}

const RESULT: &str = "window.ran.join() + ' ' + getComputedStyle(document.body).color";

fn server(nonces: Vec<Nonce>) -> Server {
    Server::start(move |request| match request.path().trim_start_matches('/').parse::<usize>() {
        Ok(index) => {
            let nonce = nonces[index];
            Response::html(page(nonce)).header("Content-Security-Policy", PAGE.header(&nonce))
        }
        Err(_) => Response::new(404),
    })
}

#[test]
fn chromium_runs_what_has_the_nonce() {
    let Some(chromium) = require_chromium("nonce") else { return };
    let nonces = nonces();
    let server = server(nonces.clone());
    let browser = Browser::launch_for(&chromium, &server, &[]).unwrap();
    let mut page = browser.page().unwrap();
    for (index, nonce) in nonces.iter().enumerate() {
        page.navigate(&format!("http://page.test/{index}")).unwrap();
        assert_eq!(page.evaluate(RESULT).unwrap(), "own rgb(1, 2, 3)", "{nonce}");
    }
}

#[test]
fn firefox_runs_what_has_the_nonce() {
    let Some(firefox) = require_firefox("nonce") else { return };
    let nonces = nonces();
    let server = server(nonces.clone());
    let browser = Firefox::launch_for(&firefox, &server).unwrap();
    let mut page = browser.page().unwrap();
    for (index, nonce) in nonces.iter().enumerate() {
        page.navigate(&format!("http://page.test/{index}")).unwrap();
        assert_eq!(page.evaluate(RESULT).unwrap(), "own rgb(1, 2, 3)", "{nonce}");
    }
}
