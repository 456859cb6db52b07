//! How a command ends.

use std::fmt::Display;
use std::io::{self, Write as _};
use std::process::ExitCode;

use anstream::AutoStream;
use anstyle::{AnsiColor, Style};
use clap::ColorChoice;

/// What a command that could run has found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Outcome {
    Clean,
    Findings,
    /// A part of the input could not be read; the rest was.
    Incomplete,
}

impl Outcome {
    pub(crate) fn of_findings(any: bool) -> Self {
        if any { Self::Findings } else { Self::Clean }
    }
}

/// The exit code, and for what could not run the reason on stderr.
pub(crate) fn conclude(result: io::Result<Outcome>, color: ColorChoice) -> ExitCode {
    match result {
        Ok(Outcome::Clean) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        Ok(Outcome::Incomplete) => ExitCode::from(2),
        Err(error) => {
            // Who has read enough closes the pipe: nothing to tell, and nobody to tell it.
            if error.kind() != io::ErrorKind::BrokenPipe {
                complain(&error, color);
            }
            ExitCode::from(2)
        }
    }
}

/// Says on stderr what went wrong.
pub(crate) fn complain(message: &dyn Display, color: ColorChoice) {
    let style = Style::new().bold().fg_color(Some(AnsiColor::Red.into()));
    // Without a stderr there is nowhere to say that there is none.
    let _ = writeln!(AutoStream::new(io::stderr().lock(), stream(color)), "{style}error{style:#}: {message}");
}

/// Says on stderr what a reader of stdout may want to know, and a program doesn't.
pub(crate) fn remark(message: &dyn Display) {
    let _ = writeln!(io::stderr().lock(), "{message}");
}

/// `1 call`, `2 calls`
pub(crate) fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

/// `auto` follows the terminal, `NO_COLOR` and `CLICOLOR_FORCE`.
pub(crate) fn stream(color: ColorChoice) -> anstream::ColorChoice {
    match color {
        ColorChoice::Auto => anstream::ColorChoice::Auto,
        ColorChoice::Always => anstream::ColorChoice::Always,
        ColorChoice::Never => anstream::ColorChoice::Never,
    }
}
