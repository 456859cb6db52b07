//! Does a declaration cover what a front end connects to, where that is known in const evaluation only?

use csp_core::ConstText;
use csp_core::scan::{Coverage, coverage_in, write_uncovered};

use crate::Policy;

/// A call that a build script found: the origin, the function that connects, and where it is called.
pub type ScannedCall = (&'static str, &'static str, &'static str);

/// The length of [`uncovered`].
#[must_use]
pub const fn uncovered_length(policy: &Policy, calls: &[ScannedCall]) -> usize {
    let mut text = ConstText::new(&mut []);
    write(&mut text, policy, calls);
    text.length()
}

/// What to say about the calls that a policy doesn't cover; empty if it covers all.
#[must_use]
pub const fn uncovered<const LENGTH: usize>(policy: &Policy, calls: &[ScannedCall]) -> [u8; LENGTH] {
    let mut bytes = [0; LENGTH];
    write(&mut ConstText::new(&mut bytes), policy, calls);
    bytes
}

const fn write(text: &mut ConstText<'_>, policy: &Policy, calls: &[ScannedCall]) {
    // Without a directive for connections, browsers allow them all.
    if policy.directive().is_empty() || policy.has_mistakes() {
        return;
    }
    let mut index = 0;
    while index < calls.len() {
        let (origin, sink, place) = calls[index];
        if matches!(coverage_in(policy.source_list(), origin), Coverage::Nothing) {
            if text.length() > 0 {
                text.push("\n\n");
            }
            write_uncovered(text, sink, place, origin, policy.name(), policy.source_list());
        }
        index += 1;
    }
}

/// Fails to compile unless a declaration covers what a front end connects to, which another crate has scanned.
///
/// That crate's build script writes the calls as Rust, with `csp_build::scan("web/src").emit_rust()`, and the crate makes a
/// module of them:
///
/// ```ignore
/// include!(concat!(env!("OUT_DIR"), "/csp_calls.rs"));     // pub const CALLS: &[(&str, &str, &str)]
/// ```
///
/// Each has the origin, the function that connects, and where it is called:
///
/// ```
/// const CALLS: &[(&str, &str, &str)] = &[
///     ("https://api.example.com", "fetch", "web/src/users.ts:4:10"),
///     ("'self'", "EventSource", "web/src/news.ts:2:1"),
/// ];
/// csp_runtime::connect_src! {
///     static SHOP = [self, "https://api.example.com"];
/// }
/// csp_runtime::assert_covers!(SHOP, CALLS);
/// ```
///
/// A call that isn't covered is an error:
///
/// ```compile_fail
/// const CALLS: &[(&str, &str, &str)] = &[("https://stream.example.com", "fetch", "web/src/news.ts:2:1")];
/// csp_runtime::connect_src! {
///     static SHOP = [self, "https://api.example.com"];
/// }
/// csp_runtime::assert_covers!(SHOP, CALLS);
/// ```
#[macro_export]
macro_rules! assert_covers {
    ($policy:expr, $calls:expr $(,)?) => {
        const _: () = {
            const CSP_SCANNED_POLICY: &$crate::__private::Policy = $policy.as_policy();
            const CSP_SCANNED_CALLS: &[$crate::__private::ScannedCall] = $calls;
            // Within, no item of ours has a name that the two expressions could mean.
            const _: () = {
                const LENGTH: ::core::primitive::usize =
                    $crate::__private::uncovered_length(CSP_SCANNED_POLICY, CSP_SCANNED_CALLS);
                const MESSAGE: [::core::primitive::u8; LENGTH] =
                    $crate::__private::uncovered(CSP_SCANNED_POLICY, CSP_SCANNED_CALLS);
                if LENGTH > 0 {
                    ::core::panic!("{}", $crate::__private::text(&MESSAGE));
                }
            };
        };
    };
    ($($other:tt)*) => {
        ::core::compile_error!("expected a declaration and calls: assert_covers!(SHOP, front_end::CALLS)");
    };
}
