//! The packages that modules of CDNs are: code that is imported by its address.

use std::borrow::Cow;

/// Addresses below which packages are by their names.
const CDNS: &[&str] = &[
    "cdn.jsdelivr.net/npm/",
    "cdn.pika.dev/",
    "cdn.skypack.dev/",
    "cdnjs.cloudflare.com/ajax/libs/",
    "dev.jspm.io/",
    "esm.run/",
    "esm.sh/",
    "esm.unpkg.com/",
    "fastly.jsdelivr.net/npm/",
    "ga.jspm.io/",
    "gcore.jsdelivr.net/npm/",
    "jspm.dev/",
    "npm.elemecdn.com/",
    "unpkg.com/",
];

/// Addresses of one package each.
const OWN_HOSTS: &[(&str, &str)] = &[
    ("cdn.socket.io/", "socket.io-client"),
    ("threejs.org/build/", "three"),
    ("threejs.org/examples/", "three/examples"),
];

/// What stands before a package's name at some: builds, pins, and that it is npm's.
const PREFIXES: &[&str] = &["-/", "jsr/", "new/", "npm:", "pin/", "stable/"];

/// Libraries that a CDN calls otherwise than npm does.
const OTHERWISE_CALLED: &[(&str, &str)] = &[("socket.io", "socket.io-client"), ("three.js", "three")];

/// Folders of what was built: a file in one of them stands for its package.
const BUILT: &[&str] = &["+esm", "bundled", "denonext", "dist", "distribution", "esm", "esnext", "umd"];

/// What an import is called: the package that it means by an address, or as it is.
pub(crate) fn called(specifier: &str) -> Cow<'_, str> {
    package(specifier).map_or(Cow::Borrowed(specifier), Cow::Owned)
}

/// The package, with its path, that an address of a module or a specifier of Deno's is; `None` of any other.
pub(crate) fn package(specifier: &str) -> Option<String> {
    let is_relative = specifier.starts_with("//");
    let (scheme, rest) = if is_relative { ("https", specifier) } else { specifier.split_once(':')? };
    let address = match scheme {
        "npm" => return named(rest.trim_start_matches('/')),
        // Packages there have a scope, which is often npm's.
        "jsr" => return named(rest.trim_start_matches('/')).filter(|name| name.starts_with('@')),
        "http" | "https" => rest.strip_prefix("//")?,
        _ => return None,
    };
    let address = address.split(['?', '#']).next().unwrap_or(address);
    if let Some(path) = address.strip_prefix("www.gstatic.com/firebasejs/") {
        return of_firebase(path.rsplit('/').next()?);
    }
    if let Some((own, package)) = OWN_HOSTS.iter().find(|(own, _)| address.starts_with(own)) {
        let is_folder = package.contains('/');
        let below = address.get(own.len()..).filter(|_| is_folder).map(without_extension).unwrap_or_default();
        return Some(if is_folder { format!("{package}/{below}") } else { (*package).to_owned() });
    }
    let path = CDNS.iter().find_map(|cdn| address.strip_prefix(cdn))?;
    let (first, behind) = path.split_once('/').unwrap_or((path, ""));
    if matches!(first, "gh" | "pr" | "wp" | "combine") {
        return None;
    }
    let is_build = first.strip_prefix('v').is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()));
    let mut path = if is_build && !behind.is_empty() { behind } else { path };
    while let Some(rest) = PREFIXES.iter().find_map(|prefix| path.strip_prefix(prefix)) {
        path = rest;
    }
    named(path.trim_start_matches('*'))
}

