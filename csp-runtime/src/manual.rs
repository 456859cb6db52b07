//! The manual: one page for each thing that people want to do.
//!
//! | | |
//! |---|---|
//! | [getting started](getting_started) | from an empty server to a policy that is obeyed |
//! | the declaration | [`connect_src!`](crate::connect_src), [`policy!`](macro@crate::policy), [policies](crate::policies) |
//! | frameworks | [frameworks](mod@crate::frameworks) |
//! | clients | [clients](crate::clients) |
//! | the build script and the command | [`csp-build`](https://docs.rs/csp-build) |
//! | [monitoring] | reports, stores, the panel |
//! | [threats] | what it protects, and what it doesn't |
//! | [migration] | from helmet, from headers by hand, from other crates |
//! | [browsers] | what browsers do, as measured |
//! | [performance] | what it costs, as measured |
//! | [findings](csp_core::findings) | what each warning means |

#[doc = include_str!("../manual/browsers.md")]
pub mod browsers {}
#[doc = include_str!("../manual/getting-started.md")]
pub mod getting_started {}
#[doc = include_str!("../manual/migration.md")]
pub mod migration {}
#[doc = include_str!("../manual/monitoring.md")]
pub mod monitoring {}
#[doc = include_str!("../manual/performance.md")]
pub mod performance {}
#[doc = include_str!("../manual/threats.md")]
pub mod threats {}
