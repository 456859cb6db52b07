use std::path::PathBuf;

use clap::builder::NonEmptyStringValueParser;
use clap::{Args, ValueEnum, ValueHint};

use crate::options::{CONFIGURATION, FeatureOptions, PackageOptions, paragraphs};

const HELP: &str = r#"Brings together what is declared in the sources of the packages (connect_src!, policy!), and what connects: calls of the front end below each --root, or
below the roots of [package.metadata.csp], endpoint! literals in Rust, and servers, OAuth URLs and
callbacks of OpenAPI 3 documents.

An endpoint is
  covered       a source of a policy allows it; in part, if the source has a path and only the origin
                is known; in development, if a release build has no such source
  not-covered   no source allows it: browsers and guards will block it
  unused        a declared source that nothing found here connects to
  unresolved    something connects, and where to is not known

A call of a front end needs a source of its package's declarations: of those of --name, else of those
that are #[scanned], else of any; an endpoint! literal one of the declaration that it names; a document one of
any. What is only chosen at run time is not seen, so that a source which only that needs counts as
unused.

With --format json, the reference is
  {"schema": "cargo-csp/docs/1",
   "inputs": {"roots": [path, …], "documents": [{"file", "title", "version"}]},
   "policies": [{"name", "file", "line", "header", "disposition", "directive"}],
   "summary": {"not-covered", "unresolved", "unused", "covered"},
   "endpoints": [{"status", "origin", "in_part", "development_only", "reason", "help",
     "allowed_by": [{"source", "policies": [name, …], "directive", "declaration", "file", "line",
                     "reason", "condition", "available": "always" | "development" | "conditional"}],
     "used_by": [{"kind": "front-end", "file", "line", "column", "call", "coverage"} or
                 {"kind": "rust", "file", "line", "column", "policy", "url", "coverage"} or
                 {"kind": "api", "file", "pointer", "role", "url", "operations", "coverage"}]}]}
`reason` says why an endpoint is unresolved, `origin` is null then; `coverage` is "whole", "in-part",
"development" or "none". The same input gives the same bytes: sorted, without dates, with
paths relative to the workspace.

With --mdbook the command is a preprocessor of mdBook, in whose chapters {{#csp-reference}} stands
for the reference. In book.toml:
  [preprocessor.csp-reference]
  command = "cargo csp docs --mdbook --manifest-path ../Cargo.toml --root ../web/src""#;

const EXAMPLES: &str =
    "Exit code: 0, whatever the reference says (`cargo csp check` judges); 1 if the file of --check is not
what would be written; 2 if something could not run: a declaration that the compiler refuses, a
document that can't be read.

Examples:
  cargo csp docs --root web/src --openapi api/shop.yaml --out docs/endpoints.md
  cargo csp docs --root web/src --openapi api/shop.yaml --check docs/endpoints.md
  cargo csp docs --format html --out target/endpoints.html";

/// The reference of every external endpoint: who allows it, who uses it
#[derive(Args)]
#[command(after_long_help = paragraphs(&[HELP, CONFIGURATION, EXAMPLES]), after_help = "Exit code: 0 written, 1 --check found a stale file, 2 could not run. See --help for the rest.")]
pub(crate) struct Docs {
    /// A file or folder of the front end, instead of those of Cargo.toml; repeat it for several
    #[arg(long, value_name = "PATH", value_hint = ValueHint::AnyPath, value_parser = NonEmptyStringValueParser::new())]
    pub(crate) root: Vec<String>,
    /// An OpenAPI 3 document, in JSON or YAML; repeat it for several
    #[arg(long, value_name = "FILE")]
    pub(crate) openapi: Vec<PathBuf>,
    #[arg(
        long,
        value_name = "NAME",
        help = "A declaration that the front end's pages have, such as SHOP, instead of those that are #[scanned]; repeat it \
                for several"
    )]
    pub(crate) name: Vec<String>,
    /// The form of the reference
    #[arg(long, value_name = "FORM", default_value = "markdown")]
    pub(crate) format: DocsForm,
    /// Write it to this file
    #[arg(long, value_name = "FILE", conflicts_with_all = ["check", "mdbook"])]
    pub(crate) out: Option<PathBuf>,
    /// Compare this file with what would be written
    #[arg(long, value_name = "FILE", conflicts_with = "mdbook")]
    pub(crate) check: Option<PathBuf>,
    /// Be a preprocessor of mdBook (see --help)
    #[arg(long, conflicts_with = "format")]
    pub(crate) mdbook: bool,
    /// With --mdbook: what mdBook asks with, `supports RENDERER`
    #[arg(value_name = "QUESTION", requires = "mdbook", hide = true, num_args = 0..=2)]
    pub(crate) question: Vec<String>,
    /// The mode whose env files count for the front end: production, if the configuration says no other
    #[arg(long, value_name = "MODE")]
    pub(crate) mode: Option<String>,
    /// One more env file, which beats those that are found; repeat it for several
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) env_file: Vec<String>,
    #[command(flatten)]
    pub(crate) features: FeatureOptions,
    #[command(flatten)]
    pub(crate) packages: PackageOptions,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DocsForm {
    /// One page that searches and sorts, and needs nothing else
    Html,
    /// For scripts
    Json,
    /// One page, for mdBook and for reading as it is
    Markdown,
}
