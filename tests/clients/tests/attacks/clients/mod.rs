//! The clients.

mod awc;
mod hyper;
mod reqwest;
mod reqwest_blocking;
mod reqwest_middleware;
mod reqwest_raw;
mod tokio_tungstenite;
mod tonic;
mod tower;
mod tungstenite;
mod ureq;

use crate::subject::Subject;

pub(crate) fn all() -> Vec<Box<dyn Subject>> {
    vec![
        Box::new(reqwest::Guarded),
        Box::new(reqwest_blocking::Guarded),
        Box::new(reqwest_middleware::Guarded),
        Box::new(reqwest_raw::Guarded),
        Box::new(tower::Stack),
        Box::new(hyper::Service),
        Box::new(hyper::Connector),
        Box::new(tonic::Connected),
        Box::new(tonic::Lazy),
        Box::new(ureq::Guarded),
        Box::new(awc::Guarded),
        Box::new(tungstenite::Guarded),
        Box::new(tokio_tungstenite::Guarded),
    ]
}
