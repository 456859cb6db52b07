//! The clients.

mod reqwest;
mod ureq;

use crate::subject::Subject;

pub(crate) fn all() -> Vec<Box<dyn Subject>> {
    vec![Box::new(reqwest::Guarded), Box::new(ureq::Guarded)]
}
