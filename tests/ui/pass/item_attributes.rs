//! Attributes of items go to the static.
#![deny(warnings, missing_docs)]

csp_runtime::connect_src! {
    /// A doc comment.
    ///
    /// With a second paragraph.
    pub static COMMENT = [self];
    #[doc = "A doc attribute."]
    pub static ATTRIBUTE = [self];
    pub static WITHOUT = [self];
    /** A block of docs. */
    #[doc(hidden)]
    #[allow(non_upper_case_globals)]
    pub static lower_case = ["https://api.example.com" => "`reasons` with [marks] and \"quotes\""];
    #[expect(non_upper_case_globals)]
    pub static other = [#[cfg(all(unix, not(windows)))] self, #[insecure(reason = "*why* <not>")] "https:"];
    #[used]
    static KEPT = [self];
}

fn main() {
    assert_eq!(COMMENT.header(), ATTRIBUTE.header());
    assert_eq!(WITHOUT.header(), KEPT.header());
    assert_eq!(lower_case.name(), "lower_case");
    assert!(other.header().ends_with(" https:"));
}
