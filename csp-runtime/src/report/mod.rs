//! Violation reports of browsers: read, classified, redacted, grouped and explained.
//!
//! The rules are those of [`csp_core::report`], which the command `cargo csp reports` has too; here they
//! meet the program's own types. A redacted report is a [`Violation`](crate::Violation), as a guard's refusal is.
//!
//! ```
//! use csp_runtime::Violation;
//! use csp_runtime::report::{Class, Limits, OwnPolicies, classify, parse, redact};
//!
//! csp_runtime::connect_src! { static SHOP = ["https://stream.example.com"]; }
//!
//! // The body of a request to the endpoint in `report-uri`.
//! let body = br#"{"csp-report": {
//!     "document-uri": "https://shop.example.com/cart?token=secret",
//!     "violated-directive": "connect-src https://stream.example.com",
//!     "original-policy": "connect-src https://stream.example.com",
//!     "blocked-uri": "https://stream.exmple.com/notifications?key=secret"
//! }}"#;
//! let own = OwnPolicies::new([SHOP.header()]);
//! for report in parse(body, &Limits::default())?.reports() {
//!     assert_eq!(classify(report, &own).class, Class::Violation);
//!     let violation = Violation::from(&redact(report));
//!     assert_eq!(violation.blocked_url, "https://stream.exmple.com/notifications");
//!     assert_eq!(violation.effective_directive, "connect-src");
//! }
//! # Ok::<(), csp_runtime::report::BodyError>(())
//! ```
//!
//! The feature `monitor` has a collector, stores and counters. A server that reads bodies itself answers every batch that
//! [`parse`] can read with 204, since browsers send again what is refused. It must bound the body by [`Limits::longest`]
//! and refuse what [`accepts`] doesn't.

mod violation;

#[doc(inline)]
pub use csp_core::report::{
    Batch, BodyError, BodyErrorKind, Class, Classification, Counts, Explanation, GroupKey, Limits, NearestSource,
    OwnPolicies, PolicyMatch, Reason, RedactedReport, Rejection, RejectionKind, Resource, ViolationReport, accepts,
    classify, explain, parse, redact,
};
