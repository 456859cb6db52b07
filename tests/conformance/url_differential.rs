//! Text that [`Target::canonical`] reads, the `url` crate reads alike.

use csp_oracle::check_canonical;
use proptest::prelude::*;

fn agrees(text: &str) -> Result<(), TestCaseError> {
    check_canonical(text).map_err(TestCaseError::fail)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4096))]

    #[test]
    fn on_urls_with_noise(
        scheme in "(https|http|wss|ws|HTTPS|ftp|)",
        slashes in "(://|:/|:|//|:\\\\\\\\)",
        userinfo in "([a-z:]{0,3}@)?",
        host in "([a-z0-9.\\-_%A-Z]{0,12}|[0-9]{1,3}(\\.[0-9a-fx]{1,4}){0,4}|\\[::1\\]|[a-zäß。]{1,6}|xn--[a-z0-9\\-]{0,8})",
        port in "(:[0-9]{0,6})?",
        path in "[/a-z0-9.%2eE;\\\\|\"<>{}^\\[\\]@:~ \t]{0,12}",
        tail in "([?#][a-z%'\" é/]{0,6})?",
    ) {
        agrees(&format!("{scheme}{slashes}{userinfo}{host}{port}{path}{tail}"))?;
    }

    #[test]
    fn on_any_text(text in "https?://\\PC{0,20}") {
        agrees(&text)?;
    }
}
