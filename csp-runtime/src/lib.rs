#![doc = include_str!("../README.md")]
#![no_std]
#![cfg_attr(docsrs, feature(doc_cfg))]

extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

#[doc(hidden)]
pub mod __private;
mod blocked;
#[cfg(feature = "reqwest")]
mod client;
mod const_text;
mod endpoint;
mod extended;
mod guard;
#[cfg(feature = "http")]
mod http_header;
mod policy;
mod remedy;
mod target;
#[cfg(feature = "tower")]
pub mod tower;

pub use blocked::{Blocked, NearestSource, Reason};
#[cfg(feature = "reqwest")]
pub use client::reqwest;
pub use csp_core as language;
pub use csp_core::{Difference, SourceError, SourceErrorKind};
#[cfg(feature = "macros")]
#[doc(inline)]
pub use csp_macros::{connect_src, endpoint};
pub use endpoint::Endpoint;
pub use extended::{ExtendError, ExtendErrorEntry, ExtendedPolicy};
pub use guard::{Guard, OriginError};
#[cfg(feature = "http")]
pub use http_header::CONTENT_SECURITY_POLICY;
pub use policy::Policy;
pub use target::CheckTarget;
