//! What bundlers are told of variables: which they show to pages, and where env files are.

use std::path::{Path, PathBuf};

use oxc_span::SourceType;

use crate::scan::modules::{CODE_EXTENSIONS, FILES, written_path};
use crate::scan::summary::{self, Expr, Property};
use crate::walk::read;

/// Packages that show a page all variables of env files.
const SHOW_ALL: &[&str] = &["\"parcel\"", "\"parcel-bundler\"", "dotenv-webpack"];

#[derive(Debug, Default)]
pub(super) struct Told {
    pub(super) prefixes: Vec<String>,
    /// Folders of env files.
    pub(super) folders: Vec<PathBuf>,
    /// All variables of env files are shown.
    pub(super) shows_all: bool,
}

impl Told {
    /// What the configurations in a folder say.
    pub(super) fn take(&mut self, folder: &Path) {
        let mut texts = vec![read(&folder.join("package.json"))];
        for name in FILES {
            for extension in CODE_EXTENSIONS {
                let path = folder.join(format!("{name}.{extension}"));
                if path.is_file() {
                    texts.push(read(&path));
                }
            }
        }
        for (number, text) in texts.into_iter().enumerate() {
            let Some(text) = text.ok().and_then(|text| String::from_utf8(text).ok()) else { continue };
            self.shows_all |= SHOW_ALL.iter().any(|package| text.contains(package));
            if number > 0 && ["envPrefix", "publicPrefix", "envDir"].iter().any(|option| text.contains(option)) {
                self.take_options(folder, &text);
            }
        }
    }

    /// `envPrefix` and `envDir` of Vite, `publicPrefix` of `SvelteKit`.
    fn take_options(&mut self, folder: &Path, text: &str) {
        let summary = summary::script(text, SourceType::ts()).summary;
        for expression in &summary.expressions {
            let Expr::Object(properties) = expression else { continue };
            for property in properties {
                let Property::Named(name, value) = property else { continue };
                match name.as_str() {
                    "envPrefix" | "publicPrefix" => {
                        let values = match summary.expression(*value) {
                            Expr::Array(values) => values.clone(),
                            _ => vec![*value],
                        };
                        self.prefixes.extend(values.into_iter().filter_map(|value| {
                            match summary.expression(value) {
                                // An empty one would show all that the machine has; Vite refuses it.
                                Expr::Text(prefix) if !prefix.is_empty() => Some(prefix.clone()),
                                _ => None,
                            }
                        }));
                    }
                    "envDir" => self.folders.extend(written_path(&summary, *value, folder)),
                    _ => {}
                }
            }
        }
    }
}
