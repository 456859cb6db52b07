//! axum, which is where most users of the tower layer are.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use std::net::SocketAddr;

use axum::Router;
use axum::http::StatusCode;
use axum::http::header::CONTENT_SECURITY_POLICY;
use axum::response::Html;
use axum::routing::get;
use csp_frameworks_tests::{ADMIN, PAGE, PRESET, TRIAL, check, check_extended, page};
use csp_runtime::{Nonce, connect_src};
use tokio::net::TcpListener;

connect_src! {
    static SHOP = [self, "wss://feed.example.com"];
}

async fn index(nonce: Nonce) -> Html<String> {
    Html(page(nonce))
}

fn site() -> Router {
    Router::new()
        .route("/", get(index))
        .route("/admin", get(async || "admin").layer(ADMIN.layer()))
        .route("/trial", get(async || "trial").layer(TRIAL.layer()))
        .route("/preset", get(async || ([(CONTENT_SECURITY_POLICY, PRESET)], "preset")))
        .route("/error", get(async || StatusCode::INTERNAL_SERVER_ERROR))
}

async fn serve(app: Router) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async { axum::serve(listener, app).await });
    address
}

#[tokio::test(flavor = "multi_thread")]
async fn a_layer_on_the_router() {
    let server = serve(site().layer(PAGE.layer())).await;
    tokio::task::spawn_blocking(move || check(server)).await.unwrap();
}

/// What handlers return instead of having a layer around them.
#[tokio::test(flavor = "multi_thread")]
async fn policies_are_parts_of_responses() {
    let site = Router::new()
        .route("/", get(index))
        .route("/admin", get(async || (&ADMIN, "admin")))
        .route("/trial", get(async || (&TRIAL, "trial")))
        .route("/preset", get(async || ([(CONTENT_SECURITY_POLICY, PRESET)], "preset")))
        .route("/error", get(async || StatusCode::INTERNAL_SERVER_ERROR));
    let server = serve(site.layer(PAGE.layer())).await;
    tokio::task::spawn_blocking(move || check(server)).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_layer_a_handler_makes_its_nonce() {
    let handler = async || {
        let nonce = Nonce::generate();
        (PAGE.with_nonce(nonce), Html(page(nonce)))
    };
    let server = serve(Router::new().route("/", get(handler))).await;
    let answer = tokio::task::spawn_blocking(move || csp_frameworks_tests::get(server, "/")).await.unwrap().unwrap();
    let nonce = answer.body.split('"').nth(1).unwrap();
    assert_eq!(answer.policies(), [PAGE.template().replace("{nonce}", nonce)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_nonce_that_nobody_made_is_an_error() {
    let optional = get(async |nonce: Option<Nonce>| nonce.is_some().to_string());
    let server = serve(Router::new().route("/", get(index)).route("/optional", optional).layer(ADMIN.layer())).await;
    let ask = move |path| csp_frameworks_tests::get(server, path).unwrap();
    let (answer, optional) = tokio::task::spawn_blocking(move || (ask("/"), ask("/optional"))).await.unwrap();
    assert_eq!((answer.status, answer.policies()), (500, vec![ADMIN.header()]));
    assert!(answer.body.contains("help: put `.layer(PAGE.layer())`"), "{answer:?}");
    assert_eq!(optional.body, "false");
}

#[tokio::test(flavor = "multi_thread")]
async fn presets_take_in_a_policy_or_go() {
    let merging = site().layer(SHOP.layer().merging());
    let overriding = site().layer(SHOP.layer().insecure_overriding("the preset is another page's"));
    let extended = SHOP.extend(["https://a.example"]).unwrap();
    let site = Router::new().nest("/m", merging).nest("/o", overriding);
    let server = serve(site.route("/x", get(async || "").layer(extended.layer()))).await;
    tokio::task::spawn_blocking(move || {
        let get = |path| csp_frameworks_tests::get(server, path).unwrap();
        let merged = format!("{PRESET}; connect-src 'self' wss://feed.example.com");
        assert_eq!(get("/m/preset").policies(), [merged]);
        assert_eq!(get("/m/error").policies(), [SHOP.header()]);
        assert_eq!(get("/m/admin").policies(), [ADMIN.header()]);
        assert_eq!(get("/m/trial").policies(), [SHOP.header()]);
        assert_eq!(get("/m/trial").reported(), [TRIAL.header()]);
        assert_eq!(get("/o/preset").policies(), [SHOP.header()]);
        assert_eq!(get("/o/admin").policies(), [ADMIN.header()]);
        assert_eq!(get("/x").policies(), [extended.header()]);
    })
    .await
    .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trial_around_everything_stands_beside_what_is_enforced() {
    let server = serve(site().layer(PAGE.layer()).layer(TRIAL.layer())).await;
    tokio::task::spawn_blocking(move || {
        for path in ["/", "/admin", "/trial", "/error", "/missing"] {
            let answer = csp_frameworks_tests::get(server, path).unwrap();
            assert_eq!((answer.policies().len(), answer.reported()), (1, vec![TRIAL.header()]), "{answer:?}");
        }
    })
    .await
    .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_extends_a_policy_with_nonces() {
    let extended = PAGE.extend(["https://a.example"]).unwrap();
    let by_itself = extended.clone();
    let handler = async move || {
        let nonce = Nonce::generate();
        (by_itself.with_nonce(nonce), Html(page(nonce)))
    };
    let site = Router::new().route("/", get(index).layer(extended.layer())).route("/by-itself", get(handler));
    let server = serve(site).await;
    tokio::task::spawn_blocking(move || {
        check_extended(&csp_frameworks_tests::get(server, "/").unwrap(), &extended);
        check_extended(&csp_frameworks_tests::get(server, "/by-itself").unwrap(), &extended);
    })
    .await
    .unwrap();
}

/// Two nonce policies around one handler, which can write one nonce.
#[tokio::test(flavor = "multi_thread")]
async fn layers_share_the_nonce() {
    csp_runtime::policy! {
        static REPORTED = {
            report_only: true,
            extends: PAGE,
            remove: [upgrade_insecure_requests],
            img_src: ["https://images.example.com"],
        };
    }
    let server = serve(Router::new().route("/", get(index)).layer(REPORTED.layer()).layer(PAGE.layer())).await;
    let answer = tokio::task::spawn_blocking(move || csp_frameworks_tests::get(server, "/")).await.unwrap().unwrap();
    let nonce = format!("'nonce-{}'", answer.body.split('"').nth(1).unwrap());
    assert_eq!((answer.policies().len(), answer.reported().len()), (1, 1));
    assert!(answer.policies()[0].contains(&nonce) && answer.reported()[0].contains(&nonce), "{answer:?}");
    assert_eq!(answer.values("reporting-endpoints"), [PAGE.reporting_endpoints().unwrap()]);
}
