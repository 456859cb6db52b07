//! What bundlers and frameworks are told to call folders: `alias`, and Nuxt's folders.

use std::path::{Path, PathBuf};

use oxc_span::SourceType;

use super::Config;
use super::ember::Ember;
use crate::paths::plain;
use crate::scan::summary::{self, Expr, ExprId, Property, Summary};
use crate::walk::read;

/// Files of configuration, with aliases, and with values that go into the code.
pub(crate) const FILES: &[&str] = &[
    "astro.config",
    "babel.config",
    "craco.config",
    "electron.vite.config",
    "next.config",
    "nuxt.config",
    "quasar.config",
    "rsbuild.config",
    "rspack.config",
    "snowpack.config",
    "svelte.config",
    "vite.config",
    "vue.config",
    "webpack.config",
    "wxt.config",
];

/// Extensions of a configuration that is code.
pub(crate) const CODE_EXTENSIONS: &[&str] = &["ts", "js", "mjs", "mts", "cjs", "cts"];

/// Objects whose members are aliases.
const ALIASES: &[&str] = &["alias", "aliases"];

/// How far the parts of a path are looked for.
const DEEPEST: usize = 8;

/// What the configurations in one folder say.
#[derive(Debug, Default)]
pub(super) struct Bundled {
    pub(super) aliases: Config,
    pub(super) ember: Option<Ember>,
    /// The configurations that were read.
    pub(super) read: Vec<PathBuf>,
    /// Nuxt's folders of sources, of which the first that has what is imported counts, and the folder of the whole.
    pub(super) nuxt: Option<(Vec<PathBuf>, PathBuf)>,
}

impl Bundled {
    pub(super) fn of(folder: &Path) -> Self {
        let mut bundled = Self { ember: Ember::of(folder), ..Self::default() };
        for name in FILES {
            for extension in CODE_EXTENSIONS {
                let path = folder.join(format!("{name}.{extension}"));
                let text = if path.is_file() { read(&path).ok() } else { None };
                let Some(text) = text.and_then(|text| String::from_utf8(text).ok()) else { continue };
                bundled.read.push(path);
                let summary = summary::script(&text, SourceType::ts()).summary;
                if *name == "nuxt.config" {
                    let mut sources = vec![folder.join("app"), folder.join("src"), folder.to_owned()];
                    sources.splice(0..0, option(&summary, "srcDir").map(|own| plain(&folder.join(own))));
                    bundled.nuxt = Some((sources, folder.to_owned()));
                }
                for expression in &summary.expressions {
                    bundled.take(folder, &summary, expression);
                }
            }
        }
        bundled
    }

    /// The aliases of `alias: { name: target }`, `alias: [{ find, replacement }]` and `alias.set(name, target)`.
    fn take(&mut self, folder: &Path, summary: &Summary, expression: &Expr) {
        match expression {
            Expr::Object(properties) => {
                for property in properties {
                    let Property::Named(name, value) = property else { continue };
                    if !ALIASES.contains(&name.as_str()) {
                        continue;
                    }
                    match summary.expression(*value) {
                        Expr::Object(aliases) => {
                            for alias in aliases {
                                if let Property::Named(name, target) = alias {
                                    self.add(folder, summary, name, *target);
                                }
                            }
                        }
                        Expr::Array(aliases) => {
                            for &alias in aliases {
                                let (find, target) =
                                    (member(summary, alias, "find"), member(summary, alias, "replacement"));
                                if let (Some(find), Some(target)) = (find, target)
                                    && let Some(name) = found(summary, find)
                                {
                                    self.add(folder, summary, &name, target);
                                }
                            }
                        }
                        _ => {}
                    }
                }
            }
            Expr::Call(callee, arguments) => {
                if let (Expr::Member(object, name), &[key, target]) =
                    (summary.expression(*callee), arguments.as_slice())
                    && name == "set"
                    && is_alias(summary, *object)
                    && let Expr::Text(name) = summary.expression(key)
                {
                    self.add(folder, summary, name, target);
                }
            }
            _ => {}
        }
    }