/// `@scope/name@1.2.3/path/file.js` without its version, and without what only says how it was built.
fn named(path: &str) -> Option<String> {
    let mut parts = path.split('/');
    let first = parts.next().filter(|first| !first.is_empty())?;
    let mut name = String::new();
    let last = if first.starts_with('@') {
        name = format!("{first}/");
        parts.next()?
    } else {
        first
    };
    let last = last.split(['@', '&']).next().filter(|last| !last.is_empty())?;
    name += OTHERWISE_CALLED.iter().find(|(called, _)| *called == last).map_or(last, |(_, name)| name);
    let mut below: Vec<&str> = parts.collect();
    // A version may be a folder, as below cdnjs.
    if below.first().is_some_and(|part| part.starts_with(|first: char| first.is_ascii_digit()) && part.contains('.')) {
        below.remove(0);
    }
    if name == "firebase"
        && let Some(module) = below.last().and_then(|file| of_firebase(file))
    {
        return Some(module);
    }
    let is_built = |part: &&str| {
        BUILT.contains(part)
            || part.contains('=')
            || part.strip_prefix("es20").is_some_and(|year| year.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let below: Vec<&str> = below.into_iter().take_while(|part| !is_built(part)).collect();
    let below = below.join("/");
    let below = without_extension(&below);
    let below =
        below.strip_suffix("index").filter(|folder| folder.is_empty() || folder.ends_with('/')).unwrap_or(below);
    let below = below.trim_end_matches('/');
    Some(if below.is_empty() { name } else { format!("{name}/{below}") })
}

/// `firebase-firestore-lite.js` as `firebase/firestore/lite`
fn of_firebase(file: &str) -> Option<String> {
    let module = file.strip_suffix(".js")?.strip_prefix("firebase")?;
    let module = module.strip_suffix(".min").unwrap_or(module);
    let Some(module) = module.strip_prefix('-') else { return module.is_empty().then(|| "firebase".to_owned()) };
    Some(match module.strip_suffix("-compat") {
        Some(module) => format!("firebase/compat/{module}"),
        None => match module {
            "firestore-lite" => "firebase/firestore/lite".to_owned(),
            "messaging-sw" => "firebase/messaging/sw".to_owned(),
            module => format!("firebase/{module}"),
        },
    })
}

/// A file's name as it is imported where bundlers look for it.
fn without_extension(file: &str) -> &str {
    let file = file.strip_suffix(".mjs").or_else(|| file.strip_suffix(".js")).unwrap_or(file);
    file.strip_suffix(".min").unwrap_or(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_packages() {
        for (address, expected) in [
            ("https://www.gstatic.com/firebasejs/10.12.2/firebase-database.js", "firebase/database"),
            ("https://www.gstatic.com/firebasejs/10.12.2/firebase-firestore-lite.js", "firebase/firestore/lite"),
            ("https://www.gstatic.com/firebasejs/9.0.0/firebase-auth-compat.js", "firebase/compat/auth"),
            ("https://www.gstatic.com/firebasejs/ui/6.0.1/firebase-ui-auth.js", "firebase/ui-auth"),
            ("https://esm.sh/@supabase/supabase-js@2?bundle&target=es2022", "@supabase/supabase-js"),
            ("https://esm.sh/v135/axios@1.6.0/es2022/axios.mjs", "axios"),
            ("https://esm.sh/*preact@10/hooks", "preact/hooks"),
            ("https://esm.sh/stable/react@18.2.0&dev", "react"),
            ("https://esm.sh/@apollo/client@3&external=react/core/index.js", "@apollo/client/core"),
            ("https://cdn.skypack.dev/-/ky@v0.28.5-abc/dist=es2020,mode=imports/optimized/ky.js", "ky"),
            ("https://cdn.skypack.dev/pin/axios@v0.21.1-x/mode=imports,min/optimized/axios.js", "axios"),
            ("https://unpkg.com/ky@1.0.0/index.js", "ky"),
            (
                "https://unpkg.com/three@0.160/examples/jsm/loaders/GLTFLoader.js?module",
                "three/examples/jsm/loaders/GLTFLoader",
            ),
            ("https://cdn.jsdelivr.net/npm/@supabase/supabase-js/+esm", "@supabase/supabase-js"),
            ("https://cdn.jsdelivr.net/npm/axios@1.6.7/dist/esm/axios.min.js", "axios"),
            ("https://cdn.jsdelivr.net/npm/firebase@10.1.0/firebase-app.js", "firebase/app"),
            ("https://ga.jspm.io/npm:axios@1.6.0/index.js", "axios"),
            ("https://jspm.dev/ky", "ky"),
            ("//unpkg.com/ky@1", "ky"),
            ("https://cdn.socket.io/4.7.2/socket.io.esm.min.js", "socket.io-client"),
            (
                "https://cdnjs.cloudflare.com/ajax/libs/socket.io/4.7.2/socket.io.esm.min.js",
                "socket.io-client/socket.io.esm",
            ),
            ("https://threejs.org/examples/jsm/loaders/GLTFLoader.js", "three/examples/jsm/loaders/GLTFLoader"),
            ("npm:@supabase/supabase-js@^2.0", "@supabase/supabase-js"),
            ("npm:/ky@1/umd.js", "ky/umd"),
            ("jsr:@supabase/supabase-js@2", "@supabase/supabase-js"),
        ] {
            assert_eq!(package(address).as_deref(), Some(expected), "{address}");
        }
        for address in [
            "https://cdn.jsdelivr.net/gh/user/axios@1/axios.js",
            "https://esm.sh/gh/user/axios",
            "https://unpkg.com/",
            "https://unpkg.com.evil.example/axios",
            "https://example.com/npm/axios",
            "https://deno.land/x/axiod/mod.ts",
            "jsr:axios",
            "node:fs",
            "axios",
            "./axios",
        ] {
            assert_eq!(package(address), None, "{address}");
        }
    }
}
