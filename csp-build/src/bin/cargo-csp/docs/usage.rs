//! What connects, and where it says so.

use serde::Serialize;

use super::destination::Destination;

/// Something that connects.
pub(super) struct Usage {
    pub(super) place: Place,
    /// The packages whose declarations decide about it; of all if there are none.
    pub(super) members: Vec<usize>,
    /// The names of the declarations that the front end's pages have; any of them if empty.
    pub(super) pages: Vec<String>,
    pub(super) target: UsageTarget,
}

pub(super) enum UsageTarget {
    /// One origin, and what is known of the URLs there: at least one.
    Known(Vec<Destination>),
    /// Not known, and why.
    Unresolved(String),
}

/// Where it says so.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub(super) enum Place {
    /// A call in a front end.
    #[cfg_attr(not(feature = "scan"), expect(dead_code, reason = "what finds them is not built in"))]
    FrontEnd { file: String, line: u32, column: u32, call: String },
    /// An `endpoint!` literal.
    Rust { file: String, line: usize, column: usize, policy: String, url: String },
    /// A URL in an API document.
    Api {
        file: String,
        /// Where in the document, as a JSON pointer.
        pointer: String,
        /// What the URL is for: `server`, `tokenUrl`, …
        role: String,
        /// The URL, variables filled in.
        url: Option<String>,
        /// What is reached there: `GET /users/{id}`.
        operations: Vec<String>,
    },
}