    fn add(&mut self, folder: &Path, summary: &Summary, name: &str, target: ExprId) {
        let mut parts = Vec::new();
        texts(summary, target, 0, &mut parts);
        if parts.is_empty() {
            return;
        }
        // Nuxt's own names may stand before a path.
        let is_of_sources = parts.first().is_some_and(|part| part.starts_with(['~', '@']) && part.contains('/'));
        let mut path = PathBuf::new();
        for part in &parts {
            let part = if is_of_sources { part.trim_start_matches(['~', '@']) } else { part };
            path.push(part.trim_start_matches('/'));
        }
        let mut targets = vec![plain(&folder.join(&path))];
        if is_of_sources && let Some((sources, _)) = &self.nuxt {
            targets = sources.iter().map(|source| plain(&source.join(&path))).collect();
        }
        let below = targets.iter().map(|target| target.join("*")).collect();
        match name.strip_suffix('$') {
            Some(exact) => self.aliases.paths.push((exact.to_owned(), targets)),
            None => {
                let name = name.trim_end_matches(['/', '*']);
                self.aliases.paths.push((name.to_owned(), targets));
                self.aliases.paths.push((format!("{name}/*"), below));
            }
        }
    }
}

/// The value of an option that is written as a text.
pub(super) fn option(summary: &Summary, name: &str) -> Option<String> {
    summary.expressions.iter().find_map(|expression| {
        let Expr::Object(properties) = expression else { return None };
        properties.iter().find_map(|property| match property {
            Property::Named(key, value) if key == name => match summary.expression(*value) {
                Expr::Text(text) => Some(text.clone()),
                _ => None,
            },
            _ => None,
        })
    })
}

fn member(summary: &Summary, mut object: ExprId, name: &str) -> Option<ExprId> {
    while let Expr::Either(choices) = summary.expression(object) {
        object = *choices.first()?;
    }
    super::member(summary, object, name)
}

/// What `find` looks for: a text, or a pattern that is one at the start.
fn found(summary: &Summary, find: ExprId) -> Option<String> {
    match summary.expression(find) {
        Expr::Text(text) => Some(text.clone()),
        Expr::Pattern(pattern, _) => {
            let text = pattern.strip_prefix('^')?.replace('\\', "");
            let text = text.strip_suffix("(.*)").or_else(|| text.strip_suffix("(.+)")).unwrap_or(&text);
            let is_plain = |character: char| character.is_alphanumeric() || "@~#$/-_:".contains(character);
            text.chars().all(is_plain).then(|| text.to_owned())
        }
        _ => None,
    }
}

/// `….alias`, and what its `set` gives.
fn is_alias(summary: &Summary, object: ExprId) -> bool {
    match summary.expression(object) {
        Expr::Member(_, name) => ALIASES.contains(&name.as_str()),
        Expr::Call(callee, _) => match summary.expression(*callee) {
            Expr::Member(object, name) => name == "set" && is_alias(summary, *object),
            _ => false,
        },
        _ => false,
    }
}

/// The path that an expression writes, told from a folder.
pub(crate) fn written_path(summary: &Summary, id: ExprId, folder: &Path) -> Option<PathBuf> {
    let mut parts = Vec::new();
    texts(summary, id, 0, &mut parts);
    let path: PathBuf = parts.iter().map(|part| part.trim_start_matches('/')).collect();
    (!parts.is_empty()).then(|| plain(&folder.join(path)))
}

/// The parts of a path, as `resolve(__dirname, "src")` and `fileURLToPath(new URL("./src", import.meta.url))` have them.
fn texts(summary: &Summary, id: ExprId, depth: usize, parts: &mut Vec<String>) {
    if depth > DEEPEST {
        return;
    }
    match summary.expression(id) {
        Expr::Text(text) => parts.push(text.clone()),
        Expr::Concat(ids) => {
            let mut all = Vec::new();
            for &id in ids {
                texts(summary, id, depth + 1, &mut all);
            }
            parts.push(all.concat());
        }
        Expr::Call(_, ids) | Expr::New(_, ids) => ids.iter().for_each(|&id| texts(summary, id, depth + 1, parts)),
        Expr::Either(ids) => ids.iter().take(1).for_each(|&id| texts(summary, id, depth + 1, parts)),
        Expr::Symbol(symbol) => {
            if let Some(&value) = summary.binding(*symbol).and_then(|binding| binding.values.first()) {
                texts(summary, value, depth + 1, parts);
            }
        }
        _ => {}
    }
}
