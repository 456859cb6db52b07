//! Finding an installed Chromium.

use std::{env, path::PathBuf};

const NAMES: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

/// The Chromium to drive: the `CHROMIUM` variable, else `chromium`, `chromium-browser` or `google-chrome` on the `PATH`.
///
/// A `CHROMIUM` that names no file means that there is none.
#[must_use]
pub fn find_chromium() -> Option<PathBuf> {
    if let Some(program) = env::var_os("CHROMIUM") {
        return Some(PathBuf::from(program)).filter(|program| program.is_file());
    }
    let path = env::var_os("PATH")?;
    NAMES
        .iter()
        .flat_map(|name| env::split_paths(&path).map(move |directory| directory.join(name)))
        .find(|program| program.is_file())
}

/// [`find_chromium`] for the test named `test`; says on stderr that the test is skipped when there is none.
///
/// # Panics
///
/// When there is none and the variable `CSP_REQUIRE_BROWSER` is `1`, so that a run that must cover the browser can't skip it.
#[allow(clippy::print_stderr, reason = "a skipped test has no other way to say so")]
#[must_use]
pub fn require_chromium(test: &str) -> Option<PathBuf> {
    let found = find_chromium();
    if found.is_none() {
        assert!(
            env::var_os("CSP_REQUIRE_BROWSER").is_none_or(|value| value != "1"),
            "{test}: chromium is not installed, and CSP_REQUIRE_BROWSER is 1"
        );
        eprintln!("skipped: {test}: chromium is not installed");
    }
    found
}
