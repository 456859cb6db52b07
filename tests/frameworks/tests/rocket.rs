//! Rocket: the fairing, responses under a policy of their own, and Shield.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::mpsc;

use csp_frameworks_tests::{ADMIN, PAGE, PRESET, TRIAL, check, check_extended, page};
use csp_runtime::rocket::Under;
use csp_runtime::{Nonce, connect_src};
use rocket::fairing::AdHoc;
use rocket::http::{Header, Status};
use rocket::response::content::RawHtml;
use rocket::shield::Shield;
use rocket::{Build, Config, Responder, Rocket, Shutdown, get, routes};

connect_src! {
    static SHOP = [self, "wss://feed.example.com"];
}

#[get("/")]
fn index(nonce: Nonce) -> RawHtml<String> {
    RawHtml(page(nonce))
}

#[get("/admin")]
fn admin() -> Under<&'static str> {
    ADMIN.under("admin")
}

#[get("/trial")]
fn trial() -> Under<&'static str> {
    TRIAL.under("trial")
}

#[derive(Responder)]
struct Preset(&'static str, Header<'static>);

#[get("/preset")]
fn preset() -> Preset {
    Preset("preset", Header::new("content-security-policy", PRESET))
}

#[get("/error")]
fn error() -> Status {
    Status::InternalServerError
}

/// A response that is given up: the catcher's has no policy of its own.
#[get("/failing")]
fn failing() -> Under<Result<&'static str, Status>> {
    ADMIN.under(Err(Status::NotFound))
}

/// A server, while the value lives.
struct Site(SocketAddr, Shutdown);

impl Drop for Site {
    fn drop(&mut self) {
        self.1.clone().notify();
    }
}

fn serve(rocket: impl FnOnce(Rocket<Build>) -> Rocket<Build> + Send + 'static) -> Site {
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        let config =
            Config { port: 0, log_level: rocket::config::LogLevel::Off, workers: 1, ..Config::debug_default() };
        let routes = routes![index, admin, trial, preset, error, failing];
        let liftoff = AdHoc::on_liftoff("tell", |rocket| {
            // By now it is the one that the system has chosen.
            let address = SocketAddr::from((Ipv4Addr::LOCALHOST, rocket.config().port));
            let site = Site(address, rocket.shutdown());
            Box::pin(async move { sender.send(site).unwrap() })
        });
        let rocket = rocket(rocket::custom(config).mount("/", routes)).attach(liftoff);
        rocket::execute(rocket.launch()).unwrap();
    });
    receiver.recv().unwrap()
}

#[test]
fn a_fairing() {
    let site = serve(|rocket| rocket.attach(PAGE.rocket()));
    check(site.0);
    let failing = csp_frameworks_tests::get(site.0, "/failing").unwrap();
    assert_eq!((failing.status, failing.policies().len()), (404, 1), "{failing:?}");
    assert!(failing.policies()[0].contains("'strict-dynamic'"));
}

#[test]
fn a_nonce_that_nobody_made_is_an_error() {
    let site = serve(|rocket| rocket.attach(ADMIN.rocket()));
    let answer = csp_frameworks_tests::get(site.0, "/").unwrap();
    assert_eq!((answer.status, answer.policies()), (500, vec![ADMIN.header()]));
}

#[test]
fn an_operator_extends_a_policy_with_nonces() {
    let extended = PAGE.extend(["https://a.example"]).unwrap();
    let policy = extended.clone();
    let site = serve(move |rocket| rocket.attach(policy.rocket()));
    check_extended(&csp_frameworks_tests::get(site.0, "/").unwrap(), &extended);
}

#[test]
fn presets_take_in_a_policy_or_go() {
    let merging = serve(|rocket| rocket.attach(SHOP.rocket().merging()));
    let overriding = serve(|rocket| rocket.attach(SHOP.rocket().insecure_overriding("another page's")));
    let extended = SHOP.extend(["https://a.example"]).unwrap();
    let policy = extended.clone();
    let extending = serve(move |rocket| rocket.attach(policy.rocket()));
    let get = |site: &Site, path| csp_frameworks_tests::get(site.0, path).unwrap();
    let merged = format!("{PRESET}; connect-src 'self' wss://feed.example.com");
    assert_eq!(get(&merging, "/preset").policies(), [merged]);
    assert_eq!(get(&merging, "/admin").policies(), [ADMIN.header()]);
    assert_eq!(get(&overriding, "/preset").policies(), [SHOP.header()]);
    assert_eq!(get(&overriding, "/trial").reported(), [TRIAL.header()]);
    assert_eq!(get(&extending, "/error").policies(), [extended.header()]);
}

/// Two fairings that need nonces have the same; what one has set, the other leaves.
#[test]
fn the_fairing_that_is_attached_first_counts() {
    let site = serve(|rocket| rocket.attach(SHOP.rocket()).attach(PAGE.rocket()));
    let answer = csp_frameworks_tests::get(site.0, "/").unwrap();
    assert_eq!((answer.status, answer.policies()), (200, vec![SHOP.header()]));
}

#[test]
fn a_trial_stands_beside_what_is_enforced() {
    let site = serve(|rocket| rocket.attach(PAGE.rocket()).attach(TRIAL.rocket()));
    for path in ["/", "/admin", "/trial", "/error", "/missing"] {
        let answer = csp_frameworks_tests::get(site.0, path).unwrap();
        assert_eq!((answer.policies().len(), answer.reported()), (1, vec![TRIAL.header()]), "{answer:?}");
    }
}

#[test]
fn shield_sends_a_policy_of_one_header() {
    let site = serve(|rocket| rocket.attach(Shield::default().enable(ADMIN.shield().unwrap())));
    let get = |path| csp_frameworks_tests::get(site.0, path).unwrap();
    assert_eq!(get("/error").policies(), [ADMIN.header()]);
    assert_eq!(get("/preset").policies(), [PRESET]);
    assert_eq!(get("/error").values("x-content-type-options"), ["nosniff"]);

    let error = TRIAL.shield().unwrap_err().to_string();
    assert!(error.starts_with("TRIAL only reports or names an endpoint"), "{error}");
    assert!(error.ends_with("help: attach `TRIAL.rocket()` instead"), "{error}");
}
