//! The clients.

mod awc;
mod reqwest;
mod tokio_tungstenite;
mod tungstenite;
mod ureq;

use crate::subject::Subject;

pub(crate) fn all() -> Vec<Box<dyn Subject>> {
    vec![
        Box::new(reqwest::Guarded),
        Box::new(ureq::Guarded),
        Box::new(awc::Guarded),
        Box::new(tungstenite::Guarded),
        Box::new(tokio_tungstenite::Guarded),
    ]
}
