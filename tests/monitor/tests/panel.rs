//! The panel as the router answers it: what it says, to whom, and below which path.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use std::net::SocketAddr;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use csp_monitor_tests::{POLICY, legacy};
use csp_runtime::monitor::{Builder, Delivery, Filter, Group, KnownEndpoint, LISTENER, Monitor};
use csp_runtime::report::OwnPolicies;
use http::{Request, Response, StatusCode};
use http_body_util::BodyExt as _;
use tower::ServiceExt as _;

csp_runtime::connect_src! {
    /// What a server sets on all that it answers.
    static OTHER = ["https://other.example"];

    static BACKEND = ["https://hooks.example.net"];
}

fn builder() -> Builder {
    Monitor::builder().policies(OwnPolicies::new([POLICY])).authorize(|_| true)
}

async fn send(monitor: &Monitor, body: &str) -> Vec<Group> {
    monitor.receive(body.as_bytes(), &Delivery::default()).unwrap();
    monitor.flush().await.unwrap();
    monitor.groups(&Filter::all()).await.unwrap()
}

async fn get(router: &Router, target: &str) -> Response<Body> {
    router.clone().oneshot(Request::get(target).body(Body::empty()).unwrap()).await.unwrap()
}

async fn page(router: &Router, target: &str) -> String {
    let response = get(router, target).await;
    assert_eq!(response.status(), StatusCode::OK, "{target}");
    String::from_utf8(response.into_body().collect().await.unwrap().to_bytes().into()).unwrap()
}

#[tokio::test]
async fn a_group_says_what_speaks_for_it() {
    let endpoints = [KnownEndpoint::new("https://stream.exmple.com", "web/<app>.js", 9)];
    let monitor = builder().known_endpoints(endpoints).unwrap().start().await.unwrap();
    let router = monitor.router();
    send(&monitor, &legacy("https://stream.exmple.com/notifications")).await;
    send(&monitor, &legacy("https://injected.example/")).await;
    send(&monitor, &legacy("inline")).await;
    let guard = BACKEND.guard().observer(monitor.observer("https://shop.example.com"));
    assert!(guard.check("https://hoks.example.net/").is_err());
    monitor.flush().await.unwrap();
    for group in monitor.groups(&Filter::all()).await.unwrap() {
        let page = page(&router, &format!("/__csp/group/{}", group.id)).await;
        let (word, text) = match group.key.blocked_origin.as_str() {
            "https://stream.exmple.com" => ("found", "Found by the scan at web/&lt;app&gt;.js:9."),
            "https://injected.example" => {
                ("not-in-sources", "Not in our sources: an extension, an injected script or a forged report.")
            }
            "https://hoks.example.net" => ("guard", "Refused by a guard of this program."),
            _ => ("unverified", "Unverified: anybody can send a report."),
        };
        assert!(page.contains(&format!("data-evidence=\"{word}\">{text}<")), "{text}: {page}");
    }
    let list = page(&router, "/__csp/").await;
    assert_eq!(list.matches("– unverified").count(), 1, "{list}");
}

#[tokio::test]
async fn the_advice_opens_no_more_than_needed() {
    let paths = "connect-src https://api.example.com/v1/";
    let monitor = builder().policies(OwnPolicies::new([paths])).start().await.unwrap();
    let router = monitor.router();
    for (blocked, shown) in [
        ("https://api.example.com/v2/users/7?key=s3cret", "\"https://api.example.com/v2/users/\","),
        ("https://stream.example.com/news", "\"https://stream.example.com\","),
        ("http://api.example.com/v1/users", "https://api.example.com/v1/users"),
    ] {
        let groups = send(&monitor, &legacy(blocked).replace(POLICY, paths)).await;
        let group = groups.iter().find(|group| blocked.starts_with(&group.samples[0].blocked_url)).unwrap();
        let shown = shown.replace('"', "&quot;");
        let group_page = page(&router, &format!("/__csp/group/{}", group.id)).await;
        assert!(group_page.contains(&format!("<code id=\"entry\">{shown}</code>")), "{shown}: {group_page}");
        let list = page(&router, "/__csp/").await;
        assert!(list.contains(&format!("<code class=\"entry\">{shown}</code>")), "{shown}: {list}");
    }
}

