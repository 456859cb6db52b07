//! Who imports whom, told by the names of files, before anything is parsed.

use std::path::Path;

use super::modules::Modules;
use crate::hash::key;
use crate::paths::plain;

/// How many lists there are, so that one is short.
const LISTS: usize = 1 << 14;

/// The end of a list.
const END: u32 = u32::MAX;

/// Files by the last names of what they import. It is made in each build, of all files: its tables are made of numbers, since
/// a map of texts takes microseconds for each without optimisation.
pub(crate) struct Importers<'f> {
    files: Vec<(&'f Path, &'f [String])>,
    /// The first entry of each list.
    first: Vec<u32>,
    entries: Vec<Entry>,
}

struct Entry {
    key: u32,
    file: u32,
    import: u32,
    /// The next one of its list.
    next: u32,
}

impl<'f> Importers<'f> {
    /// Of files with what they import, and the keys of its last names.
    pub(crate) fn of(files: impl Iterator<Item = (&'f Path, &'f [String], &'f [u32])>) -> Self {
        let mut importers = Self { files: Vec::new(), first: vec![END; LISTS], entries: Vec::new() };
        for (path, imports, names) in files {
            let file = u32::try_from(importers.files.len()).unwrap_or(END);
            importers.files.push((path, imports));
            let mut import = 0;
            while import < names.len() {
                let mut key = names[import];
                // The last name of `..` is told by the importing file.
                if key == NO_NAME
                    && let Some(target) = imports.get(import).and_then(|import| target(path, import))
                {
                    key = name_key(name_of(Path::new(&target)));
                }
                let list = key as usize % LISTS;
                let next = importers.first[list];
                importers.first[list] = u32::try_from(importers.entries.len()).unwrap_or(END);
                importers.entries.push(Entry { key, file, import: u32::try_from(import).unwrap_or(END), next });
                import += 1;
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
        // Other crates name the whole.
        let of_crate = if is_rust && name == "lib" { Modules::crate_name(folder) } else { None };
        if is_rust {
            names.push("super");
            names.extend(matches!(name, "lib" | "main").then_some("crate"));
            names.extend(of_crate.as_deref());
        }
        let aliases = if is_rust { Vec::new() } else { modules.aliases_of(folder, &names) };
        names.extend(aliases.iter().map(|alias| last_name(alias)));
        let (with_name, as_folder) = (folder.join(name), is_index.then(|| folder.to_owned()));
        let mut found = Vec::new();
        for name in names {
            let key = name_key(name);
            let mut next = self.first[key as usize % LISTS];
            while let Some(entry) = self.entries.get(next as usize) {
                next = entry.next;
                let number = entry.file as usize;
                let Some(&(importer, imports)) = self.files.get(number).filter(|_| entry.key == key) else { continue };
                let Some(import) = imports.get(entry.import as usize) else { continue };
                let is_meant = if is_rust {
                    // `super` is said below a module.
                    let below = if is_index { folder } else { &with_name };
                    self::is_rust(importer) && (name != "super" || importer.starts_with(below))
                } else {
                    // An alias is told by its last name; a relative import is known to its end.
                    target(importer, import).is_none_or(|target| {
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
    let path = plain(&importer.parent().filter(|_| is_relative)?.join(import));
    let path = path.to_str()?;
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    path.get(..path.len() - name.len() + without_extension(name).len()).map(str::to_owned)
}

/// The name of a file, without an extension.
fn name_of(path: &Path) -> &str {
    without_extension(path.file_name().and_then(|name| name.to_str()).unwrap_or_default())
}

/// The key of an import whose last name it doesn't have: `..`.
const NO_NAME: u32 = 0;

/// The key of an import's last name.
pub(crate) fn name_key(import: &str) -> u32 {
    let name = last_name(import);
    if matches!(name, "" | "." | "..") {
        return NO_NAME;
    }
    u32::try_from(key(b"", name.as_bytes()) >> 96).unwrap_or(NO_NAME)
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
