//! `csp.lock`: what a scan has found, checked in, and compared with the files by a build that has no scanner.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use csp_core::scan::{LOCK_FILE, ScanData, normal_root};

use crate::cargo::Instructions;
use crate::{Error, FrontEnd, inputs, walk};

/// How many differences are told.
const SHOWN: usize = 8;

impl FrontEnd {
    /// The command that writes the lock that this asks for.
    fn command(&self) -> String {
        let mut command = "cargo csp scan --lock".to_owned();
        if self.lock != Path::new(LOCK_FILE) {
            command += &format!("={}", shell(&self.lock.to_string_lossy()));
        }
        if self.mode != "production" {
            command += &format!(" --mode {}", shell(&self.mode));
        }
        for option in &self.options {
            command += &format!(" --{}", option.name);
            if !option.value.is_empty() {
                command += &format!(" {}", shell(&option.value));
            }
        }
        self.roots.iter().fold(command, |command, root| format!("{command} {}", shell(root)))
    }

    /// What the lock says, if it speaks of this front end as it is now.
    ///
    /// # Errors
    ///
    /// If there is no lock, or what it speaks of has changed: with what has, and the command to run.
    pub(crate) fn read_lock(&self, package: &Path, instructions: &mut Instructions) -> Result<ScanData, Error> {
        let path = package.join(&self.lock);
        let shown = csp_core::visible(&self.lock.to_string_lossy());
        let help = format!(
            "help: run `{}` in the package's folder, and check {shown} in\nhelp: or scan in every build: [build-dependencies] \
             csp-build = {{ version = \"0.1\", features = [\"scan\"] }}",
            self.command()
        );
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(Error::new(format!(
                    "there is no {shown}, and csp-build has no scanner without its feature `scan`\n{help}"
                )));
            }
            Err(error) => return Err(Error::io(&path, &error)),
        };
        instructions.watch(&self.lock.to_string_lossy().replace('\\', "/"));
        let data =
            ScanData::parse(&text).map_err(|error| Error::new(format!("{shown} can't be read: {error}\n{help}")))?;
        let differences = self.differences(&data, package)?;
        if differences.is_empty() {
            return Ok(data);
        }
        let mut list: Vec<String> = differences.iter().take(SHOWN).map(|line| format!("\n  {line}")).collect();
        if differences.len() > SHOWN {
            list.push(format!("\n  and {} more", differences.len() - SHOWN));
        }
        Err(Error::new(format!("{shown} is stale:{}\n{help}", list.concat())))
    }

    /// In what the front end differs from what the lock speaks of.
    #[doc(hidden)]
    pub fn differences(&self, data: &ScanData, package: &Path) -> Result<Vec<String>, Error> {
        let mut differences = Vec::new();
        let roots =
            |roots: &[String]| -> BTreeSet<String> { roots.iter().map(|root| normal_root(root).to_owned()).collect() };
        if roots(&self.roots) != roots(&data.roots) {
            differences.push(format!("it is of {}, not of {}", data.roots.join(", "), self.roots.join(", ")));
        }
        if self.mode != data.mode {
            differences.push(format!("it is of the mode `{}`, not of `{}`", data.mode, self.mode));
        }
        let own: BTreeSet<_> = self.options.iter().collect();
        let other: BTreeSet<_> = data.options.iter().collect();
        for option in own.symmetric_difference(&other) {
            let side = if own.contains(*option) { "doesn't have" } else { "has" };
            differences.push(format!("it {side} the option {} {}", option.name, option.value));
        }
        for file in &data.files {
            let now = inputs::file(package, &file.path)?;
            let what = match (file.hash.as_str(), now.hash.as_str()) {
                (old, new) if old == new => continue,
                (inputs::ABSENT, _) => "is new",
                (_, inputs::ABSENT) => "is gone",
                _ => "has changed",
            };
            differences.push(format!("{} {what}", file.path));
        }
        let known: BTreeSet<&str> = data.files.iter().map(|file| file.path.as_str()).collect();
        let folders: Vec<_> = self.roots.iter().map(|root| package.join(root)).collect();
        let ignored: Vec<String> =
            self.options.iter().filter(|option| option.name == "ignore").map(|option| option.value.clone()).collect();
        let (sources, _) = walk::walk(&folders, package, &ignored);
        let added = sources.iter().filter(|source| !known.contains(source.shown.as_str()));
        differences.extend(added.map(|source| format!("{} is new", source.shown)));
        for variable in data.variables.iter().filter(|old| inputs::variable(&old.name) != **old) {
            differences.push(format!("the variable {} of the environment has changed", variable.name));
        }
        Ok(differences)
    }
}

/// A word of a command line.
fn shell(word: &str) -> String {
    let is_plain = |character: char| character.is_ascii_alphanumeric() || "/._-@=:+,".contains(character);
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "'\\''"))
}
