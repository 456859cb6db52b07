//! The files of a front end and their summaries.

mod bundlers;
mod choice;

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::{BTreeSet, HashMap};
use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::cache::Cache;
use super::elements::pascal_case;
use super::lines::Lines;
use super::modules::Modules;
use super::parallel;
use super::prefilter::mentions;
use super::ready::{Ready, Seen, kind, parse, ready};
use super::report::{Place, ReasonCode};
use super::resolve::FileId;
use super::summary::Parsed;
use crate::walk::{Source, read, shown};

/// A file that has been read.
pub(crate) struct File {
    pub(crate) path: PathBuf,
    shown: String,
    text: String,
    /// Told when they are asked for.
    lines: OnceCell<Lines>,
    pub(crate) parsed: Rc<Parsed>,
    /// Whether it was asked for; others are read for what they export.
    pub(crate) is_scanned: bool,
}

pub(crate) struct Project {
    pub(crate) files: Vec<File>,
    by_path: HashMap<OsString, FileId>,
    /// Folders without links.
    folders: HashMap<PathBuf, PathBuf>,
    modules: Modules,
    base: PathBuf,
    /// Files that were read and neither connect nor call what does: their paths, how they are called, and which are links.
    unparsed: Vec<(PathBuf, String, bool)>,
    /// Of those, scripts and pages that import nothing: they may declare what other scripts of a page read.
    plain: Vec<(PathBuf, String, bool)>,
    /// What such files import of frameworks.
    pub(crate) imported: BTreeSet<String>,
    /// The configurations of bundlers and frameworks beside the front end.
    configs: Vec<FileId>,
    /// Files that a build puts in the place of others.
    replacements: Vec<(PathBuf, PathBuf)>,
    /// They are entered by their paths once an import asks for a file that isn't known.
    are_entered: bool,
    cache: Cache,
}

impl Project {
    pub(crate) fn summary(&self, file: FileId) -> Option<Rc<Parsed>> {
        self.files.get(file).map(|file| Rc::clone(&file.parsed))
    }

    pub(crate) fn place(&self, file: FileId, offset: usize) -> Place {
        let Some(file) = self.files.get(file) else { return Place { file: String::new(), line: 1, column: 1 } };
        let (line, column) = file.lines.get_or_init(|| Lines::of(&file.text)).place(&file.text, offset);
        Place { file: file.shown.clone(), line, column }
    }

    /// All files that were read, sorted.
    pub(crate) fn shown_files(&self) -> Vec<String> {
        let mut files: Vec<_> = self.files.iter().map(|file| file.shown.clone()).collect();
        files.extend(self.unparsed.iter().map(|(_, shown, _)| shown.clone()));
        files.extend(self.modules.configurations().iter().map(|path| shown(path, &self.base, &self.base)));
        files.sort();
        files.dedup();
        files
    }

    pub(crate) fn shown(&self, file: FileId) -> &str {
        self.files.get(file).map_or("", |file| &file.shown)
    }

    /// Parses files that are asked for, on all cores, and says so after each.
    fn add_all(&mut self, files: &[(&Source, Option<&Seen>)], is_done: impl Fn() + Sync) {
        let cache = &self.cache;
        let ready = parallel::map(files, 1, |(source, seen)| {
            let ready = ready(&source.path, *seen, cache);
            is_done();
            ready
        });
        for ((source, _), ready) in files.iter().zip(ready) {
            self.add(source.path.clone(), source.shown.clone(), source.is_link, ready, true);
        }
    }

    /// The file that an import means, parsed if it wasn't; `None` for a package.
    pub(crate) fn import(&mut self, from: FileId, specifier: &str) -> Option<FileId> {
        let path = self.modules.resolve(&self.files.get(from)?.path, specifier)?;
        let is_link = path.is_symlink();
        let canonical = self.canonical(&path, is_link);
        if !self.by_path.contains_key(&canonical) {
            self.enter_unparsed();
        }
        let is_scanned = self.by_path.contains_key(&canonical);
        Some(self.bring(path, is_link, is_scanned))
    }

