//! The macros of [`csp-runtime`](https://docs.rs/csp-runtime), which re-exports them. Depend on that crate; the docs
//! of its macros tell how they are used.
//!
//! Stages: the token grammar is `csp_core::syntax`, the meaning is checked by `csp_core::check`, and this crate writes
//! the tokens.

mod connect_src;
mod diagnostic;
mod docs;
mod endpoint;
mod gates;
mod header;
mod item;
mod list;
mod policy;
mod refusal;
mod runtime;
mod scanned;
mod scanned_calls;

use proc_macro::TokenStream;

/// Declares where a page or a program may connect: a const `Content-Security-Policy: connect-src …` header and a guard
/// for outbound requests, of one list.
///
/// Every source is checked when the program is compiled. What a browser would drop, cut or read in two ways is an
/// error at its literal, with the text to write instead; all mistakes are reported at once. What is legal and risky is
/// a warning, unless `#[insecure(reason = "…")]` on the entry justifies it.
///
/// # Items
///
/// ```
/// csp_runtime::connect_src! {
///     /// Everything the shop's pages may talk to.
///     pub static SHOP = [
///         self,
///         "https://api.example.com",
///         "wss://ws.example.com" => "live order feed",
///         #[cfg(debug_assertions)] "http://localhost:*",
///         #[cfg(debug_assertions)] "ws://localhost:*",
///         #[insecure(reason = "the old till speaks no TLS")] "http://till.example.com",
///     ];
/// }
/// const CSP: &str = SHOP.header();
/// assert!(CSP.starts_with("connect-src 'self' https://api.example.com wss://ws.example.com"));
/// ```
///
/// An item is a `static` of the type `csp_runtime::Policy`. An invocation takes any number of them.
///
/// # Expressions
///
/// ```
/// const CSP: &str = csp_runtime::connect_src!(self, "https://api.example.com").header();
/// assert_eq!(CSP, "connect-src 'self' https://api.example.com");
/// ```
///
/// The value is a `&'static csp_runtime::Policy`, in const contexts too.
///
/// # Entries
///
/// - `"https://api.example.com"`: a source in its canonical spelling, with its scheme. `https://` and `wss://` are two
///   permissions. A path that ends in `/` covers what is below it, any other only itself.
/// - `self`: the page's own origin. `none`, alone: nothing.
/// - `#[cfg(…)]` before a source: it counts only where the predicate holds. A loopback, `http:` or `ws:` source must
///   have one that doesn't hold in every release build, or an `#[insecure(reason = "…")]`.
/// - `=> "reason"` behind a source: why it is there, for the people who read the declaration.
/// - `..PATH`: the sources of another declaration. A source that both have is an error; what two of those that are taken in
///   have, such as `self`, is in the header once.
/// - `..scanned`: every origin that a build script found in the front end; those of this machine count under
///   `debug_assertions`, unencrypted ones must be declared.
///
/// # What a build script found
///
/// `#[scanned]` on an item compares it with the calls that `csp_build::scan` found in the front end. A call that no source
/// covers in this build is an error that names its file, line and column; a source that no call uses is a warning, unless
/// it has a reason, and so are calls whose origin is not known. Without a build script it is an error:
/// nothing counts as covered that nobody looked at. `#[scanned("web/src")]` takes what is below that root of the scan.
///
/// # Renamed dependencies
///
/// `crate = path;` at the beginning says where `csp_runtime` is, if it is not `::csp_runtime`.
#[proc_macro]
pub fn connect_src(input: TokenStream) -> TokenStream {
    connect_src::expand(input.into()).into()
}

/// A URL that a declaration covers, checked when the program is compiled.
///
/// `cargo check` fails where the policy doesn't cover the URL, and says which source is nearest. The value is a
/// `csp_runtime::Endpoint`.
///
/// ```
/// use csp_runtime::{Endpoint, connect_src, endpoint};
///
/// connect_src! {
///     static BACKEND = ["https://api.example.com/v1/"];
/// }
/// const USERS: Endpoint = endpoint!(BACKEND, "https://api.example.com/v1/users");
/// assert_eq!(USERS.as_str(), "https://api.example.com/v1/users");
/// ```
///
/// The URL is a literal in its canonical spelling. Sources below a `#[cfg]` count where their predicate holds in this
/// build, and `self` covers nothing here: its origin isn't known before the program runs.
#[proc_macro]
pub fn endpoint(input: TokenStream) -> TokenStream {
    endpoint::expand(input.into()).into()
}

