//! Salvo, whose requests and responses have the headers and extensions of the crate `http`.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use csp_frameworks_tests::{ADMIN, PAGE, PRESET, TRIAL, check, page};
use csp_runtime::Nonce;
use csp_runtime::tower::PolicyLayer;
use salvo::conn::{Acceptor as _, TcpListener};
use salvo::http::StatusError;
use salvo::prelude::{Depot, FlowCtrl, Handler, Listener as _, Request, Response, Router, Service, Text, handler};
use salvo::{Server, async_trait};

/// Sets a policy's headers on what the handlers behind it answer.
struct Csp(PolicyLayer);

#[async_trait]
impl Handler for Csp {
    async fn handle(&self, request: &mut Request, depot: &mut Depot, response: &mut Response, flow: &mut FlowCtrl) {
        let pending = self.0.on_request(request.extensions_mut());
        flow.call_next(request, depot, response).await;
        pending.on_response(&mut response.headers, &mut response.extensions);
    }
}

#[handler]
async fn index(request: &mut Request) -> Text<String> {
    let nonce = request.extensions().get::<Nonce>().copied().unwrap();
    Text::Html(page(nonce))
}

#[handler]
async fn text() -> &'static str {
    "text"
}

#[handler]
async fn preset(response: &mut Response) {
    response.add_header("content-security-policy", PRESET, true).unwrap();
}

#[handler]
async fn error() -> Result<&'static str, StatusError> {
    Err(StatusError::internal_server_error())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hoop_of_the_service() {
    let site = Router::new()
        .get(index)
        .push(Router::with_path("admin").hoop(Csp(ADMIN.layer())).get(text))
        .push(Router::with_path("trial").hoop(Csp(TRIAL.layer())).get(text))
        .push(Router::with_path("preset").get(preset))
        .push(Router::with_path("error").get(error));
    let acceptor = TcpListener::new("127.0.0.1:0").bind().await;
    let server = acceptor.holdings()[0].local_addr.clone().into_std().unwrap();
    tokio::spawn(Server::new(acceptor).serve(Service::new(site).hoop(Csp(PAGE.layer()))));
    tokio::task::spawn_blocking(move || check(server)).await.unwrap();
}
