#![doc = include_str!("../README.md")]
#![no_std]
#![cfg_attr(docsrs, feature(doc_cfg))]

extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

#[doc(hidden)]
pub mod __private;
mod blocked;
mod client;
#[doc = include_str!("../CLIENTS.md")]
pub mod clients {}
#[cfg(feature = "std")]
mod connect;
mod endpoint;
mod event;
mod extended;
mod guard;
#[cfg(feature = "http")]
mod http_header;
#[cfg(feature = "monitor")]
pub mod monitor;
mod nonce_policy;
mod observe;
mod policy;
mod remedy;
#[cfg(feature = "report")]
pub mod report;
#[cfg(feature = "std")]
mod resolve;
mod settings;
mod target;
#[cfg(feature = "tower")]
pub mod tower;
mod violation;

pub use blocked::{Blocked, NearestSource, Reason};
#[cfg(feature = "awc")]
pub use client::awc;
#[cfg(feature = "hyper")]
pub use client::hyper;
#[cfg(feature = "reqwest")]
pub use client::reqwest;
#[cfg(feature = "tokio-tungstenite")]
pub use client::tokio_tungstenite;
#[cfg(feature = "tonic")]
pub use client::tonic;
#[cfg(feature = "tungstenite")]
pub use client::tungstenite;
#[cfg(feature = "ureq")]
pub use client::ureq;
pub use csp_core as language;
pub use csp_core::{AddressKind, Difference, Disposition, SourceError, SourceErrorKind};
#[cfg(feature = "macros")]
#[doc(inline)]
pub use csp_macros::{connect_src, endpoint, policy};
pub use endpoint::Endpoint;
pub use extended::{ExtendError, ExtendErrorEntry, ExtendedPolicy};
pub use guard::{Guard, OriginError};
#[cfg(feature = "http")]
pub use http_header::CONTENT_SECURITY_POLICY;
pub use nonce_policy::NoncePolicy;
pub use observe::{Admission, Counters, Observe};
pub use policy::Policy;
#[cfg(feature = "std")]
pub use resolve::{Resolve, SystemResolver};
pub use target::CheckTarget;
pub use violation::Violation;
