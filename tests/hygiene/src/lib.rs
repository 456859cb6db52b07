//! What the macros write compiles without a word in a crate that denies every lint, calls the runtime by another name
//! and takes the names of the language for its own.

#![deny(
    warnings,
    let_underscore_drop,
    missing_copy_implementations,
    missing_debug_implementations,
    missing_docs,
    single_use_lifetimes,
    trivial_casts,
    trivial_numeric_casts,
    unit_bindings,
    unreachable_pub,
    unused_lifetimes,
    unused_qualifications,
    unused_results,
    variant_size_differences,
    clippy::all,
    clippy::nursery,
    clippy::pedantic
)]

pub mod declarations;
pub mod functions;
pub mod macros;
pub mod no_prelude;
pub mod shadows;

#[cfg(test)]
mod tests {
    use renamed::{Endpoint, Policy};

    use crate::functions::{Client, Connects};
    use crate::{declarations, functions, macros, no_prelude, shadows};

    #[test]
    fn headers_say_what_was_declared() {
        let development = if cfg!(debug_assertions) { " http://localhost:*" } else { "" };
        let headers: &[(&Policy, &str)] = &[
            (&declarations::SHOP, &format!("'self' https://api.example.com{development} http://till.example.com")),
            (&declarations::BACKEND, "https://api.example.com/v1/"),
            (&declarations::CLOSED, "'none'"),
            (&declarations::WIDE, "https: data:"),
            (declarations::EXPRESSION, "'self' https://expression.example.com"),
            (functions::policy(), "https://function.example.com"),
            (functions::generic::<u8>().0, "https://generic.example.com"),
            (functions::expression(), "https://expression.example.com"),
            (Client.policy(), "https://trait.example.com"),
            (<u8 as Connects>::POLICY, "https://constant.example.com"),
            (&macros::WRITTEN, "'self' https://written.example.com"),
            (macros::expression(), "https://dollar.example.com"),
            (&no_prelude::POLICY, "'self' https://prelude.example.com"),
            (no_prelude::EXPRESSION, "https://prelude.example.com"),
            (&shadows::POLICY, "'self' https://shadows.example.com"),
            (&shadows::HEADER, "https://header.example.com"),
            (&shadows::SEGMENTS, "https://segments.example.com"),
            (shadows::EXPRESSION, "https://shadows.example.com"),
        ];
        for (policy, sources) in headers {
            assert_eq!(policy.header(), format!("connect-src {sources}"));
        }
    }

    #[test]
    fn endpoints_are_what_was_written() {
        let endpoints: &[(Endpoint, &str)] = &[
            (declarations::USERS, "https://api.example.com/v1/users"),
            (functions::endpoint(), "https://function.example.com/users"),
            (macros::ENDPOINT, "https://written.example.com/users"),
            (no_prelude::ENDPOINT, "https://prelude.example.com/users"),
            (shadows::CSP, "https://shadows.example.com/users"),
            (shadows::MESSAGES, "https://message.example.com/users"),
        ];
        for (endpoint, url) in endpoints {
            assert_eq!(endpoint.as_str(), *url);
        }
    }
}
