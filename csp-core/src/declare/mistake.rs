use alloc::boxed::Box;
use alloc::format;
use alloc::string::{String, ToString};
use core::ops::Range;

use super::{SourceError, SourceErrorKind, needs_justification, source};
use crate::DirectiveName;

/// What a part of the parser gives.
pub(super) type Parsed<T> = Result<T, Mistake>;

/// A mistake found by the strict parser, before its help is worked out.
pub(super) struct Mistake {
    pub(super) kind: SourceErrorKind,
    pub(super) range: Range<usize>,
    pub(super) headline: String,
    pub(super) reason: String,
    fix: Option<Box<Fix>>,
    /// What to say where no fix leads to a source that is admitted, or to one that covers more than what was written.
    advice: Option<String>,
}

/// The text without a mistake; it may have others.
struct Fix {
    text: String,
    /// What it covers, where that is more than what was written.
    scope: Option<String>,
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
        self.fix = fix.into().map(|text| Box::new(Fix { text, scope: None }));
        self
    }

    /// A fix that covers more than what was written: the text, and what it covers. The advice says how else.
    pub(super) fn widening(mut self, fix: Option<(String, String)>) -> Self {
        self.fix = fix.map(|(text, scope)| Box::new(Fix { text, scope: Some(scope) }));
        self
    }

    pub(super) fn advice(mut self, advice: impl Into<String>) -> Self {
        self.advice = Some(advice.into());
        self
    }

    /// The error, with a help that names a source which is admitted.
    pub(super) fn into_error(mut self, directive: DirectiveName, text: &str) -> SourceError {
        let help = match self.step(directive).and_then(Correction::follow) {
            Some(correction) => Some(write_instead(self.kind, &correction)),
            None => self.advice.take(),
        };
        SourceError::new(text, self, help)
    }

    fn step(&mut self, directive: DirectiveName) -> Option<Correction> {
        let Fix { text, scope } = *self.fix.take()?;
        let widening = scope.map(|scope| Widening { scope, otherwise: self.advice.clone() });
        Some(Correction { directive, text, widening })
    }
}

/// A text that is admitted instead of another.
pub(super) struct Correction {
    directive: DirectiveName,
    text: String,
    widening: Option<Widening>,
}

/// In what a correction goes beyond what was written.
struct Widening {
    scope: String,
    otherwise: Option<String>,
}

impl Correction {
    /// What is admitted instead of `text`, perhaps the text itself.
    pub(super) fn of(directive: DirectiveName, text: &str) -> Option<Self> {
        Self { directive, text: text.to_string(), widening: None }.follow()
    }

    /// The source.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The entry as people write it in a list, and what it covers if that is more than what was written.
    pub(super) fn entry(&self) -> String {
        match &self.widening {
            Some(Widening { scope, .. }) => format!("{} ({scope})", entry(self.directive, &self.text)),
            None => entry(self.directive, &self.text),
        }
    }

    /// Applies fixes until the text is admitted.
    fn follow(mut self) -> Option<Self> {
        // Every fix removes a mistake, and no text has more kinds of them than this.
        for _ in 0..8 {
            let mistake = source::parse(self.directive, &self.text).err();
            let Some(mut mistake) = mistake else { return Some(self) };
            let next = mistake.step(self.directive).filter(|next| next.text != self.text)?;
            self = Self { directive: self.directive, text: next.text, widening: next.widening.or(self.widening) };
        }
        None
    }
}

/// What stands in a list for a source: with the attribute without which it would be refused.
fn entry(directive: DirectiveName, source: &str) -> String {
    if source == "'self'" {
        return "self".to_string();
    }
    if source::parse(directive, source).is_ok_and(|source| needs_justification(&source)) {
        return format!("#[cfg(debug_assertions)] \"{source}\"");
    }
    format!("\"{source}\"")
}

fn write_instead(kind: SourceErrorKind, correction: &Correction) -> String {
    let websockets = correction.directive.source_list().websockets;
    let text = correction.text();
    if text == "'self'" {
        return "write `self` without quotes".to_string();
    }
    let written = format!("write {}", correction.entry());
    if let Some(Widening { otherwise: Some(otherwise), .. }) = &correction.widening {
        return format!("{written}, or {otherwise}");
    }
    match text.strip_prefix("https://") {
        Some(host)
            if websockets
                && kind == SourceErrorKind::MissingScheme
                && written.ends_with('"')
                && !written.contains('#') =>
        {
            format!("{written} (and \"wss://{host}\" if it is also used for WebSockets)")
        }
        _ => written,
    }
}
