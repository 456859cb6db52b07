use core::fmt;

/// Why a handler can't have a [`Nonce`](crate::Nonce): nothing around it makes one. It is a mistake in the program, answered
/// with 500.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MissingNonce {
    /// Where the framework has one: what makes nonces.
    pub(crate) help: &'static str,
}

impl MissingNonce {
    /// What to add, and where.
    #[must_use]
    pub const fn help(&self) -> &'static str {
        self.help
    }
}

impl fmt::Display for MissingNonce {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "the request has no nonce\n  help: {}", self.help)
    }
}

impl core::error::Error for MissingNonce {}
