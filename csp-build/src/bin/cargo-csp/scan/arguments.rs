use std::path::PathBuf;

use clap::Args;

use crate::options::{CONFIGURATION, FindingsFormatOption, FrontEndOptions, PackageOptions, paragraphs};

const HELP: &str = r#"Reads JavaScript, TypeScript, JSX, HTML, Vue, Svelte, Astro and MDX files, and lists the origins that
their calls of fetch, WebSocket, EventSource, XMLHttpRequest, axios and others connect to. Folders
such as node_modules, dist and tests, and files such as *.min.js, *.test.ts and *.d.ts are left out
unless they are named as a PATH.

A call whose host is not known is listed as unresolved, with the reason. A comment answers for the
calls on its line and on the next one:
  // csp-connect: https://api.example.com wss://api.example.com
  // csp-ignore

Env files (.env, .env.local, .env.[mode], .env.[mode].local) are read next to the package.json
above each PATH; the real environment beats them.

--lock writes csp.lock next to the package's Cargo.toml, with paths relative to it: a build script
without the scanner compares it with the files.

With --format json, stdout is one object:
  {"schema": "cargo-csp/scan/1",
   "endpoints": [{"origin", "sink", "file", "line", "column", "resolution"}],
   "unresolved": [{"sink", "file", "line", "column", "reason"}]}
sorted by file and line. The origin of a relative URL is "'self'". Lines and columns count from 1.
sarif and github have what is unresolved."#;

const EXAMPLES: &str = "Exit code: 0 if every call is resolved, 1 if one is not, 2 if the scan could not run.

Examples:
  cargo csp scan web/src
  cargo csp scan --quiet --package shop --package admin
  cargo csp scan --mode staging --format json web/src web/index.html
  cargo csp scan --lock web/src";

/// Which origins does a front end connect to?
#[derive(Args)]
#[command(after_long_help = paragraphs(&[HELP, CONFIGURATION, EXAMPLES]), after_help = "Exit code: 0 all resolved, 1 something unresolved, 2 could not run. See --help for the rest.")]
pub(crate) struct Scan {
    #[command(flatten)]
    pub(crate) front_end: FrontEndOptions,
    /// Write what is found, and the hashes of the files, into csp.lock or another file
    #[arg(long, value_name = "FILE", num_args = 0..=1, require_equals = true, default_missing_value = "csp.lock")]
    pub(crate) lock: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) form: FindingsFormatOption,
    #[command(flatten)]
    pub(crate) packages: PackageOptions,
}
