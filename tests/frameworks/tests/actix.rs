//! actix-web: the middleware around an `App`, a scope's and a resource's.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use std::net::SocketAddr;
use std::sync::mpsc;

use actix_web::dev::ServerHandle;
use actix_web::http::header::CONTENT_SECURITY_POLICY;
use actix_web::middleware::from_fn;
use actix_web::web::{get, resource, scope};
use actix_web::{App, HttpResponse, HttpServer, error, rt};
use csp_frameworks_tests::{ADMIN, PAGE, PRESET, TRIAL, check, check_extended, page};
use csp_runtime::{Nonce, connect_src};

connect_src! {
    static SHOP = [self, "wss://feed.example.com"];
}

async fn index(nonce: Nonce) -> HttpResponse {
    HttpResponse::Ok().content_type("text/html").body(page(nonce))
}

async fn preset() -> HttpResponse {
    HttpResponse::Ok().insert_header((CONTENT_SECURITY_POLICY, PRESET)).body("preset")
}

/// A server of an app, while the value lives.
struct Site(SocketAddr, ServerHandle);

impl Drop for Site {
    fn drop(&mut self) {
        drop(self.1.stop(false));
    }
}

macro_rules! serve {
    ($app:expr) => {{
        let (sender, receiver) = mpsc::channel();
        std::thread::spawn(move || {
            rt::System::new().block_on(async {
                let server = HttpServer::new(move || $app).workers(1).disable_signals();
                let server = server.bind("127.0.0.1:0").unwrap();
                let address = server.addrs()[0];
                let server = server.run();
                sender.send(Site(address, server.handle())).unwrap();
                server.await.unwrap();
            });
        });
        receiver.recv().unwrap()
    }};
}

#[test]
fn a_middleware_around_the_app() {
    let site = serve!(
        App::new()
            .route("/", get().to(index))
            .service(resource("/admin").wrap(ADMIN.actix()).to(async || "admin"))
            .service(scope("/trial").wrap(TRIAL.actix()).route("", get().to(async || "trial")))
            .route("/preset", get().to(preset))
            .route("/error", get().to(async || Err::<&str, _>(error::ErrorInternalServerError("broken"))))
            .wrap(PAGE.actix())
    );
    check(site.0);
}

/// What a middleware further in answers with an error is a response only outside of all middlewares.
#[test]
fn errors_of_middlewares_have_the_headers() {
    let site = serve!(
        App::new()
            .service(
                resource("/admin")
                    .wrap(from_fn(async |_, _: actix_web::middleware::Next<actix_web::body::BoxBody>| {
                        Err::<actix_web::dev::ServiceResponse, _>(error::ErrorForbidden("not you"))
                    }))
                    .wrap(ADMIN.actix())
                    .to(async || "admin"),
            )
            .wrap(SHOP.actix())
            .wrap(TRIAL.actix())
    );
    let answer = csp_frameworks_tests::get(site.0, "/admin").unwrap();
    assert_eq!((answer.status, answer.body.as_str()), (403, "not you"));
    assert_eq!((answer.policies(), answer.reported()), (vec![ADMIN.header()], vec![TRIAL.header()]), "{answer:?}");
}

#[test]
fn a_nonce_that_nobody_made_is_an_error() {
    let site = serve!(App::new().route("/", get().to(index)).wrap(ADMIN.actix()));
    let answer = csp_frameworks_tests::get(site.0, "/").unwrap();
    assert_eq!((answer.status, answer.policies()), (500, vec![ADMIN.header()]));
    assert!(answer.body.contains("help: put `.wrap(PAGE.actix())`"), "{answer:?}");
}

#[test]
fn an_operator_extends_a_policy_with_nonces() {
    let extended = PAGE.extend(["https://a.example"]).unwrap();
    let policy = extended.clone();
    let site = serve!(App::new().route("/", get().to(index)).wrap(policy.actix()));
    check_extended(&csp_frameworks_tests::get(site.0, "/").unwrap(), &extended);
}

#[test]
fn presets_take_in_a_policy_or_go() {
    let extended = SHOP.extend(["https://a.example"]).unwrap();
    let expected = extended.header().to_owned();
    let site = serve!(
        App::new()
            .service(scope("/m").route("", get().to(preset)).wrap(SHOP.actix().merging()))
            .service(scope("/o").route("", get().to(preset)).wrap(SHOP.actix().insecure_overriding("another page's")))
            .service(scope("/x").wrap(extended.actix()).route("", get().to(async || "")))
    );
    let get = |path| csp_frameworks_tests::get(site.0, path).unwrap();
    assert_eq!(get("/m").policies(), [format!("{PRESET}; connect-src 'self' wss://feed.example.com")]);
    assert_eq!(get("/o").policies(), [SHOP.header()]);
    assert_eq!(get("/x").policies(), [expected]);
}
