//! The clients.

mod hyper;
mod reqwest;
mod tonic;
mod tower;

use crate::subject::Subject;

pub(crate) fn all() -> Vec<Box<dyn Subject>> {
    vec![
        Box::new(reqwest::Guarded),
        Box::new(tower::Stack),
        Box::new(hyper::Service),
        Box::new(hyper::Connector),
        Box::new(tonic::Connected),
        Box::new(tonic::Lazy),
    ]
}
