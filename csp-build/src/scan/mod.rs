//! Finds what a front end connects to, by reading its code.
//!
//! ```no_run
//! let report = csp_build::scan::Scan::new().root("web/src").run()?;
//! for endpoint in &report.endpoints {
//!     println!("{}: {} by {}", endpoint.place, endpoint.origin, endpoint.sink);
//! }
//! # Ok::<(), csp_build::scan::Error>(())
//! ```
//!
//! It never guesses: a call whose host is not known is listed in [`Report::unresolved`]. It never uses the network, and
//! runs none of the code that it reads. It does not see what code from `node_modules` connects to on its own.

mod angular;
mod astro;
mod cache;
mod cdn;
mod code;
mod comments;
mod connecting;
mod elements;
mod environment;
mod error;
mod htmx;
mod importers;
mod language;
mod lines;
mod listed;
mod markup;
mod mdx;
mod modules;
mod nesting;
mod options;
mod parallel;
mod prefilter;
mod progress;
mod project;
mod ready;
mod report;
mod resolve;
mod search;
mod server_template;
mod sinks;
mod summary;
mod template;
mod tokens;

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use comments::Directive;
use environment::Environment;
pub use error::Error;
use modules::{Config, Modules};
use options::Options;
pub use options::Strictness;
pub use progress::Progress;
use project::Project;
pub use report::{Endpoint, Inputs, Place, Reason, ReasonCode, Report, Resolution, SELF_ORIGIN, Step, Unresolved};
use resolve::Resolver;
pub use sinks::{Sink, Transport};

/// A scan to be run.
#[derive(Clone, Debug)]
#[must_use = "a scan does nothing until it is run"]
pub struct Scan {
    roots: Vec<PathBuf>,
    mode: String,
    env_files: Vec<PathBuf>,
    options: Options,
}

impl Default for Scan {
    fn default() -> Self {
        Self::new()
    }
}

impl Scan {
    /// A scan of nothing yet, in the mode `production`.
    pub fn new() -> Self {
        Self { roots: Vec::new(), mode: "production".to_owned(), env_files: Vec::new(), options: Options::default() }
    }

    /// Scans this file, or all source files of this folder.
    pub fn root(mut self, path: impl Into<PathBuf>) -> Self {
        self.roots.push(path.into());
        self
    }

    /// The mode whose env files count, such as `.env.production`.
    pub fn mode(mut self, mode: impl Into<String>) -> Self {
        self.mode = mode.into();
        self
    }

