//! The guarded reqwest client against real servers; nothing may reach the one that no source covers.

use csp_harness::{Response, Server};
use csp_runtime::reqwest::{Error, GuardedClient};
use csp_runtime::{Blocked, Reason, connect_src};

connect_src! {
    static BACKEND = [none];
}

struct Setup {
    allowed: Server,
    forbidden: Server,
    client: GuardedClient,
}

/// Two servers; the guard allows what is below `/allowed/` on the first.
fn setup() -> Setup {
    let forbidden = Server::start(|_| Response::text("forbidden"));
    let port = forbidden.port();
    let allowed = Server::start(move |request| match request.path() {
        "/allowed/answer" => Response::text("answer"),
        "/allowed/redirect/relative-allowed" => Response::redirect(302, "../answer"),
        "/allowed/redirect/relative-outside" => Response::redirect(302, "/outside"),
        "/allowed/redirect/other-port" => Response::redirect(307, &format!("http://127.0.0.1:{port}/allowed/answer")),
        "/allowed/redirect/scheme-relative" => Response::redirect(302, &format!("//127.0.0.1:{port}/allowed/answer")),
        "/allowed/redirect/name" => {
            Response::redirect(302, &format!("http://localhost:{port}/allowed/answer?token=secret"))
        }
        "/allowed/redirect/numeric" => Response::redirect(308, &format!("http://2130706433:{port}/allowed/answer")),
        "/allowed/redirect/credentials" => {
            Response::redirect(302, &format!("http://u:p@127.0.0.1:{port}/allowed/answer"))
        }
        "/allowed/redirect/backslash" => {
            Response::redirect(302, &format!("http:\\\\127.0.0.1:{port}\\allowed\\answer"))
        }
        "/allowed/redirect/twice" => Response::redirect(302, "/allowed/redirect/other-port"),
        "/allowed/redirect/loop" => Response::redirect(302, "/allowed/redirect/loop"),
        _ => Response::not_found(),
    });
    let source = allowed.url("/allowed/");
    let guard = BACKEND.extend_insecure([source], "loopback").expect("admitted").guard();
    let client = guard.reqwest(reqwest::Client::builder()).expect("a client");
    Setup { allowed, forbidden, client }
}

impl Setup {
    async fn get(&self, path: &str) -> Result<String, Error> {
        self.client.get(self.allowed.url(path)).send().await?.text().await.map_err(Error::from)
    }

    async fn refusal(&self, path: &str) -> Blocked {
        let error = self.get(path).await.expect_err(path);
        error.blocked().unwrap_or_else(|| panic!("{path}: {error}")).clone()
    }
}

#[tokio::test]
async fn what_is_covered_is_fetched() {
    let setup = setup();
    assert_eq!(setup.get("/allowed/answer").await.expect("allowed"), "answer");
    assert_eq!(setup.get("/allowed/redirect/relative-allowed").await.expect("allowed"), "answer");
}

#[tokio::test]
async fn the_first_url_is_checked() {
    let setup = setup();
    for url in
        [setup.forbidden.url("/allowed/answer"), format!("http://localhost:{}/allowed/answer", setup.allowed.port())]
    {
        let error = setup.client.get(&url).send().await.expect_err(&url);
        assert_eq!(error.blocked().map(Blocked::reason), Some(Reason::NoSourceMatched), "{url}");
        let error = setup.client.post(&url).body("x").build().expect_err(&url);
        assert!(error.blocked().is_some(), "{url}");
        let request = reqwest::Request::new(reqwest::Method::GET, url.parse().expect("a URL"));
        assert!(setup.client.execute(request).await.expect_err(&url).blocked().is_some(), "{url}");
    }
    assert_eq!(setup.refusal("/outside").await.reason(), Reason::NoSourceMatched);
    assert_eq!(setup.refusal("/allowed/..%2foutside").await.reason(), Reason::NotCanonical);
    assert_eq!((setup.allowed.hits(), setup.forbidden.hits()), (0, 0));
}

#[tokio::test]
async fn every_redirect_is_checked() {
    let setup = setup();
    for name in ["other-port", "scheme-relative", "name", "numeric", "credentials", "backslash"] {
        let path = format!("/allowed/redirect/{name}");
        setup.allowed.clear();
        let refusal = setup.refusal(&path).await;
        assert_eq!(refusal.redirect_count(), 1, "{name}");
        assert_eq!(refusal.redirected_from(), Some(setup.allowed.url(&path)), "{name}");
        assert_eq!(setup.allowed.hits(), 1, "{name}");
        assert!(!refusal.to_string().contains("secret"), "{refusal}");
    }
    assert_eq!(setup.refusal("/allowed/redirect/relative-outside").await.redirect_count(), 1);
    assert_eq!(setup.refusal("/allowed/redirect/twice").await.redirect_count(), 2);
    assert_eq!(setup.forbidden.hits(), 0);
}

#[tokio::test]
async fn redirects_come_to_an_end() {
    let setup = setup();
    assert_eq!(setup.refusal("/allowed/redirect/loop").await.reason(), Reason::TooManyRedirects);
    assert_eq!(setup.allowed.hits(), 11);
}

#[tokio::test]
async fn other_failures_stay_what_they_are() {
    let setup = setup();
    let url = setup.allowed.url("/allowed/answer");
    drop(setup.allowed);
    let error = setup.client.get(url).send().await.expect_err("nobody listens");
    assert!(matches!(error, Error::Request(_)), "{error}");
}
