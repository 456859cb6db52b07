use clap::Args;

use crate::options::FormatOption;

const HELP: &str = r#"OLD and NEW are values of a Content-Security-Policy header, files that hold one, or - for stdin. They
are read as browsers read them, and compared by what they mean: the order of sources, a source that
another one covers, and a directive that repeats what it falls back to are no changes.

With --format json, stdout is
  {"schema": "cargo-csp/diff/1", "widened": bool,
   "changes": [{"directive", "gained": [text, …], "lost": [text, …]}]}
where "everything" stands for a directive that no longer restricts.

Exit code: 0 if nothing is gained, 1 if a directive allows what it didn't, 2 if something could not
run.

Examples:
  cargo csp diff "default-src 'self'" "default-src 'self'; connect-src https://api.example.com"
  git show main:csp.txt | cargo csp diff - csp.txt"#;

/// What does a new policy allow that the old one didn't?
#[derive(Args)]
#[command(after_long_help = HELP, after_help = "Exit code: 0 nothing gained, 1 wider, 2 could not run. See --help for --format json.")]
pub(crate) struct Diff {
    /// The policy before, or a file that holds it
    #[arg(value_name = "OLD")]
    pub(crate) old: String,
    /// The policy after, or a file that holds it
    #[arg(value_name = "NEW")]
    pub(crate) new: String,
    #[command(flatten)]
    pub(crate) form: FormatOption,
}
