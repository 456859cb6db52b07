use clap::error::ErrorKind;
use clap::{Args, ValueEnum};

use crate::options::FormatOption;

const USAGE: &str = "cargo csp explain [OPTIONS] --policy <TEXT>... <URL>...
       cargo csp explain [OPTIONS] --as guard --allow <SOURCE>... <URL>...
       cargo csp explain --jsonl [--as guard]";

const HELP: &str = r#"Each --policy is the value of one header. Commas in it separate policies, and every policy must
allow. Policies are read as browsers read them: what a browser drops is a finding.

With --jsonl, stdin has one object a line:
  {"id": any, "policy": text or [text, …], "self": origin or null, "url": text,
   "redirected": bool, "delivery": "header" | "meta" | "report-only"}
and stdout one a line, in the same order:
  {"id": any, "verdict": "allow" | "block" | "error", "directive": text or null,
   "source": text or null, "reason": text}
`url` and `policy` are needed; with --as guard, "allow": [source, …] instead of `policy`. Other
members are let pass. The verdict "error" is for a URL that can't be parsed. `directive` is the
effective directive; `source`, as it was written, is the source that allows, or of a blocked URL the
nearest one. A line that can't be read is answered with "error" and its number in the reason.

With --format json, stdout is an array with such an answer for each URL. Its `id` is the place of
the URL, from 0; it has `url` and "findings": [{"code", "severity", "text", "message", "help"}]
about the policy too.

Exit code: 0 if every URL is allowed, 1 if one is blocked or can't be parsed, 2 if something could
not run: wrong arguments, a line that can't be read. Findings about the policy don't change it.

Examples:
  cargo csp explain --policy "default-src 'self'" --self-origin https://a.example https://b.example
  cargo csp explain --as guard --allow https://api.example.com/v1/ https://api.example.com/v2/
  cargo csp explain --jsonl < questions.jsonl"#;

/// Why is this URL allowed or blocked by connect-src?
#[derive(Args)]
#[command(override_usage = USAGE, after_long_help = HELP, after_help = "Exit code: 0 all allowed, 1 something blocked, 2 could not run. See --help for --jsonl.")]
pub(crate) struct Explain {
    /// What a page or a program wants to connect to
    #[arg(value_name = "URL")]
    pub(crate) urls: Vec<String>,
    /// The value of a Content-Security-Policy header; repeat it for several headers
    #[arg(long, value_name = "TEXT")]
    pub(crate) policy: Vec<String>,
    /// A source that the guard allows; repeat it for several (--as guard)
    #[arg(long, value_name = "SOURCE")]
    pub(crate) allow: Vec<String>,
    /// The origin of the page, which 'self' stands for; without it, 'self' covers nothing
    #[arg(long, value_name = "ORIGIN")]
    pub(crate) self_origin: Option<String>,
    /// The URLs are targets of a redirect: browsers don't compare paths then
    #[arg(long)]
    pub(crate) redirected: bool,
    /// Who decides: a browser about its page, or a guard about its program's own requests
    #[arg(long = "as", value_name = "WHO", default_value = "browser")]
    pub(crate) decider: Decider,
    /// How the policy reaches the browser
    #[arg(long, value_name = "HOW", default_value = "header")]
    pub(crate) delivery: Delivery,
    #[command(flatten)]
    pub(crate) form: FormatOption,
    /// Read one question a line from stdin, write one answer a line (see --help)
    #[arg(long, conflicts_with_all = ["urls", "policy", "allow", "self_origin", "redirected", "delivery"])]
    pub(crate) jsonl: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Decider {
    /// A browser, by the policies of a page
    Browser,
    /// A guard, by a list of sources; credentials, hidden separators, addresses of metadata services and link-local
    /// ones are refused, paths count on every redirect
    Guard,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize, ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Delivery {
    /// Content-Security-Policy
    #[default]
    Header,
    /// <meta http-equiv>
    Meta,
    /// Content-Security-Policy-Report-Only: never blocks
    ReportOnly,
}

impl Explain {
    /// What the grammar of the arguments can't say.
    pub(super) fn check(&self) -> Result<(), (ErrorKind, &'static str)> {
        if self.jsonl {
            return Ok(());
        }
        if self.urls.is_empty() {
            return Err((
                ErrorKind::MissingRequiredArgument,
                "no URL to explain: give at least one, or --jsonl to read questions from stdin",
            ));
        }
        match self.decider {
            Decider::Browser if !self.allow.is_empty() => {
                Err((ErrorKind::ArgumentConflict, "--allow is for --as guard; a browser takes --policy TEXT"))
            }
            Decider::Browser if self.policy.is_empty() => Err((
                ErrorKind::MissingRequiredArgument,
                "no policy to decide by: give --policy TEXT, the value of a Content-Security-Policy header",
            )),
            Decider::Guard if !self.policy.is_empty() => {
                Err((ErrorKind::ArgumentConflict, "--policy is for --as browser; a guard takes --allow SOURCE"))
            }
            Decider::Guard if self.allow.is_empty() => Err((
                ErrorKind::MissingRequiredArgument,
                "no sources to decide by: give --allow SOURCE for each source of the guard",
            )),
            Decider::Browser | Decider::Guard => Ok(()),
        }
    }
}
