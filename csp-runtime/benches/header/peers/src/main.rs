//! Other libraries that send a policy, on the stand of the header bench; and ours where the framework is only here.

#![allow(clippy::print_stdout, reason = "a bench talks")]
#![allow(clippy::unwrap_used, reason = "a bench that panics has failed")]

#[path = "../../../decision/lists.rs"]
#[allow(dead_code, reason = "of the bench `decision`, whose lists are not needed here")]
mod lists;
#[path = "../../policies.rs"]
mod policies;
#[path = "../../service.rs"]
mod service;
#[path = "../../../decision/stand.rs"]
mod stand;

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use actix_web::dev::{HttpServiceFactory, Service, ServiceResponse};
use actix_web::web::{get, resource};
use actix_web::{App, Error, HttpResponse, rt, test};
use actix_web_csp::{CspPolicyBuilder, Source, csp_middleware};
use axum_helmet::{Helmet, HelmetLayer};
use csp_runtime::policy;

use lists::List;
use policies::TEXT;
use service::answer;
use stand::{Decide, Engine};

const ENGINES: [Engine; 4] = [
    Engine { name: "response: axum-helmet 1, layer", decides: true, prepare: axum_helmet },
    Engine { name: "actix-web: without a policy", decides: false, prepare: actix_bare },
    Engine { name: "actix-web: csp-runtime", decides: true, prepare: actix_ours },
    Engine { name: "actix-web: actix-web-csp 0.1", decides: true, prepare: actix_web_csp },
];

policy! {
    static PAGE = {
        use_defaults: true,
        script_src: [self],
        style_src: [self],
        connect_src: [self, "https://api.example.com", "wss://ws.example.com"],
    };
}

fn main() {
    assert!(stand::run(&ENGINES), "the header bench of csp-runtime runs this");
}

fn axum_helmet<'a>(_: &'a List, _: &'a str) -> Decide<'a> {
    let layer: HelmetLayer = Helmet::new().add(("content-security-policy", TEXT.to_owned())).try_into().unwrap();
    Box::new(answer(&layer))
}

async fn handler() -> HttpResponse {
    HttpResponse::Ok().content_type("text/html").finish()
}

fn actix_bare<'a>(_: &'a List, _: &'a str) -> Decide<'a> {
    actix(resource("/").route(get().to(handler)))
}

fn actix_ours<'a>(_: &'a List, _: &'a str) -> Decide<'a> {
    actix(resource("/").wrap(PAGE.actix()).route(get().to(handler)))
}

/// As its README has it; it writes the policy in its own way.
fn actix_web_csp<'a>(_: &'a List, _: &'a str) -> Decide<'a> {
    let sources = ["https://api.example.com", "wss://ws.example.com"].map(|source| Source::Host(source.into()));
    let policy = CspPolicyBuilder::new()
        .default_src([Source::Self_])
        .base_uri([Source::Self_])
        .font_src([Source::Self_, Source::Scheme("https".into()), Source::Scheme("data".into())])
        .form_action([Source::Self_])
        .frame_ancestors([Source::Self_])
        .img_src([Source::Self_, Source::Scheme("data".into())])
        .object_src([Source::None])
        .script_src([Source::Self_])
        .style_src([Source::Self_])
        .connect_src([Source::Self_].into_iter().chain(sources))
        .build_unchecked();
    actix(resource("/").wrap(csp_middleware(policy)).route(get().to(handler)))
}

/// One request to an app; whether the answer has a policy.
fn actix(site: impl HttpServiceFactory + 'static) -> Decide<'static> {
    // What is spawned stays in the runtime, which lives as long as the process.
    let runtime = Box::leak(Box::new(rt::Runtime::new().unwrap()));
    let app = runtime.block_on(test::init_service(App::new().service(site)));
    Box::new(move || {
        let request = test::TestRequest::get().uri("/").to_request();
        poll_once(app.call(request)).headers().contains_key("content-security-policy")
    })
}

fn poll_once<B>(future: impl Future<Output = Result<ServiceResponse<B>, Error>>) -> ServiceResponse<B> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(result) => result.unwrap(),
        Poll::Pending => unreachable!("everything is ready at once"),
    }
}
