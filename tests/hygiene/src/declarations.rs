//! Items and expressions as everybody writes them.

use renamed::{Endpoint, Policy};

renamed::connect_src! {
    crate = renamed;

    /// Everything the shop's pages may talk to.
    pub static SHOP = [
        self,
        "https://api.example.com" => "the API, see [its docs], <b>*not*</b> `this` #1",
        #[cfg(debug_assertions)] "http://localhost:*",
        #[insecure(reason = "the till speaks no TLS")] "http://till.example.com",
    ];

    /// What the server's own clients may call.
    pub static BACKEND = ["https://api.example.com/v1/"];

    pub static CLOSED = [none];

    /// An attribute of the item holds for the warnings about it.
    #[expect(deprecated, reason = "a feed reader fetches what its user asks for")]
    pub static WIDE = ["https:", "data:"];

    pub(crate) static UNUSED_BY_OTHERS = ["https://crate.example.com"];
}

/// A declaration without a name of its own.
pub const EXPRESSION: &Policy = renamed::connect_src!(crate = renamed; self, "https://expression.example.com");

/// A checked URL.
pub const USERS: Endpoint = renamed::endpoint!(crate = renamed; BACKEND, "https://api.example.com/v1/users");

/// The declarations of this crate alone.
#[must_use]
pub const fn private() -> &'static str {
    UNUSED_BY_OTHERS.header()
}
