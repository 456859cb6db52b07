//! What frameworks and tools of builds say of the page itself, its address and its files.

use super::Resolver;
use super::members::own_page;
use super::value::{Text, Value};
use crate::scan::report::Resolution;

/// Ends of files that are no modules: importing one gives its address.
const FILES: &[&str] = &[
    ".avif", ".bin", ".bmp", ".csv", ".fbx", ".geojson", ".gif", ".glb", ".gltf", ".hdr", ".ico", ".jpeg", ".jpg",
    ".mp3", ".mp4", ".ogg", ".onnx", ".pdf", ".png", ".svg", ".ttf", ".txt", ".wasm", ".wav", ".webm", ".webp",
    ".woff", ".woff2", ".zip",
];

impl Resolver<'_> {
    /// What a module gives that only the build has.
    pub(super) fn of_build(&self, source: &str, name: &str) -> Option<Vec<Value>> {
        match (source, name) {
            // `SvelteKit`'s variables that the build has. Others are known when its server runs: they are those of the files,
            // where nobody tells it otherwise.
            ("$env/dynamic/public", "env") | ("$env/static/public", "*" | "default") => {
                Some(vec![Value::Global("import.meta.env".to_owned())])
            }
            ("$env/static/public", name) => Some(vec![self.variable("import.meta.env", name)]),
            // Where a page lies, below its own origin.
            ("$app/paths", "assets") if self.configured.assets.is_some() => {
                Some(self.configured.assets.iter().map(Value::text).collect())
            }
            ("$app/paths", "assets" | "base") => {
                Some(vec![Value::Text(Text { resolution: Resolution::Import, ..Text::default() })])
            }
            ("$app/state", "page") => Some(vec![Value::Global(PAGE.to_owned())]),
            _ => None,
        }
    }
}

/// The page as `SvelteKit` has it.
const PAGE: &str = "page:";

/// The member of the page that has its address.
pub(super) fn of_page(global: &str, name: &str) -> Option<Value> {
    (global == PAGE && name == "url").then(|| Value::Global("location".to_owned()))
}

/// The address of a file that a build puts beside the page.
pub(super) fn file(source: &str) -> Option<Value> {
    let is_own = source.starts_with('.') || ["@/", "~/", "/", "$lib/"].iter().any(|start| source.starts_with(start));
    let (path, query) = source.split_once('?').unwrap_or((source, ""));
    let is_file = query.split('&').any(|part| part == "url") || FILES.iter().any(|end| path.ends_with(end));
    (is_own && is_file && query != "raw").then(own_page)
}

/// Functions that give an address below the page's own.
pub(super) fn gives_own(callee: &Value) -> bool {
    match callee {
        Value::External { source, path } => {
            source == "$app/paths" && matches!(path.as_str(), "asset" | "resolve" | "resolveRoute")
        }
        _ => false,
    }
}
