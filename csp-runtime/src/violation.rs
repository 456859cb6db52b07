//! A breach of a policy, whoever noticed it.

use alloc::borrow::ToOwned;
use alloc::string::{String, ToString};

use csp_core::Disposition;

use crate::Blocked;

/// A breach of a policy ([CSP3, 2.4](https://www.w3.org/TR/CSP3/#framework-violation)): what a browser reports, and what
/// a guard refuses.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Violation {
    /// The document, or the program, that wanted to connect.
    pub document_url: String,
    /// Where the user came from, if it is known.
    pub referrer: Option<String>,
    /// Where it wanted to connect to, without user name, password, query and fragment.
    pub blocked_url: String,
    /// The directive whose sources didn't cover the URL.
    pub effective_directive: String,
    /// The policy, whole.
    pub original_policy: String,
    /// Whether the connection was stopped.
    pub disposition: Disposition,
    /// The source file; of a guard's refusal that of the declaration.
    pub source_file: Option<String>,
    /// The line in the source file, from 1.
    pub line_number: Option<u32>,
    /// The column in the line, from 1.
    pub column_number: Option<u32>,
    /// The first characters of an inline script or style.
    pub sample: Option<String>,
    /// The HTTP status of the document; 0 where there is none.
    pub status_code: u16,
}

impl Blocked {
    /// The refusal in the form of a browser's report. `document_url` names the program that wanted to connect.
    ///
    /// ```
    /// csp_runtime::connect_src! { static BACKEND = ["https://api.example.com"]; }
    /// let blocked = BACKEND.guard().check("https://evil.example/x?key=secret").unwrap_err();
    /// let violation = blocked.violation("https://shop.example.com");
    /// assert_eq!(violation.blocked_url, "https://evil.example/x");
    /// assert_eq!(violation.effective_directive, "connect-src");
    /// assert_eq!(violation.original_policy, "connect-src https://api.example.com");
    /// ```
    #[must_use]
    pub fn violation(&self, document_url: &str) -> Violation {
        Violation {
            document_url: document_url.to_owned(),
            referrer: None,
            blocked_url: self.blocked_url(),
            effective_directive: "connect-src".to_owned(),
            original_policy: self.directive().to_string(),
            disposition: self.disposition(),
            source_file: Some(self.policy().file().to_owned()),
            line_number: Some(self.policy().line()),
            column_number: None,
            sample: None,
            status_code: 0,
        }
    }
}
