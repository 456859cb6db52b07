use clap::{Args, ValueEnum};

use crate::options::{FeatureOptions, PackageOptions};

const HELP: &str = r#"The declarations are read out of the sources of the package in this folder, or of all packages where
this is the folder of a workspace; nothing is compiled. Entries below a #[cfg] count as in a release
build for this machine, with --debug as in a debug build.

`..scanned` takes in what csp.lock says; without one, or if it is stale, what a scan finds below the
roots of [package.metadata.csp] in Cargo.toml.

With --format json, stdout is
  {"schema": "cargo-csp/emit/1", "policies": [{"name": text or null, "file", "line", "header",
   "directives": {"connect-src": [text, …]}}]}
with all declarations. The other forms take one: choose it by --name.

Exit code: 0, or 2 if something could not run: no declaration, or one that the compiler refuses.

Examples:
  cargo csp emit --format header
  cargo csp emit --format nginx --name SHOP > csp.conf
  cargo csp emit --format json --debug --features staging"#;

/// The declared policy in the form that a server takes
#[derive(Args)]
#[command(after_long_help = HELP, after_help = "Exit code: 0, or 2 could not run. See --help for --format json.")]
pub(crate) struct Emit {
    /// What to write
    #[arg(long, value_name = "FORM")]
    pub(crate) format: EmitForm,
    /// The declaration's name, such as SHOP
    #[arg(long, value_name = "NAME")]
    pub(crate) name: Option<String>,
    /// As in a debug build, with the sources for development
    #[arg(long)]
    pub(crate) debug: bool,
    #[command(flatten)]
    pub(crate) features: FeatureOptions,
    #[command(flatten)]
    pub(crate) packages: PackageOptions,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum EmitForm {
    /// A line of Apache's configuration
    Apache,
    /// A line of a Caddyfile
    Caddy,
    /// A `_headers` file of Cloudflare Pages
    Cloudflare,
    /// The header as it is sent
    Header,
    /// The options of helmet, for Express
    Helmet,
    /// All declarations, for scripts
    Json,
    /// An element for the head of a page
    Meta,
    /// A `_headers` file of Netlify
    Netlify,
    /// A line of nginx's configuration
    Nginx,
}
