//! What a scan is told beside its roots.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use url::Url;

use super::error::Error;
use super::modules::{Config, read_config};
use super::progress::Progress;
use super::sinks::Sink;

/// What a call that the scan can't make out is to a build.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Strictness {
    /// A warning: the policy may lack what such a call needs.
    #[default]
    Warn,
    /// An error: each such call needs a `csp-connect:` or `csp-ignore` comment.
    Deny,
}

/// All but the roots, the mode and the env files.
#[derive(Clone, Debug, Default)]
pub(crate) struct Options {
    pub(crate) ignored: Vec<String>,
    pub(crate) base_urls: Vec<String>,
    pub(crate) tsconfigs: Vec<PathBuf>,
    pub(crate) aliases: Vec<(String, PathBuf)>,
    pub(crate) sinks: Vec<Sink>,
    pub(crate) cache: Option<PathBuf>,
    pub(crate) strictness: Strictness,
    pub(crate) progress: Arc<Progress>,
}

impl Options {
    /// Refuses what can't be meant.
    pub(crate) fn check(&self) -> Result<(), Error> {
        if let Some(glob) = self.ignored.iter().find(|glob| !is_balanced(glob)) {
            return Err(Error::glob(glob));
        }
        let is_base = |url: &&String| Url::parse(url).is_ok_and(|url| url.has_host());
        match self.base_urls.iter().find(|url| !is_base(url)) {
            Some(url) => Err(Error::base_url(url)),
            None => Ok(()),
        }
    }

    /// The paths of the given tsconfigs, and the aliases; a later one beats an earlier one.
    pub(crate) fn configs(&self, base: &Path) -> Result<Vec<Config>, Error> {
        let mut configs = Vec::new();
        if !self.aliases.is_empty() {
            let alias = |(pattern, target): &(String, PathBuf)| (pattern.clone(), vec![base.join(target)]);
            configs.push(Config { paths: self.aliases.iter().rev().map(alias).collect(), ..Config::default() });
        }
        for path in self.tsconfigs.iter().rev() {
            if !path.is_file() {
                return Err(Error::tsconfig(path, "doesn't exist"));
            }
            configs.push(read_config(&base.join(path)).ok_or_else(|| Error::tsconfig(path, "can't be read as JSON"))?);
        }
        Ok(configs)
    }
}

/// Whether each bracket of a glob has its other half.
fn is_balanced(glob: &str) -> bool {
    let (mut braces, mut in_class, mut characters) = (0_usize, false, glob.chars());
    while let Some(character) = characters.next() {
        match character {
            '\\' if characters.next().is_none() => return false,
            '[' if !in_class => in_class = true,
            ']' if in_class => in_class = false,
            '{' if !in_class => braces += 1,
            '}' if !in_class => match braces.checked_sub(1) {
                Some(fewer) => braces = fewer,
                None => return false,
            },
            _ => {}
        }
    }
    !glob.is_empty() && braces == 0 && !in_class
}