#[tokio::test]
async fn an_empty_panel_shows_the_policies_and_takes_a_test() {
    let monitor = builder().start().await.unwrap();
    let router = monitor.router();
    let empty = page(&router, "/__csp/").await;
    for directive in POLICY.split_inclusive(';') {
        let shown = directive.trim();
        assert!(empty.contains(&format!(">{shown}<")), "{shown}: {empty}");
    }
    let token = empty.split("name=\"token\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let request = Request::post("/__csp/test")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin")
        .body(Body::from(format!("token={token}")))
        .unwrap();
    let response = router.clone().oneshot(request).await.unwrap();
    assert_eq!((response.status(), response.headers()["location"].to_str().unwrap()), (StatusCode::SEE_OTHER, "./"));
    let shown = page(&router, "/__csp/").await;
    assert!(shown.contains("https://test-violation.invalid/") && shown.contains(">Test<"), "{shown}");
    // It is one of this build, so that it isn't hidden as noise.
    assert!(shown.contains("data-class=\"violation\""), "{shown}");
    assert_eq!(monitor.counters().await.unwrap().accepted, 1);
}

#[tokio::test]
async fn it_is_answered_below_any_base() {
    for (base, nest, root) in [("", "", "/"), ("/a/b", "", "/a/b/"), ("/__csp", "/admin", "/admin/__csp/")] {
        let monitor = builder().base(base).start().await.unwrap();
        let group = send(&monitor, &legacy("https://stream.exmple.com/x")).await.remove(0).id;
        let router = if nest.is_empty() { monitor.router() } else { Router::new().nest(nest, monitor.router()) };
        assert!(page(&router, root).await.contains("stream.exmple.com"), "{root}");
        page(&router, &format!("{root}group/{group}")).await;
        assert_eq!(page(&router, &format!("{root}listener.js")).await, LISTENER);
        if !base.is_empty() {
            let response = get(&router, root.trim_end_matches('/')).await;
            assert_eq!(response.status(), StatusCode::SEE_OTHER);
            let last = format!("{}/", base.rsplit('/').next().unwrap());
            assert_eq!(response.headers()["location"].to_str().unwrap(), last);
        }
    }
}

/// Whoever tries it for the first time, with a plain `axum::serve(listener, app)`.
#[tokio::test]
#[cfg(debug_assertions)]
async fn a_server_that_does_not_say_who_asks_is_told_how() {
    let router = Monitor::builder().start().await.unwrap().router();
    for target in ["/__csp/", "/__csp/api/groups"] {
        let response = get(&router, target).await;
        assert_eq!(response.status(), StatusCode::FORBIDDEN, "{target}");
        let said = String::from_utf8(response.into_body().collect().await.unwrap().to_bytes().into()).unwrap();
        assert!(said.contains("into_make_service_with_connect_info::<SocketAddr>()"), "{target}");
    }
}

#[tokio::test]
async fn who_is_not_authorized_sees_nothing() {
    // Without a connection nobody knows who asks.
    let unknown = Monitor::builder().start().await.unwrap();
    let refusing = Monitor::builder().authorize(|parts| parts.headers.contains_key("x-admin")).start().await.unwrap();
    let group = send(&refusing, &legacy("https://stream.exmple.com/x")).await.remove(0).id;
    let off = if cfg!(debug_assertions) { StatusCode::FORBIDDEN } else { StatusCode::NOT_FOUND };
    for (monitor, expected) in [(unknown, off), (refusing, StatusCode::FORBIDDEN)] {
        let router = monitor.router();
        let group = format!("group/{group}");
        for path in ["", "events", "panel.js", "panel.css", "icon.svg", &group] {
            assert_eq!(get(&router, &format!("/__csp/{path}")).await.status(), expected, "{path}");
        }
        for path in ["test".into(), format!("{group}/state")] {
            let request = Request::post(format!("/__csp/{path}")).header("sec-fetch-site", "same-origin");
            let response = router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
            assert_eq!(response.status(), expected, "{path}");
        }
        // What pages include is for everybody.
        page(&router, "/__csp/listener.js").await;
    }
}

/// Who is at this machine sees the panel while a program is developed. A release build has none, unless it says for whom.
#[tokio::test]
async fn a_release_build_has_no_panel_by_itself() {
    let monitor = Monitor::builder().start().await.unwrap();
    let at_this_machine = ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 9)));
    let expected = if cfg!(debug_assertions) { StatusCode::OK } else { StatusCode::NOT_FOUND };
    for path in ["", "events", "panel.js", "api/counters", "api/groups"] {
        let request = Request::get(format!("/__csp/{path}")).header("host", "localhost").extension(at_this_machine);
        let response = monitor.router().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        assert_eq!(response.status(), expected, "{path}");
    }
}

#[tokio::test]
async fn a_policy_of_the_whole_server_leaves_the_panel_alone() {
    let monitor = builder().start().await.unwrap();
    let router = Router::new().merge(monitor.router()).layer(OTHER.layer());
    let response = get(&router, "/__csp/").await;
    let policies: Vec<_> = response.headers().get_all("content-security-policy").iter().collect();
    assert_eq!(policies.len(), 1, "{policies:?}");
    assert!(policies[0].to_str().unwrap().starts_with("default-src 'none'; script-src 'self'"), "{policies:?}");
}
