//! Modules and crates of Rust.

use std::path::{Path, PathBuf};

use super::Modules;
use crate::paths::plain;
use crate::walk::read;

impl Modules {
    /// The name of the crate whose sources are in a folder.
    pub(crate) fn crate_name(folder: &Path) -> Option<String> {
        let text = String::from_utf8(read(&folder.parent()?.join("Cargo.toml")).ok()?).ok()?;
        let package = text.split("[package]").nth(1)?;
        let name = package.lines().find_map(|line| line.trim().strip_prefix("name")?.trim_start().strip_prefix('='))?;
        Some(name.trim().trim_matches('"').replace('-', "_"))
    }

    /// The root of the crate that a file is of, by its own name, or of one that its manifest has a path to.
    pub(super) fn rust_crate(&mut self, from: &Path, name: &str) -> Option<PathBuf> {
        let folder = from.parent()?;
        let key = (folder.to_owned(), name.to_owned());
        if let Some(known) = self.crates.get(&key) {
            return known.clone();
        }
        let manifest = folder.ancestors().map(|folder| folder.join("Cargo.toml")).find(|manifest| manifest.is_file());
        let text = manifest.as_ref().and_then(|manifest| String::from_utf8(read(manifest).ok()?).ok());
        let found = manifest
            .as_ref()
            .and_then(|manifest| manifest.parent())
            .zip(text)
            .and_then(|(folder, text)| Some(folder.join(crate_folder(&text, name)?)))
            .and_then(|folder| {
                ["src/lib.rs", "src/main.rs"].iter().map(|file| plain(&folder.join(file))).find(|file| file.is_file())
            });
        self.crates.insert(key, found.clone());
        found
    }
}

/// Where a manifest says that a crate is: beside it, or where a dependency has its path to. The lines are told by their
/// beginnings, as people write them.
fn crate_folder(manifest: &str, name: &str) -> Option<String> {
    let is_it = |written: &str| written.trim().trim_matches('"').replace('-', "_") == name;
    let mut section = "";
    for line in manifest.lines().map(str::trim) {
        if let Some(header) = line.strip_prefix('[') {
            section = header.trim_end_matches(']');
            continue;
        }
        let Some((key, value)) = line.split_once('=') else { continue };
        let of_dependency = section.rsplit_once("dependencies.").map(|(_, name)| name);
        match (section, key.trim()) {
            ("package" | "lib", "name") if is_it(value) => return Some(".".to_owned()),
            (_, "path") if of_dependency.is_some_and(is_it) => return Some(value.trim().trim_matches('"').to_owned()),
            (section, key) if section.ends_with("dependencies") && is_it(key) => {
                let (_, path) = value.split_once("path")?;
                let path = path.trim_start().strip_prefix('=')?.trim_start().strip_prefix('"')?;
                return path.split_once('"').map(|(path, _)| path.to_owned());
            }
            _ => {}
        }
    }
    None
}

/// The file of a module of the same crate.
pub(super) fn rust_module(from: &Path, specifier: &str) -> Option<PathBuf> {
    let folder = from.parent()?;
    let mut names = specifier.split("::").peekable();
    // Where the modules below this file are.
    let own = match from.file_stem()?.to_str()? {
        "lib" | "main" | "mod" => folder.to_owned(),
        stem => folder.join(stem),
    };
    let mut at = match names.next()? {
        "crate" => folder
            .ancestors()
            .find(|folder| ["lib.rs", "main.rs"].iter().any(|name| folder.join(name).is_file()))?
            .to_owned(),
        "self" => own,
        "super" => own.parent()?.to_owned(),
        _ => return None,
    };
    while names.next_if_eq(&"super").is_some() {
        at = at.parent()?.to_owned();
    }
    if names.peek().is_none() {
        return ["mod.rs", "lib.rs", "main.rs"].iter().map(|name| at.join(name)).find(|path| path.is_file()).or_else(
            || {
                let file = at.with_extension("rs");
                file.is_file().then_some(file)
            },
        );
    }
    names.for_each(|name| at.push(name));
    let (file, inside) = (at.with_extension("rs"), at.join("mod.rs"));
    if file.is_file() { Some(file) } else { inside.is_file().then_some(inside) }
}
