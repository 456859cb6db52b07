//! What can be asked on the command line.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::Styles;
use clap::builder::styling::AnsiColor;
use clap::error::ErrorKind;
use clap::{Args, ColorChoice, CommandFactory as _, Parser, Subcommand, ValueEnum};

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::BrightGreen.on_default().bold())
    .usage(AnsiColor::BrightGreen.on_default().bold())
    .literal(AnsiColor::BrightCyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default())
    .error(AnsiColor::BrightRed.on_default().bold())
    .valid(AnsiColor::BrightCyan.on_default().bold())
    .invalid(AnsiColor::Yellow.on_default().bold());

/// Cargo calls its subcommands with their name as the first argument.
#[derive(Parser)]
#[command(name = "cargo", bin_name = "cargo", styles = STYLES)]
enum Cargo {
    Csp(Csp),
}

/// Content Security Policy: explains what a policy allows, and finds what a front end connects to
#[derive(Args)]
#[command(version, propagate_version = true, after_help = "Exit code: 0 clean, 1 findings, 2 could not run.")]
pub(crate) struct Csp {
    #[command(subcommand)]
    pub(crate) command: Command,
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        display_order = 100,
        help = "When to use colours; NO_COLOR is honoured"
    )]
    pub(crate) color: ColorChoice,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    Explain(Explain),
    Scan(Scan),
}

const EXPLAIN_USAGE: &str = "cargo csp explain [OPTIONS] --policy <TEXT>... <URL>...
       cargo csp explain [OPTIONS] --as guard --allow <SOURCE>... <URL>...
       cargo csp explain --jsonl [--as guard]";

const EXPLAIN_HELP: &str = "\
Each --policy is the value of one header. Commas in it separate policies, and every policy must
allow. Policies are read as browsers read them: what a browser drops is a finding.

With --jsonl, stdin has one object a line:
  {\"id\": any, \"policy\": text or [text, …], \"self\": origin or null, \"url\": text,
   \"redirected\": bool, \"delivery\": \"header\" | \"meta\" | \"report-only\"}
and stdout one a line, in the same order:
  {\"id\": any, \"verdict\": \"allow\" | \"block\" | \"error\", \"directive\": text or null,
   \"source\": text or null, \"reason\": text}
`url` and `policy` are needed; with --as guard, \"allow\": [source, …] instead of `policy`. Other
members are let pass. The verdict \"error\" is for a URL that can't be parsed. `directive` is the
effective directive; `source`, as it was written, is the source that allows, or of a blocked URL the
nearest one. A line that can't be read is answered with \"error\" and its number in the reason.

With --format json, stdout is an array with such an answer for each URL. Its `id` is the place of
the URL, from 0; it has `url` and \"findings\": [{\"code\", \"severity\", \"text\", \"message\", \"help\"}]
about the policy too.

Exit code: 0 if every URL is allowed, 1 if one is blocked or can't be parsed, 2 if something could
not run: wrong arguments, a line that can't be read. Findings about the policy don't change it.

Examples:
  cargo csp explain --policy \"default-src 'self'\" --self-origin https://a.example https://b.example
  cargo csp explain --as guard --allow https://api.example.com/v1/ https://api.example.com/v2/
  cargo csp explain --jsonl < questions.jsonl";

/// Why is this URL allowed or blocked by connect-src?
#[derive(Args)]
#[command(override_usage = EXPLAIN_USAGE, after_long_help = EXPLAIN_HELP, after_help = "Exit code: 0 all allowed, 1 something blocked, 2 could not run. See --help for --jsonl.")]
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
    /// The form of the answers
    #[arg(long, value_name = "FORM", default_value = "human")]
    pub(crate) format: Format,
    /// Read one question a line from stdin, write one answer a line (see --help)
    #[arg(long, conflicts_with_all = ["urls", "policy", "allow", "self_origin", "redirected", "delivery"])]
    pub(crate) jsonl: bool,
}

const SCAN_HELP: &str = "\
Reads JavaScript, TypeScript, JSX, HTML, Vue, Svelte and Astro files, and lists the origins that
their calls of fetch, WebSocket, EventSource, XMLHttpRequest, axios and others connect to. Folders
such as node_modules, dist and tests, and files such as *.min.js, *.test.ts and *.d.ts are left out
unless they are named as a PATH.

A call whose host is not known is listed as unresolved, with the reason. A comment answers for the
calls on its line and on the next one:
  // csp-connect: https://api.example.com wss://api.example.com
  // csp-ignore

Env files (.env, .env.local, .env.[mode], .env.[mode].local) are read next to the package.json
above each PATH; the real environment beats them.

With --format json, stdout is one object:
  {\"schema\": \"cargo-csp/scan/1\",
   \"endpoints\": [{\"origin\", \"sink\", \"file\", \"line\", \"column\", \"resolution\"}],
   \"unresolved\": [{\"sink\", \"file\", \"line\", \"column\", \"reason\"}]}
sorted by file and line. The origin of a relative URL is \"'self'\". Lines and columns count from 1.

Exit code: 0 if every call is resolved, 1 if one is not, 2 if the scan could not run.

Examples:
  cargo csp scan web/src
  cargo csp scan --mode staging --format json web/src web/index.html";

/// Which origins does a front end connect to?
#[derive(Args)]
#[command(after_long_help = SCAN_HELP, after_help = "Exit code: 0 all resolved, 1 something unresolved, 2 could not run. See --help for the rest.")]
pub(crate) struct Scan {
    /// Files, and folders whose source files are scanned
    #[arg(value_name = "PATH", required = true)]
    pub(crate) paths: Vec<PathBuf>,
    /// The mode whose env files count
    #[arg(long, value_name = "MODE", default_value = "production")]
    pub(crate) mode: String,
    /// One more env file, which beats those that are found; repeat it for several
    #[arg(long, value_name = "FILE")]
    pub(crate) env_file: Vec<PathBuf>,
    /// The form of the answer
    #[arg(long, value_name = "FORM", default_value = "human")]
    pub(crate) format: Format,
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

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Text for people
    Human,
    /// Data for scripts
    Json,
}

/// Reads the command line; ends the program where there is nothing to run.
pub(crate) fn parse() -> Csp {
    let Cargo::Csp(csp) = Cargo::parse_from(as_cargo_calls(std::env::args_os()));
    if let Command::Explain(explain) = &csp.command
        && let Err((kind, message)) = explain.check()
    {
        misuse("explain", csp.color, kind, message);
    }
    csp
}

/// `cargo-csp explain` is `cargo csp explain`.
fn as_cargo_calls(arguments: impl Iterator<Item = OsString>) -> Vec<OsString> {
    let mut arguments: Vec<_> = arguments.collect();
    if arguments.get(1).is_none_or(|first| first != "csp") {
        arguments.insert(arguments.len().min(1), "csp".into());
    }
    arguments
}

impl Explain {
    /// What the grammar of the arguments can't say.
    fn check(&self) -> Result<(), (ErrorKind, &'static str)> {
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

/// Ends the program with a usage error of a subcommand.
pub(crate) fn misuse(subcommand: &str, color: ColorChoice, kind: ErrorKind, message: impl std::fmt::Display) -> ! {
    let mut cargo = Cargo::command().color(color);
    cargo.build();
    let command = cargo.find_subcommand_mut("csp").and_then(|csp| csp.find_subcommand_mut(subcommand));
    match command {
        Some(command) => command.error(kind, message).exit(),
        None => cargo.error(kind, message).exit(),
    }
}
