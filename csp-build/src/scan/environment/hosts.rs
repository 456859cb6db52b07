//! Variables that those set who build and serve a front end: Netlify, Vercel and Cloudflare, by their files in the repository.

use std::io;
use std::path::{Path, PathBuf};

use toml::de::{DeTable, DeValue};

use crate::scan::summary::{Expr, ExprId, Property, Summary, json};
use crate::walk::read;

const NETLIFY: &str = "netlify.toml";
const VERCEL: &str = "vercel.json";
const CLOUDFLARE: &str = "wrangler.toml";

/// The files of hosts in the nearest of these folders that has one.
pub(super) fn files<'f>(mut folders: impl Iterator<Item = &'f Path>) -> Vec<PathBuf> {
    let there = |folder: &Path| -> Vec<PathBuf> {
        [NETLIFY, VERCEL, CLOUDFLARE].iter().map(|name| folder.join(name)).filter(|file| file.is_file()).collect()
    };
    folders.find_map(|folder| Some(there(folder)).filter(|files| !files.is_empty())).unwrap_or_default()
}

/// The variables that a build in this mode has by a file; a later one beats an earlier one.
pub(super) fn variables(file: &Path, mode: &str) -> io::Result<Vec<(String, String)>> {
    let text = String::from_utf8_lossy(&read(file)?).into_owned();
    let no = |problem: String| io::Error::new(io::ErrorKind::InvalidData, problem);
    if file.ends_with(VERCEL) {
        let parsed = json(&text);
        if let Some((reason, _)) = parsed.problem {
            return Err(no(reason.detail));
        }
        return Ok(of_vercel(&parsed.summary));
    }
    let document = DeTable::parse(&text).map_err(|error| no(error.message().to_owned()))?;
    let mut variables = Vec::new();
    let mut take = |path: &[&str]| variables.extend(texts(document.get_ref(), path));
    if file.ends_with(NETLIFY) {
        take(&["build", "environment"]);
        // Its other contexts are previews and branches, which are no mode of bundlers.
        if mode == "production" {
            take(&["context", "production", "environment"]);
        }
    } else if document.get_ref().contains_key("pages_build_output_dir") {
        // Of a worker they are what the worker reads; of Pages, what the build has.
        take(&["vars"]);
        if mode == "production" {
            take(&["env", "production", "vars"]);
        }
    }
    Ok(variables)
}

/// The texts of a table.
fn texts(document: &DeTable<'_>, path: &[&str]) -> Vec<(String, String)> {
    let mut table = document;
    for &name in path {
        let Some(DeValue::Table(inner)) = table.get(name).map(toml::Spanned::get_ref) else { return Vec::new() };
        table = inner;
    }
    let texts = table.iter().filter_map(|(name, value)| match value.get_ref() {
        DeValue::String(text) => Some((name.get_ref().to_string(), text.to_string())),
        _ => None,
    });
    texts.collect()
}

fn of_vercel(summary: &Summary) -> Vec<(String, String)> {
    let member = |object: ExprId, name: &str| {
        let Expr::Object(properties) = summary.expression(object) else { return None };
        properties.iter().find_map(|property| match property {
            Property::Named(key, value) if key == name => Some(*value),
            _ => None,
        })
    };
    let Some(root) = summary.whole else { return Vec::new() };
    let tables = [member(root, "env"), member(root, "build").and_then(|build| member(build, "env"))];
    let mut variables = Vec::new();
    for table in tables.into_iter().flatten() {
        let Expr::Object(properties) = summary.expression(table) else { continue };
        for property in properties {
            if let Property::Named(key, value) = property
                && let Expr::Text(value) = summary.expression(*value)
                // The name of a secret.
                && !value.starts_with('@')
            {
                variables.push((key.clone(), value.clone()));
            }
        }
    }
    variables
}
