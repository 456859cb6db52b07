//! What bundlers and frameworks are configured to put into the code.

use std::path::{Path, PathBuf};

use super::Project;
use crate::scan::modules::{CODE_EXTENSIONS, FILES};
use crate::scan::resolve::FileId;
use crate::scan::summary::{self, Expr, Property};
use crate::walk::read;

impl Project {
    /// Reads the configurations of bundlers and frameworks in a folder. They run when the front end is built, not in it.
    pub(crate) fn bring_configs(&mut self, folder: &Path) {
        for name in FILES {
            for extension in CODE_EXTENSIONS {
                let path = folder.join(format!("{name}.{extension}"));
                if !path.is_file() {
                    continue;
                }
                let file = self.bring_config(path);
                self.configs.push(file);
            }
        }
        let configuration = ["js", "ts"].map(|extension| folder.join(format!("config/environment.{extension}")));
        for path in configuration.into_iter().filter(|path| path.is_file()) {
            if self.modules.configures_ember(&path) {
                let file = self.bring_config(path);
                self.configs.push(file);
            }
        }
    }

    fn bring_config(&mut self, path: PathBuf) -> FileId {
        let file = self.bring(path, false, false);
        if let Some(file) = self.files.get_mut(file) {
            file.is_scanned = false;
        }
        file
    }

    /// Reads which files Angular puts in the place of others in a mode.
    pub(crate) fn bring_replacements(&mut self, folder: &Path, mode: &str) {
        let Ok(bytes) = read(&folder.join("angular.json")) else { return };
        let parsed = summary::json(&String::from_utf8_lossy(&bytes));
        let summary = &parsed.summary;
        let member = |object: &[Property], name: &str| {
            object.iter().find_map(|property| match property {
                Property::Named(key, value) if key == name => Some(summary.expression(*value)),
                _ => None,
            })
        };
        for expression in &summary.expressions {
            let Expr::Object(configurations) = expression else { continue };
            let Some(Expr::Object(chosen)) = member(configurations, mode) else { continue };
            let Some(Expr::Array(replacements)) = member(chosen, "fileReplacements") else { continue };
            for &replacement in replacements {
                if let Expr::Object(replacement) = summary.expression(replacement)
                    && let (Some(Expr::Text(replaced)), Some(Expr::Text(by))) =
                        (member(replacement, "replace"), member(replacement, "with"))
                {
                    self.replacements.push((folder.join(replaced), folder.join(by)));
                }
            }
        }
    }

    /// The file that a build puts in the place of another one.
    pub(crate) fn replacement(&mut self, file: FileId) -> Option<FileId> {
        if self.replacements.is_empty() {
            return None;
        }
        let path = self.files.get(file)?.path.clone();
        let whole = self.canonical(&path, false);
        let mut by = None;
        for (replaced, other) in self.replacements.clone() {
            if self.canonical(&replaced, false) == whole && other.is_file() {
                by = Some(other);
            }
        }
        Some(self.bring(by?, false, true))
    }
}
