//! Any text as the value of a header.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Err(wrong) = csp_oracle::check_policy(text) {
        panic!("{wrong}");
    }
});
