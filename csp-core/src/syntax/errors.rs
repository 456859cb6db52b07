use core::fmt;

use proc_macro2::Span;

/// Mistakes in the syntax of an invocation, collected so that all are reported.
///
/// ```
/// use csp_core::syntax::{ConnectSrc, Errors};
///
/// let mut errors = Errors::default();
/// let _ = ConnectSrc::parse("api, slef".parse().unwrap(), &mut errors);
/// let texts: Vec<String> = errors.into_error().into_iter().flatten().map(|error| error.to_string()).collect();
/// assert_eq!(texts.len(), 2, "{texts:?}");
/// ```
#[derive(Default)]
pub struct Errors {
    combined: Option<syn::Error>,
}

impl Errors {
    /// Adds a mistake at a place.
    pub fn push(&mut self, span: Span, message: impl fmt::Display) {
        self.combine(syn::Error::new(span, message));
    }

    /// Adds the parser's own error.
    pub fn combine(&mut self, error: syn::Error) {
        match &mut self.combined {
            Some(combined) => combined.combine(error),
            None => self.combined = Some(error),
        }
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.combined.is_none()
    }

    /// All of them in one error; `None` if there are none.
    #[must_use]
    pub fn into_error(self) -> Option<syn::Error> {
        self.combined
    }
}
