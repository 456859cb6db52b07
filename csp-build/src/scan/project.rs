//! The files of a front end and their summaries.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::cache::Cache;
use super::language::{Language, Markup};
use super::lines::Lines;
use super::markup;
use super::modules::Modules;
use super::options::Options;
use super::prefilter::Prefilter;
use super::report::{Place, ReasonCode};
use super::resolve::FileId;
use super::sinks;
use super::summary::{self, CallSite, Expr, Parsed, Summary};
use crate::walk::{Source, shown};

/// A file that has been read.
pub(crate) struct File {
    pub(crate) path: PathBuf,
    shown: String,
    text: String,
    lines: Lines,
    pub(crate) parsed: Rc<Parsed>,
    /// Whether it was asked for; others are read for what they export.
    pub(crate) is_scanned: bool,
}

pub(crate) struct Project {
    pub(crate) files: Vec<File>,
    by_path: HashMap<PathBuf, FileId>,
    modules: Modules,
    base: PathBuf,
    /// Files that were read and neither connect nor call what does.
    unparsed: Vec<String>,
    cache: Cache,
}

impl Project {
    /// Reads all sources, and parses those that may connect, or call what does.
    pub(crate) fn read(sources: &[Source], base: &Path, options: &Options, modules: Modules) -> Self {
        let mut project = Self {
            files: Vec::new(),
            by_path: HashMap::new(),
            modules,
            base: base.to_owned(),
            unparsed: Vec::new(),
            cache: Cache::open(options.cache.as_deref()),
        };
        let mut waiting: Vec<(&Source, Vec<u8>)> = Vec::new();
        let prefilter = Prefilter::of(sinks::words(&options.sinks));
        for source in sources {
            match fs::read(&source.path) {
                Ok(bytes) if prefilter.is_match(&bytes) => {
                    project.add(source.path.clone(), source.shown.clone(), bytes, true);
                }
                Ok(bytes) => waiting.push((source, bytes)),
                Err(error) => {
                    let parsed = Parsed::failed(ReasonCode::Unreadable, error.to_string(), 0);
                    project.insert(source.path.clone(), source.shown.clone(), String::new(), parsed, true);
                }
            }
        }
        // Who imports a file names it; who imports a wrapper may call it.
        let mut done = 0;
        while done < project.files.len() && !waiting.is_empty() {
            let fresh = project.files.get(done..).unwrap_or_default();
            let names = Prefilter::of(fresh.iter().filter_map(|file| module_name(&file.path)));
            done = project.files.len();
            let (fresh_sources, others) = waiting.into_iter().partition(|(_, bytes)| names.is_match(bytes));
            waiting = others;
            for (importer, bytes) in fresh_sources {
                project.add(importer.path.clone(), importer.shown.clone(), bytes, true);
            }
        }
        project.exclude();
        for (source, _) in waiting {
            // An import may still ask for it: then it counts as scanned.
            project.by_path.entry(canonical(&source.path)).or_insert(FileId::MAX);
            project.unparsed.push(source.shown.clone());
        }
        project
    }

    /// Modules of Rust that are compiled for the server only, with the modules below them.
    fn exclude(&mut self) {
        let mut excluded = Vec::new();
        for file in &self.files {
            let (folder, stem) = (file.path.parent(), file.path.file_stem());
            let (Some(folder), Some(stem)) = (folder, stem) else { continue };
            let own = match stem.to_str() {
                Some("lib" | "main" | "mod") => folder.to_owned(),
                _ => folder.join(stem),
            };
            for name in &file.parsed.summary.excluded {
                excluded.push(if name.is_empty() { file.path.with_extension("") } else { own.join(name) });
            }
        }
        for file in &mut self.files {
            let path = file.path.with_extension("");
            if file.path.extension().is_some_and(|extension| extension == "rs")
                && excluded.iter().any(|module| path.starts_with(module))
            {
                file.is_scanned = false;
            }
        }
    }

    pub(crate) fn summary(&self, file: FileId) -> Option<Rc<Parsed>> {
        self.files.get(file).map(|file| Rc::clone(&file.parsed))
    }

