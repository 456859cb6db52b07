//! The token grammar of the macros, for the macros themselves and for tools that read declarations out of `.rs` files.
//!
//! ```text
//! connect_src! {
//!     crate = path;                                   // where csp_runtime is, if it is not ::csp_runtime
//!     /// docs and other attributes
//!     pub static NAME = [ entry, … ];                 // any number of items
//! }
//! connect_src!(entry, …)                              // an expression
//!
//! entry: #[cfg(…)] #[insecure(reason = "…")] value => "reason"
//! value: "https://api.example.com" | self | none
//! ```
//!
//! Reading goes on after a mistake, so that all of them are reported at once.

mod connect_src;
mod endpoint;
mod entry;
mod errors;
mod gate;
mod invocations;
mod tokens;

pub use connect_src::{ConnectSrc, ConnectSrcBody, ConnectSrcItem};
pub use endpoint::EndpointCall;
pub use entry::{DeclaredEntry, DeclaredList, DeclaredValue};
pub use errors::Errors;
pub use gate::DeclaredGate;
pub use invocations::Invocation;
