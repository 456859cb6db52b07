//! poem, whose requests and responses have the headers and extensions of the crate `http`.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use std::mem::take;
use std::sync::Arc;

use csp_frameworks_tests::{ADMIN, PAGE, PRESET, TRIAL, check, page};
use csp_runtime::Nonce;
use csp_runtime::tower::PolicyLayer;
use poem::http::StatusCode;
use poem::listener::{Acceptor as _, Listener as _, TcpListener};
use poem::web::{Data, Html};
use poem::{Endpoint, EndpointExt as _, Request, Response, Result, Route, Server, handler};

/// Sets a policy's headers around an endpoint.
async fn csp<E: Endpoint>(layer: PolicyLayer, endpoint: Arc<E>, mut request: Request) -> Result<Response> {
    let pending = layer.on_request(request.extensions_mut());
    let mut response = endpoint.get_response(request).await;
    let (mut headers, mut extensions) = (take(response.headers_mut()), take(response.extensions_mut()));
    pending.on_response(&mut headers, &mut extensions);
    (*response.headers_mut(), *response.extensions_mut()) = (headers, extensions);
    Ok(response)
}

#[handler]
fn index(Data(nonce): Data<&Nonce>) -> Html<String> {
    Html(page(*nonce))
}

#[handler]
fn text() -> &'static str {
    "text"
}

#[handler]
fn preset() -> Response {
    Response::builder().header("content-security-policy", PRESET).body("preset")
}

#[handler]
fn error() -> Result<&'static str> {
    Err(StatusCode::INTERNAL_SERVER_ERROR.into())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_middleware() {
    let site = Route::new()
        .at("/", index)
        .at("/admin", text.around(|endpoint, request| csp(ADMIN.layer(), endpoint, request)))
        .at("/trial", text.around(|endpoint, request| csp(TRIAL.layer(), endpoint, request)))
        .at("/preset", preset)
        .at("/error", error)
        .around(|endpoint, request| csp(PAGE.layer(), endpoint, request));
    let acceptor = TcpListener::bind("127.0.0.1:0").into_acceptor().await.unwrap();
    let server = *acceptor.local_addr()[0].as_socket_addr().unwrap();
    tokio::spawn(Server::new_with_acceptor(acceptor).run(site));
    tokio::task::spawn_blocking(move || check(server)).await.unwrap();
}
