use csp_core::{Origin, Target};
use url::Url;

use crate::{Outcome, ensure};

/// Text that [`Target::canonical`] reads, the `url` crate reads alike.
///
/// # Errors
///
/// If it doesn't.
pub fn check_canonical(text: &str) -> Outcome {
    let Some(target) = Target::canonical(text) else { return Ok(()) };
    let url = Url::parse(text).map_err(|error| format!("{text:?} is canonical, and no URL: {error}"))?;
    let parsed = Target::from(&url);
    let path = if target.path().is_empty() { "/" } else { target.path() };
    ensure!(
        (target.scheme(), target.host(), target.port(), path)
            == (parsed.scheme(), parsed.host(), parsed.port(), parsed.path()),
        "{text:?}: {target:?} is read as {parsed:?}"
    );
    ensure!(!csp_core::has_credentials(&url), "{text:?} has credentials");
    if let Some(origin) = Origin::parse(text) {
        ensure!(Origin::of(&parsed).as_ref() == Some(&origin), "{text:?}: its origin is read as {origin}");
        let again = Origin::parse(&origin.to_string());
        ensure!(again.as_ref() == Some(&origin), "{text:?}: {origin} reads back as {again:?}");
    }
    Ok(())
}
