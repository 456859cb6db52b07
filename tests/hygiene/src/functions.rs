//! Declarations inside functions.

use renamed::{Endpoint, Policy, connect_src, endpoint};

/// An item in a function.
#[must_use]
pub fn policy() -> &'static Policy {
    connect_src! {
        crate = renamed;
        static POLICY = ["https://function.example.com"];
    }
    &POLICY
}

/// An item in a generic function.
#[must_use]
pub fn generic<T>() -> (&'static Policy, T)
where
    T: Default,
{
    connect_src! {
        crate = ::renamed;
        static GENERIC = ["https://generic.example.com"];
    }
    (&GENERIC, T::default())
}

/// An expression as the last of a const function.
#[must_use]
pub const fn expression() -> &'static Policy {
    connect_src!(crate = renamed; "https://expression.example.com")
}

/// A checked URL among local names.
#[must_use]
pub fn endpoint() -> Endpoint {
    connect_src! {
        crate = renamed;
        static POLICY = ["https://function.example.com"];
    }
    let url = endpoint!(crate = renamed; POLICY, "https://function.example.com/users");
    debug_assert!(POLICY.guard().allows(url.as_str()));
    url
}

/// Something that connects.
pub trait Connects {
    /// Where to.
    const POLICY: &'static Policy;

    /// Where to, asked of a value.
    fn policy(&self) -> &'static Policy;
}

/// Connects.
#[derive(Clone, Copy, Debug)]
pub struct Client;

impl Connects for Client {
    const POLICY: &'static Policy = connect_src!(crate = renamed; none);

    fn policy(&self) -> &'static Policy {
        connect_src! {
            crate = renamed;
            static POLICY = ["https://trait.example.com"];
        }
        &POLICY
    }
}

impl Connects for u8 {
    const POLICY: &'static Policy = connect_src!(crate = renamed; "https://constant.example.com");

    fn policy(&self) -> &'static Policy {
        Self::POLICY
    }
}
