//! Which files belong to a front end.

use std::fs::OpenOptions;
use std::io::{self, Read as _};
use std::path::{MAIN_SEPARATOR, Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

/// What holds calls, by the extension of its name. The scanner knows a language for each.
pub(crate) const EXTENSIONS: &[&str] = &[
    "js", "jsx", "mjs", "cjs", "ts", "mts", "cts", "tsx", "html", "htm", "xhtml", "vue", "svelte", "astro", "mdx", "rs",
];

/// Folders that hold no source of the page, by name. Names that a source folder may have, such as `build`, are not here.
const SKIPPED_FOLDERS: &[&str] = &[
    "node_modules",
    "benches",
    "bower_components",
    "dist",
    "coverage",
    "test",
    "tests",
    "test-utils",
    "__tests__",
    "__test__",
    "__e2e__",
    "__stories__",
    "__typetests__",
    "type-tests",
    "typetests",
    "test-d",
    "spec",
    "specs",
    "e2e",
    "cypress",
    "nightwatch",
    "playwright",
    "playwright-report",
    "mock",
    "mocks",
    "__mocks__",
    "__fixtures__",
    "stories",
    "storybook-static",
];

/// The part of the name of a file that is minified.
const MINIFIED: &str = "min";

/// Parts of a file's name, between its dots and in lower case, that make it no source of the page.
const SKIPPED_PARTS: &[&str] = &[
    "d",
    "test",
    "tests",
    "spec",
    "stories",
    "story",
    "e2e",
    "e2e-spec",
    "mock",
    "mocks",
    "cy",
    "test-d",
    "typetest",
    "type-test",
    "tst",
    "bench",
    "fixture",
    "fixtures",
    "stub",
];

/// What names begin with, in lower case, that tools of tests give to files of theirs.
const SKIPPED_STARTS: &[&str] = &[
    "jest-setup",
    "mockserviceworker.",
    "setup-jest.",
    "setup-tests.",
    "setupjest.",
    "setuptests.",
    "vitest-setup",
    "vitestsetup.",
];

/// Tools of tests, whose files are named after them: `jest.setup.ts`.
const TEST_TOOLS: &[&str] =
    &["cypress", "jest", "karma", "playwright", "protractor", "vitest", "wdio", "web-test-runner"];

/// A file to scan, and how it is called in the report.
#[derive(Debug)]
pub(crate) struct Source {
    pub(crate) path: PathBuf,
    pub(crate) shown: String,
    #[cfg_attr(not(feature = "scan"), expect(dead_code, reason = "only the scanner follows imports"))]
    pub(crate) is_link: bool,
}

/// What could not be walked.
#[derive(Debug)]
#[cfg_attr(not(feature = "scan"), expect(dead_code, reason = "only the scanner tells of it"))]
pub(crate) struct Obstacle {
    pub(crate) shown: String,
    pub(crate) detail: String,
}

/// All files below the roots, sorted. A root that is a file is taken whatever its name. Minified files are copies of others, or of
/// libraries, but where there is nothing else below a root.
pub(crate) fn walk(roots: &[PathBuf], base: &Path, ignored: &[String]) -> (Vec<Source>, Vec<Obstacle>) {
    let (mut sources, mut obstacles) = (Vec::new(), Vec::new());
    for root in roots {
        let entries = WalkDir::new(root).follow_links(true).sort_by_file_name().into_iter();
        let below = Below::of(root, base);
        let (first, mut minified) = (sources.len(), Vec::new());
        for entry in
            entries.filter_entry(|entry| entry.depth() == 0 || (is_wanted(entry) && !is_ignored(entry, root, ignored)))
        {
            match entry {
                Ok(entry) if entry.file_type().is_file() && is_source(entry.path()) => {
                    let shown = below
                        .as_ref()
                        .and_then(|below| below.shown(entry.path()))
                        .unwrap_or_else(|| shown(entry.path(), base, root));
                    let is_link = entry.path_is_symlink();
                    let list = if entry.depth() > 0 && is_minified(&entry) { &mut minified } else { &mut sources };
                    list.push(Source { path: entry.into_path(), shown, is_link });
                }
                // What was named is not passed over in silence.
                Ok(entry) if entry.depth() == 0 && !entry.file_type().is_dir() => {
                    let detail = "neither a folder nor a file that the scan can read".to_owned();
                    obstacles.push(Obstacle { shown: shown(root, base, root), detail });
                }
                Ok(_) => {}
                Err(error) => {
                    let path = error.path().unwrap_or(root);
                    let detail = match (error.loop_ancestor(), error.io_error()) {
                        (Some(ancestor), _) => {
                            format!("a link back to `{}`", shown(ancestor, base, root))
                        }
                        (None, Some(error)) => error.to_string(),
                        (None, None) => "can't be read".to_owned(),
                    };
                    obstacles.push(Obstacle { shown: shown(path, base, root), detail });
                }
            }
        }
        if sources.len() == first {
            sources.append(&mut minified);
        }
    }
    // By their bytes: to take paths apart for each comparison takes longer than to read the files.
    sources.sort_by(|a, b| a.path.as_os_str().cmp(b.path.as_os_str()));
    sources.dedup_by(|a, b| a.path.as_os_str() == b.path.as_os_str());
    (sources, obstacles)
}

/// How files below a root are called, without taking each path apart.
struct Below {
    root: String,
    shown: String,
}

impl Below {
    fn of(root: &Path, base: &Path) -> Option<Self> {
        let mut shown = match root.strip_prefix(base) {
            Ok(below) => {
                below.components().map(|part| part.as_os_str().to_str()).collect::<Option<Vec<_>>>()?.join("/")
            }
            Err(_) => String::new(),
        };
        if !shown.is_empty() {
            shown.push('/');
        }
        let mut root = root.to_str()?.to_owned();
        if !root.ends_with(MAIN_SEPARATOR) {
            root.push(MAIN_SEPARATOR);
        }
        Some(Self { root, shown })
    }

    fn shown(&self, path: &Path) -> Option<String> {
        let below = path.to_str()?.strip_prefix(&self.root)?;
        let below = if MAIN_SEPARATOR == '/' { below.to_owned() } else { below.replace(MAIN_SEPARATOR, "/") };
        Some(format!("{}{below}", self.shown))
    }
}

/// The longest file that is read: none that people write comes near.
const LONGEST: u64 = 1 << 28;

/// Reads a file of a front end. What became a pipe or a device since it was found would be waited for, or never end.
pub(crate) fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, NONBLOCK);
    let file = options.open(path)?;
    let kind = file.metadata()?;
    if !kind.is_file() {
        return Err(io::Error::other("not a file"));
    }
    if kind.len() > LONGEST {
        return Err(io::Error::other(format!("longer than {} MiB", LONGEST >> 20)));
    }
    // One byte more than it has: so that its end is seen by one call.
    let mut bytes = Vec::with_capacity(usize::try_from(kind.len()).unwrap_or(0).saturating_add(1));
    // It may grow meanwhile.
    file.take(LONGEST).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// `O_NONBLOCK`: a pipe is opened without waiting for who writes to it.
