use clap::{Args, ValueEnum};

const HELP: &str = r#"The script completes `cargo-csp`, and `cargo csp` where the shell lets a subcommand complete itself:

  bash        eval "$(cargo csp completions bash)"                      in ~/.bashrc
  zsh         cargo csp completions zsh > "${fpath[1]}/_cargo-csp"      once; then compinit
  fish        cargo csp completions fish > ~/.config/fish/conf.d/cargo-csp.fish
  elvish      eval (cargo csp completions elvish | slurp)               in ~/.config/elvish/rc.elv
  powershell  cargo csp completions powershell | Out-String | Invoke-Expression     in $PROFILE

In bash, what completes `cargo` otherwise still does; load it first. In zsh, Cargo's own completion
(`_cargo`, of rustup or the distribution) asks for `_cargo-csp`. In elvish and PowerShell, only
`cargo-csp`, the program's own name, is completed: `cargo-csp check` is `cargo csp check`.

Exit code: 0, or 2 if something could not run."#;

/// A script that completes the command in a shell
#[derive(Args)]
#[command(after_long_help = HELP, after_help = "Exit code: 0, or 2 could not run. See --help for where the script goes.")]
pub(crate) struct Completions {
    /// The shell
    #[arg(value_name = "SHELL")]
    pub(super) shell: Shell,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Shell {
    /// Bash 4.4 or newer
    Bash,
    /// Zsh
    Zsh,
    /// Fish
    Fish,
    /// Elvish
    Elvish,
    /// PowerShell
    Powershell,
}
