use csp_frameworks_tests::{ADMIN, PAGE, PRESET, TRIAL, check, page};
use csp_runtime::Nonce;
use tower::Layer as _;
use warp::http::StatusCode;
use warp::reply::{Reply as _, Response};
use warp::{Filter as _, ext, path, reply};

#[tokio::test(flavor = "multi_thread")]
async fn a_layer_around_warps_service() {
    let admin = || -> Response {
        let mut response = "admin".into_response();
        ADMIN.apply_to(&mut response);
        response
    };
    let trial = || -> Response {
        let mut response = "trial".into_response();
        TRIAL.apply_to(&mut response);
        response
    };
    let routes = path::end()
        .and(ext::get::<Nonce>())
        .map(|nonce| reply::html(page(nonce)).into_response())
        .or(path!("admin").map(admin))
        .or(path!("trial").map(trial))
        .or(path!("preset").map(|| "preset").with(reply::with::header("content-security-policy", PRESET)))
        .or(path!("error").map(|| StatusCode::INTERNAL_SERVER_ERROR));
    let server = super::serve(PAGE.layer().layer(warp::service(routes))).await;
    tokio::task::spawn_blocking(move || check(server)).await.unwrap();
}
