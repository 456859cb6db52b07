//! `cargo csp completions`, in the shells that are there.

#![allow(clippy::expect_used, reason = "a test whose command can't be run can only fail")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

fn script(shell: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_cargo-csp")).args(["csp", "completions", shell]).output();
    let output = output.expect("the command runs");
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]), "{shell}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// A folder below the target folder, removed at the end, with the script of a shell.
struct Folder(PathBuf);

impl Folder {
    fn with_script(shell: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("completions-{shell}-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder");
        fs::write(folder.join("_cargo-csp"), script(shell)).expect("a file");
        Self(folder)
    }

    /// What a program in a shell prints, line by line; `None` where there is no such shell.
    #[expect(clippy::print_stdout, reason = "a skip is announced")]
    fn run(&self, shell: &str, arguments: &[&str], program: &str) -> Option<Vec<String>> {
        if Command::new(shell).arg("--version").stdout(Stdio::null()).status().is_err() {
            println!("skipped: completions of {shell} (no {shell})");
            return None;
        }
        let output = Command::new(shell).args(arguments).args(["-c", program]).current_dir(&self.0).output();
        let output = output.expect("the shell runs");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && said.is_empty(), "{program}: {said}");
        Some(String::from_utf8(output.stdout).expect("UTF-8").lines().map(str::to_owned).collect())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The function that bash would call for the last word, with what completed `cargo` before.
const BASH: &str = r#"
_before() { [[ ${COMP_WORDS[COMP_CWORD]} == b* ]] && COMPREPLY=(build bench); }
complete -F _before -o default cargo
source ./_cargo-csp
source ./_cargo-csp
ask() {
    COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=()
    [[ $(complete -p "$1") =~ \ -F\ ([^\ ]+) ]]
    "${BASH_REMATCH[1]}" "$1" "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
    printf '%s\n' "${COMPREPLY[@]}"
}
"#;

#[test]
fn bash_completes_the_program_and_the_subcommand() {
    let folder = Folder::with_script("bash");
    for (words, expected) in [
        (&["cargo", "csp", "sc"][..], &["scan"][..]),
        (&["cargo", "+nightly", "csp", "sc"], &["scan"]),
        (&["cargo-csp", "sc"], &["scan"]),
        (&["cargo-csp", "csp", "scan", "--manifest"], &["--manifest-path"]),
        // The word under the cursor isn't typed to its end.
        (&["cargo", "csp", "scan"], &["scan"]),
        (&["cargo", "csp", "scan", "--form"], &["--format"]),
        (&["cargo", "csp", "scan", "--format", ""], &["human", "json", "sarif", "github"]),
        (&["cargo", "csp", "emit", "--format", "ng"], &["nginx"]),
        (&["cargo", "csp", "completions", "f"], &["fish"]),
        (&["cargo", "csp", "--color", "n"], &["never"]),
        // What completed `cargo` before, still does.
        (&["cargo", "b"], &["build", "bench"]),
        (&["cargo", "c"], &["csp"]),
        (&["cargo", "build", "b"], &["build", "bench"]),
    ] {
        let quoted: Vec<String> = words.iter().map(|word| format!("'{word}'")).collect();
        let program = format!("{BASH}\nask {}", quoted.join(" "));
        let Some(found) = folder.run("bash", &["--norc", "--noprofile"], &program) else { return };
        let found: Vec<&str> = found.iter().map(|word| word.trim()).collect();
        assert_eq!(found, expected, "{words:?}");
    }
}

#[test]
fn fish_completes_the_program_and_the_subcommand() {
    let folder = Folder::with_script("fish");
    for (line, expected) in [
        ("cargo csp sc", &["scan"][..]),
        ("cargo-csp sc", &["scan"]),
        ("cargo csp scan --format ", &["github", "human", "json", "sarif"]),
        ("cargo csp emit --format ng", &["nginx"]),
    ] {
        let program = format!("source ./_cargo-csp; complete --do-complete '{line}'");
        let Some(found) = folder.run("fish", &["--no-config"], &program) else { return };
        let words: Vec<&str> = found.iter().filter_map(|line| line.split('\t').next()).collect();
        assert_eq!(words, expected, "{line}");
    }
}

#[test]
fn zsh_reads_its_script() {
    let folder = Folder::with_script("zsh");
    let program = "autoload -U compinit; fpath=($PWD $fpath); compinit -u -d ./dump; print $_comps[cargo-csp]; \
                   source ./_cargo-csp; print $+functions[_cargo-csp]";
    let Some(found) = folder.run("zsh", &["--no-rcs"], program) else { return };
    assert_eq!(found, ["_cargo-csp", "1"]);
}

#[test]
fn other_shells_have_scripts_and_mistakes_are_told() {
    for (shell, part) in [("elvish", "arg-completer[cargo-csp]"), ("powershell", "-CommandName 'cargo-csp'")] {
        assert!(script(shell).contains(part), "{shell}");
    }
    let output = Command::new(env!("CARGO_BIN_EXE_cargo-csp")).args(["completions", "bsh"]).output();
    let output = output.expect("the command runs");
    assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(2), &b""[..]));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("invalid value 'bsh'") && said.contains("'bash'"), "{said}");
}
