//! Does a form really come from the panel, or from a page of somebody else?
//!
//! Two things must hold. The browser says that the page was one of this very origin; and the form has the token of the page,
//! which no other page can read: the one of this program, or, where another of many programs wrote the page, the one that
//! the browser keeps in a cookie.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use core::fmt;

use http::header::{CONTENT_TYPE, COOKIE, HOST, HeaderMap, HeaderName, ORIGIN};
use url::form_urlencoded;

const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
const COOKIE_NAME: &str = "csp-panel";
const FIELD: &str = "token";
/// Of a token, in hexadecimal digits.
const LENGTH: usize = 32;

/// Nobody can guess it.
#[derive(Clone)]
pub(super) struct Token([u8; LENGTH / 2]);

impl Token {
    /// A new one; `None` where the system has no random numbers.
    pub(super) fn new() -> Option<Self> {
        let mut bytes = [0; LENGTH / 2];
        getrandom::fill(&mut bytes).ok().map(|()| Self(bytes))
    }
}

impl fmt::Display for Token {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(out, "{byte:02x}"))
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Token")
    }
}

/// A form that comes from the panel.
pub(super) struct Form<'a>(&'a str);

impl<'a> Form<'a> {
    /// Reads a form; says why not, where it isn't the panel's.
    pub(super) fn read(own: Option<&Token>, headers: &HeaderMap, form: &'a str) -> Result<Self, &'static str> {
        let kind = text(headers, &CONTENT_TYPE).unwrap_or_default().split(';').next().unwrap_or_default().trim();
        if !kind.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
            return Err("Expected a form, with the content type application/x-www-form-urlencoded.");
        }
        if !is_same_origin(headers) {
            return Err(
                "The page that sent it has another origin, or the browser doesn't say which. Over http, browsers \
                        say so to this machine only.",
            );
        }
        let form = Self(form);
        let token = form.value(FIELD).unwrap_or_default();
        let own = own.map(|own| format!("{own}"));
        let cookie = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok()).flat_map(cookies).next();
        let fits = |known: &str| is_token(known) && is_equal(known, &token);
        if own.as_deref().is_some_and(fits) || cookie.is_some_and(fits) {
            Ok(form)
        } else {
            Err("It is of an earlier run of the program. Go back, load the page again, and send it once more.")
        }
    }

    /// The first value of a name.
    pub(super) fn value(&self, name: &str) -> Option<Cow<'a, str>> {
        form_urlencoded::parse(self.0.as_bytes()).find(|(key, _)| key == name).map(|(_, value)| value)
    }
}

/// Whether the browser says that a page of this origin asks.
fn is_same_origin(headers: &HeaderMap) -> bool {
    if let Some(site) = headers.get(FETCH_SITE) {
        return site == "same-origin";
    }
    // Pages without a referrer have no origin either, and then only the header above tells.
    let authority = |origin: &str| origin.split_once("://").map(|(_, authority)| String::from(authority));
    let origin = text(headers, &ORIGIN).and_then(authority);
    origin.is_some_and(|origin| text(headers, &HOST).is_some_and(|host| origin.eq_ignore_ascii_case(host)))
}

/// The values of the panel's cookie.
pub(super) fn cookies(header: &str) -> impl Iterator<Item = &str> {
    header
        .split(';')
        .filter_map(|cookie| cookie.trim().split_once('='))
        .filter(|(name, _)| *name == COOKIE_NAME)
        .map(|(_, value)| value)
}

pub(super) fn set_cookie(token: &str) -> String {
    format!("{COOKIE_NAME}={token}; Path=/; HttpOnly; SameSite=Strict")
}

/// Whether a text could be a token.
pub(super) fn is_token(text: &str) -> bool {
    text.len() == LENGTH && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// Takes as long wherever the two differ.
fn is_equal(known: &str, given: &str) -> bool {
    known.len() == given.len()
        && known.bytes().zip(given.bytes()).fold(0, |different, (left, right)| different | (left ^ right)) == 0
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_panels_own_forms_are_taken() {
        let own = Token([7; 16]);
        let token = format!("{own}");
        let (other, kind) = ("0123456789abcdef0123456789abcdef", "application/x-www-form-urlencoded");
        let same = [("sec-fetch-site", "same-origin"), ("content-type", kind)];
        let origin = |origin| [("origin", origin), ("host", "csp.example:8443"), ("content-type", kind)];
        let with_cookie = |cookie| [same[0], same[1], ("cookie", cookie)];
        let both =
            [("sec-fetch-site", "cross-site"), ("origin", "https://csp.example:8443"), ("host", "csp.example:8443")];
        let accepts = |headers: &[(&'static str, &'static str)], token: &str| {
            let headers = headers
                .iter()
                .map(|(name, value)| (HeaderName::from_static(name), http::HeaderValue::from_static(value)));
            Form::read(Some(&own), &headers.collect(), &format!("state=open&token={token}")).is_ok()
        };
        for (headers, token, expected) in [
            (&same[..], token.as_str(), true),
            (&same, other, false),
            (&same, "", false),
            (&same[..1], &token, false),
            (&[], &token, false),
            (&[("content-type", kind)], &token, false),
            (&[("sec-fetch-site", "same-site"), same[1]], &token, false),
            (&[("sec-fetch-site", "none"), same[1]], &token, false),
            (&[("sec-fetch-site", "same-origin"), ("content-type", "text/plain")], &token, false),
            (&origin("https://csp.example:8443"), &token, true),
            (&origin("http://csp.example:8443"), &token, true),
            (&origin("https://csp.example"), &token, false),
            (&origin("https://evil.example"), &token, false),
            (&origin("null"), &token, false),
            (&[both[0], both[1], both[2], same[1]], &token, false),
            // Another of many programs wrote the page.
            (&with_cookie("a=b; csp-panel=0123456789abcdef0123456789abcdef"), other, true),
            (&with_cookie("csp-panel=0123456789abcdef0123456789abcdee"), other, false),
            (&with_cookie("csp-panel="), "", false),
            (&with_cookie("csp-panel=x"), "x", false),
        ] {
            assert_eq!(accepts(headers, token), expected, "{headers:?} {token}");
        }
    }
}
