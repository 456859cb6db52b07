use core::fmt;

use proc_macro2::Span;

/// Mistakes in the syntax of an invocation, collected so that all are reported.
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
