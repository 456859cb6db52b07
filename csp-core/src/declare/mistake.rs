use alloc::format;
use alloc::string::{String, ToString};
use core::ops::Range;

use super::{SourceError, SourceErrorKind, source};

/// A mistake found by the strict parser, before its help is worked out.
pub(super) struct Mistake {
    pub(super) kind: SourceErrorKind,
    pub(super) range: Range<usize>,
    pub(super) headline: String,
    pub(super) reason: String,
    /// The text without this mistake; it may have others.
    fix: Option<String>,
    /// What to say where no fix leads to a source that is admitted.
    advice: Option<String>,
}

impl Mistake {
    pub(super) fn new(
        kind: SourceErrorKind,
        range: Range<usize>,
        headline: impl Into<String>,
        reason: impl Into<String>,
    ) -> Self {
        Self { kind, range, headline: headline.into(), reason: reason.into(), fix: None, advice: None }
    }

    pub(super) fn fix(mut self, fix: impl Into<Option<String>>) -> Self {
        self.fix = fix.into();
        self
    }

    pub(super) fn advice(mut self, advice: impl Into<String>) -> Self {
        self.advice = Some(advice.into());
        self
    }

    /// The error, with a help that names a source which is admitted.
    pub(super) fn into_error(mut self, text: &str) -> SourceError {
        let help = match self.fix.take().and_then(corrected) {
            Some(corrected) => Some(write_instead(self.kind, &corrected)),
            None => self.advice.take(),
        };
        SourceError::new(text, self, help)
    }
}

/// Applies fixes until the text is admitted.
pub(super) fn corrected(mut text: String) -> Option<String> {
    // Every fix removes a mistake, and no text has more kinds of them than this.
    for _ in 0..8 {
        let next = match source::parse(&text) {
            Ok(_) => return Some(text),
            Err(mistake) => mistake.fix,
        };
        text = next.filter(|next| *next != text)?;
    }
    None
}

fn write_instead(kind: SourceErrorKind, corrected: &str) -> String {
    if let Some(keyword) = corrected.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')) {
        return format!("write `{keyword}` without quotes");
    }
    match corrected.strip_prefix("https://") {
        Some(host) if kind == SourceErrorKind::MissingScheme => {
            format!("write \"{corrected}\" (and \"wss://{host}\" if it is also used for WebSockets)")
        }
        None if source::parse(corrected).is_ok_and(|source| super::needs_justification(&source)) => {
            format!("write #[cfg(debug_assertions)] \"{corrected}\"")
        }
        _ => format!("write \"{corrected}\"").to_string(),
    }
}
