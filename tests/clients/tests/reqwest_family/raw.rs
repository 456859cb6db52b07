use csp_runtime::Reason;
use reqwest::Client;

use crate::stage::{Stage, Told, reason};

#[tokio::test]
async fn a_source_with_a_path_covers_nothing() {
    let stage = Stage::new();
    let client = stage.guard("/in/").reqwest_raw(Client::builder()).expect("a client");
    let error = client.get(stage.allowed.url("/in/data")).send().await.expect_err("the path isn't seen");
    assert_eq!(reason(&error), Some(Reason::NoSourceMatched));
    assert_eq!(stage.allowed.hits(), 0);
}

#[tokio::test]
async fn a_refusal_is_told_once_for_each_request() {
    let (stage, told) = (Stage::new(), Told::default());
    let client = stage.guard("").observer(told.clone()).reqwest_raw(Client::builder()).expect("a client");
    client.get(stage.allowed.url("/")).send().await.expect("the origin is declared");
    assert!(told.take().is_empty());
    for _ in 0..2 {
        let error = client.get(stage.forbidden.url("/in/")).send().await.expect_err("it isn't declared");
        assert_eq!(reason(&error), Some(Reason::NoSourceMatched));
        assert_eq!(told.take(), [format!("- no-source-matched {}", stage.forbidden.url("/"))]);
    }
    client.get(stage.allowed.url("/in/away")).send().await.expect_err("it leads away");
    assert_eq!(told.take(), [format!("- no-source-matched {}", stage.forbidden.url("/in/"))]);
    assert_eq!(stage.forbidden.hits(), 0);
}

#[tokio::test]
async fn an_audit_reports_an_origin_once() {
    let (stage, told) = (Stage::new(), Told::default());
    let client = stage.guard("").audit().observer(told.clone()).reqwest_raw(Client::builder()).expect("a client");
    for _ in 0..3 {
        client.get(stage.forbidden.url("/in/")).send().await.expect("an audit");
    }
    assert_eq!(told.take(), [format!("? no-source-matched {}", stage.forbidden.url("/"))]);
}

/// They are refused without a look at the network: nobody can have such a name.
#[tokio::test]
async fn the_names_of_refusals_lead_nowhere() {
    let stage = Stage::new();
    let policy = crate::stage::NOTHING.extend_insecure(["http://d0.csp-guard.invalid"], "a test").expect("a source");
    let client = policy.guard().reqwest_raw(Client::builder()).expect("a client");
    client.get("http://d0.csp-guard.invalid/").send().await.expect_err("no such name");
    let error = client.get(stage.forbidden.url("/")).send().await.expect_err("it isn't declared");
    assert_eq!(reason(&error), Some(Reason::NoSourceMatched));
    client.get("http://d0.csp-guard.invalid/").send().await.expect_err("no such name");
    assert_eq!(stage.forbidden.hits(), 0);
}

#[tokio::test]
async fn many_at_once_each_have_their_own_refusal() {
    let stage = Stage::new();
    let client = stage.guard("").reqwest_raw(Client::builder()).expect("a client");
    let requests: Vec<_> = (0..50)
        .map(|number| {
            let client = client.clone();
            tokio::spawn(async move { client.get(format!("https://n{number}.example/x")).send().await })
        })
        .collect();
    for (number, request) in requests.into_iter().enumerate() {
        let error = request.await.expect("no panic").expect_err("it isn't declared");
        let blocked = csp_runtime::Blocked::find(&error).expect("a refusal");
        assert_eq!(blocked.blocked_url(), format!("https://n{number}.example/"));
    }
}
