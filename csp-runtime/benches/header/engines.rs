//! Who makes the header.

use std::hint::black_box;

use csp_runtime::{Nonce, policy};
use http::HeaderValue;
use http::header::CONTENT_SECURITY_POLICY;

use crate::lists::List;
use crate::policies::TEXT;
use crate::service::{Handler, answer, respond};
use crate::stand::{Decide, Engine};

pub(crate) const CONST: &str = "value: csp-runtime, const";
pub(crate) const LAYER: &str = "response: csp-runtime, layer";
pub(crate) const BARE: &str = "response: without a policy";

pub(crate) const ENGINES: [Engine; 8] = [
    Engine { name: CONST, decides: true, prepare: constant },
    Engine { name: "value: csp-runtime, nonce generated", decides: true, prepare: nonce },
    Engine { name: "value: csp-runtime, nonce given", decides: true, prepare: given_nonce },
    Engine { name: "value: HeaderValue::from_str", decides: true, prepare: from_str },
    Engine { name: "value: format! with a nonce given", decides: true, prepare: format },
    Engine { name: BARE, decides: false, prepare: bare },
    Engine { name: LAYER, decides: true, prepare: layer },
    Engine { name: "response: csp-runtime, layer, nonce", decides: true, prepare: nonce_layer },
];

policy! {
    static PAGE = {
        use_defaults: true,
        script_src: [self],
        style_src: [self],
        connect_src: [self, "https://api.example.com", "wss://ws.example.com"],
    };

    static NONCE_PAGE = {
        extends: PAGE,
        script_src: [nonce],
    };
}

const VALUE: HeaderValue = PAGE.header_value();

fn constant<'a>(_: &'a List, _: &'a str) -> Decide<'a> {
    assert_eq!(PAGE.header(), TEXT, "the peers send the same");
    Box::new(|| !black_box(VALUE.clone()).is_empty())
}

fn nonce<'a>(_: &'a List, _: &'a str) -> Decide<'a> {
    Box::new(|| !black_box(NONCE_PAGE.header_value(&Nonce::generate())).is_empty())
}

fn given_nonce<'a>(_: &'a List, _: &'a str) -> Decide<'a> {
    let nonce = Nonce::generate();
    Box::new(move || !black_box(NONCE_PAGE.header_value(black_box(&nonce))).is_empty())
}

fn from_str<'a>(_: &'a List, _: &'a str) -> Decide<'a> {
    Box::new(|| !black_box(HeaderValue::from_str(black_box(TEXT)).unwrap()).is_empty())
}

fn format<'a>(_: &'a List, _: &'a str) -> Decide<'a> {
    let nonce = Nonce::generate();
    let (before, after) = NONCE_PAGE.template().split_once("{nonce}").unwrap();
    Box::new(move || {
        let text = format!("{before}{}{after}", black_box(&nonce));
        !black_box(HeaderValue::from_str(&text).unwrap()).is_empty()
    })
}

fn bare<'a>(_: &'a List, _: &'a str) -> Decide<'a> {
    Box::new(|| respond(black_box(Handler)).headers().contains_key(CONTENT_SECURITY_POLICY))
}

fn layer<'a>(_: &'a List, _: &'a str) -> Decide<'a> {
    Box::new(answer(&PAGE.layer()))
}

fn nonce_layer<'a>(_: &'a List, _: &'a str) -> Decide<'a> {
    Box::new(answer(&NONCE_PAGE.layer()))
}
