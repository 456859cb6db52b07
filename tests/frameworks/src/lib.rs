//! Every framework serves the same site, and a client on TCP looks at it.

mod answer;
mod site;

pub use answer::{Answer, get};
pub use site::{ADMIN, PAGE, PRESET, TRIAL, check, page};
