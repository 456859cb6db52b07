use std::fs;
use std::path::{Path, PathBuf};

use csp_core::scan::{DATA_FILE, LOCK_FILE, ScanData, ScannedOption, normal_root};

use crate::cargo::{Build, Instructions};
use crate::{Error, rust};

/// The front end below a folder, or in a file: for a build script.
///
/// ```no_run
/// // build.rs
/// fn main() -> Result<(), csp_build::Error> {
///     csp_build::scan("web/src").emit()
/// }
/// ```
pub fn scan(root: impl AsRef<Path>) -> FrontEnd {
    FrontEnd::new().root(root)
}

/// A front end that a build script looks at. Paths are relative to the crate's `Cargo.toml`.
///
/// With the feature `scan` its code is read. Without it, what is found stands in a checked-in `csp.lock`, and the files are
/// only compared with the hashes in it.
///
/// ```no_run
/// // build.rs
/// fn main() -> Result<(), csp_build::Error> {
///     let mode = std::env::var("DEPLOY").unwrap_or_else(|_| "production".to_owned());
///     csp_build::scan("web/shop").root("web/admin").mode(mode).ignore("legacy/**").sink("track(0)").strict().emit()
/// }
/// ```
#[derive(Clone, Debug)]
#[must_use = "nothing is looked at until `emit` is called"]
pub struct FrontEnd {
    pub(crate) roots: Vec<String>,
    pub(crate) mode: String,
    pub(crate) options: Vec<ScannedOption>,
    pub(crate) lock: PathBuf,
    allows_debug_assertions: bool,
}

impl Default for FrontEnd {
    fn default() -> Self {
        Self::new()
    }
}

impl FrontEnd {
    /// Nothing yet, in the mode `production`.
    pub fn new() -> Self {
        Self {
            roots: Vec::new(),
            mode: "production".to_owned(),
            options: Vec::new(),
            lock: LOCK_FILE.into(),
            allows_debug_assertions: false,
        }
    }

    /// One more file, or folder whose source files count.
    pub fn root(mut self, path: impl AsRef<Path>) -> Self {
        let root = path.as_ref().to_string_lossy().replace('\\', "/");
        self.roots.push(match normal_root(&root) {
            "" => ".".to_owned(),
            root => root.to_owned(),
        });
        self
    }

    /// The mode whose env files count, such as `.env.production`.
    pub fn mode(mut self, mode: impl Into<String>) -> Self {
        self.mode = mode.into();
        self
    }

    /// One more env file. It beats those that are found next to the front end's `package.json`; a later one beats an earlier
    /// one.
    pub fn env_file(self, path: impl AsRef<Path>) -> Self {
        let path = path.as_ref().to_string_lossy().replace('\\', "/");
        self.option("env-file", path)
    }

    /// Leaves out files and folders: by their path below the root (`legacy/**/*.js`), or by their name where the glob has
    /// no `/` (`*.generated.ts`).
    pub fn ignore(self, glob: impl Into<String>) -> Self {
        self.option("ignore", glob)
    }

    /// What relative URLs are below, where it isn't the page's own origin.
    pub fn base_url(self, url: impl Into<String>) -> Self {
        self.option("base-url", url)
    }

    /// A tsconfig whose `paths` and `baseUrl` count for all files.
    pub fn tsconfig(self, path: impl AsRef<Path>) -> Self {
        let path = path.as_ref().to_string_lossy().replace('\\', "/");
        self.option("tsconfig", path)
    }

    /// An alias of imports as in a tsconfig's `paths`: `.alias("@app/*", "web/app/*")`.
    pub fn alias(self, pattern: impl Into<String>, target: impl Into<String>) -> Self {
        let alias = format!("{}={}", pattern.into(), target.into());
        self.option("alias", alias)
    }

    /// One more function that connects, and where its URL stands: `track(0)` is a global, `@acme/http:get(0; 1.root)` what a
    /// package exports, with a base URL in a member of its second argument.
    pub fn sink(self, sink: impl Into<String>) -> Self {
        self.option("sink", sink)
    }

    /// A call whose origin is not known is an error, not a warning.
    pub fn strict(self) -> Self {
        self.option("strict", "")
    }

