//! Which files are parsed: those that may connect, and those that call what does.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;
use std::sync::LazyLock;

use super::Project;
use crate::scan::cache::Cache;
use crate::scan::importers::Importers;
use crate::scan::modules::{ImportMap, Modules};
use crate::scan::options::Options;
use crate::scan::parallel;
use crate::scan::prefilter::Prefilter;
use crate::scan::ready::{Seen, kind, see};
use crate::scan::resolve::is_of_framework;
use crate::scan::sinks;
use crate::scan::summary::{Expr, IMPORT_MAP};
use crate::walk::Source;

/// The most scripts that import nothing that are asked for globals.
const MOST_PLAIN: usize = 256;

impl Project {
    /// Reads all sources, and parses those that may connect, or call what does.
    pub(crate) fn read(sources: &[Source], base: &Path, options: &Options, modules: Modules) -> Self {
        let words = sinks::words(&options.sinks);
        let looks_for = format!("{words:?}");
        let mut project = Self {
            files: Vec::new(),
            by_path: HashMap::new(),
            folders: HashMap::new(),
            modules,
            base: base.to_owned(),
            unparsed: Vec::new(),
            plain: Vec::new(),
            imported: BTreeSet::new(),
            configs: Vec::new(),
            replacements: Vec::new(),
            are_entered: false,
            cache: Cache::open(options.cache.as_deref(), &looks_for),
        };
        // Where all is known, it isn't made.
        let prefilter = LazyLock::new(|| Prefilter::of(words));
        let progress = &options.progress;
        progress.begin(sources.len());
        let seen = parallel::map(sources, 8, |source| {
            see(source, |text, is_rust| prefilter.glance(text, is_rust), &project.cache)
        });
        let (mut chosen, mut waiting) = (Vec::<(&Source, Option<Seen>)>::new(), Vec::<(&Source, Seen)>::new());
        for (source, seen) in sources.iter().zip(seen) {
            match seen {
                Ok(seen) => {
                    project.cache.keep_glance(seen.key, seen.is_fresh.then_some(&seen.glance));
                    if seen.glance.connects {
                        chosen.push((source, Some(seen)));
                    } else {
                        progress.finish_one();
                        waiting.push((source, seen));
                    }
                }
                // What can't be read may be readable when it is read again; if it isn't, that is said.
                Err(_) => chosen.push((source, None)),
            }
        }
        let files: Vec<_> = chosen.iter().map(|(source, seen)| (*source, seen.as_ref())).collect();
        project.add_all(&files, || progress.finish_one());
        drop(files);
        drop(chosen);
        let imports = waiting.iter().flat_map(|(_, seen)| &seen.glance.imports);
        project.imported = imports.filter(|source| is_of_framework(source)).cloned().collect();
        // Who imports a file may call what it exports.
        let importers = Importers::of(waiting.iter().map(|(source, Seen { glance, .. })| {
            (source.path.as_path(), glance.imports.as_slice(), glance.names.as_slice())
        }));
        // A template beside a component calls its methods.
        let is_page = |source: &Source| kind(&source.path) == "html";
        let pages: HashMap<&Path, usize> = waiting
            .iter()
            .enumerate()
            .filter(|(_, (source, _))| is_page(source))
            .map(|(number, (source, _))| (source.path.as_path(), number))
            .collect();
        let mut is_taken = vec![false; waiting.len()];
        // Packages may have other names there.
        project.find_import_maps();
        if project.modules.has_maps() {
            let is_known = |source: &Source, import: &String| {
                let called = project.modules.called(&source.path, import);
                called != import.as_str() && prefilter.knows(&called)
            };
            let mut files = Vec::new();
            for ((source, seen), is_taken) in waiting.iter().zip(&mut is_taken) {
                if seen.glance.imports.iter().any(|import| is_known(source, import)) {
                    *is_taken = true;
                    files.push((*source, Some(seen)));
                }
            }
            project.add_all(&files, || {});
        }
        let mut done = 0;
        while done < project.files.len() {
            let mut fresh: Vec<usize> = Vec::new();
            for file in project.files.get(done..).unwrap_or_default() {
                let mut found = importers.of_file(&file.path, &mut project.modules);
                if !pages.is_empty() && kind(&file.path) == "ts" {
                    found.extend(pages.get(file.path.with_extension("html").as_path()));
                }
                fresh.extend(found.into_iter().filter(|&number| !std::mem::replace(&mut is_taken[number], true)));
            }
            done = project.files.len();
            fresh.sort_unstable();
            let files: Vec<_> = fresh
                .iter()
                .filter_map(|&number| waiting.get(number))
                .map(|(source, seen)| (*source, Some(seen)))
                .collect();
            project.add_all(&files, || {});
        }
        project.exclude();
        let unparsed = waiting.iter().zip(is_taken).filter(|(_, is_taken)| !is_taken);
        let is_plain = |source: &Source, seen: &Seen| {
            seen.glance.imports.is_empty() && matches!(kind(&source.path).as_str(), "js" | "html" | "htm" | "xhtml")
        };
        let plain = unparsed.clone().filter(|((source, seen), _)| is_plain(source, seen)).take(MOST_PLAIN);
        project.plain.extend(plain.map(|((source, _), _)| (source.path.clone(), source.shown.clone(), source.is_link)));
        project
            .unparsed
            .extend(unparsed.map(|((source, _), _)| (source.path.clone(), source.shown.clone(), source.is_link)));
        project
    }

    /// The import maps of the pages.
    fn find_import_maps(&mut self) {
        for file in &self.files {
            let summary = &file.parsed.summary;
            for &(target, value) in &summary.assignments {
                if let (Expr::Global(name), Expr::Text(text), Some(folder)) =
                    (summary.expression(target), summary.expression(value), file.path.parent())
                    && name == IMPORT_MAP
                    && let Some(map) = ImportMap::of(text, folder)
                {
                    self.modules.add_map(map);
                }
            }
        }
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
}
