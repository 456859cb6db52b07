//! The token grammar of the macros, for the macros themselves and for tools that read declarations out of `.rs` files.
//!
//! ```text
//! connect_src! {
//!     crate = path;                                   // where csp_runtime is, if it is not ::csp_runtime
//!     /// docs and other attributes
//!     #[scanned]                                      // or #[scanned("root", …)]: all that a build script found is covered
//!     pub static NAME = [ entry, … ];                 // any number of items
//! }
//! connect_src!(entry, …)                              // an expression
//!
//! entry: #[cfg(…)] #[insecure(reason = "…")] value => "reason"
//!      | #[cfg(…)] ..PATH                             // the sources of another declaration
//!      | ..scanned                                    // or ..scanned("root", …): what a build script found
//! value: "https://api.example.com" | self | none
//!
//! policy! {
//!     pub static NAME = {
//!         use_defaults: true,                         // helmet's, or
//!         extends: PATH,                              // another policy! item
//!         remove: [directive, …],
//!         report_only: true,
//!         report_to: "name" => "https://…",
//!         connection_allowlist: true | { also: ["https://…", …], report_only: true },
//!         directive: [entry, …] | [word, …] | word | true | PATH,
//!     };
//! }
//! ```
//!
//! Reading goes on after a mistake, so that all of them are reported at once.

mod attributes;
mod connect_src;
mod endpoint;
mod entry;
mod errors;
mod gate;
mod invocations;
mod item;
mod list;
mod policy;
mod scanned;
mod spread;
mod tokens;
mod value;

pub use connect_src::{ConnectSrc, ConnectSrcBody, ConnectSrcItem};
pub use endpoint::EndpointCall;
pub use entry::DeclaredEntry;
pub use errors::Errors;
pub use gate::DeclaredGate;
pub use invocations::Invocation;
pub use item::ItemHead;
pub use list::{DeclaredInclude, DeclaredList};
pub use policy::{
    DeclaredAllowlist, DeclaredDirective, DeclaredDirectiveValue, DeclaredEndpoint, DeclaredPolicy, DeclaredWord,
    EffectiveDirective, EffectiveValue, PolicyDeclarations, PolicyItem,
};
pub use scanned::{DeclaredRoot, DeclaredScan, DeclaredSpread, ScannedInvocation};
pub use spread::ScanSelection;
pub use value::DeclaredValue;
