//! The command line as a whole: help, mistakes, files that aren't what they should be, colours, pipes.

#![allow(clippy::expect_used, reason = "a test whose command can't be run can only fail")]

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

const COMMANDS: [&str; 10] =
    ["check", "completions", "diff", "docs", "emit", "evaluate", "explain", "init", "reports", "scan"];

/// A folder of its own, outside of any package, removed at the end.
struct Folder(PathBuf);

impl Folder {
    fn new(files: &[(&str, &[u8])]) -> Self {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("csp-command-line-{}-{number}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder");
        for (path, content) in files {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
            fs::write(path, content).expect("a file");
        }
        Self(folder)
    }

    fn command(&self, arguments: &[impl AsRef<OsStr>]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-csp"));
        command.arg("csp").args(arguments).current_dir(&self.0).stdin(Stdio::null());
        for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
            command.env_remove(name);
        }
        command
    }

    /// Exit code, stdout, stderr.
    fn run(&self, arguments: &[impl AsRef<OsStr>]) -> (i32, String, String) {
        let output = self.command(arguments).output().expect("the command runs");
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        (output.status.code().expect("a code"), text(output.stdout), text(output.stderr))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

const MANIFEST: &[u8] = b"[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2024\"\n[workspace]\n";

fn package() -> Folder {
    Folder::new(&[
        ("Cargo.toml", MANIFEST),
        ("src/lib.rs", b"csp_runtime::connect_src! { pub static SHOP = [\"https://a.example\"]; }\n"),
        ("web/a.ts", b"fetch('https://a.example/x');\nfetch(y);\n"),
        ("binary.txt", b"\xff\xfe"),
    ])
}

#[test]
fn help_teaches() {
    let folder = Folder::new(&[]);
    let (code, out, err) = folder.run(&["--help"]);
    assert_eq!((code, err.as_str()), (0, ""));
    for command in COMMANDS {
        assert!(out.contains(&format!("\n  {command} ")), "{command}: {out}");
        let (code, short, _) = folder.run(&[command, "-h"]);
        assert_eq!(code, 0);
        assert!(short.contains("Exit code: 0"), "{command}: {short}");
        let (code, long, _) = folder.run(&[command, "--help"]);
        assert_eq!(code, 0);
        assert!(long.contains("Exit code: 0") && long.contains(&format!("cargo csp {command}")), "{command}: {long}");
        assert!(long.len() > short.len() && long.lines().all(|line| line.chars().count() <= 100), "{command}: {long}");
        // Under its own name too.
        let output = Command::new(env!("CARGO_BIN_EXE_cargo-csp")).args([command, "--help"]).output().expect("runs");
        assert_eq!(output.stdout, long.as_bytes(), "{command}");
        if !matches!(command, "completions") {
            assert!(long.contains("Examples:"), "{command}: {long}");
        }
        if ["check", "docs", "init", "scan"].contains(&command) {
            assert!(long.contains("[package.metadata.csp]") && long.contains("[workspace.metadata.csp]"), "{command}");
        }
    }
}

/// What means the same is called the same.
#[test]
fn options_are_the_same_in_all_commands() {
    let folder = Folder::new(&[]);
    let has = |command: &str, option: &str| folder.run(&[command, "--help"]).1.contains(option);
    for command in ["check", "docs", "emit", "evaluate", "init", "scan"] {
        for option in ["-p, --package <NAME>", "--workspace", "--manifest-path <PATH>"] {
            assert!(has(command, option), "{command} {option}");
        }
    }
    for command in ["check", "docs", "emit", "evaluate"] {
        for option in ["-F, --features <FEATURES>", "--all-features", "--no-default-features"] {
            assert!(has(command, option), "{command} {option}");
        }
    }
    for command in ["check", "diff", "docs", "emit", "evaluate", "explain", "reports", "scan"] {
        assert!(has(command, "--format <FORM>"), "{command}");
        let (code, _, err) = folder.run(&[command, "--format", "pdf"]);
        assert!(code == 2 && err.contains("invalid value 'pdf'") && err.contains("json"), "{command}: {err}");
    }
    for command in COMMANDS {
        assert!(has(command, "--color <WHEN>"), "{command}");
        let (code, out, err) = folder.run(&[command, "--nonsense"]);
        assert_eq!((code, out.as_str()), (2, ""), "{command}");
        assert!(err.contains("--nonsense") && err.contains(&format!("cargo csp {command}")), "{command}: {err}");
    }
    let (code, _, err) = folder.run(&["chekc"]);
    assert!(code == 2 && err.contains("'check'"), "{err}");
}

#[test]
fn what_cannot_run_names_the_text_and_the_way_out() {
    let empty = Folder::new(&[]);
    for arguments in [&["check"][..], &["docs"], &["emit", "--format", "json"], &["evaluate"], &["init"], &["scan"]] {
        let (code, out, err) = empty.run(arguments);
        assert_eq!((code, out.as_str()), (2, ""), "{arguments:?}");
        assert!(err.starts_with("error: could not find `Cargo.toml` in `"), "{arguments:?}: {err}");
        assert!(err.contains("help: run this in the folder of a package, or say where one is"), "{arguments:?}: {err}");
    }
    let broken = Folder::new(&[("Cargo.toml", b"[package\n"), ("src/lib.rs", b"")]);
    for arguments in [&["check"][..], &["docs"], &["emit", "--format", "json"], &["evaluate"], &["init"], &["scan"]] {
        let (code, out, err) = broken.run(arguments);
        assert_eq!((code, out.as_str()), (2, ""), "{arguments:?}");
        assert!(err.starts_with("error: ") && err.contains("Cargo.toml:1:"), "{arguments:?}: {err}");
    }

    let shop = package();
    for (arguments, expected) in [
        (&["scan", "wbe"][..], "`wbe` doesn't exist"),
        // A variable that isn't set means no folder, and not this one.
        (&["scan", ""], "a value is required for '[PATH]...'"),
        (&["docs", "--root", ""], "a value is required for '--root <PATH>'"),
        (&["scan", "web", "--env-file", "no.env"], "the env file `no.env` can't be read"),
        (&["scan", "web", "--ignore", "a["], "`a[`"),
        (&["scan", "web", "--base-url", "x"], "`x`"),
        (&["scan", "web", "--sink", "track"], "`track`"),
        (&["scan", "web", "--alias", "@app"], "the alias `@app` has no target: write `@app/*=web/app/*`"),
        (&["scan", "web", "--lock=src"], "src: that is a folder: name a file"),
        (&["scan", "web", "--lock=no/csp.lock"], "no/csp.lock: there is no such folder: make it first"),
        (&["check", "web", "--manifest-path", "no/Cargo.toml"], "`no/Cargo.toml` does not exist"),
        (&["check", "web", "--manifest-path", "src"], "`src` is a directory"),
        (&["check", "web", "-p", "shp"], "there is no package `shp` here: did you mean `shop`?"),
        (&["check", "web", "-p", "other"], "there is no package `other` here: there are shop"),
        (&["check", "web", "-p", "shop", "--workspace"], "cannot be used with"),
        (&["docs", "--openapi", "no.yaml"], "no.yaml: there is no such file"),
        (&["docs", "--openapi", "src"], "src: that is a folder: name a file"),
        (&["docs", "--out", "src"], "src: that is a folder: name a file"),
        (&["docs", "--check", "src"], "src: that is a folder: name a file"),
        (&["diff", "old.txt", "new.txt"], "`old.txt` is no file here, and no policy: give the value of"),
        (&["diff", "src", "default-src 'self'"], "src: that is a folder: name a file"),
        (&["evaluate", "binary.txt"], "binary.txt: it is not UTF-8: save it in that encoding"),
        (&["reports", "no.ndjson"], "no.ndjson: there is no such file"),
        (&["reports", "src"], "src: that is a folder: name a file"),
        (&["init", "web", "--name", "a b"], "`a b` is no name of a declaration: write it as PAGES"),
    ] {
        let (code, out, err) = shop.run(arguments);
        assert_eq!((code, out.as_str()), (2, ""), "{arguments:?}: {err}");
        assert!(err.contains("error: ") && err.contains(expected), "{arguments:?}: {err}");
        assert!(!err.contains("os error") || arguments.contains(&"--env-file"), "{arguments:?}: {err}");
    }
    fs::write(shop.0.join("src/other.rs"), b"\xff").expect("a file");
    for arguments in [&["check", "web"][..], &["docs"], &["emit", "--format", "json"], &["evaluate"]] {
        let (code, _, err) = shop.run(arguments);
        assert!(code == 2 && err.contains("src/other.rs: it is not UTF-8"), "{arguments:?}: {err}");
    }
}

#[test]
#[cfg(unix)]
fn arguments_that_are_no_text_are_named() {
    use std::os::unix::ffi::OsStringExt as _;

    let shop = package();
    let mistaken = || OsString::from_vec(b"web/\xff.ts".to_vec());
    for command in ["check", "docs", "diff", "evaluate", "explain", "init", "scan"] {
        let arguments = match command {
            "docs" => vec![command.into(), "--root".into(), mistaken()],
            _ => vec![OsString::from(command), mistaken()],
        };
        let (code, out, err) = shop.run(&arguments);
        assert_eq!((code, out.as_str()), (2, ""), "{command}");
        let expected = "error: the argument `web/\u{fffd}.ts` is not UTF-8";
        assert!(err.starts_with(expected) && err.contains(&format!("cargo csp {command}")), "{err}");
    }
}

#[test]
fn policies_come_from_stdin_too() {
    let folder = Folder::new(&[]);
    let mut command = folder.command(&["diff", "-", "default-src 'self'; connect-src *"]);
    let mut running = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the command runs");
    let mut input = running.stdin.take().expect("a pipe");
    std::io::Write::write_all(&mut input, b"Content-Security-Policy: default-src 'self'\r\n").expect("it reads");
    drop(input);
    let output = running.wait_with_output().expect("the command ends");
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.starts_with(b"connect-src is wider\n"));
}