    pub(crate) fn place(&self, file: FileId, offset: usize) -> Place {
        let Some(file) = self.files.get(file) else { return Place { file: String::new(), line: 1, column: 1 } };
        let (line, column) = file.lines.place(&file.text, offset);
        Place { file: file.shown.clone(), line, column }
    }

    /// All files that were read, sorted.
    pub(crate) fn shown_files(&self) -> Vec<String> {
        let mut files: Vec<_> = self.files.iter().map(|file| file.shown.clone()).collect();
        files.extend(self.unparsed.iter().cloned());
        files.sort();
        files.dedup();
        files
    }

    pub(crate) fn shown(&self, file: FileId) -> &str {
        self.files.get(file).map_or("", |file| &file.shown)
    }

    /// The file that an import means, parsed if it wasn't; `None` for a package.
    pub(crate) fn import(&mut self, from: FileId, specifier: &str) -> Option<FileId> {
        let path = self.modules.resolve(&self.files.get(from)?.path, specifier)?;
        let canonical = canonical(&path);
        let known = self.by_path.get(&canonical).copied();
        match known {
            Some(id) if id != FileId::MAX => Some(id),
            known => {
                let shown = shown(&path, &self.base, &self.base);
                match fs::read(&path) {
                    Ok(bytes) => Some(self.add(path, shown, bytes, known.is_some())),
                    Err(error) => {
                        let parsed = Parsed::failed(ReasonCode::Unreadable, error.to_string(), 0);
                        Some(self.insert(path, shown, String::new(), parsed, known.is_some()))
                    }
                }
            }
        }
    }

    fn add(&mut self, path: PathBuf, shown: String, bytes: Vec<u8>, is_scanned: bool) -> FileId {
        match String::from_utf8(bytes) {
            Ok(text) => {
                let parsed = self.parse(&path, &text);
                self.insert(path, shown, text, parsed, is_scanned)
            }
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
                let mut parsed = self.parse(&path, &text);
                parsed.problem = Parsed::failed(ReasonCode::Unreadable, "not UTF-8", at).problem;
                self.insert(path, shown, text, parsed, is_scanned)
            }
        }
    }

    fn parse(&mut self, path: &Path, text: &str) -> Parsed {
        let language = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
        self.cache.parsed(text, &language.to_ascii_lowercase(), || parse(path, text))
    }

    /// Keeps what was parsed for the next scan.
    pub(crate) fn save(&self) {
        self.cache.save();
    }

    fn insert(&mut self, path: PathBuf, shown: String, text: String, parsed: Parsed, is_scanned: bool) -> FileId {
        let id = self.files.len();
        self.by_path.insert(canonical(&path), id);
        let (lines, parsed) = (Lines::of(&text), Rc::new(parsed));
        self.files.push(File { path, shown, text, lines, parsed, is_scanned });
        id
    }
}

fn canonical(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

/// What an import of a file ends with.
fn module_name(path: &Path) -> Option<String> {
    let stem = path.file_stem()?.to_str()?;
    if stem == "index" {
        return Some(path.parent()?.file_name()?.to_str()?.to_owned());
    }
    Some(stem.to_owned())
}

fn parse(path: &Path, text: &str) -> Parsed {
    match Language::of(path) {
        Some(Language::Script(source_type)) => summary::script(text, source_type),
        Some(Language::Markup(markup)) => parse_markup(text, markup),
        Some(Language::Rust) => summary::rust(text),
        None => summary::json(text),
    }
}

fn parse_markup(text: &str, markup: Markup) -> Parsed {
    let document = markup::read(text, markup);
    let mut parsed = match document.script(text) {
        Some((script, source_type)) => summary::script(&script, source_type),
        None => Parsed { summary: Summary::default(), problem: None },
    };
    for attribute in document.attributes {
        let expression = parsed.summary.add(Expr::Text(attribute.url));
        let site = CallSite::new(expression, attribute.at);
        parsed.summary.direct.push((attribute.sink.to_owned(), site));
    }
    parsed.summary.comments.extend(document.comments.into_iter().filter(|(comment, _)| comment.contains("csp-")));
    parsed
}
