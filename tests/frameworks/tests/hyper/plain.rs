use std::convert::Infallible;

use csp_frameworks_tests::{ADMIN, PAGE, PRESET, TRIAL, check, page};
use csp_runtime::{CONTENT_SECURITY_POLICY, Nonce};
use http::{HeaderValue, Request, Response, StatusCode};
use hyper::body::Incoming;
use tower::{Layer as _, ServiceBuilder, ServiceExt as _, service_fn};

async fn site(request: Request<Incoming>) -> Result<Response<String>, Infallible> {
    let mut response = Response::new(String::from("text"));
    match request.uri().path() {
        "/" => *response.body_mut() = page(*request.extensions().get::<Nonce>().unwrap()),
        "/admin" => ADMIN.apply_to(&mut response),
        "/trial" => {
            let service =
                TRIAL.layer().layer(service_fn(async |_: Request<Incoming>| Ok(Response::new(String::new()))));
            return service.oneshot(request).await;
        }
        "/preset" => {
            response.headers_mut().insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(PRESET));
        }
        "/error" => *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR,
        _ => *response.status_mut() = StatusCode::NOT_FOUND,
    }
    Ok(response)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_layer_around_a_service() {
    let server = super::serve(ServiceBuilder::new().layer(PAGE.layer()).service_fn(site)).await;
    tokio::task::spawn_blocking(move || check(server)).await.unwrap();
}

/// Between the two layers is a queue, whose worker calls the inner service in a task of its own.
#[tokio::test(flavor = "multi_thread")]
async fn a_buffer_between_layers() {
    let inner = ADMIN.layer().layer(service_fn(async |_: Request<Incoming>| {
        // Not ready at once, so that it is polled by more than the worker.
        tokio::task::yield_now().await;
        Ok::<_, Infallible>(Response::new(String::from("admin")))
    }));
    let buffered = ServiceBuilder::new()
        .layer(PAGE.layer())
        .map_err(|error: tower::BoxError| -> Infallible { panic!("{error}") })
        .buffer(4)
        .service(inner);
    let server = super::serve(buffered).await;
    let answer = tokio::task::spawn_blocking(move || csp_frameworks_tests::get(server, "/")).await.unwrap().unwrap();
    assert_eq!(answer.policies(), [ADMIN.header()]);
}

/// What was made in another task has no mark: then both apply.
#[tokio::test(flavor = "multi_thread")]
async fn a_task_between_layers() {
    let spawned = service_fn(async |request: Request<Incoming>| {
        let inner = ADMIN
            .layer()
            .layer(service_fn(async |_: Request<Incoming>| Ok::<_, Infallible>(Response::new(String::from("admin")))));
        tokio::spawn(inner.oneshot(request)).await.unwrap()
    });
    let server = super::serve(PAGE.layer().layer(spawned)).await;
    let answer = tokio::task::spawn_blocking(move || csp_frameworks_tests::get(server, "/")).await.unwrap().unwrap();
    let policies = answer.policies();
    assert_eq!((policies.len(), policies[0]), (2, ADMIN.header()), "{answer:?}");
}
