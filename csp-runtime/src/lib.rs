// The first definition of a link counts: here they lead to the pages of this version.
//! [clients]: mod@crate::clients
//! [csp-core]: csp_core
//! [frameworks]: mod@crate::frameworks
//! [policies]: mod@crate::policies
//!
#![doc = include_str!("../README.md")]
#![no_std]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![cfg_attr(
    not(all(feature = "macros", feature = "nonce", feature = "tower")),
    allow(rustdoc::broken_intra_doc_links, reason = "docs name what other features bring")
)]

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
mod covers;
#[cfg(any(feature = "actix", feature = "rocket", feature = "tower"))]
mod deliver;
#[cfg(any(feature = "actix", feature = "http", feature = "rocket"))]
mod delivery;
mod endpoint;
mod event;
mod extended;
mod extended_nonce_policy;
#[cfg(any(feature = "actix", feature = "axum", feature = "rocket"))]
mod framework;
// Its examples need every framework: the tests of the frameworks run them.
#[cfg_attr(not(doctest), doc = include_str!("../FRAMEWORKS.md"))]
#[cfg_attr(doctest, doc = "What to write in each framework.")]
pub mod frameworks {}
mod guard;
mod holes;
#[cfg(feature = "http")]
mod http_header;
#[cfg(feature = "tower")]
mod http_response;
pub mod manual;
#[cfg(feature = "monitor")]
pub mod monitor;
#[cfg(any(feature = "actix", feature = "tower"))]
mod nesting;
#[cfg(feature = "nonce")]
mod nonce;
mod nonce_policy;
mod observe;
#[doc = include_str!("../POLICIES.md")]
pub mod policies {}
mod policy;
#[cfg(feature = "report")]
pub mod report;
#[cfg(feature = "std")]
mod resolve;
mod response_header;
#[cfg(feature = "nonce")]
mod response_policy;
mod scanned_calls;
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
pub use csp_macros::{connect_src, endpoint, policy, scanned_calls};
pub use endpoint::Endpoint;
pub use extended::{ExtendError, ExtendErrorEntry, ExtendedPolicy};
pub use extended_nonce_policy::ExtendedNoncePolicy;
#[cfg(all(feature = "nonce", any(feature = "actix", feature = "axum", feature = "rocket")))]
pub use framework::MissingNonce;
#[cfg(feature = "actix")]
pub use framework::actix;
#[cfg(feature = "rocket")]
pub use framework::rocket;
pub use guard::{Guard, OriginError};
#[cfg(feature = "http")]
pub use http_header::{CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY_REPORT_ONLY, REPORTING_ENDPOINTS};
#[cfg(feature = "nonce")]
pub use nonce::Nonce;
pub use nonce_policy::NoncePolicy;
pub use observe::{Admission, Counters, Observe};
pub use policy::Policy;
#[cfg(feature = "std")]
pub use resolve::{Resolve, SystemResolver};
#[cfg(feature = "nonce")]
pub use response_policy::ResponsePolicy;
pub use scanned_calls::ScannedCalls;
pub use target::CheckTarget;
pub use violation::Violation;
