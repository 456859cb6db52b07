//! The clients.

mod reqwest;

use crate::subject::Subject;

pub(crate) fn all() -> Vec<Box<dyn Subject>> {
    vec![Box::new(reqwest::Guarded)]
}
