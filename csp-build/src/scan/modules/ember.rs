//! How modules of Ember are called: by the name of their app.

use std::path::{Path, PathBuf};

use oxc_span::SourceType;

use super::bundled::option;
use super::{Config, existing, member};
use crate::scan::summary::{self, Expr, json};
use crate::walk::read;

/// The configuration, whose function gives what modules import.
const CONFIGURATION: &str = "config/environment";

#[derive(Debug)]
pub(super) struct Ember {
    root: PathBuf,
    pub(super) aliases: Config,
}

impl Ember {
    /// The app or addon whose package a folder is.
    pub(super) fn of(root: &Path) -> Option<Self> {
        let package = String::from_utf8(read(&root.join("package.json")).ok()?).ok()?;
        let depends = ["\"ember-source\"", "\"ember-cli\""].iter().any(|dependency| package.contains(dependency));
        if !depends && !root.join("ember-cli-build.js").is_file() {
            return None;
        }
        let package = json(&package).summary;
        let name = match package.expression(member(&package, package.whole?, "name")?) {
            Expr::Text(name) => Some(name.clone()),
            _ => None,
        };
        let configuration =
            existing(&root.join(CONFIGURATION)).and_then(|path| String::from_utf8(read(&path).ok()?).ok());
        let prefix = configuration
            .and_then(|text| option(&summary::script(&text, SourceType::ts()).summary, "modulePrefix"))
            .filter(|prefix| Some(prefix) != name.as_ref());
        let mut paths = Vec::new();
        for name in [prefix, name].into_iter().flatten() {
            paths.push((format!("{name}/{CONFIGURATION}"), vec![root.join(CONFIGURATION)]));
            paths.push((format!("{name}/*"), vec![root.join("app/*"), root.join("addon/*")]));
        }
        Some(Self { root: root.to_owned(), aliases: Config { paths, ..Config::default() } })
    }

    /// The configuration, as modules below `app` name it: it lies beside that folder, and is a module in it.
    pub(super) fn configuration(&self, path: &Path) -> Option<PathBuf> {
        let is_it = path.strip_prefix(&self.root).is_ok_and(|below| below.ends_with(CONFIGURATION));
        if is_it { existing(&self.root.join(CONFIGURATION)) } else { None }
    }

    pub(super) fn is_configuration(&self, path: &Path) -> bool {
        path.with_extension("") == self.root.join(CONFIGURATION)
    }
}
