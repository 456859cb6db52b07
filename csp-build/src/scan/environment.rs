//! Variables that bundlers put into the code: env files by mode, and the real environment.

mod hosts;
mod told;

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::io;
use std::path::{Path, PathBuf};

use crate::walk::read;
use told::Told;

/// Prefixes of variables that bundlers and frameworks show to the page, unless they are told others.
const PUBLIC_PREFIXES: &[&str] = &[
    "BLITZ_PUBLIC_",
    "BUN_PUBLIC_",
    "EXPO_PUBLIC_",
    "EXTENSION_PUBLIC_",
    "FARM_",
    "GATSBY_",
    "GRIDSOME_",
    "ICE_",
    "MODERN_",
    "NEXT_PUBLIC_",
    "NG_APP_",
    "NUXT_PUBLIC_",
    "NX_",
    "PLASMO_PUBLIC_",
    "PREACT_APP_",
    "PUBLIC_",
    "RAZZLE_",
    "REACT_APP_",
    "REDWOOD_ENV_",
    "RENDERER_VITE_",
    "SANITY_STUDIO_",
    "SNOWPACK_PUBLIC_",
    "STORYBOOK_",
    "TARO_APP_",
    "TAURI_ENV_",
    "UMI_APP_",
    "VITE_",
    "VUE_APP_",
    "NUXT_ENV_",
    "WXT_",
];

#[derive(Debug, Default)]
pub(crate) struct Environment {
    mode: String,
    values: HashMap<String, String>,
    files: Vec<PathBuf>,
    asked: RefCell<BTreeSet<String>>,
    /// Prefixes that a configuration names.
    prefixes: Vec<String>,
    /// The variables of files.
    in_files: HashSet<String>,
    shows_all: bool,
}

impl Environment {
    /// Reads `.env`, `.env.local`, `.env.[mode]`, `.env.[mode].local` of each folder of the roots, what hosts are told, then
    /// the given files: a later one beats an earlier one, and the real environment beats them all.
    pub(crate) fn read(roots: &[PathBuf], mode: &str, files: &[PathBuf]) -> Result<Self, (PathBuf, io::Error)> {
        let (mut written, mut all) = (HashMap::new(), Vec::new());
        let mut folders: BTreeSet<_> = roots.iter().flat_map(|root| folders_of(root, mode)).collect();
        let mut told = Told::default();
        roots.iter().flat_map(|root| folders_up(root)).collect::<BTreeSet<_>>().iter().for_each(|at| told.take(at));
        folders.extend(told.folders);
        for folder in &folders {
            for name in file_names(mode) {
                let file = folder.join(name);
                match read(&file) {
                    Ok(text) => read_into(&String::from_utf8_lossy(&text), &mut written),
                    // A folder of that name is a virtual environment of Python.
                    Err(error) if error.kind() == io::ErrorKind::NotFound || file.is_dir() => {}
                    // It may hold what beats the others.
                    Err(error) => return Err((file, error)),
                }
                all.push(file);
            }
        }
        for file in roots.iter().flat_map(|root| hosts::files(folders_around(root).iter().map(PathBuf::as_path))) {
            if !all.contains(&file) {
                written.extend(hosts::variables(&file, mode).map_err(|error| (file.clone(), error))?);
                all.push(file);
            }
        }
        for file in files {
            let text = read(file).map_err(|error| (file.clone(), error))?;
            read_into(&String::from_utf8_lossy(&text), &mut written);
            all.push(file.clone());
        }
        let in_files = written.keys().cloned().collect();
        written.extend(std::env::vars_os().filter_map(|(key, value)| {
            let (key, value) = (key.into_string().ok()?, value.into_string().ok()?);
            Some((key, value))
        }));
        let mut left = MOST_EXPANDED;
        // In their order, so that what is left is left for the same ones each time.
        let mut keys: Vec<_> = written.keys().collect();
        keys.sort_unstable();
        let values = keys.into_iter().filter_map(|key| {
            let value = expand(written.get(key)?, &written, 0, &mut left);
            Some((key.clone(), value))
        });
        let values = values.collect();
        Ok(Self {
            mode: mode.to_owned(),
            values,
            files: all,
            asked: RefCell::default(),
            prefixes: told.prefixes,
            in_files,
            shows_all: told.shows_all,
        })
    }

    /// The env files that count, whether they exist or not, and the files of hosts that do.
    pub(crate) fn files(&self) -> &[PathBuf] {
        &self.files
    }

