#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod cargo;
mod error;
#[cfg(feature = "scan")]
mod extract;
mod front_end;
mod hash;
mod inputs;
mod lock;
// Of the command too, which is another crate; not for people.
#[doc(hidden)]
pub mod paths;
mod rust;
#[cfg(feature = "scan")]
pub mod scan;
mod walk;

pub use error::Error;
pub use front_end::{FrontEnd, scan};
