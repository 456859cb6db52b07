use alloc::string::String;

use crate::Keyword;

/// Stands in a declared policy where each response has a nonce of its own. Braces are no part of the language.
pub const NONCE_HOLE: &str = "'nonce-{nonce}'";

/// A declared policy as a browser could receive it: with some nonce in its holes, for whoever judges the whole.
#[doc(hidden)]
#[must_use]
pub fn with_some_nonce(template: &str) -> String {
    template.replace(NONCE_HOLE, "'nonce-AAAAAAAAAAAAAAAAAAAAAA'")
}

/// One entry of a declared list.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// What was declared.
    pub value: EntryValue<'a>,
    /// When the entry counts.
    pub gate: Option<Gate>,
    /// Whether a reason justifies what is risky about it.
    pub justified: bool,
}

impl<'a> Entry<'a> {
    /// A source that always counts.
    #[must_use]
    pub const fn source(text: &'a str) -> Self {
        Self { value: EntryValue::Source(text), gate: None, justified: false }
    }
}

/// What an entry declares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EntryValue<'a> {
    /// `none`: the empty list.
    None,
    /// `self`: the page's own origin.
    SelfOrigin,
    /// A keyword by its name, such as `strict_dynamic`.
    Keyword(Keyword),
    /// `nonce`: one that is new for each response.
    Nonce,
    /// The text of a source, `'self'` and `'none'` among them.
    Source(&'a str),
}

impl<'a> EntryValue<'a> {
    /// The text that stands in the header; [`NONCE_HOLE`] for a nonce.
    #[must_use]
    pub const fn text(self) -> &'a str {
        match self {
            Self::None => "'none'",
            Self::SelfOrigin => "'self'",
            Self::Keyword(keyword) => keyword.as_str(),
            Self::Nonce => NONCE_HOLE,
            Self::Source(text) => text,
        }
    }
}

/// A condition of compilation: the predicate of `#[cfg(…)]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gate {
    /// The predicate's text.
    pub predicate: String,
    /// Whether it holds in every release build, and so is no gate at all.
    pub open_in_release: bool,
    /// Whether a Cargo feature opens it.
    pub by_feature: bool,
}
