use clap::{Args, ValueEnum};

use crate::options::{FeatureOptions, FormatOption, PackageOptions};

const HELP: &str = r#"Each POLICY is the value of a Content-Security-Policy header, a file that holds one, or - for stdin.
Without any, the policies that the crate declares are evaluated, as in a release. `..scanned` is
filled as for `cargo csp emit`.

A policy can be well-formed and protect nothing. Errors are what lets injected scripts run, warnings
what helps them, notes what nothing stops yet: among these the ways by which data can leave the page.

With --format json, stdout is
  {"schema": "cargo-csp/evaluate/1", "policies": [{"title", "findings": [{"code",
   "severity": "error"|"warning"|"note", "text", "message", "help"}]}]}

Exit code: 0 if there is nothing of the severity that --deny says, 1 if there is, 2 if something could
not run.

Examples:
  cargo csp evaluate
  cargo csp evaluate --deny error "default-src 'self'; script-src 'self' 'unsafe-inline'"
  cargo csp evaluate --format json policy.txt"#;

/// What does a policy leave open?
#[derive(Args)]
#[command(after_long_help = HELP, after_help = "Exit code: 0 nothing to deny, 1 findings, 2 could not run. See --help for --format json.")]
pub(crate) struct Evaluate {
    /// A policy, or a file that holds one; those of the crate if none is given
    #[arg(value_name = "POLICY")]
    pub(crate) policies: Vec<String>,
    #[command(flatten)]
    pub(crate) form: FormatOption,
    /// The least severity that fails
    #[arg(long, value_name = "SEVERITY", default_value = "warning")]
    pub(crate) deny: Deny,
    #[command(flatten)]
    pub(crate) features: FeatureOptions,
    #[command(flatten)]
    pub(crate) packages: PackageOptions,
}

/// A severity on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Deny {
    /// What lets injected scripts run
    Error,
    /// What is worth a look
    Note,
    /// What helps them
    Warning,
}

impl From<Deny> for csp_core::Severity {
    fn from(deny: Deny) -> Self {
        match deny {
            Deny::Error => Self::Error,
            Deny::Note => Self::Note,
            Deny::Warning => Self::Warning,
        }
    }
}
