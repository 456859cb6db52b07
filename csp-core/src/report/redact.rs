//! What may be a secret is taken out.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::{String, ToString as _};
use core::ops::Deref;

use super::{Resource, ViolationReport};
use crate::{Target, visible};

/// The most of a URL that is kept, in characters.
const LONGEST_URL: usize = 2048;
/// The most of a policy that is kept, in characters.
const LONGEST_POLICY: usize = 16 << 10;
/// The most of a browser's name and of a directive that is kept, in characters.
const LONGEST_NAME: usize = 256;
/// The most of a sample that is kept, in characters: as much as browsers send.
const LONGEST_SAMPLE: usize = 40;

/// What stands for a nonce. It is one, so that the policy reads as before.
const NONCE: &str = "'nonce-redacted'";

/// What stands for a text of which nothing can be kept.
const UNREADABLE: &str = "[unreadable]";

/// A report without secrets; made by [`redact`] only. This is what may be stored, logged and shown.
///
/// Control characters and invisible ones are escaped, so a text is one line and stays one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RedactedReport {
    report: ViolationReport<'static>,
}

impl Deref for RedactedReport {
    type Target = ViolationReport<'static>;

    fn deref(&self) -> &Self::Target {
        &self.report
    }
}

impl RedactedReport {
    /// The report.
    #[must_use]
    pub fn into_inner(self) -> ViolationReport<'static> {
        self.report
    }
}

/// Takes out of a report what may be a secret: queries, fragments, user names and passwords of all its URLs, those of
/// the policy too, and the policy's nonces. What is too long is cut.
///
/// A URL without a host, such as `data:…`, is its own content: its scheme is kept.
#[must_use]
pub fn redact(report: &ViolationReport<'_>) -> RedactedReport {
    let optional_url = |text: &Option<Cow<'_, str>>| text.as_deref().map(|text| Cow::Owned(redact_url(text)));
    RedactedReport {
        report: ViolationReport {
            document_url: redact_url(&report.document_url).into(),
            referrer: optional_url(&report.referrer),
            blocked_url: redact_url(&report.blocked_url).into(),
            effective_directive: cut(&report.effective_directive, LONGEST_NAME).into(),
            original_policy: cut(&redact_policy(&report.original_policy), LONGEST_POLICY).into(),
            disposition: report.disposition,
            status_code: report.status_code,
            source_file: optional_url(&report.source_file),
            line_number: report.line_number,
            column_number: report.column_number,
            sample: report.sample.as_deref().map(|text| cut(text, LONGEST_SAMPLE).into()),
            age: report.age,
            user_agent: report.user_agent.as_deref().map(|text| cut(text, LONGEST_NAME).into()),
        },
    }
}

/// Scheme, host, port and path; of what has no host the scheme; of what is no URL the text before its query.
fn redact_url(text: &str) -> String {
    match Resource::of(text) {
        Resource::Empty => String::new(),
        Resource::Url(url) => cut(&Target::from(&url).to_string(), LONGEST_URL),
        Resource::Scheme(scheme) if scheme == "about" => cut(before_query(text.trim_ascii()), LONGEST_URL),
        Resource::Scheme(scheme) => {
            // Whether there is a colon is the browser's choice; what it says is kept.
            let colon = if text.contains(':') { ":" } else { "" };
            cut(&format!("{scheme}{colon}"), LONGEST_URL)
        }
        Resource::Word(word) => word.into(),
        // What is no URL must not become one, nor a word, by what is taken out.
        Resource::Unknown(text) => match Resource::of(&text) {
            Resource::Unknown(same) if same == text => text,
            _ => UNREADABLE.into(),
        },
    }
}

/// A text that is no URL: what stands before the query, without what may be credentials, escaped and cut.
pub(super) fn clean(text: &str) -> String {
    cut(without_credentials(before_query(text)).trim_ascii(), LONGEST_URL)
}

/// A policy without nonces, and its URLs without queries, fragments and credentials.
///
/// Two policies that differ in those only are the same after it: nonces are new for each page.
pub(super) fn redact_policy(policy: &str) -> String {
    // Nearly all policies have nothing that may be a secret.
    let is_plain = |byte: &u8| matches!(byte, b' '..=b'~') && !matches!(byte, b'?' | b'#' | b'@');
    let has_nonce = || policy.as_bytes().windows(6).any(|text| text.eq_ignore_ascii_case(b"nonce-"));
    if policy.as_bytes().iter().all(is_plain) && !has_nonce() {
        return policy.into();
    }
    let is_end = |character: char| character.is_ascii_whitespace() || matches!(character, ';' | ',');
    let mut out = String::with_capacity(policy.len());
    for piece in policy.split_inclusive(is_end) {
        let token = piece.trim_end_matches(is_end);
        // Whatever quotes somebody took.
        let bare = token.trim_start_matches(|character: char| !character.is_ascii_alphanumeric());
        if bare.get(..6).is_some_and(|start| start.eq_ignore_ascii_case("nonce-")) {
            out.push_str(NONCE);
        } else {
            out.push_str(&without_credentials(before_query(token)));
        }
        // What separates is one character, or nothing at the end.
        out.extend(piece[token.len()..].chars().map(|end| if end.is_ascii_whitespace() { ' ' } else { end }));
    }
    out
}

fn before_query(text: &str) -> &str {
    &text[..text.find(['?', '#']).unwrap_or(text.len())]
}

/// Without what stands before an `@` in the authority, wherever a program may see the authority.
fn without_credentials(text: &str) -> String {
    let mut text = String::from(text);
    loop {
        let slashes = text.find("//").unwrap_or_default();
        let start = slashes + text[slashes..].find(|character| !matches!(character, '/' | '\\')).unwrap_or_default();
        // Without slashes, it begins with the text.
        let start = if text[slashes..].starts_with("//") { start } else { 0 };
        let end = text[start..].find(['/', '\\']).map_or(text.len(), |length| start + length);
        let Some(at) = text[start..end].rfind('@') else { return text };
        text.replace_range(start..=start + at, "");
    }
}

/// The first characters, those that can't be seen escaped.
fn cut(text: &str, characters: usize) -> String {
    // Nearly all texts are short and plain.
    let is_plain = text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    let mut text = if is_plain { String::from(text) } else { visible(text) };
    if let Some((end, _)) = text.char_indices().nth(characters) {
        text.truncate(end);
        text.push('…');
    }
    text
}
