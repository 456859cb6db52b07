//! Which bodies may be reports.

/// Whether a body of this content type is read as reports: `application/csp-report`, `application/reports+json` and
/// `application/json`, whatever their parameters.
///
/// Text and forms are refused: any page can make a browser send those to another origin without asking first.
///
/// ```
/// use csp_core::report::accepts;
///
/// assert!(accepts("application/reports+json; charset=utf-8"));
/// assert!(!accepts("text/plain"));
/// ```
#[must_use]
pub fn accepts(content_type: &str) -> bool {
    let essence = content_type.split(';').next().unwrap_or_default().trim_matches([' ', '\t']);
    ["application/csp-report", "application/reports+json", "application/json"]
        .iter()
        .any(|accepted| accepted.eq_ignore_ascii_case(essence))
}
