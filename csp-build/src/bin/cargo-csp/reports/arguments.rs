use std::path::PathBuf;

use clap::Args;

use crate::options::FormatOption;

const HELP: &str = r#"The input has one body of a report request a line, as a server received it: an object
{"csp-report": {…}}, or an array of the Reporting API. One JSON document, over several lines or
not, is read as one body. Both formats are told by their shape.

Reports of one breach are one group: policy, disposition, origin of the page, directive, origin that
was blocked, source file, line. Queries, credentials and nonces are left out of everything that is
printed. What is noise is counted, and listed with --noise: extensions, pages of the browser, this
machine, other policies than those of --policy, schemes without a URL, what says nothing.

A URL such as http://127.0.0.1:3000/__csp asks the collector of csp-runtime that runs there for its
groups; --policy and --page don't matter then, it has its own. Only collectors of this machine are
asked, over http: for others, pipe what a client of yours gets from api/groups?all into -.

A report can be forged: look for the origin in your sources before you add a line that is suggested.

With --format json, stdout is {"schema": "cargo-csp/reports/1", "counters": {"received", "accepted",
"filtered", "rejected", "over_limit"}, "classes": {class: count}, "other": count, "groups":
[{"count", "class", "directive", "disposition", "policy", "document_origin", "blocked_origin",
"blocked_url", "source_file", "line", "reason", "explanation", "nearest", "difference", "source",
"entry", "verified"}]}. It has all groups, noise too; `other` counts reports of groups beyond 10,000.
From a collector there are the counter "shed" and, where it knows something, a group's "evidence" too.

Exit code: 0 if there is nothing but noise, 1 if there is a breach, 2 if something could not be read;
the rest is summarised then too.

Examples:
  cargo csp reports --policy "connect-src 'self' https://api.example.com" reports.ndjson
  cargo csp reports http://127.0.0.1:3000/__csp
  tail -n 1000 reports.ndjson | cargo csp reports --format json -"#;

/// What do browsers report, why was it blocked, and what is to be added?
#[derive(Args)]
#[command(after_long_help = HELP, after_help = "Exit code: 0 nothing but noise, 1 a breach, 2 could not run. See --help for the formats.")]
pub(crate) struct Reports {
    /// A file with reports, one request's body a line, or - for stdin; or the URL of a collector that runs
    #[arg(value_name = "FILE|URL")]
    pub(crate) file: PathBuf,
    /// A policy that the site sends; reports of others are noise. Repeat it for several
    #[arg(long, value_name = "TEXT")]
    pub(crate) policy: Vec<String>,
    /// An origin that the site's pages have; reports of others are noise. Repeat it for several
    #[arg(long, value_name = "ORIGIN")]
    pub(crate) page: Vec<String>,
    /// List noise too
    #[arg(long)]
    pub(crate) noise: bool,
    #[command(flatten)]
    pub(crate) form: FormatOption,
}
