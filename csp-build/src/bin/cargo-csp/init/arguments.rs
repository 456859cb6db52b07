use clap::Args;

use crate::options::{CONFIGURATION, FrontEndOptions, PackageOptions, paragraphs};

const HELP: &str =
    "Scans the front end, and writes build.rs and src/csp.rs with a declaration of what it finds. Nothing
is overwritten. What is left to do, such as the lines of Cargo.toml, is printed. Where neither a PATH nor
Cargo.toml names the front end, it is the one folder next to Cargo.toml that has files of one.";

const EXAMPLES: &str = "Exit code: 0, or 2 if something could not run: a file is there already.

Examples:
  cargo csp init
  cargo csp init web/src
  cargo csp init --package shop --name SHOP shop/web/src";

/// Write a build script and a first declaration for this package
#[derive(Args)]
#[command(after_long_help = paragraphs(&[HELP, CONFIGURATION, EXAMPLES]), after_help = "Exit code: 0, or 2 could not run.")]
pub(crate) struct Init {
    #[command(flatten)]
    pub(crate) front_end: FrontEndOptions,
    /// The name of the declaration
    #[arg(long, value_name = "NAME", default_value = "PAGES")]
    pub(crate) name: String,
    #[command(flatten)]
    pub(crate) packages: PackageOptions,
}
