//! Any text as a source: received and declared.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Err(wrong) = csp_oracle::check_source(text) {
        panic!("{wrong}");
    }
});
