//! `[package.metadata.csp]` and `[workspace.metadata.csp]`.

use std::io;

use serde_json::{Map, Value};

use super::{Member, Workspace};

/// The keys, each with whether it takes a list, and the option of a scan that it stands for.
const KEYS: &[(&str, bool, Option<&str>)] = &[
    ("aliases", true, Some("alias")),
    ("allow", true, None),
    ("base-urls", true, Some("base-url")),
    ("deny", true, None),
    ("env-files", true, Some("env-file")),
    ("ignore", true, Some("ignore")),
    ("mode", false, None),
    ("names", true, None),
    ("roots", true, None),
    ("sinks", true, Some("sink")),
    ("strict", false, Some("strict")),
    ("tsconfigs", true, Some("tsconfig")),
];

/// What may be denied or allowed.
const CODES: &[&str] = &[
    "dynamic-host",
    "env-missing",
    "invalid-url",
    "param-from-location",
    "parameter",
    "path-not-compared",
    "scheme-relative",
    "stale-lock",
    "syntax-error",
    "too-complex",
    "uncovered-endpoint",
    "unreadable",
    "unresolved-url",
    "unused-source",
];

/// What a package says about its front end.
#[derive(Debug, Default)]
pub(crate) struct Configuration {
    pub(crate) roots: Vec<String>,
    /// Whether the roots are those of the workspace, which not every package has.
    pub(crate) inherits_roots: bool,
    /// The declarations that its pages have, where it isn't those that are `#[scanned]`.
    pub(crate) names: Vec<String>,
    /// Whether warnings are errors.
    pub(crate) is_strict: bool,
    pub(crate) mode: Option<String>,
    /// Options of a scan: name and value.
    pub(crate) options: Vec<(String, String)>,
    /// Codes of findings that are errors.
    pub(crate) deny: Vec<String>,
    /// Codes of findings that are left out.
    pub(crate) allow: Vec<String>,
}

impl Configuration {
    /// What the package says; what it doesn't say, of its workspace. Without a package, what the workspace says.
    ///
    /// # Errors
    ///
    /// If a key or a value is none that there is.
    pub(crate) fn of(workspace: &Workspace, member: Option<&Member>) -> io::Result<Self> {
        let mut configuration = Self::default();
        let mut seen = Vec::new();
        for (table, value) in [
            ("package.metadata.csp", member.map(|member| &member.metadata)),
            ("workspace.metadata.csp", Some(&workspace.metadata)),
        ] {
            let Some(value) = value.and_then(|value| value.get("csp")) else { continue };
            // Of several packages it must be known whose it is.
            let place = match member {
                Some(member) if workspace.members.len() > 1 => format!("{table} of `{}`", member.name),
                _ => table.to_owned(),
            };
            let Some(keys) = value.as_object() else {
                return Err(wrong(&format!("{place} is no table")));
            };
            let had_roots = !configuration.roots.is_empty();
            configuration.read_table(&place, keys, &mut seen)?;
            configuration.inherits_roots = table.starts_with("workspace") && !had_roots;
        }
        Ok(configuration)
    }

    fn read_table(&mut self, table: &str, keys: &Map<String, Value>, seen: &mut Vec<String>) -> io::Result<()> {
        for (key, value) in keys {
            let Some((_, is_list, option)) = KEYS.iter().find(|(known, ..)| known == key) else {
                let names = KEYS.iter().map(|(name, ..)| *name);
                let help = match csp_core::closest(key, names.clone()) {
                    Some(meant) => format!("did you mean `{meant}`?"),
                    None => format!("there are {}", names.collect::<Vec<_>>().join(", ")),
                };
                return Err(wrong(&format!("unknown key `{}` in {table}: {help}", csp_core::excerpt(key))));
            };
            // What the package says replaces what the workspace says.
            if seen.contains(key) {
                continue;
            }
            let place = format!("`{key}` in {table}");
            if key == "strict" {
                match value.as_bool() {
                    Some(true) => {
                        self.is_strict = true;
                        self.options.push((key.clone(), String::new()));
                    }
                    Some(false) => {}
                    None => return Err(wrong(&format!("{place} is `true` or `false`"))),
                }
            } else if *is_list {
                let texts = texts(value).ok_or_else(|| wrong(&format!("{place} is a list of strings")))?;
                match (key.as_str(), option) {
                    (_, Some(option)) => {
                        self.options.extend(texts.into_iter().map(|text| ((*option).to_owned(), text)));
                    }
                    ("names", None) => self.names = texts,
                    ("roots", None) => self.roots = texts,
                    ("deny", None) => self.deny = codes(texts, &place)?,
                    (_, None) => self.allow = codes(texts, &place)?,
                }
            } else {
                let text = value.as_str().ok_or_else(|| wrong(&format!("{place} is a string")))?;
                self.mode = Some(text.to_owned());
            }
        }
        seen.extend(keys.keys().cloned());
        Ok(())
    }
}

fn texts(value: &Value) -> Option<Vec<String>> {
    value.as_array()?.iter().map(|text| text.as_str().map(str::to_owned)).collect()
}

fn codes(codes: Vec<String>, place: &str) -> io::Result<Vec<String>> {
    for code in &codes {
        if !CODES.contains(&code.as_str()) {
            let help = csp_core::closest(code, CODES.iter().copied())
                .map_or_else(|| format!("there are {}", CODES.join(", ")), |meant| format!("did you mean `{meant}`?"));
            return Err(wrong(&format!("unknown code `{}` of {place}: {help}", csp_core::excerpt(code))));
        }
    }
    Ok(codes)
}

fn wrong(message: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, message.to_owned())
}