    /// The lock file, where it is another than `csp.lock`.
    pub fn lock_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.lock = path.into();
        self
    }

    /// Lets a build of the profile `release` have debug assertions, by which sources for development count: a declaration
    /// with `#[cfg(debug_assertions)] "http://localhost:*"` then allows it to users. `reason` is for the people who read the
    /// build script.
    pub fn insecure_debug_assertions(mut self, reason: &str) -> Self {
        self.allows_debug_assertions = !reason.trim().is_empty();
        self
    }

    /// An option by its name, as `csp.lock` and `[package.metadata.csp]` write it.
    #[doc(hidden)]
    pub fn option(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.options.push(ScannedOption { name: name.into(), value: value.into() });
        self
    }

    /// Leaves what is found for `#[scanned]` and `..scanned` in this crate, and tells Cargo when to look again.
    ///
    /// Nothing is written where nothing has changed. The network is not used. What no declaration covers is no error here: it
    /// is one in the macro, at its declaration.
    ///
    /// # Errors
    ///
    /// If a root or an env file can't be read. Without the feature `scan`: if `csp.lock` is missing, or another front end
    /// than this one. In a release build: if it has debug assertions, or a call takes its URL from a variable of the
    /// environment that is not set. Outside of a build script.
    pub fn emit(&self) -> Result<(), Error> {
        let (build, data) = self.look()?;
        write_if_changed(&build.out.join(DATA_FILE), &data.to_string())
    }

    /// As [`emit`](Self::emit), and writes the calls as Rust too, for a declaration in another crate: `csp_calls.rs` in
    /// `OUT_DIR`, which has `pub const CALLS`.
    ///
    /// ```ignore
    /// include!(concat!(env!("OUT_DIR"), "/csp_calls.rs"));
    /// ```
    ///
    /// The other crate writes `csp_runtime::assert_covers!(SHOP, front_end::CALLS);`.
    ///
    /// # Errors
    ///
    /// As [`emit`](Self::emit). If a call is unresolved, since nobody could see it there.
    pub fn emit_rust(&self) -> Result<(), Error> {
        let (build, data) = self.look()?;
        write_if_changed(&build.out.join(DATA_FILE), &data.to_string())?;
        write_if_changed(&build.out.join(rust::FILE), &rust::write(&data)?)
    }

    /// What was found, without what only a lock compares.
    fn look(&self) -> Result<(Build, ScanData), Error> {
        let build = Build::of_environment()?;
        let mut instructions = Instructions::default();
        let found = self.find(&build, &mut instructions);
        instructions.write()?;
        let mut data = found?;
        self.refuse_leaks(&build, &data)?;
        data.files.clear();
        data.variables.clear();
        Ok((build, data))
    }

    fn find(&self, build: &Build, instructions: &mut Instructions) -> Result<ScanData, Error> {
        if self.roots.is_empty() {
            return Err(Error::new("no front end to look at: name a root, such as csp_build::scan(\"web/src\")"));
        }
        for root in &self.roots {
            let path = build.package.join(root);
            // What doesn't exist would make Cargo run this in every build.
            if path.exists() {
                instructions.watch(root);
            }
            if path.join("node_modules").is_dir() {
                instructions.warn(&format!(
                    "`{root}` has a folder node_modules, which Cargo looks through in every build: name the folder of the \
                     sources, such as \"{root}/src\""
                ));
            }
        }
        #[cfg(feature = "scan")]
        let data = {
            // Builds without the scanner would fail by it.
            if build.package.join(&self.lock).exists()
                && let Err(error) = self.read_lock(&build.package, instructions)
            {
                instructions.warn(&error.to_string());
            }
            self.extract(&build.package, Some(&build.out))
        };
        #[cfg(not(feature = "scan"))]
        let data = self.read_lock(&build.package, instructions);
        let data = data?;
        for file in data.files.iter().filter(|file| file.hash != crate::inputs::ABSENT) {
            let is_below_root = |root: &String| Path::new(&file.path).starts_with(root) || root == ".";
            if !self.roots.iter().any(is_below_root) || file.path.starts_with("..") {
                instructions.watch(&file.path);
            }
        }
        data.variables.iter().for_each(|variable| instructions.watch_variable(&variable.name));
        Ok(data)
    }

    fn refuse_leaks(&self, build: &Build, data: &ScanData) -> Result<(), Error> {
        if !build.is_release {
            return Ok(());
        }
        if build.has_debug_assertions && !self.allows_debug_assertions {
            return Err(Error::new(
                "this release build has debug assertions: sources below #[cfg(debug_assertions)], such as \
                 http://localhost:*, would reach users\nhelp: remove `debug-assertions = true` from the profile, or say in \
                 build.rs why it is right: .insecure_debug_assertions(\"…\")",
            ));
        }
        let missing: Vec<String> = data
            .unresolved
            .iter()
            .filter(|call| call.code == "env-missing")
            .map(|call| format!("`{}` at {}: {}", call.sink, call.place, csp_core::visible(&call.detail)))
            .collect();
        if missing.is_empty() {
            return Ok(());
        }
        Err(Error::new(format!(
            "in a release build every URL that comes from the environment must be known\n{}\nhelp: set it in the \
             environment, or in an env file of the mode `{}`",
            missing.join("\n"),
            self.mode
        )))
    }
}

/// Touches nothing that stays the same: a new modification time would compile what depends on it anew.
pub(crate) fn write_if_changed(path: &Path, text: &str) -> Result<(), Error> {
    if fs::read(path).is_ok_and(|old| old == text.as_bytes()) {
        return Ok(());
    }
    fs::write(path, text).map_err(|error| Error::io(path, &error))
}