/// Declares a whole policy: every directive of CSP Level 3 by its name with underscores, checked
/// as [`connect_src!`](macro@connect_src) checks connections.
///
/// ```
/// csp_runtime::connect_src! {
///     pub static SHOP = [self, "https://api.example.com"];
/// }
/// csp_runtime::policy! {
///     /// What the shop's pages may do.
///     pub static PAGE = {
///         use_defaults: true,
///         connect_src: SHOP,
///         img_src: [self, "data:", "https://images.example.com"],
///         script_src: [self, "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"],
///         report_to: "csp" => "https://reports.example.com/csp",
///     };
/// }
/// const CSP: &str = PAGE.header();
/// assert!(CSP.starts_with("default-src 'self'; base-uri 'self'; "));
/// assert!(CSP.contains("; connect-src 'self' https://api.example.com; report-to csp; "));
/// assert_eq!(PAGE.reporting_endpoints(), Some("csp=\"https://reports.example.com/csp\""));
/// ```
///
/// An item is a `static` of the type `csp_runtime::Policy`; with `nonce` in a list, of the type
/// `csp_runtime::NoncePolicy`. A hidden type of the item's name says which.
///
/// # Options
///
/// - `use_defaults: true`: the directives of helmet's defaults, unless they are declared or removed. There is no
///   `connect-src` among them: connections fall back to `default-src 'self'`.
/// - `extends: PAGE`: the directives of another `policy!` item. A list adds to what that one has, or falls back to; other
///   values replace it.
/// - `remove: [script_src_attr]`: what of the defaults, or of the extended policy, is not there.
/// - `report_to: "name" => "https://…"`: `report-to`, `report-uri` and the header `Reporting-Endpoints`. The URL is one of
///   https, or a path of the page's own server.
/// - `report_only: true`: browsers block nothing, and report. It needs an endpoint.
/// - `connection_allowlist: true`, or `{ also: ["https://images.example.com"], report_only: true }`: the experimental header
///   [`Connection-Allowlist`](https://wicg.github.io/connection-allowlists/), which governs requests of every kind. It names
///   the page's origin, the sources of connections, and `also`. A browser that knows it refuses every redirect.
///
/// # Directives
///
/// - Source lists: as the lists of [`connect_src!`](macro@connect_src), with the keywords that have an effect there
///   (`strict_dynamic`, `unsafe_inline`, …), hashes as strings in their quotes, and `nonce`.
/// - `connect_src: SHOP` takes an earlier declaration, and so does `connect_src: [..SHOP, "https://…"]`.
/// - `upgrade_insecure_requests: true`; `false` takes a default away.
/// - `sandbox: [allow_scripts, allow_forms]`, `trusted_types: ["policy-name", allow_duplicates]`,
///   `require_trusted_types_for: [script]`, `report_uri: ["/csp"]`.
///
/// Lists have a `#[cfg(…)]` on their entries, other directives on themselves.
///
/// What a policy leaves open is a warning: scripts, plugins or `<base>` that nothing restricts, `'unsafe-inline'`,
/// `'unsafe-eval'`.
///
/// # Renamed dependencies
///
/// `crate = path;` at the beginning says where `csp_runtime` is, if it is not `::csp_runtime`.
#[proc_macro]
pub fn policy(input: TokenStream) -> TokenStream {
    policy::expand(input.into()).into()
}

/// What the build script found in the front end: a `csp_runtime::ScannedCalls`, for programs that want to know at run time.
///
/// The collector of violation reports tells by it whether a report speaks of a call of one's own.
///
/// ```ignore
/// let monitor = Monitor::builder().scanned(csp_runtime::scanned_calls!())?.start().await?;
/// const SHOP_CALLS: ScannedCalls = csp_runtime::scanned_calls!("web/shop");      // below a root of the scan
/// ```
///
/// # Errors
///
/// A compile error if this crate's build script leaves nothing: see `csp_build::scan(…).emit()`.
#[proc_macro]
pub fn scanned_calls(input: TokenStream) -> TokenStream {
    scanned_calls::expand(input.into()).into()
}
