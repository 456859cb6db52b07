//! `cargo csp explain`: why is this URL allowed or blocked?

mod answer;
mod arguments;
mod human;
mod json;
mod jsonl;
mod rules;

use std::io;

use clap::ColorChoice;
use clap::error::ErrorKind;
use csp_core::{Origin, Target};
use url::Url;

use crate::command_line::misuse;
use crate::options::Format;
use crate::outcome::Outcome;
use answer::Circumstances;
use arguments::{Decider, Delivery};
use rules::Rules;

pub(crate) use arguments::Explain;

pub(crate) fn run(explain: &Explain, color: ColorChoice) -> io::Result<Outcome> {
    if let Err((kind, message)) = explain.check() {
        misuse("explain", color, kind, message);
    }
    if explain.jsonl {
        return jsonl::run(explain.decider, color);
    }
    let self_origin = match explain.self_origin.as_deref().map(self_origin).transpose() {
        Ok(origin) => origin.flatten(),
        Err(message) => misuse("explain", color, ErrorKind::ValueValidation, format!("--self-origin: {message}")),
    };
    let circumstances = Circumstances { self_origin, redirected: explain.redirected, delivery: explain.delivery };
    let rules = match explain.decider {
        Decider::Browser => Rules::page(explain.policy.iter().map(String::as_str)),
        Decider::Guard => Rules::guard(explain.allow.iter().map(String::as_str)),
    };
    match explain.form.format {
        Format::Human => human::run(&rules, &circumstances, &explain.urls, color),
        Format::Json => json::run(&rules, &circumstances, &explain.urls),
    }
}

/// The origin that `'self'` stands for; `None` for the opaque origin, `null`.
fn self_origin(text: &str) -> Result<Option<Origin>, String> {
    if text == "null" {
        return Ok(None);
    }
    let shown = csp_core::excerpt(text);
    match Url::parse(text) {
        Ok(url) => match Origin::of(&Target::from(&url)) {
            Some(origin) => Ok(Some(origin)),
            None => Err(format!("`{shown}` has no origin that a policy can name; an opaque origin is written `null`")),
        },
        Err(error) => Err(format!("`{shown}` is no origin, such as `https://shop.example.com`: {error}")),
    }
}
