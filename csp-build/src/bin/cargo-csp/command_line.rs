//! The command line as a whole. What a command asks for stands with the command.

use std::ffi::OsString;

use clap::builder::Styles;
use clap::builder::styling::AnsiColor;
use clap::error::ErrorKind;
use clap::{Args, ColorChoice, CommandFactory as _, FromArgMatches as _, Parser, Subcommand};

use crate::check::Check;
use crate::completions::Completions;
use crate::diff::Diff;
use crate::docs::Docs;
use crate::emit::Emit;
use crate::evaluate::Evaluate;
use crate::explain::Explain;
use crate::init::Init;
use crate::reports::Reports;
use crate::scan::Scan;

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::BrightGreen.on_default().bold())
    .usage(AnsiColor::BrightGreen.on_default().bold())
    .literal(AnsiColor::BrightCyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default())
    .error(AnsiColor::BrightRed.on_default().bold())
    .valid(AnsiColor::BrightCyan.on_default().bold())
    .invalid(AnsiColor::Yellow.on_default().bold());

const HELP: &str = r#"A first policy for a crate that has a front end in web/src:
  cargo csp init web/src        writes build.rs and src/csp.rs
  cargo csp check               is everything declared? For CI, with --format github or sarif
  cargo csp docs                the reference of all endpoints
In Cargo.toml, [package.metadata.csp] roots = ["web/src"] saves the path in the other commands.

Exit code: 0 clean, 1 findings, 2 could not run. Data goes to stdout, talk to stderr. Colours and
the sign of life of a long scan are for terminals only; NO_COLOR, CLICOLOR and CLICOLOR_FORCE are
honoured where --color doesn't decide."#;

/// Cargo calls its subcommands with their name as the first argument.
#[derive(Parser)]
#[command(name = "cargo", bin_name = "cargo", styles = STYLES, max_term_width = 100)]
enum Cargo {
    Csp(Csp),
}

/// Content Security Policy: explains what a policy allows, what browsers report, and what a front end connects to
#[derive(Args)]
#[command(version, propagate_version = true, after_long_help = HELP, after_help = "Exit code: 0 clean, 1 findings, 2 could not run.")]
pub(crate) struct Csp {
    #[command(subcommand)]
    pub(crate) command: Command,
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        display_order = 100,
        help = "When to use colours; auto: on terminals, and as NO_COLOR, CLICOLOR and CLICOLOR_FORCE say"
    )]
    pub(crate) color: ColorChoice,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    Check(Check),
    Completions(Completions),
    Diff(Diff),
    Docs(Docs),
    Emit(Emit),
    Evaluate(Evaluate),
    Explain(Explain),
    Init(Init),
    Reports(Reports),
    Scan(Scan),
}

/// Reads the command line; ends the program where there is nothing to run.
pub(crate) fn parse() -> Csp {
    let arguments = as_cargo_calls(std::env::args_os());
    let color = asked_color(&arguments);
    let matches = Cargo::command().color(color).try_get_matches_from(&arguments);
    match matches.and_then(|matches| Cargo::from_arg_matches(&matches)) {
        Ok(Cargo::Csp(csp)) => csp,
        Err(error) if error.kind() == ErrorKind::InvalidUtf8 => {
            let mistaken = arguments.iter().find(|argument| argument.to_str().is_none());
            let mistaken = mistaken.map(|argument| csp_core::excerpt(&argument.to_string_lossy())).unwrap_or_default();
            let subcommand = arguments.get(2).and_then(|name| name.to_str()).unwrap_or_default();
            let message =
                format!("the argument `{mistaken}` is not UTF-8: write it, or name the file, in that encoding");
            misuse(subcommand, color, ErrorKind::InvalidUtf8, message)
        }
        Err(error) => error.exit(),
    }
}

/// What `--color` says, for mistakes beside it: they are told before it is known.
fn asked_color(arguments: &[OsString]) -> ColorChoice {
    let words = || arguments.iter().filter_map(|argument| argument.to_str());
    let after = words().skip_while(|word| *word != "--color").nth(1);
    let asked = words().find_map(|word| word.strip_prefix("--color=")).or(after);
    asked.and_then(|asked| asked.parse().ok()).unwrap_or(ColorChoice::Auto)
}

/// `cargo-csp explain` is `cargo csp explain`.
fn as_cargo_calls(arguments: impl Iterator<Item = OsString>) -> Vec<OsString> {
    let mut arguments: Vec<_> = arguments.collect();
    if arguments.get(1).is_none_or(|first| first != "csp") {
        arguments.insert(arguments.len().min(1), "csp".into());
    }
    arguments
}

/// The command with all of its subcommands.
pub(crate) fn whole(color: ColorChoice) -> clap::Command {
    let mut cargo = Cargo::command().color(color);
    cargo.build();
    cargo
}

/// The program under its own name, which Cargo doesn't stand before.
pub(crate) fn program(name: &'static str) -> clap::Command {
    Csp::augment_args(clap::Command::new(name))
}

/// Ends the program with a usage error of a subcommand.
pub(crate) fn misuse(subcommand: &str, color: ColorChoice, kind: ErrorKind, message: impl std::fmt::Display) -> ! {
    let mut cargo = whole(color);
    let command = cargo.find_subcommand_mut("csp").and_then(|csp| csp.find_subcommand_mut(subcommand));
    match command {
        Some(command) => command.error(kind, message).exit(),
        None => cargo.error(kind, message).exit(),
    }
}
