//! Declarations that a macro writes, which finds the runtime by `$crate`.

/// The runtime, for the macro.
#[doc(hidden)]
pub use renamed as runtime;

use renamed::Policy;

/// Declares a policy that has its own origin.
#[macro_export]
macro_rules! declare {
    ($(#[$attribute:meta])* $visibility:vis $name:ident: $($url:literal),*) => {
        $crate::macros::runtime::connect_src! {
            crate = $crate::macros::runtime;

            $(#[$attribute])*
            $visibility static $name = [self, $($url),*];
        }
    };
}

declare! {
    /// Written by a macro.
    pub WRITTEN: "https://written.example.com"
}

/// A checked URL of it.
pub const ENDPOINT: renamed::Endpoint =
    runtime::endpoint!(crate = crate::macros::runtime; WRITTEN, "https://written.example.com/users");

/// An expression of it.
#[must_use]
pub const fn expression() -> &'static Policy {
    runtime::connect_src!(crate = crate::macros::runtime; "https://dollar.example.com")
}
