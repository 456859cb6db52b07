//! Violation reports of browsers: read, classified, redacted, grouped and explained.
//!
//! A browser that stops a connection, or would have, sends a report to the policy's `report-uri` or `report-to`. The way
//! of a report:
//!
//! 1. [`accepts`] its content type, and [`parse`] reads the body: both wire formats, by their shape.
//! 2. [`classify`] says whether it is about this build's policy, and whether it is one of the kinds of noise.
//! 3. [`redact`] takes out what may be a secret. Nothing else may be stored, logged or shown.
//! 4. [`GroupKey`] says which reports tell of the same breach.
//! 5. [`explain`] says why the browser blocked it, and what to write.
//!
//! ```
//! use csp_core::report::{Class, GroupKey, Limits, OwnPolicies, classify, explain, parse, redact};
//!
//! let body = br#"{"csp-report": {
//!     "document-uri": "https://shop.example.com/cart?token=secret",
//!     "effective-directive": "connect-src",
//!     "original-policy": "connect-src 'self' https://stream.example.com; report-uri /csp",
//!     "disposition": "enforce",
//!     "blocked-uri": "https://stream.exmple.com/notifications?key=secret"
//! }}"#;
//! let batch = parse(body, &Limits::default())?;
//! assert_eq!(batch.counts().accepted, 1);
//!
//! let own = OwnPolicies::new(["connect-src 'self' https://stream.example.com; report-uri /csp"]);
//! let report = &batch.reports()[0];
//! let classification = classify(report, &own);
//! assert_eq!(classification.class, Class::Violation);
//!
//! let report = redact(report);
//! assert_eq!(report.blocked_url, "https://stream.exmple.com/notifications");
//! assert_eq!(GroupKey::of(&report).blocked_origin, "https://stream.exmple.com");
//!
//! let explanation = explain(&report, classification);
//! assert_eq!(explanation.nearest.unwrap().source, "https://stream.example.com");
//! assert_eq!(explanation.entry.as_deref(), Some("\"https://stream.exmple.com\","));
//! # Ok::<(), csp_core::report::BodyError>(())
//! ```
//!
//! # What it does not protect against
//!
//! Whoever knows the endpoint can send reports: a report is a claim. What [`explain`] suggests is made of parts of a parsed
//! URL only and says that it is not [verified](Explanation::verified). Redaction takes out queries, fragments, credentials and
//! nonces; a secret in a path or a host name stays.

mod class;
mod content_type;
mod entry;
mod error;
mod explain;
mod group;
mod json;
mod limits;
mod own;
mod parse;
mod redact;
mod resource;
mod violation_report;

pub use class::{Class, Classification, classify};
pub use content_type::accepts;
pub use error::{BodyError, BodyErrorKind, Rejection, RejectionKind};
pub use explain::{Explanation, NearestSource, Reason, explain};
pub use group::GroupKey;
pub use limits::Limits;
pub use own::{OwnPolicies, PolicyMatch};
pub use parse::{Batch, Counts, parse};
pub use redact::{RedactedReport, redact};
pub use resource::Resource;
pub use violation_report::ViolationReport;
