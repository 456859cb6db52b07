//! A list and a URL: the fast path against the URL parser and the plain algorithms.
//!
//! Bytes are choices of sources and of a URL near one of them. Behind a first line feed they are text: the URL in a line,
//! and the sources below.
#![no_main]

use csp_oracle::Case;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let case = match bytes {
        [b'\n', text @ ..] => Case::from_text(&String::from_utf8_lossy(text)),
        _ => Case::from_bytes(bytes),
    };
    if let Err(wrong) = case.check() {
        panic!("{wrong}");
    }
});