#[test]
fn colours_are_for_who_wants_them() {
    let shop = package();
    let is_coloured = |arguments: &[&str], variables: &[(&str, &str)]| {
        let output = shop.command(arguments).envs(variables.iter().copied()).output().expect("the command runs");
        [output.stdout, output.stderr].concat().contains(&0x1b)
    };
    for arguments in
        [&["scan", "web"][..], &["check", "web"], &["--help"], &["scan", "--help"], &["scan", "--nonsense"]]
    {
        assert!(!is_coloured(arguments, &[]), "{arguments:?}");
        assert!(is_coloured(arguments, &[("CLICOLOR_FORCE", "1")]), "{arguments:?}");
        assert!(!is_coloured(arguments, &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]), "{arguments:?}");
        let always = [&["--color", "always"], arguments].concat();
        assert!(is_coloured(&always, &[("NO_COLOR", "1")]), "{arguments:?}");
        let never = [&["--color=never"], arguments].concat();
        assert!(!is_coloured(&never, &[("CLICOLOR_FORCE", "1")]), "{arguments:?}");
    }
}

/// Who has read enough closes the pipe.
#[test]
fn closed_pipes_are_no_reason_to_panic() {
    let shop = package();
    let lines = "fetch('https://a.example/x'); fetch(y);\n".repeat(3000);
    fs::write(shop.0.join("web/many.ts"), lines).expect("a file");
    for arguments in [
        &["scan", "web"][..],
        &["scan", "web", "--quiet"],
        &["scan", "web", "--format", "json"],
        &["scan", "web", "--format", "sarif"],
        &["scan", "web", "--format", "github"],
        &["check", "web"],
        &["docs", "--root", "web"],
        &["completions", "zsh"],
    ] {
        let mut command = shop.command(arguments);
        let running = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
        let mut running = running.expect("the command runs");
        let mut first = [0];
        let mut out = running.stdout.take().expect("a pipe");
        out.read_exact(&mut first).expect("something is written");
        drop(out);
        let output = running.wait_with_output().expect("the command ends");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(!said.contains("panicked") && !said.contains("error"), "{arguments:?}: {said}");
        assert!(output.status.code().is_some_and(|code| code <= 2), "{arguments:?}");
    }
}

