//! Finding an installed browser.

use std::{
    env,
    path::{Path, PathBuf},
};

const CHROMIUM: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];
const FIREFOX: [&str; 2] = ["firefox-esr", "firefox"];

/// The Chromium to drive: the `CHROMIUM` variable, else `chromium`, `chromium-browser` or `google-chrome` on the `PATH`.
///
/// A `CHROMIUM` that names no file means that there is none.
#[must_use]
pub fn find_chromium() -> Option<PathBuf> {
    find("CHROMIUM", &CHROMIUM)
}

/// The Firefox to drive: the `FIREFOX` variable, else `firefox-esr` or `firefox` on the `PATH`.
///
/// A `FIREFOX` that names no file means that there is none.
#[must_use]
pub fn find_firefox() -> Option<PathBuf> {
    find("FIREFOX", &FIREFOX)
}

/// [`find_chromium`] for the test named `test`; says on stderr that the test is skipped when there is none.
///
/// # Panics
///
/// When there is none and the variable `CSP_REQUIRE_BROWSER` is `1`, so that a run that must cover the browser can't skip it.
#[must_use]
pub fn require_chromium(test: &str) -> Option<PathBuf> {
    let found = find_chromium();
    if found.is_none() {
        assert!(
            env::var_os("CSP_REQUIRE_BROWSER").is_none_or(|value| value != "1"),
            "{test}: chromium is not installed, and CSP_REQUIRE_BROWSER is 1"
        );
        announce_skip(test, "chromium");
    }
    found
}

/// [`find_firefox`] for the test named `test`; says on stderr that the test is skipped when there is none.
///
/// `CSP_REQUIRE_BROWSER` does not matter: not every system has a package of Firefox.
#[must_use]
pub fn require_firefox(test: &str) -> Option<PathBuf> {
    let found = find_firefox();
    if found.is_none() {
        announce_skip(test, "firefox-esr");
    }
    found
}

fn find(variable: &str, names: &[&str]) -> Option<PathBuf> {
    let is_file = |program: &PathBuf| Path::is_file(program);
    if let Some(program) = env::var_os(variable) {
        return Some(PathBuf::from(program)).filter(is_file);
    }
    let path = env::var_os("PATH")?;
    names.iter().flat_map(|name| env::split_paths(&path).map(move |directory| directory.join(name))).find(is_file)
}

#[allow(clippy::print_stderr, reason = "a skipped test has no other way to say so")]
fn announce_skip(test: &str, browser: &str) {
    eprintln!("skipped: {test}: {browser} is not installed");
}
