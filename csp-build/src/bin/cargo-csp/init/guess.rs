//! Where the front end may be, where nobody has said so.

use std::ffi::OsStr;
use std::path::Path;

/// What bundlers and package managers write, and what isn't served.
const LEFT_OUT: &[&str] =
    &["target", "node_modules", "dist", "build", "out", "coverage", "tests", "benches", "examples", "docs"];

const EXTENSIONS: &[&str] =
    &["js", "mjs", "cjs", "jsx", "ts", "mts", "cts", "tsx", "html", "htm", "vue", "svelte", "astro"];

/// How deep it looks: `crates/shop/web/src/pages/orders/list.ts`.
const DEPTH: u32 = 8;

/// The folders next to Cargo.toml with files of a front end, sorted. Where a folder has packages of npm, it is the one with
/// the sources in it.
pub(super) fn front_ends(package: &Path) -> Vec<String> {
    let mut found: Vec<String> = folders(package)
        .filter(|name| has_front_end(&package.join(name), DEPTH))
        .map(|name| {
            let sources = package.join(&name).join("src");
            let has_packages = package.join(&name).join("node_modules").is_dir();
            if has_packages && has_front_end(&sources, DEPTH) { format!("{name}/src") } else { name }
        })
        .collect();
    found.sort();
    found
}

fn has_front_end(folder: &Path, depth: u32) -> bool {
    let is_source = |name: &OsStr| {
        Path::new(name).extension().and_then(OsStr::to_str).is_some_and(|extension| EXTENSIONS.contains(&extension))
    };
    let mut files = folder.read_dir().into_iter().flatten().flatten();
    files.any(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()) && is_source(&entry.file_name()))
        || (depth > 0 && folders(folder).any(|name| has_front_end(&folder.join(name), depth - 1)))
}

/// The folders within one that may hold sources. Links aren't followed.
fn folders(folder: &Path) -> impl Iterator<Item = String> {
    let entries = folder.read_dir().into_iter().flatten().flatten();
    let folders = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
    folders
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| !name.starts_with('.') && !LEFT_OUT.contains(&name.as_str()))
}
