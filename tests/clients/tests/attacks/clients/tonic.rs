use csp_runtime::Guard;
use csp_runtime::tonic::GuardedChannel;
use csp_runtime::tower::GuardError;
use http_body_util::BodyExt as _;
use hyper::{Request, Uri};
use tonic::body::Body;
use tonic::transport::Endpoint;
use tower_service::Service as _;

use crate::subject::{Failure, Subject, block_on};

/// A channel that is connected before the first call.
pub(crate) struct Connected;

impl Subject for Connected {
    fn name(&self) -> &'static str {
        "tonic"
    }

    fn follows_redirects(&self) -> bool {
        false
    }

    fn speaks_http2(&self) -> bool {
        true
    }

    fn request(&self, guard: &Guard, urls: &[String]) -> Vec<Result<(), Failure>> {
        call_all(urls, async |endpoint| guard.tonic(&endpoint).await)
    }
}

/// A channel that connects with the first call.
pub(crate) struct Lazy;

impl Subject for Lazy {
    fn name(&self) -> &'static str {
        "tonic, lazy"
    }

    fn follows_redirects(&self) -> bool {
        false
    }

    fn speaks_http2(&self) -> bool {
        true
    }

    fn request(&self, guard: &Guard, urls: &[String]) -> Vec<Result<(), Failure>> {
        call_all(urls, async |endpoint| Ok(guard.tonic_lazy(&endpoint)?))
    }
}

/// A channel leads to one origin; URLs of the same one go through the same channel.
fn call_all(
    urls: &[String],
    open: impl AsyncFn(Endpoint) -> Result<GuardedChannel, GuardError>,
) -> Vec<Result<(), Failure>> {
    block_on(async {
        let mut last: Option<(Uri, GuardedChannel)> = None;
        let mut answers = Vec::new();
        for url in urls {
            let url: Uri = url.parse().expect("a URI");
            let channel = match last.take().filter(|(of, _)| of.authority() == url.authority()) {
                Some((_, channel)) => Ok(channel),
                None => open(Endpoint::from(url.clone())).await,
            };
            answers.push(match channel {
                Ok(channel) => {
                    last = Some((url.clone(), channel.clone()));
                    call(channel, &url).await.map_err(|error| Failure::of(&*error))
                }
                Err(error) => Err(Failure::of(&error)),
            });
        }
        answers
    })
}

/// As generated clients call: with the path alone.
async fn call(mut channel: GuardedChannel, url: &Uri) -> Result<(), Box<dyn std::error::Error>> {
    let path = url.path_and_query().expect("a path").as_str();
    std::future::poll_fn(|context| channel.poll_ready(context)).await?;
    let response = channel.call(Request::post(path).body(Body::empty())?).await?;
    response.into_body().collect().await?;
    Ok(())
}
