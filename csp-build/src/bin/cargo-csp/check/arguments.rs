use clap::Args;

use crate::options::{
    CONFIGURATION, FeatureOptions, FindingsFormatOption, FrontEndOptions, PackageOptions, paragraphs,
};

const HELP: &str = r#"Compares the front end with the declarations in the package's Rust sources that are marked
#[scanned], as release builds count their entries and as debug builds do. Where none of several is
marked, --name or `names` in the configuration chooses; beside packages that are compared, one that
marks none is let pass, with a note.

  uncovered-endpoint   a call that the browser will block (error)
  unused-source        a declared source that no call uses, and that has no reason (warning)
  path-not-compared    a source with a path covers the origin of a call (warning)
  dynamic-host, …      a call whose origin is not known (warning)
  stale-lock           csp.lock is of other files than these (error)

With a PATH, `deny`, `allow` and `strict` of the configuration count, and nothing else of it. What
`..scanned` takes in is what is compared. `cargo csp scan --help` says how files are scanned.

With --format json, stdout is {"schema": "cargo-csp/check/1", "findings": [{"code", "level",
"message", "label", "file", "line", "column", "declaration", "origin", "help": [text, …],
"related": [{"file", "line", "column", "message"}]}]}; `label` says more of the place, for one what is
not known of a call, and `related` where that comes from."#;

const EXAMPLES: &str = "Exit code: 0 nothing found, 1 findings, 2 could not run.

Examples:
  cargo csp check
  cargo csp check --name SHOP web/src
  cargo csp check --workspace --format github
  cargo csp check --format sarif > csp.sarif";

/// Is what the front end connects to declared?
#[derive(Args)]
#[command(after_long_help = paragraphs(&[HELP, CONFIGURATION, EXAMPLES]), after_help = "Exit code: 0 nothing found, 1 findings, 2 could not run. See --help for the codes.")]
pub(crate) struct Check {
    #[command(flatten)]
    pub(crate) front_end: FrontEndOptions,
    #[arg(
        long,
        value_name = "NAME",
        help = "The declaration to compare, such as SHOP, instead of those that are #[scanned]; repeat it for several"
    )]
    pub(crate) name: Vec<String>,
    #[command(flatten)]
    pub(crate) features: FeatureOptions,
    #[command(flatten)]
    pub(crate) form: FindingsFormatOption,
    #[command(flatten)]
    pub(crate) packages: PackageOptions,
}
