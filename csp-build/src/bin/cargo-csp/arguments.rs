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

/// Content Security Policy: explains what a policy allows, what browsers report, and what a front end connects to
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
    Check(Check),
    Diff(Diff),
    Docs(Docs),
    Emit(Emit),
    Evaluate(Evaluate),
    Explain(Explain),
    Init(Init),
    Reports(Reports),
    Scan(Scan),
}

const DIFF_HELP: &str = "\
OLD and NEW are values of a Content-Security-Policy header, or files that hold one. They are read as
browsers read them, and compared by what they mean: the order of sources, a source that another one
covers, and a directive that repeats what it falls back to are no changes.

With --format json, stdout is
  {\"schema\": \"cargo-csp/diff/1\", \"widened\": bool,
   \"changes\": [{\"directive\", \"gained\": [text, …], \"lost\": [text, …]}]}
where \"everything\" stands for a directive that no longer restricts.

Exit code: 0 if nothing is gained, 1 if a directive allows what it didn't, 2 if something could not
run.";

/// What does a new policy allow that the old one didn't?
#[derive(Args)]
#[command(after_long_help = DIFF_HELP, after_help = "Exit code: 0 nothing gained, 1 wider, 2 could not run. See --help for --format json.")]
pub(crate) struct Diff {
    /// The policy before, or a file that holds it
    pub(crate) old: String,
    /// The policy after, or a file that holds it
    pub(crate) new: String,
    /// The form of the answer
    #[arg(long, value_name = "FORM", default_value = "human")]
    pub(crate) format: Format,
}

const DOCS_HELP: &str = "\
Brings together what is declared in the sources of the package in this folder, or of all packages of
a workspace (connect_src!, policy!), and what connects: calls of the front end below each --root, or
below the roots of [package.metadata.csp], endpoint! literals in Rust, and servers, OAuth URLs and
callbacks of OpenAPI 3 documents.

An endpoint is
  covered       a source of a policy allows it; in part, if the source has a path and only the origin
                is known; in development, if a release build has no such source
  not-covered   no source allows it: browsers and guards will block it
  unused        a declared source that nothing found here connects to
  unresolved    something connects, and where to is not known

A call of a front end needs a source of the declarations of --name, else of those that are
#[scanned], else of any; an endpoint! literal one of the declaration that it names; a document one of
any. What is only chosen at run time is not seen, so that a source which only that needs counts as
unused.

With --format json, the reference is
  {\"schema\": \"cargo-csp/docs/1\",
   \"inputs\": {\"roots\": [path, …], \"documents\": [{\"file\", \"title\", \"version\"}]},
   \"policies\": [{\"name\", \"file\", \"line\", \"header\", \"disposition\", \"directive\"}],
   \"summary\": {\"not-covered\", \"unresolved\", \"unused\", \"covered\"},
   \"endpoints\": [{\"status\", \"origin\", \"in_part\", \"development_only\", \"reason\", \"help\",
     \"allowed_by\": [{\"source\", \"policies\": [name, …], \"directive\", \"declaration\", \"file\", \"line\",
                     \"reason\", \"condition\", \"available\": \"always\" | \"development\" | \"conditional\"}],
     \"used_by\": [{\"kind\": \"front-end\", \"file\", \"line\", \"column\", \"call\", \"coverage\"} or
                 {\"kind\": \"rust\", \"file\", \"line\", \"column\", \"policy\", \"url\", \"coverage\"} or
                 {\"kind\": \"api\", \"file\", \"pointer\", \"role\", \"url\", \"operations\", \"coverage\"}]}]}
`reason` says why an endpoint is unresolved, `origin` is null then; `coverage` is \"whole\", \"in-part\",
\"development\" or \"none\". The same input gives the same bytes: sorted, without dates, with
paths relative to the workspace.

With --mdbook the command is a preprocessor of mdBook, in whose chapters {{#csp-reference}} stands
for the reference. In book.toml:
  [preprocessor.csp-reference]
  command = \"cargo csp docs --mdbook --manifest-path ../Cargo.toml --root ../web/src\"

Exit code: 0, whatever the reference says (`cargo csp check` judges); 1 if the file of --check is not
what would be written; 2 if something could not run: a declaration that the compiler refuses, a
document that can't be read.

Examples:
  cargo csp docs --root web/src --openapi api/shop.yaml --out docs/endpoints.md
  cargo csp docs --root web/src --openapi api/shop.yaml --check docs/endpoints.md
  cargo csp docs --format html --out target/endpoints.html";

/// The reference of every external endpoint: who allows it, who uses it
#[derive(Args)]
#[command(after_long_help = DOCS_HELP, after_help = "Exit code: 0 written, 1 --check found a stale file, 2 could not run. See --help for the rest.")]
pub(crate) struct Docs {
    /// A file or folder of the front end, instead of those of Cargo.toml; repeat it for several
    #[arg(long, value_name = "PATH")]
    pub(crate) root: Vec<PathBuf>,
    /// An OpenAPI 3 document, in JSON or YAML; repeat it for several
    #[arg(long, value_name = "FILE")]
    pub(crate) openapi: Vec<PathBuf>,
    /// A declaration that the front end's pages have, such as SHOP, instead of those that are #[scanned]; repeat it for several
    #[arg(long)]
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
    #[arg(long, value_name = "FILE")]
    pub(crate) env_file: Vec<PathBuf>,
    /// Features that are on, separated by commas
    #[arg(long, value_name = "FEATURES")]
    pub(crate) features: Vec<String>,
    /// The package to read
    #[arg(long, short, value_name = "NAME")]
    pub(crate) package: Option<String>,
    /// Its Cargo.toml
    #[arg(long, value_name = "PATH")]
    pub(crate) manifest_path: Option<PathBuf>,
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

const EMIT_HELP: &str = "\
The declarations are read out of the sources of the package in this folder, or of all packages of a
workspace; nothing is compiled. Entries below a #[cfg] count as in a release build for this machine,
with --debug as in a debug build.

With --format json, stdout is
  {\"schema\": \"cargo-csp/emit/1\", \"policies\": [{\"name\": text or null, \"file\", \"line\", \"header\",
   \"directives\": {\"connect-src\": [text, …]}}]}
with all declarations. The other forms take one: choose it by --name.

Exit code: 0, or 2 if something could not run: no declaration, or one that the compiler refuses.";

/// The declared policy in the form that a server takes
#[derive(Args)]
#[command(after_long_help = EMIT_HELP, after_help = "Exit code: 0, or 2 could not run. See --help for --format json.")]
pub(crate) struct Emit {
    /// What to write
    #[arg(long, value_name = "FORM")]
    pub(crate) format: EmitForm,
    /// The declaration's name, such as SHOP
    #[arg(long)]
    pub(crate) name: Option<String>,
    /// As in a debug build, with the sources for development
    #[arg(long)]
    pub(crate) debug: bool,
    /// Features that are on, separated by commas
    #[arg(long, value_name = "FEATURES")]
    pub(crate) features: Vec<String>,
    /// The package to read
    #[arg(long, short, value_name = "NAME")]
    pub(crate) package: Option<String>,
    /// Its Cargo.toml
    #[arg(long, value_name = "PATH")]
    pub(crate) manifest_path: Option<PathBuf>,
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

const EVALUATE_HELP: &str = "\
Each POLICY is the value of a Content-Security-Policy header, or a file that holds one. Without any,
the policies that the crate declares are evaluated, as in a release.

A policy can be well-formed and protect nothing. Errors are what lets injected scripts run, warnings
what helps them, notes what nothing stops yet: among these the ways by which data can leave the page.

With --format json, stdout is
  {\"schema\": \"cargo-csp/evaluate/1\", \"policies\": [{\"title\", \"findings\": [{\"code\",
   \"severity\": \"error\"|\"warning\"|\"note\", \"text\", \"message\", \"help\"}]}]}

Exit code: 0 if there is nothing of the severity that --deny says, 1 if there is, 2 if something could
not run.";

/// What does a policy leave open?
#[derive(Args)]
#[command(after_long_help = EVALUATE_HELP, after_help = "Exit code: 0 nothing to deny, 1 findings, 2 could not run. See --help for --format json.")]
pub(crate) struct Evaluate {
    /// A policy, or a file that holds one
    pub(crate) policies: Vec<String>,
    /// The form of the answer
    #[arg(long, value_name = "FORM", default_value = "human")]
    pub(crate) format: Format,
    /// The least severity that fails
    #[arg(long, value_name = "SEVERITY", default_value = "warning")]
    pub(crate) deny: Deny,
    /// The package whose declarations are read
    #[arg(long, short, value_name = "NAME")]
    pub(crate) package: Option<String>,
    /// Its Cargo.toml
    #[arg(long, value_name = "PATH")]
    pub(crate) manifest_path: Option<PathBuf>,
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

const REPORTS_HELP: &str = "\
The input has one body of a report request a line, as a server received it: an object
{\"csp-report\": {…}}, or an array of the Reporting API. One JSON document, over several lines or
not, is read as one body. Both formats are told by their shape.

Reports of one breach are one group: policy, disposition, origin of the page, directive, origin that
was blocked, source file, line. Queries, credentials and nonces are left out of everything that is
printed. What is noise is counted, and listed with --noise: extensions, pages of the browser, this
machine, other policies than those of --policy, schemes without a URL, what says nothing.

A URL such as http://127.0.0.1:3000/__csp asks the collector of csp-runtime that runs there for its
groups; --policy and --page don't matter then, it has its own. Only collectors of this machine are
asked, over http: for others, pipe what a client of yours gets from api/groups?all into -.

A report can be forged: look for the origin in your sources before you add a line that is suggested.

With --format json, stdout is {\"schema\": \"cargo-csp/reports/1\", \"counters\": {\"received\", \"accepted\",
\"filtered\", \"rejected\", \"over_limit\"}, \"classes\": {class: count}, \"other\": count, \"groups\":
[{\"count\", \"class\", \"directive\", \"disposition\", \"policy\", \"document_origin\", \"blocked_origin\",
\"blocked_url\", \"source_file\", \"line\", \"reason\", \"explanation\", \"nearest\", \"difference\", \"source\",
\"entry\", \"verified\"}]}. It has all groups, noise too; `other` counts reports of groups beyond 10,000.
From a collector there are the counter \"shed\" and, where it knows something, a group's \"evidence\" too.

Exit code: 0 if there is nothing but noise, 1 if there is a breach, 2 if something could not be read;
the rest is summarised then too.

Examples:
  cargo csp reports --policy \"connect-src 'self' https://api.example.com\" reports.ndjson
  cargo csp reports http://127.0.0.1:3000/__csp
  tail -n 1000 reports.ndjson | cargo csp reports --format json -";

/// What do browsers report, why was it blocked, and what is to be added?
#[derive(Args)]
#[command(after_long_help = REPORTS_HELP, after_help = "Exit code: 0 nothing but noise, 1 a breach, 2 could not run. See --help for the formats.")]
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
    /// The form of the summary
    #[arg(long, value_name = "FORM", default_value = "human")]
    pub(crate) format: Format,
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

Without a PATH, the roots and options are those of [package.metadata.csp] in Cargo.toml:
  roots = [\"web/src\"]        mode = \"production\"     env-files = [\"web/.env.shared\"]
  ignore = [\"legacy/**\"]     sinks = [\"track(0)\"]    allow = [\"unused-source\"]
and base-urls, tsconfigs, aliases, strict, deny. What a package lacks is taken from
[workspace.metadata.csp].

--lock writes csp.lock next to Cargo.toml, with PATHs relative to it: a build script without the
scanner compares it with the files.

With --format json, stdout is one object:
  {\"schema\": \"cargo-csp/scan/1\",
   \"endpoints\": [{\"origin\", \"sink\", \"file\", \"line\", \"column\", \"resolution\"}],
   \"unresolved\": [{\"sink\", \"file\", \"line\", \"column\", \"reason\"}]}
sorted by file and line. The origin of a relative URL is \"'self'\". Lines and columns count from 1.
sarif and github have what is unresolved.

Exit code: 0 if every call is resolved, 1 if one is not, 2 if the scan could not run.

Examples:
  cargo csp scan web/src
  cargo csp scan --mode staging --format json web/src web/index.html
  cargo csp scan --lock web/src";

/// Which origins does a front end connect to?
#[derive(Args)]
#[command(after_long_help = SCAN_HELP, after_help = "Exit code: 0 all resolved, 1 something unresolved, 2 could not run. See --help for the rest.")]
pub(crate) struct Scan {
    #[command(flatten)]
    pub(crate) front_end: FrontEndArguments,
    /// Write what is found, and the hashes of the files, into csp.lock or another file
    #[arg(long, value_name = "FILE", num_args = 0..=1, require_equals = true, default_missing_value = "csp.lock")]
    pub(crate) lock: Option<PathBuf>,
    /// The form of the answer
    #[arg(long, value_name = "FORM", default_value = "human")]
    pub(crate) format: FindingsFormat,
}

const CHECK_HELP: &str = "\
Compares the front end with the declarations in the package's Rust sources that are marked
#[scanned], as release builds count their entries and as debug builds do. Where none is marked,
--name chooses one.

  uncovered-endpoint   a call that the browser will block (error)
  unused-source        a declared source that no call uses, and that has no reason (warning)
  path-not-compared    a source with a path covers the origin of a call (warning)
  dynamic-host, …      a call whose origin is not known (warning)
  stale-lock           csp.lock is of other files than these (error)

`deny` and `allow` in [package.metadata.csp] make errors of codes, or leave them out. The roots are
told as for `cargo csp scan`.

With --format json, stdout is {\"schema\": \"cargo-csp/check/1\", \"findings\": [{\"code\", \"level\",
\"message\", \"file\", \"line\", \"column\", \"declaration\", \"origin\", \"help\": [text, …]}]}.

Exit code: 0 nothing found, 1 findings, 2 could not run.

Examples:
  cargo csp check
  cargo csp check --name SHOP web/src
  cargo csp check --format sarif > csp.sarif";

/// Is what the front end connects to declared?
#[derive(Args)]
#[command(after_long_help = CHECK_HELP, after_help = "Exit code: 0 nothing found, 1 findings, 2 could not run. See --help for the codes.")]
pub(crate) struct Check {
    #[command(flatten)]
    pub(crate) front_end: FrontEndArguments,
    /// The declaration to compare, such as SHOP, instead of those that are #[scanned]
    #[arg(long)]
    pub(crate) name: Option<String>,
    /// Features that are on, separated by commas
    #[arg(long, value_name = "FEATURES")]
    pub(crate) features: Vec<String>,
    /// The form of the findings
    #[arg(long, value_name = "FORM", default_value = "human")]
    pub(crate) format: FindingsFormat,
}

const INIT_HELP: &str = "\
Scans the front end, and writes build.rs and src/csp.rs with a declaration of what it finds. Nothing
is overwritten. What is left to do, such as the lines of Cargo.toml, is printed.

Exit code: 0, or 2 if something could not run: a file is there already.

Example:
  cargo csp init web/src";

/// Write a build script and a first declaration for this package
#[derive(Args)]
#[command(after_long_help = INIT_HELP, after_help = "Exit code: 0, or 2 could not run.")]
pub(crate) struct Init {
    #[command(flatten)]
    pub(crate) front_end: FrontEndArguments,
    /// The name of the declaration
    #[arg(long, default_value = "PAGES")]
    pub(crate) name: String,
}

/// Which files are scanned, and how.
#[derive(Args)]
pub(crate) struct FrontEndArguments {
    /// Files, and folders whose source files are scanned; those of Cargo.toml if none is given
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<String>,
    /// The mode whose env files count [default: production]
    #[arg(long, value_name = "MODE", requires = "paths")]
    pub(crate) mode: Option<String>,
    /// One more env file, which beats those that are found; repeat it for several
    #[arg(long, value_name = "FILE", requires = "paths")]
    pub(crate) env_file: Vec<String>,
    /// Leave out files and folders, such as legacy/** or *.generated.ts
    #[arg(long, value_name = "GLOB", requires = "paths")]
    pub(crate) ignore: Vec<String>,
    /// What relative URLs are below, where it isn't the page's own origin
    #[arg(long, value_name = "URL", requires = "paths")]
    pub(crate) base_url: Vec<String>,
    /// A tsconfig whose paths count for all files
    #[arg(long, value_name = "FILE", requires = "paths")]
    pub(crate) tsconfig: Vec<String>,
    /// An alias of imports, such as @app/*=web/app/*
    #[arg(long, value_name = "ALIAS", requires = "paths")]
    pub(crate) alias: Vec<String>,
    /// One more function that connects, such as track(0) or @acme/http:get(0; 1.root)
    #[arg(long, value_name = "SINK", requires = "paths")]
    pub(crate) sink: Vec<String>,
    /// Unresolved calls are errors
    #[arg(long, requires = "paths")]
    pub(crate) strict: bool,
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
pub(crate) enum FindingsFormat {
    /// Text for people
    Human,
    /// JSON for scripts
    Json,
    /// SARIF 2.1.0, for services that show it beside the code
    Sarif,
    /// Annotations of GitHub's workflows
    Github,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Text for people
    Human,
    /// JSON for scripts
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
