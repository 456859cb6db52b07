//! `cargo csp completions`: scripts that complete the command in shells.

mod arguments;

use std::io::{self, Write as _};

use clap_complete::aot::{Bash, Elvish, Fish, PowerShell, Zsh, generate};

use crate::command_line;
use crate::outcome::Outcome;

pub(crate) use arguments::Completions;

use arguments::Shell;

const PROGRAM: &str = "cargo-csp";

/// The same for bash, whose generated functions call each other by other names where there is a hyphen in it.
const PROGRAM_IN_BASH: &str = "cargo_csp";

/// What makes `cargo csp` complete as the program does, where the shell leaves `cargo` to others.
const BASH_HOOK: &str = include_str!("cargo.bash");
const FISH_HOOK: &str = include_str!("cargo.fish");

pub(crate) fn run(completions: &Completions) -> io::Result<Outcome> {
    let name = if completions.shell == Shell::Bash { PROGRAM_IN_BASH } else { PROGRAM };
    let mut command = command_line::program(name);
    // A broken pipe is an error here, and a panic within.
    let mut script = Vec::new();
    match completions.shell {
        Shell::Bash => generate(Bash, &mut command, name, &mut script),
        Shell::Elvish => generate(Elvish, &mut command, name, &mut script),
        Shell::Fish => generate(Fish, &mut command, name, &mut script),
        Shell::Powershell => generate(PowerShell, &mut command, name, &mut script),
        Shell::Zsh => generate(Zsh, &mut command, name, &mut script),
    }
    let hook = match completions.shell {
        Shell::Bash => BASH_HOOK,
        Shell::Fish => FISH_HOOK,
        Shell::Elvish | Shell::Powershell | Shell::Zsh => "",
    };
    let mut out = io::stdout().lock();
    out.write_all(&script)?;
    out.write_all(hook.as_bytes())?;
    out.flush()?;
    Ok(Outcome::Clean)
}
