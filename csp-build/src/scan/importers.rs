//! Who imports whom, told by the names of files, before anything is parsed.

use std::collections::HashMap;
use std::path::Path;

use super::modules::{Modules, normal};

/// Files by what they import.
pub(crate) struct Importers<'f> {
    files: Vec<(&'f Path, &'f [String])>,
    /// By the last name of what is imported: the file, and which of its imports it is.
    by_name: HashMap<&'f str, Vec<(usize, usize)>>,
    /// Those of which the last name is told by the importing file: `..`.
    by_place: HashMap<String, Vec<(usize, usize)>>,
}

impl<'f> Importers<'f> {
    pub(crate) fn of(files: impl IntoIterator<Item = (&'f Path, &'f [String])>) -> Self {
        let mut importers = Self { files: Vec::new(), by_name: HashMap::new(), by_place: HashMap::new() };
        for (number, (path, imports)) in files.into_iter().enumerate() {
            importers.files.push((path, imports));
            for (place, import) in imports.iter().enumerate() {
                let name = last_name(import);
                if !matches!(name, "" | "." | "..") {
                    importers.by_name.entry(name).or_default().push((number, place));
                } else if let Some(target) = target(path, import) {
                    let name = name_of(Path::new(&target)).to_owned();
                    importers.by_place.entry(name).or_default().push((number, place));
                }
            }
        }
        importers
    }

    /// The files that import this one, or may.
    pub(crate) fn of_file(&self, path: &Path, modules: &mut Modules) -> Vec<usize> {
        let Some(folder) = path.parent() else { return Vec::new() };
        let name = name_of(path);
        let is_rust = is_rust(path);
        // An index is imported by its folder, too.
        let is_index = if is_rust { matches!(name, "lib" | "main" | "mod") } else { name == "index" };
        let mut names = vec![name];
        if is_index {
            names.extend(folder.file_name().and_then(|name| name.to_str()));
        }
        if is_rust {
            names.push("super");
            names.extend(matches!(name, "lib" | "main").then_some("crate"));
        }
        let aliases = if is_rust { Vec::new() } else { modules.aliases_of(folder, &names) };
        names.extend(aliases.iter().map(|alias| last_name(alias)));
        let (with_name, as_folder) = (folder.join(name), is_index.then(|| folder.to_owned()));
        let mut found = Vec::new();
        for name in names {
            let of_name = self.by_name.get(name).into_iter().chain(self.by_place.get(name)).flatten();
            for &(number, place) in of_name {
                let (importer, imports) = self.files[number];
                let is_meant = if is_rust {
                    // `super` is said below a module.
                    let below = if is_index { folder } else { &with_name };
                    self::is_rust(importer) && (name != "super" || importer.starts_with(below))
                } else {
                    // An alias is told by its last name; a relative import is known to its end.
                    target(importer, &imports[place]).is_none_or(|target| {
                        Path::new(&target) == with_name || as_folder.as_deref() == Some(Path::new(&target))
                    })
                };
                if is_meant && !found.contains(&number) {
                    found.push(number);
                }
            }
        }
        found
    }
}

fn is_rust(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "rs")
}

/// What a relative import leads to, without an extension.
fn target(importer: &Path, import: &str) -> Option<String> {
    let import = import.split('?').next().unwrap_or(import);
    let is_relative = import.starts_with("./") || import.starts_with("../") || matches!(import, "." | "..");
    let path = normal(&importer.parent().filter(|_| is_relative)?.join(import));
    let path = path.to_str()?;
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    path.get(..path.len() - name.len() + without_extension(name).len()).map(str::to_owned)
}

/// The name of a file, without an extension.
fn name_of(path: &Path) -> &str {
    without_extension(path.file_name().and_then(|name| name.to_str()).unwrap_or_default())
}

/// The last name of an import, without an extension.
fn last_name(import: &str) -> &str {
    let import = import.split('?').next().unwrap_or(import);
    without_extension(import.rsplit('/').next().unwrap_or(import))
}

fn without_extension(name: &str) -> &str {
    match name.rsplit_once('.') {
        Some((stem, extension)) if crate::walk::EXTENSIONS.contains(&extension) && !stem.is_empty() => stem,
        _ => name,
    }
}
