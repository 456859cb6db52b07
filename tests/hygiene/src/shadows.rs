//! A module that takes the names which the macros' output could mean.
#![allow(
    dead_code,
    non_camel_case_types,
    non_upper_case_globals,
    unused_macros,
    clippy::upper_case_acronyms,
    reason = "the names are the point of this module"
)]

use ::renamed::{connect_src, endpoint, scanned_calls};

/// Not the core library.
pub mod core {}
/// Not the standard library.
pub mod std {}
/// Not the allocation library.
pub mod alloc {}
/// Not the runtime.
pub mod csp_runtime {}
/// Not what the macros call.
pub mod __private {}

struct Option;
struct Some;
struct None;
struct Result;
struct Ok;
struct Err;
struct Policy;
struct Endpoint;
struct HostSource;
struct Parts;
struct SourceExpression;
struct String;
struct bool;
struct str;
struct u8;
struct u16;
struct u32;
struct usize;

trait IsEmpty {
    /// Not the method of slices.
    fn is_empty(&self) -> char {
        'x'
    }
}

impl<T: ?Sized> IsEmpty for T {}

macro_rules! panic {
    ($($anything:tt)*) => {
        compile_error!("not this one")
    };
}
macro_rules! file {
    ($($anything:tt)*) => {
        compile_error!("not this one")
    };
}
macro_rules! line {
    ($($anything:tt)*) => {
        compile_error!("not this one")
    };
}

const fn header() {}
const fn header_length() {}
const fn policy() {}
const fn text() {}
const fn refusal() {}
const fn endpoint() {}

connect_src! {
    crate = ::renamed;

    pub static POLICY = [self, "https://shadows.example.com", #[cfg(any())] "https://off.example.com:8443/v1/"];
    pub static HEADER = ["https://header.example.com"];
    pub static SEGMENTS = ["https://segments.example.com"];
    pub static MESSAGE = ["https://message.example.com"];
    pub static URL = ["https://url.example.com"];
    pub static ENDPOINT = ["https://endpoint.example.com"];

    /// What the build script found.
    #[scanned]
    pub static CALLS = ["https://shadows.example.com"];
    /// It covers what was found by what it takes in, which is known in const evaluation only.
    #[scanned]
    pub static LENGTH = [..POLICY];
    pub static TEXT = [..scanned];

    /// The struct of this warning has the name of one of ours.
    #[allow(deprecated, reason = "silenced by the item")]
    pub static any_host = ["*"];
}

/// An expression.
pub const EXPRESSION: &::renamed::Policy = connect_src!(crate = ::renamed; "https://shadows.example.com");

/// A checked URL.
pub const CSP: ::renamed::Endpoint = endpoint!(crate = ::renamed; POLICY, "https://shadows.example.com/users");
/// A checked URL of a declaration that is named as a part of the macro's output.
pub const MESSAGES: ::renamed::Endpoint = endpoint!(crate = ::renamed; MESSAGE, "https://message.example.com/users");
/// A checked URL of another.
pub const URLS: ::renamed::Endpoint = endpoint!(crate = ::renamed; URL, "https://url.example.com/users");
/// A checked URL of another.
pub const ENDPOINTS: ::renamed::Endpoint = endpoint!(crate = ::renamed; ENDPOINT, "https://endpoint.example.com/users");

/// What the build script found.
pub const FOUND: ::renamed::ScannedCalls = scanned_calls!(crate = ::renamed; "web");

::renamed::assert_covers!(MESSAGE, &[("https://message.example.com", "fetch", "web/app.js:1:1")]);
::renamed::assert_covers!(CALLS, FOUND.calls());
