//! The language of [Content Security Policy](https://www.w3.org/TR/CSP3/): grammar, canonical text and matching.
//!
//! This crate is the one place in which the rules of the language are written. The macros use it at compile time, the
//! guards at run time, the command at build time. It needs `alloc` and nothing else.
//!
//! There are two ways in, and one grammar:
//!
//! - **Declarations** are strict: [`SourceExpression::declare`] and [`check`] refuse whatever a browser would drop, cut
//!   or read in two ways, and say what to write instead.
//! - **Received policies**, such as the header of another site, are read as browsers read them:
//!   [`Policy::parse`], [`PolicyList::parse`].
//!
//! With the feature `report`, the module `report` reads the violation reports of browsers.
//!
//! [`Policy::decide_connect`] decides as Chromium does, which was never looser than Firefox on what a declaration
//! admits.
//!
//! ```
//! use csp_core::{PolicyList, Request, Target, Verdict};
//!
//! let policies = PolicyList::parse("connect-src 'self' https://api.example.com");
//! let target = Target::canonical("https://stream.example.com/notifications").unwrap();
//! assert_eq!(policies.decide_connect(&Request::new(target)).verdict, Verdict::Block);
//! ```
#![no_std]
#![cfg_attr(docsrs, feature(doc_cfg))]

extern crate alloc;

mod address;
mod allowlist;
mod ascii;
mod compare;
mod compose;
mod const_text;
mod declare;
mod directive;
mod finding;
#[doc = include_str!("../FINDINGS.md")]
pub mod findings {}
mod grammar;
mod guard;
mod matching;
mod merge;
mod nearest;
mod origin;
mod policy;
mod receive;
mod remedy;
#[cfg(feature = "report")]
pub mod report;
pub mod scan;
mod source;
mod source_list;
mod suggest;

#[cfg(feature = "syn")]
pub mod syntax;
mod table;
mod target;
mod weakness;

pub use address::{AddressKind, address_of_host};
pub use allowlist::{allowlist_mistake, first_allowlist_mistake, write_allowlist};
pub use compare::{Change, EVERYTHING};
pub use compose::{Composition, Part, connect_directive, contains, directive_value, directives, source_list};
pub use const_text::ConstText;
pub use declare::{
    Checked, DEFAULT_DIRECTIVES, Entry, EntryValue, Gate, NONCE_HOLE, Problem, ProblemKind, SourceError,
    SourceErrorKind, WordError, check, check_in, check_words, needs_justification, with_some_nonce,
};
pub use directive::{Directive, DirectiveName, DirectiveValue};
pub use finding::{Finding, FindingCode, Severity};
pub use grammar::{SANDBOX_FLAGS, SourceListGrammar, ValueGrammar};
pub use guard::{Refusal, admit, refused_address};
#[cfg(feature = "url")]
pub use guard::{admit_url, has_credentials};
pub use matching::{Difference, Request, covering, difference};
pub use merge::merge_policies;
pub use nearest::{Nearest, nearest, nearest_in};
pub use origin::Origin;
pub use policy::{Decision, Disposition, Policy, PolicyList, Verdict};
pub use remedy::{Remedy, SuggestedSource, suggested_entry, suggested_source};
pub use source::{
    HashAlgorithm, HashSource, HostPart, HostSource, Keyword, NonceSource, PathPart, PortPart, SchemePart,
    SourceExpression, Tokens,
};
pub use source_list::SourceList;
pub use suggest::{closest, excerpt, visible};
pub use table::{Bytes, Lookup, Places, Table, TableData, Unsettled, UsualUrl};
pub use target::Target;
