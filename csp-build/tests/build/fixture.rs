//! A crate of its own, outside of the workspace.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What a command came to.
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// A package below the target folder, removed at the end.
pub(crate) struct Crate {
    pub(crate) folder: PathBuf,
    name: String,
}

/// The workspace.
fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("a workspace").to_owned()
}

pub(crate) const BUILD: &str = "fn main() -> Result<(), csp_build::Error> { csp_build::scan(\"web/src\").emit() }\n";

impl Crate {
    /// A library with a build script; `declaration` is its code, `files` its front end.
    pub(crate) fn new(declaration: &str, files: &[(&str, &str)]) -> Self {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("fixture-{}-{number}", std::process::id());
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(&name);
        let fixture = Self { folder, name };
        let root = workspace();
        let root = root.display();
        fixture.write(
            "Cargo.toml",
            &format!(
                "[package]\nname = \"{}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n\
                 csp-runtime = {{ path = {:?}, default-features = false, features = [\"macros\"] }}\n\n\
                 [build-dependencies]\ncsp-build = {{ path = {:?} }}\n\n[profile.dev]\ndebug = false\n\n\
                 [profile.checked]\ninherits = \"release\"\ndebug-assertions = true\n",
                fixture.name,
                format!("{root}/csp-runtime"),
                format!("{root}/csp-build"),
            ),
        );
        fs::copy(workspace().join("Cargo.lock"), fixture.folder.join("Cargo.lock")).expect("a lock");
        fixture.write("build.rs", BUILD);
        fixture.write("src/lib.rs", &format!("#![deny(warnings)]\n{declaration}"));
        for (path, text) in files {
            fixture.write(path, text);
        }
        fixture
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.folder.join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    /// Scans, and leaves `csp.lock`.
    pub(crate) fn lock(&self, arguments: &[&str]) {
        let run = self.csp(&[&["scan", "--lock"], arguments].concat());
        assert!(run.code < 2, "{}", run.err);
    }

    pub(crate) fn csp(&self, arguments: &[&str]) -> Run {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-csp"));
        run(command.arg("csp").args(arguments).current_dir(&self.folder))
    }

    /// `cargo check`, in the folder that all share.
    pub(crate) fn check(&self, arguments: &[&str]) -> Run {
        self.cargo("check", arguments)
    }

    /// A command of Cargo, there.
    pub(crate) fn cargo(&self, name: &str, arguments: &[&str]) -> Run {
        let mut command = Command::new(env!("CARGO"));
        command.args([name, "--offline", "--quiet", "--color", "never"]).args(arguments);
        command.env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("fixtures"));
        // What the tests themselves are built with is not theirs.
        for name in
            ["RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS", "CARGO_BUILD_TARGET", "RUSTC_WRAPPER", "RUSTC_WORKSPACE_WRAPPER"]
        {
            command.env_remove(name);
        }
        run(command.current_dir(&self.folder))
    }

    /// What the compiler said of this crate, as people read it: without margins.
    pub(crate) fn messages(&self, arguments: &[&str]) -> Vec<String> {
        let run = self.check(arguments);
        let mut messages: Vec<(String, bool)> = Vec::new();
        for line in run.err.lines() {
            if line.starts_with("error: could not compile") || line.starts_with("error: aborting") {
                continue;
            }
            if line.starts_with("error") || line.starts_with("warning") {
                messages.push((line.to_owned(), false));
            } else if let Some((message, is_own)) = messages.last_mut() {
                if line.trim_start().starts_with("--> src/") {
                    *is_own = true;
                } else if line.starts_with("       ") && !line.trim_start().starts_with(['|', '=']) && !*is_own {
                    message.push('\n');
                    message.push_str(line.trim_start());
                }
            }
        }
        let own: Vec<String> = messages.into_iter().filter(|(_, is_own)| *is_own).map(|(message, _)| message).collect();
        assert_eq!(run.code == 0, own.is_empty(), "{}", run.err);
        own
    }
}

fn run(command: &mut Command) -> Run {
    let output = command.output().expect("runs");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    Run { code: output.status.code().expect("a code"), out: text(output.stdout), err: text(output.stderr) }
}

impl Drop for Crate {
    fn drop(&mut self) {
        // What stays is below the target folder.
        let _ = fs::remove_dir_all(&self.folder);
    }
}