    /// The package that an import means where it means no file.
    pub(crate) fn called<'s>(&self, from: FileId, specifier: &'s str) -> Cow<'s, str> {
        let path = self.files.get(from).map_or(Path::new(""), |file| &file.path);
        self.modules.called(path, specifier)
    }

    /// A file, read and parsed if it wasn't.
    fn bring(&mut self, path: PathBuf, is_link: bool, is_scanned: bool) -> FileId {
        if let Some(known) = self.known(&path, is_link) {
            return known;
        }
        let shown = shown(&path, &self.base, &self.base);
        let ready = ready(&path, None, &self.cache);
        self.add(path, shown, is_link, ready, is_scanned)
    }

    /// A file that was parsed.
    fn known(&mut self, path: &Path, is_link: bool) -> Option<FileId> {
        let canonical = self.canonical(path, is_link);
        self.by_path.get(&canonical).copied().filter(|&file| file != FileId::MAX)
    }

    /// Parses those of the files whose text has what is looked for.
    fn bring_those(&mut self, files: Vec<(PathBuf, String, bool)>, has: impl Fn(&[u8]) -> bool) {
        for (path, shown, is_link) in files {
            if self.known(&path, is_link).is_none() && read(&path).is_ok_and(|text| has(&text)) {
                let ready = ready(&path, None, &self.cache);
                self.add(path, shown, is_link, ready, true);
            }
        }
    }

    pub(crate) fn configs(&self) -> &[FileId] {
        &self.configs
    }

    /// The name of a file, and without its extension.
    pub(crate) fn name_and_stem(&self, file: FileId) -> Option<(String, String)> {
        let path = &self.files.get(file)?.path;
        Some((path.file_name()?.to_str()?.to_owned(), path.file_stem()?.to_str()?.to_owned()))
    }

    /// The name of a file without its extension, if it lies in a folder of one of these names, or of one that is configured.
    /// An index goes by the name of its folder.
    pub(crate) fn stem_below(&self, file: FileId, names: &[&str], configured: &[(String, bool)]) -> Option<String> {
        stem_below(&self.files.get(file)?.path, names, configured)
    }

    /// Parses the files whose names are so: what they have is known without an import.
    pub(crate) fn bring_below(&mut self, names: &[&str], configured: &[(String, bool)]) {
        let files = self.unparsed.iter().filter(|(path, ..)| stem_below(path, names, configured).is_some());
        self.bring_those(files.cloned().collect(), |_| true);
    }

    /// The names of a component that lies in a folder of components: by its own, and with those of the folders around it.
    pub(crate) fn component_names(&self, file: FileId) -> Option<Vec<String>> {
        let path = self.files.get(file)?.path.with_extension("");
        if kind(&self.files.get(file)?.path) != "vue" {
            return None;
        }
        let mut parts: Vec<&str> = Vec::new();
        for part in path.components().rev() {
            match part.as_os_str().to_str()? {
                "components" => {
                    let own = parts.first().copied().map(pascal_case)?;
                    let mut whole = String::new();
                    // A folder's name that the next one repeats counts once.
                    for part in parts.iter().rev().map(|part| pascal_case(part)) {
                        let is_again = !whole.is_empty() && part.starts_with(&whole);
                        whole = if is_again { part } else { whole + &part };
                    }
                    return Some(if own == whole { vec![own] } else { vec![own, whole] });
                }
                "index" if parts.is_empty() => {}
                part => parts.push(part),
            }
        }
        None
    }

    /// Parses the files that have one of these names.
    pub(crate) fn bring_mentions(&mut self, names: &BTreeSet<String>) {
        let search = mentions(names.iter().map(String::as_str));
        let files = self.unparsed.iter().filter(|(path, ..)| kind(path) != "rs").cloned().collect();
        self.bring_those(files, |text| {
            let mut is_found = false;
            search.each(text, |_, _| {
                is_found = true;
                true
            });
            is_found
        });
    }

    /// Parses the scripts and pages that may declare one of these globals.
    pub(crate) fn bring_globals(&mut self, names: &BTreeSet<String>) {
        let plain = std::mem::take(&mut self.plain);
        self.bring_those(plain, |text| {
            let text = String::from_utf8_lossy(text);
            names.iter().any(|name| text.contains(name.as_str()))
        });
    }

    /// Whether a configuration of this name is beside the front end.
    pub(crate) fn has_config(&self, name: &str) -> bool {
        self.configs.iter().any(|&file| self.name_and_stem(file).is_some_and(|(_, stem)| stem == name))
    }

    /// An import may ask for files that needn't be parsed for themselves: then they count as scanned.
    fn enter_unparsed(&mut self) {
        if !std::mem::replace(&mut self.are_entered, true) {
            for (path, shown, is_link) in std::mem::take(&mut self.unparsed) {
                let canonical = self.canonical(&path, is_link);
                self.by_path.entry(canonical).or_insert(FileId::MAX);
                self.unparsed.push((path, shown, is_link));
            }
        }
    }

    fn add(
        &mut self,
        path: PathBuf,
        shown: String,
        is_link: bool,
        ready: io::Result<Ready>,
        is_scanned: bool,
    ) -> FileId {
        let (text, parsed) = match ready {
            Ok(mut ready) => {
                // Another thread has less of a stack.
                if ready.parsed.problem.as_ref().is_some_and(|(reason, _)| reason.code == ReasonCode::TooComplex) {
                    ready.parsed = parse(&path, &ready.text);
                }
                self.cache.keep_parsed(ready.key, ready.is_fresh.then_some(&ready.parsed));
                if let Some(at) = ready.broken_at {
                    ready.parsed.problem = Parsed::failed(ReasonCode::Unreadable, "not UTF-8", at).problem;
                }
                (ready.text, ready.parsed)
            }
            Err(error) => (String::new(), Parsed::failed(ReasonCode::Unreadable, error.to_string(), 0)),
        };
        let id = self.files.len();
        let canonical = self.canonical(&path, is_link);
        self.by_path.insert(canonical, id);
        self.files.push(File { path, shown, text, lines: OnceCell::new(), parsed: Rc::new(parsed), is_scanned });
        id
    }

    /// Keeps what was parsed for the next scan.
    pub(crate) fn save(&self) {
        self.cache.save();
    }

    /// A path without links. Folders are asked for once: that costs a call of the system for each of a path's parts.
    fn canonical(&mut self, path: &Path, is_link: bool) -> OsString {
        let whole = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let (Some(folder), Some(name), false) = (path.parent(), path.file_name(), is_link) else {
            return whole(path).into_os_string();
        };
        let folder = match self.folders.get(folder) {
            Some(folder) => folder,
            None => self.folders.entry(folder.to_owned()).or_insert_with_key(|folder| whole(folder)),
        };
        let mut canonical = folder.clone().into_os_string();
        canonical.push(std::path::MAIN_SEPARATOR_STR);
        canonical.push(name);
        canonical
    }
}

fn stem_below(path: &Path, names: &[&str], configured: &[(String, bool)]) -> Option<String> {
    let mut folder = path.parent()?;
    let mut stem = path.file_stem()?.to_str()?;
    let is_of_server = |folder: &Path| folder.parent().is_some_and(|parent| parent.ends_with("server"));
    let is_meant = |folder: &Path| {
        let is_named = folder.file_name().and_then(|name| name.to_str()).is_some_and(|name| names.contains(&name));
        is_named && !is_of_server(folder)
            || configured.iter().any(|(name, is_deep)| {
                folder.ends_with(name) || (*is_deep && folder.ancestors().any(|folder| folder.ends_with(name)))
            })
    };
    if stem == "index" && !is_meant(folder) {
        stem = folder.file_name()?.to_str()?;
        folder = folder.parent()?;
    }
    is_meant(folder).then(|| stem.to_owned())
}
