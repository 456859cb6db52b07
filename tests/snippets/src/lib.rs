//! The examples of the documentation that rustdoc leaves out, each as a function: what doesn't compile fails the build.

#[allow(
    unused,
    unused_qualifications,
    deprecated,
    missing_docs,
    unreachable_pub,
    clippy::all,
    clippy::pedantic,
    reason = "parts of programs"
)]
mod snippets {
    include!(concat!(env!("OUT_DIR"), "/snippets.rs"));
}

/// What the documents speak of.
#[allow(unused_imports, reason = "for any of them")]
mod context {
    pub(crate) use std::{error::Error, net::SocketAddr};

    pub(crate) use axum::{Router, routing::get};
    pub(crate) use csp_runtime::{
        ScannedCalls,
        monitor::{Monitor, SqliteStore},
        report::OwnPolicies,
    };
    pub(crate) use http::request::Parts;
    pub(crate) use tokio::net::TcpListener;

    csp_runtime::connect_src! {
        pub(crate) static SHOP = [
            self,
            "https://api.example.com",
            "wss://ws.example.com" => "live order feed",
        ];
        pub(crate) static BACKEND = ["https://api.example.com/v1/", "https://hooks.example.net"];
    }
    csp_runtime::policy! {
        pub(crate) static PAGE = { default_src: [self], base_uri: [none], connect_src: SHOP };
    }

    pub(crate) mod csp {
        pub(crate) use super::{BACKEND, PAGE, SHOP};
    }

    /// What another crate's build script has written.
    #[allow(unreachable_pub, reason = "the file is for a crate that has nothing else")]
    pub(crate) mod front_end {
        include!(concat!(env!("OUT_DIR"), "/csp_calls.rs"));
    }

    pub(crate) async fn index() -> &'static str {
        "index"
    }

    pub(crate) fn is_admin(request: &Parts) -> bool {
        request.headers.contains_key("x-admin")
    }
}

// They were read, and not passed over.
const _: () = assert!(snippets::COUNT >= 15);