    /// The variables that were asked for.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.borrow().iter().cloned().collect()
    }

    /// What `env!` and `dotenv!` put into a program.
    pub(crate) fn compiled(&self, key: &str) -> Option<&str> {
        self.asked.borrow_mut().insert(key.to_owned());
        self.values.get(key).map(String::as_str)
    }

    pub(crate) fn value(&self, key: &str) -> Option<&str> {
        match key {
            "MODE" | "NODE_ENV" => Some(&self.mode),
            key if self.has_public_prefix(key) => self.compiled(key),
            key if self.shows_all => self.of_files(key),
            _ => None,
        }
    }

    /// A variable that stands in a file: the machine has others, which nobody means.
    pub(crate) fn of_files(&self, key: &str) -> Option<&str> {
        if self.in_files.contains(key) { self.compiled(key) } else { None }
    }

    /// Whether bundlers show a variable to pages.
    pub(crate) fn is_public(&self, key: &str) -> bool {
        self.shows_all || self.has_public_prefix(key)
    }

    fn has_public_prefix(&self, key: &str) -> bool {
        let own = self.prefixes.iter().map(String::as_str);
        PUBLIC_PREFIXES.iter().copied().chain(own).any(|prefix| key.starts_with(prefix))
    }
}

/// The folder whose env files count for a root: the nearest that has a `package.json` or an env file.
fn folder_of(root: &Path) -> Option<PathBuf> {
    let root = root.canonicalize().ok()?;
    let has = |folder: &&Path| folder.join("package.json").is_file() || folder.join(".env").is_file();
    root.ancestors().filter(|folder| folder.is_dir()).find(has).map(Path::to_owned)
}

/// That folder, and those between it and the root; without it, the root alone.
pub(crate) fn folders_up(root: &Path) -> Vec<PathBuf> {
    let Ok(root) = root.canonicalize() else { return Vec::new() };
    let nearest = folder_of(&root).unwrap_or_else(|| root.clone());
    let folders = root.ancestors().take_while(|folder| folder.starts_with(&nearest)).filter(|folder| folder.is_dir());
    folders.map(Path::to_owned).chain([nearest.clone()]).collect()
}

/// That folder, and where it has no env file the nearest above that has one: tools are told to look there, and the roots
/// of repositories keep them for all their packages.
fn folders_of(root: &Path, mode: &str) -> Vec<PathBuf> {
    let Some(nearest) = folder_of(root) else { return Vec::new() };
    let names = file_names(mode);
    let has = |folder: &&Path| names.iter().any(|name| folder.join(name).is_file());
    let above = folders_around(root).into_iter().find(|folder| has(&folder.as_path()));
    [Some(nearest), above].into_iter().flatten().collect()
}

/// That folder, and those above it, up to the root of the repository or the working directory.
fn folders_around(root: &Path) -> Vec<PathBuf> {
    let Some(nearest) = folder_of(root) else { return Vec::new() };
    let here = std::env::current_dir().and_then(|folder| folder.canonicalize()).ok();
    let is_end = |folder: &Path| folder.join(".git").exists() || here.as_deref() == Some(folder);
    let end = nearest.ancestors().position(is_end).unwrap_or(0);
    nearest.ancestors().take(end + 1).map(Path::to_owned).collect()
}

fn file_names(mode: &str) -> [String; 4] {
    [".env".to_owned(), ".env.local".to_owned(), format!(".env.{mode}"), format!(".env.{mode}.local")]
}

fn read_into(text: &str, values: &mut HashMap<String, String>) {
    for line in text.lines() {
        let line = line.trim();
        let line = line.strip_prefix("export ").unwrap_or(line);
        if line.starts_with('#') {
            continue;
        }
        if let Some((key, value)) = line.split_once('=') {
            values.insert(key.trim().to_owned(), unquoted(value.trim()));
        }
    }
}

/// A value in quotes ends with them; another one at a comment.
fn unquoted(value: &str) -> String {
    for quote in ['"', '\'', '`'] {
        if let Some((inside, _)) = value.strip_prefix(quote).and_then(|rest| rest.split_once(quote)) {
            return inside.to_owned();
        }
    }
    value.split(" #").next().unwrap_or(value).trim_end().to_owned()
}

/// How many bytes all values may have once others are put into them. Each may double what another one doubles.
const MOST_EXPANDED: usize = 1 << 24;

/// `${KEY}` in a value is the value of that key.
fn expand(value: &str, values: &HashMap<String, String>, depth: usize, left: &mut usize) -> String {
    let Some((before, rest)) = value.split_once("${") else { return value.to_owned() };
    let Some((key, after)) = rest.split_once('}') else { return value.to_owned() };
    if depth > 8 || *left < value.len() {
        return value.to_owned();
    }
    *left -= value.len();
    let inner = values.get(key).map(|value| expand(value, values, depth + 1, left)).unwrap_or_default();
    let expanded = format!("{before}{inner}{}", expand(after, values, depth + 1, left));
    *left = left.saturating_sub(expanded.len());
    expanded
}