/// From the folder of a workspace, by its manifest, from anywhere: it is the same.
#[test]
fn the_manifest_of_a_workspace_means_all_of_it() {
    let workspace = Folder::new(&[
        ("Cargo.toml", b"[workspace]\nmembers = [\"a\", \"b\"]\nresolver = \"3\"\n"),
        ("a/Cargo.toml", b"[package]\nname = \"a\"\nversion = \"0.1.0\"\nedition = \"2024\"\n[features]\ndefault = [\"more\"]\nmore = [\"most\"]\nmost = []\n"),
        ("a/src/lib.rs", b"csp_runtime::connect_src! { pub static A = [self, #[cfg(feature = \"most\")] \"https://most.example\"]; }\n"),
        ("b/Cargo.toml", b"[package]\nname = \"b\"\nversion = \"0.1.0\"\nedition = \"2024\"\n"),
        ("b/src/lib.rs", b"csp_runtime::connect_src! { pub static B = [self]; }\n"),
    ]);
    let elsewhere = Folder::new(&[]);
    let manifest = workspace.0.join("Cargo.toml");
    let manifest = manifest.to_string_lossy();
    let (code, all, _) = workspace.run(&["emit", "--format", "json"]);
    assert_eq!(code, 0);
    assert!(all.contains("\"file\":\"a/src/lib.rs\"") && all.contains("\"file\":\"b/src/lib.rs\""), "{all}");
    assert_eq!(elsewhere.run(&["emit", "--format", "json", "--manifest-path", &manifest]).1, all);
    assert_eq!(workspace.run(&["emit", "--format", "json", "-p", "a", "-p", "b"]).1, all);
    let within = |folder: &str, arguments: &[&str]| {
        let mut command = workspace.command(&[&["emit", "--format", "header"], arguments].concat());
        let output = command.current_dir(Path::new(&workspace.0).join(folder)).output().expect("the command runs");
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    let only = "Content-Security-Policy: connect-src 'self'\n";
    let more = "Content-Security-Policy: connect-src 'self' https://most.example\n";
    assert_eq!(within("b/src", &[]), only);
    // The default features are on, with what they turn on.
    for (arguments, expected) in [
        (&[][..], more),
        (&["--no-default-features"], only),
        (&["--no-default-features", "--features", "more"], more),
        (&["--no-default-features", "-F", "a/most"], more),
        (&["--no-default-features", "-F", "b/most"], only),
        (&["--no-default-features", "--all-features"], more),
    ] {
        assert_eq!(within("a", arguments), expected, "{arguments:?}");
    }
}
