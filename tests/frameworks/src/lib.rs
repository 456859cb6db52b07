//! Every framework serves the same site, and a client on TCP looks at it.

mod answer;
#[cfg(doctest)]
#[doc = include_str!("../../../csp-runtime/FRAMEWORKS.md")]
mod documented {}
mod site;

pub use answer::{Answer, get};
pub use site::{ADMIN, PAGE, PRESET, TRIAL, check, check_extended, page};
