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

renamed::policy! {
    crate = renamed;

    /// What the pages may do.
    pub static PAGE = {
        use_defaults: true,
        connect_src: [..BACKEND, "https://page.example.com" => "see <b>*here*</b>", #[cfg(debug_assertions)] ..CLOSED],
        #[cfg(debug_assertions)] upgrade_insecure_requests: false,
        report_to: "csp" => "/csp",
    };

    pub(crate) static WITH_NONCE = { extends: PAGE, script_src: [nonce] };

    pub static EXTENDED = { extends: WITH_NONCE, img_src: ["https://images.example.com"] };
}

/// A declaration without a name of its own.
pub const EXPRESSION: &Policy = renamed::connect_src!(crate = renamed; self, "https://expression.example.com");

/// A checked URL.
pub const USERS: Endpoint = renamed::endpoint!(crate = renamed; BACKEND, "https://api.example.com/v1/users");

/// The declarations of this crate alone.
#[must_use]
pub const fn private() -> &'static str {
    let _template = WITH_NONCE.template();
    UNUSED_BY_OTHERS.header()
}