    /// One more env file. It beats those that are found; a later one beats an earlier one.
    pub fn env_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.env_files.push(path.into());
        self
    }

    /// Leaves out files and folders: by their path below the root (`legacy/**/*.js`), or by their name where the glob has
    /// no `/` (`*.generated.ts`). `**` is any number of folders, `*` and `?` stay within a name, `{a,b}` is a choice.
    pub fn ignore(mut self, glob: impl Into<String>) -> Self {
        self.options.ignored.push(glob.into());
        self
    }

    /// What relative URLs are below, where it isn't the page's own origin: of an app in a web view, or of a client whose
    /// base URL is set where the scan doesn't look. With several, a relative URL leads to each.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.options.base_urls.push(url.into());
        self
    }

    /// A tsconfig whose `paths` and `baseUrl` count for all files, before those that are found beside them.
    pub fn tsconfig(mut self, path: impl Into<PathBuf>) -> Self {
        self.options.tsconfigs.push(path.into());
        self
    }

    /// An alias of imports as in a tsconfig's `paths`: `.alias("@app/*", "web/app/*")`.
    pub fn alias(mut self, pattern: impl Into<String>, target: impl Into<PathBuf>) -> Self {
        self.options.aliases.push((pattern.into(), target.into()));
        self
    }

    /// One more function that connects.
    pub fn sink(mut self, sink: Sink) -> Self {
        self.options.sinks.push(sink);
        self
    }

    /// A folder for what files say, by the hash of their content, so that only edited ones are parsed. It is made where
    /// it doesn't exist, may be removed at any time, and never changes a report.
    pub fn cache(mut self, folder: impl Into<PathBuf>) -> Self {
        self.options.cache = Some(folder.into());
        self
    }

    /// Tells how far it has come.
    pub fn progress(mut self, progress: Arc<Progress>) -> Self {
        self.options.progress = progress;
        self
    }

    /// What a call that the scan can't make out is to a build; a report has both alike.
    pub fn strictness(mut self, strictness: Strictness) -> Self {
        self.options.strictness = strictness;
        self
    }

    /// The roots.
    #[must_use]
    pub fn roots(&self) -> &[PathBuf] {
        &self.roots
    }

    /// The mode whose env files count.
    #[must_use]
    pub fn chosen_mode(&self) -> &str {
        &self.mode
    }

    /// What an unresolved call is to a build.
    #[must_use]
    pub fn chosen_strictness(&self) -> Strictness {
        self.options.strictness
    }

    /// Runs the scan.
    ///
    /// # Errors
    /// A root that doesn't exist, an env file or tsconfig that can't be read, a glob or base URL that is none, or a system
    /// that gives no thread. A file below a root that can't be read or parsed is no error: it is listed in
    /// [`Report::unresolved`]. Nor is a cache that can't be used.
    pub fn run(&self) -> Result<Report, Error> {
        if let Some(root) = self.roots.iter().find(|root| !root.exists()) {
            return Err(Error::no_such_root(root));
        }
        self.options.check()?;
        let base = std::env::current_dir().unwrap_or_default();
        let configs = self.options.configs(&base)?;
        let environment = Environment::read(&self.roots, &self.mode, &self.env_files)
            .map_err(|(file, error)| Error::env_file(&file, error))?;
        nesting::with_stack(move || self.run_here(&environment, &base, configs))
            .map_err(Error::thread)?
            .map_err(|_| Error::crashed())
    }

    fn run_here(&self, environment: &Environment, base: &Path, configs: Vec<Config>) -> Report {
        let roots: Vec<_> = self.roots.iter().map(|root| base.join(root)).collect();
        let (sources, obstacles) = crate::walk::walk(&roots, base, &self.options.ignored);
        let mut project = Project::read(&sources, base, &self.options, Modules::with(configs, roots.clone()));
        for folder in self.roots.iter().flat_map(|root| environment::folders_up(root)).collect::<BTreeSet<_>>() {
            project.bring_configs(&folder);
            project.bring_replacements(&folder, &self.mode);
        }
        let mut report = Resolver::new(&mut project, environment, &self.options).report();
        for obstacle in obstacles {
            let place = Place { file: obstacle.shown, line: 1, column: 1 };
            let reason = Reason::new(ReasonCode::Unreadable, obstacle.detail);
            report.unresolved.push(Unresolved::file(place, reason));
        }
        project.save();
        apply_comments(&project, &mut report);
        report.inputs = Inputs {
            files: project.shown_files(),
            env_files: environment.files().to_vec(),
            variables: environment.asked(),
        };
        report.sort();
        report.group();
        report
    }
}

/// A comment answers for the calls that begin on its line or on the next one.
fn apply_comments(project: &Project, report: &mut Report) {
    let mut answered: HashMap<String, BTreeSet<u32>> = HashMap::new();
    let mut ignored: HashMap<String, BTreeSet<u32>> = HashMap::new();
    let mut added = Report::default();
    for (file, entry) in project.files.iter().enumerate().filter(|(_, entry)| entry.is_scanned) {
        for (comment, offset) in &entry.parsed.summary.comments {
            let place = project.place(file, *offset);
            let lines = match comments::read(comment) {
                Some(Directive::Connect(sources)) => {
                    connect(&sources, &place, &mut added);
                    &mut answered
                }
                Some(Directive::Ignore) => &mut ignored,
                None => continue,
            };
            lines.entry(place.file).or_default().extend([place.line, place.line + 1]);
        }
    }
    let has = |lines: &HashMap<String, BTreeSet<u32>>, place: &Place| {
        lines.get(&place.file).is_some_and(|lines| lines.contains(&place.line))
    };
    report.endpoints.retain(|endpoint| !has(&ignored, &endpoint.place));
    // What connects may be told about once for all that call it.
    let is_told = |place: &Place| has(&ignored, place) || has(&answered, place);
    report.unresolved.retain(|call| call.sink == "file" || !(is_told(&call.place) || is_told(call.sink_call())));
    report.endpoints.append(&mut added.endpoints);
    report.unresolved.append(&mut added.unresolved);
}

fn connect(sources: &[String], place: &Place, report: &mut Report) {
    for source in sources {
        let (place, sink) = (place.clone(), "csp-connect".to_owned());
        let origin = if matches!(source.as_str(), "self" | SELF_ORIGIN) {
            Ok(SELF_ORIGIN.to_owned())
        } else {
            resolve::declared(source.clone())
        };
        match origin {
            Ok(origin) => report.endpoints.push(Endpoint::new(place, origin, sink, Resolution::Comment)),
            Err(reason) => report.unresolved.push(Unresolved::new(place, sink, reason)),
        }
    }
}
