//! Packages that are imported by their addresses on a network that hands them out.

use std::borrow::Cow;

/// Networks with the package behind their host, and what may stand before it there.
const NETWORKS: &[&str] = &[
    "cdn.jsdelivr.net/npm/",
    "cdn.skypack.dev/",
    "esm.run/",
    "esm.sh/",
    "ga.jspm.io/npm:",
    "jspm.dev/npm:",
    "unpkg.com/",
];

/// Folders of networks that say how a package is built, not which one it is.
const BUILDS: &[&str] = &["pin", "stable"];

/// The package that an import means: `https://esm.sh/@scope/name@1.2.3/file.js?dev` is `@scope/name/file.js`.
pub(crate) fn package_of(source: &str) -> Cow<'_, str> {
    if let Some(name) = source.strip_prefix("npm:").or_else(|| source.strip_prefix("jsr:")) {
        return Cow::Owned(without_version(name));
    }
    let address = source.strip_prefix("https:").or_else(|| source.strip_prefix("http:")).unwrap_or(source);
    let Some(address) = address.strip_prefix("//") else { return Cow::Borrowed(source) };
    let address = address.split(['?', '#']).next().unwrap_or(address);
    if let Some(rest) = address.strip_prefix("www.gstatic.com/firebasejs/") {
        return part_of_firebase(rest).map_or(Cow::Borrowed(source), Cow::Owned);
    }
    if address.strip_prefix("cdn.socket.io/").is_some() {
        return Cow::Borrowed("socket.io-client");
    }
    if let Some(rest) = address.strip_prefix("cdnjs.cloudflare.com/ajax/libs/") {
        return Cow::Borrowed(match rest.split('/').next().unwrap_or(rest) {
            "socket.io" => "socket.io-client",
            name => name,
        });
    }
    let Some(name) = NETWORKS.iter().find_map(|network| address.strip_prefix(network)) else {
        return Cow::Borrowed(source);
    };
    let name = name.strip_suffix("/+esm").unwrap_or(name).trim_start_matches('*');
    let name = match name.split_once('/') {
        Some((build, rest)) if BUILDS.contains(&build) || is_version(build) => rest,
        _ => name,
    };
    Cow::Owned(without_version(name))
}

/// `firebase-auth.js` behind a version is `firebase/auth`.
fn part_of_firebase(rest: &str) -> Option<String> {
    let (_, file) = rest.split_once('/')?;
    let part = file.strip_prefix("firebase-")?.strip_suffix(".js")?;
    Some(match part {
        "firestore-lite" => "firebase/firestore/lite".to_owned(),
        "messaging-sw" => "firebase/messaging/sw".to_owned(),
        part => match part.strip_suffix("-compat") {
            Some(part) => format!("firebase/compat/{part}"),
            None => format!("firebase/{part}"),
        },
    })
}

/// `v135`, as a network names its own builds.
fn is_version(part: &str) -> bool {
    part.strip_prefix('v').is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// `@scope/name@1.2.3/file` without the version.
fn without_version(name: &str) -> String {
    let scope = name.starts_with('@');
    let Some(at) = name.char_indices().skip(usize::from(scope)).find(|(_, character)| *character == '@') else {
        return name.to_owned();
    };
    let (before, behind) = name.split_at(at.0);
    match behind.split_once('/') {
        Some((_, file)) => format!("{before}/{file}"),
        None => before.to_owned(),
    }
}
