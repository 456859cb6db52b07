//! Declarations: the strict way in.
//!
//! What a program declares is written by people who can still correct it. So everything that a browser would drop, cut
//! or read in two ways is an error with a corrected text, and what is legal but risky is a finding.

mod authority;
mod characters;
mod defaults;
mod effect;
mod entry;
mod error;
mod keyword;
mod list;
mod mistake;
mod path;
mod positions;
mod public_suffix;
mod punycode;
mod risk;
mod scheme;
mod separators;
mod shadow;
mod source;
mod words;

pub use defaults::DEFAULT_DIRECTIVES;
#[cfg(feature = "syn")]
pub(crate) use defaults::default_value;
pub use entry::{Entry, EntryValue, Gate, NONCE_HOLE, with_some_nonce};
pub use error::{SourceError, SourceErrorKind};
pub use list::{Checked, Problem, ProblemKind, check, check_in};
pub use risk::needs_justification;
pub(crate) use shadow::covers;
pub use words::{WordError, check_words};
#[cfg(feature = "syn")]
pub(crate) use words::{endpoint_name_mistake, endpoint_url_mistake};
