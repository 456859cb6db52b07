//! What all pages have in common.

use axum::response::{Html, IntoResponse as _, Response};
use http::header::{CACHE_CONTROL, HeaderValue, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS};
use http::{HeaderName, StatusCode};
use maud::{DOCTYPE, Markup, html};

crate::policy! {
    crate = crate;
    /// What the panel's pages may do: load what the panel serves, send forms to it, and nothing else.
    pub(super) static PANEL = {
        default_src: [none],
        script_src: [self],
        style_src: [self],
        connect_src: [self],
        img_src: [self],
        base_uri: [none],
        form_action: [self],
        frame_ancestors: [none],
        require_trusted_types_for: [script],
        trusted_types: [none],
    };
}

/// What a page is made of. Links are relative to `root`.
pub(super) struct Page<'a> {
    pub(super) title: &'a str,
    pub(super) root: &'a str,
    pub(super) body: Markup,
}

impl Page<'_> {
    pub(super) fn render(self) -> Markup {
        let Self { title, root, body } = self;
        html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    meta name="robots" content="noindex";
                    title { (title) }
                    link rel="icon" href={ (root) "icon.svg" };
                    link rel="stylesheet" href={ (root) "panel.css" };
                    script src={ (root) "panel.js" } defer {}
                }
                body {
                    a.skip href="#main" { "To the content" }
                    (body)
                }
            }
        }
    }
}

/// The button that says whether the page keeps itself up to date; only script can show it.
pub(super) fn live() -> Markup {
    html! {
        button #live.live type="button" aria-pressed="false" title="Pause or go on" hidden { "Connecting…" }
        noscript { span.quiet.small { "Scripts are off: load the page again to see what is new." } }
    }
}

pub(super) fn answer(status: StatusCode, page: Markup) -> Response {
    guarded((status, Html(page.into_string())).into_response())
}

/// A page that says what is wrong.
pub(super) fn problem(status: StatusCode, root: &str, title: &str, what: &str) -> Response {
    let body = html! {
        main #main.card.problem {
            h1 { (title) }
            p { (what) }
            p { a href=(root) { "To all violations" } }
        }
    };
    answer(status, Page { title, root, body }.render())
}

/// With the headers that all answers have, but for the policy, which is a layer's.
pub(super) fn guarded(mut response: Response) -> Response {
    let value = HeaderValue::from_static;
    let headers: [(HeaderName, HeaderValue); 5] = [
        (X_CONTENT_TYPE_OPTIONS, value("nosniff")),
        (X_FRAME_OPTIONS, value("DENY")),
        (CACHE_CONTROL, value("no-store")),
        (REFERRER_POLICY, value("no-referrer")),
        (HeaderName::from_static("cross-origin-opener-policy"), value("same-origin")),
    ];
    response.headers_mut().extend(headers);
    response
}
