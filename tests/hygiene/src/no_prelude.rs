//! A module that has no prelude.
#![no_implicit_prelude]

::renamed::connect_src! {
    crate = ::renamed;

    pub static POLICY = [
        self,
        "https://prelude.example.com" => "nothing is in scope",
        #[cfg(not(any()))]
        #[cfg(any())]
        "https://off.example.com",
    ];
}

/// An expression.
pub const EXPRESSION: &::renamed::Policy = ::renamed::connect_src!(crate = ::renamed; "https://prelude.example.com");

/// A checked URL.
pub const ENDPOINT: ::renamed::Endpoint =
    ::renamed::endpoint!(crate = ::renamed; POLICY, "https://prelude.example.com/users");

/// A function, for its scope.
#[must_use]
pub fn header() -> &'static str {
    ::renamed::connect_src! {
        crate = ::renamed;
        static INSIDE = [none];
    }
    INSIDE.header()
}
