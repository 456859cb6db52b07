//! The clients.

mod reqwest;
mod reqwest_blocking;
mod reqwest_middleware;
mod reqwest_raw;

use crate::subject::Subject;

pub(crate) fn all() -> Vec<Box<dyn Subject>> {
    vec![
        Box::new(reqwest::Guarded),
        Box::new(reqwest_blocking::Guarded),
        Box::new(reqwest_middleware::Guarded),
        Box::new(reqwest_raw::Guarded),
    ]
}
