use std::convert::Infallible;

use csp_runtime::{CONTENT_SECURITY_POLICY, connect_src};
use http::{HeaderValue, Request, Response};
use tower::{Layer as _, ServiceExt as _, service_fn};

connect_src! {
    static OUTER = [self];
    static INNER = ["https://api.example.com"];
}

const VALUE: HeaderValue = OUTER.header_value();

/// A service whose responses have these values of the header already.
fn service(
    own: &'static [&'static str],
) -> impl tower::Service<Request<()>, Response = Response<()>, Error = Infallible, Future: Send> + Clone {
    service_fn(move |_: Request<()>| async move {
        let mut response = Response::new(());
        for value in own {
            response.headers_mut().append(CONTENT_SECURITY_POLICY, HeaderValue::from_static(value));
        }
        Ok(response)
    })
}

async fn values<S>(service: S) -> Vec<String>
where
    S: tower::Service<Request<()>, Response = Response<()>, Error = Infallible>,
{
    let response = service.oneshot(Request::new(())).await.unwrap_or_else(|never| match never {});
    let values = response.headers().get_all(CONTENT_SECURITY_POLICY);
    values.iter().map(|value| value.to_str().expect("ASCII").to_owned()).collect()
}

#[tokio::test]
async fn every_response_has_the_header() {
    assert_eq!(values(OUTER.layer().layer(service(&[]))).await, ["connect-src 'self'"]);
    assert_eq!(VALUE, "connect-src 'self'");
}

#[tokio::test]
async fn a_foreign_header_stays_and_ours_is_added() {
    let layered = OUTER.layer().layer(service(&["default-src 'none'"]));
    assert_eq!(values(layered).await, ["default-src 'none'", "connect-src 'self'"]);
}

#[tokio::test]
async fn the_inner_layer_of_ours_counts() {
    let layered = OUTER.layer().layer(INNER.layer().layer(service(&[])));
    assert_eq!(values(layered).await, ["connect-src https://api.example.com"]);
}

#[tokio::test]
async fn extended_policies_have_a_layer() {
    let extended = OUTER.extend(["https://a.example"]).expect("admitted");
    assert_eq!(values(extended.layer().layer(service(&[]))).await, ["connect-src 'self' https://a.example"]);
}
