use csp_harness::{Response, Server};
use csp_runtime::Reason;
use csp_runtime::reqwest::Error;
use reqwest::{Client, Method, Request, Url};

use crate::stage::{Stage, Told, reason};

#[tokio::test]
async fn observers_hear_of_every_hop_once() {
    let (stage, told) = (Stage::new(), Told::default());
    let client = stage.guard("/in/").observer(told.clone()).reqwest(Client::builder()).expect("a client");
    let (data, away, elsewhere) =
        (stage.allowed.url("/in/data"), stage.allowed.url("/in/away"), stage.forbidden.url("/in/"));
    client.get(&data).send().await.expect("it is declared");
    assert_eq!(told.take(), [format!("+ {data}")]);
    client.get(&away).send().await.expect_err("it leads away");
    assert_eq!(told.take(), [format!("+ {away}"), format!("- no-source-matched {elsewhere}")]);
    assert_eq!(stage.forbidden.hits(), 0);
}

#[tokio::test]
async fn an_audit_stops_nothing_but_endless_redirects() {
    let (stage, told) = (Stage::new(), Told::default());
    let client = stage.guard("/in/").audit().observer(told.clone()).reqwest(Client::builder()).expect("a client");
    client.get(stage.allowed.url("/in/away")).send().await.expect("an audit");
    assert_eq!(told.take()[1..], [format!("? no-source-matched {}", stage.forbidden.url("/in/"))]);

    let with_password = stage.allowed.url("/in/data").replace("://", "://user:secret@");
    client.get(&with_password).send().await.expect("an audit");
    assert_eq!(told.take(), [format!("? credentials {}", stage.allowed.url("/in/data"))]);
    let sent = stage.allowed.requests().pop().expect("it was sent");
    assert_eq!(sent.header("authorization"), Some("Basic dXNlcjpzZWNyZXQ="));

    let error = client.get(stage.allowed.url("/in/loop")).send().await.expect_err("it has no end");
    assert_eq!(error.blocked().map(csp_runtime::Blocked::reason), Some(Reason::TooManyRedirects));
    // It is stopped, and is not told as if it weren't.
    assert_eq!(told.take().pop(), Some(format!("- too-many-redirects {}", stage.allowed.url("/in/loop"))));
}

#[tokio::test]
async fn credentials_are_refused_however_they_come() {
    let stage = Stage::new();
    let client = stage.guard("/in/").reqwest(Client::builder()).expect("a client");
    let text = stage.allowed.url("/in/data").replace("://", "://user:secret@");
    let url: Url = text.parse().expect("a URL");
    let user_only: Url = text.replace(":secret", "").parse().expect("a URL");
    for error in [
        client.get(&text).send().await.expect_err("credentials"),
        client.get(&*text).send().await.expect_err("credentials"),
        client.get(text.clone()).send().await.expect_err("credentials"),
        client.get(&url).send().await.expect_err("credentials"),
        client.get(user_only).send().await.expect_err("credentials"),
        client.get(url.clone()).build().expect_err("credentials"),
        client.execute(Request::new(Method::GET, url)).await.expect_err("credentials"),
    ] {
        assert_eq!(reason(&error), Some(Reason::Credentials), "{error}");
    }
    assert_eq!(stage.allowed.hits(), 0);
    assert!(!format!("{:?}", client.get(&text)).contains("secret"));
}

#[tokio::test]
async fn what_is_no_url_fails_as_reqwest_fails() {
    let stage = Stage::new();
    let client = stage.guard("/in/").reqwest(Client::builder()).expect("a client");
    for text in ["", "/in/data", "http://", "data:,x", "127.0.0.1/in/"] {
        let error = client.get(text).send().await.expect_err(text);
        let theirs = Client::new().get(text).send().await.expect_err(text);
        let Error::Request(ours) = error else { panic!("{text}: {error}") };
        assert_eq!((ours.is_builder(), ours.to_string()), (true, theirs.to_string()));
    }
}

#[tokio::test]
async fn a_trusted_proxy_gets_what_is_declared() {
    let proxy = Server::start(|request| match request.path() {
        // The harness has the request target as it stands.
        path if path.ends_with("/in/away") => Response::redirect(302, "http://other.test/in/"),
        _ => Response::text("through"),
    });
    let policy = crate::stage::NOTHING.extend_insecure(["http://api.test/in/"], "no encryption").expect("a source");
    let client = policy.guard().reqwest_through(Client::builder(), &proxy.url("")).expect("a client");
    let answer = client.get("http://api.test/in/data").send().await.expect("it is declared");
    assert_eq!(answer.text().await.expect("a text"), "through");
    assert_eq!(proxy.hits(), 1);
    for (url, hits) in [("http://api.test/out", 1), ("http://other.test/", 1), ("http://api.test/in/away", 2)] {
        let error = client.get(url).send().await.expect_err(url);
        assert_eq!(reason(&error), Some(Reason::NoSourceMatched), "{url}");
        assert_eq!(proxy.hits(), hits, "{url}");
    }
    assert!(policy.guard().reqwest_through(Client::builder(), "no proxy").is_err());
}

#[test]
fn the_blocking_client_refuses_credentials_and_endless_redirects() {
    let stage = Stage::new();
    let client = stage.guard("/in/").reqwest_blocking(reqwest::blocking::Client::builder()).expect("a client");
    let text = stage.allowed.url("/in/data").replace("://", "://user:secret@");
    let request = reqwest::blocking::Request::new(Method::GET, text.parse().expect("a URL"));
    assert_eq!(reason(&client.get(&text).send().expect_err("credentials")), Some(Reason::Credentials));
    assert_eq!(reason(&client.execute(request).expect_err("credentials")), Some(Reason::Credentials));
    let error = client.get(stage.allowed.url("/in/loop")).send().expect_err("it has no end");
    assert_eq!(reason(&error), Some(Reason::TooManyRedirects));
}