#[cfg(unix)]
const NONBLOCK: i32 = if cfg!(any(target_arch = "mips", target_arch = "mips64")) {
    0x80
} else if cfg!(any(target_os = "linux", target_os = "android")) {
    0x800
} else if cfg!(any(target_vendor = "apple", target_os = "freebsd", target_os = "openbsd", target_os = "netbsd")) {
    0x4
} else {
    0
};

fn is_source(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|extension| EXTENSIONS.iter().any(|known| known.eq_ignore_ascii_case(extension)))
}

/// Whether a file or folder is left out: by its path below its root, or by its name.
fn is_ignored(entry: &DirEntry, root: &Path, globs: &[String]) -> bool {
    if globs.is_empty() {
        return false;
    }
    let below_root = shown(entry.path(), root, root);
    let is_match = |glob: &String| {
        let glob = glob.trim_start_matches("./").trim_end_matches('/');
        let path = if glob.contains('/') { &below_root } else { below_root.rsplit('/').next().unwrap_or(&below_root) };
        fast_glob::glob_match(glob.trim_start_matches('/'), path)
    };
    globs.iter().any(is_match)
}

fn is_wanted(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    if name.starts_with('.') {
        return false;
    }
    // A link to a folder has the folder's type here, as links are followed.
    if entry.file_type().is_dir() {
        // Cargo marks what it builds.
        let is_built = name == "target" && entry.path().join("CACHEDIR.TAG").is_file();
        return !is_built && !SKIPPED_FOLDERS.contains(&name.as_ref());
    }
    if name == "build.rs" {
        return false;
    }
    let name = name.to_lowercase();
    let mut parts = name.split('.');
    let is_of_tool = parts.next().is_some_and(|tool| TEST_TOOLS.contains(&tool)) && parts.clone().count() > 1;
    let is_skipped = is_of_tool || SKIPPED_STARTS.iter().any(|start| name.starts_with(start));
    !is_skipped && !parts.any(|part| SKIPPED_PARTS.contains(&part))
}

/// Whether a file is one that a tool has made of others: `app.min.js`.
fn is_minified(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy().to_lowercase();
    name.split('.').skip(1).any(|part| part == MINIFIED)
}

/// The path from the base on; outside of it, from the root on.
pub(crate) fn shown(path: &Path, base: &Path, root: &Path) -> String {
    let relative = path.strip_prefix(base).or_else(|_| path.strip_prefix(root)).unwrap_or(path);
    let relative =
        if relative.as_os_str().is_empty() { Path::new(path.file_name().unwrap_or_default()) } else { relative };
    let parts: Vec<_> = relative.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/").replace("//", "/")
}
