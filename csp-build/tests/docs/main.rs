//! `cargo csp docs`: what is declared, what connects, and the reference that brings both together.

#![allow(clippy::expect_used, reason = "a test whose command can't be run can only fail")]

mod arguments;
mod browser;
mod cases;
mod hostile;
mod pages;

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

const MANIFEST: &str = "[package]\nname = \"fixture\"\nversion = \"0.1.0\"\nedition = \"2024\"\n[workspace]\n";

/// A package on the disk, removed at the end.
struct Fixture {
    folder: PathBuf,
}

impl Fixture {
    /// A package with these files.
    fn new(files: &[(&str, &str)]) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("csp-docs-{}-{number}", std::process::id()));
        let fixture = Self { folder };
        fixture.write("Cargo.toml", MANIFEST.as_bytes());
        fixture.write("src/lib.rs", b"");
        for (path, text) in files {
            fixture.write(path, text.as_bytes());
        }
        fixture
    }

    fn write(&self, path: &str, content: &[u8]) {
        let path = self.folder.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder can be made");
        fs::write(path, content).expect("a file can be written");
    }

    /// Runs the command in a folder of the package.
    fn run_in(&self, folder: &str, arguments: &[&str], input: &str) -> Ran {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-csp"));
        command.args(["csp", "docs"]).args(arguments).current_dir(self.folder.join(folder));
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut running = command.spawn().expect("the command runs");
        // Who doesn't read its input closes the pipe.
        let _ = running.stdin.take().expect("a pipe").write_all(input.as_bytes());
        Ran::from(&running.wait_with_output().expect("the command ends"))
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        self.run_in("", arguments, "")
    }

    /// What it writes, in the order of the file's lines.
    fn out(&self, arguments: &[&str]) -> String {
        let ran = self.run(arguments);
        assert_eq!(ran.code, 0, "{arguments:?}: {}", ran.err);
        ran.out
    }

    fn json(&self, arguments: &[&str]) -> serde_json::Value {
        let out = self.out(&[&["--format", "json"], arguments].concat());
        serde_json::from_str(&out).expect("JSON")
    }
}

impl Drop for Fixture {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// What came of a run.
struct Ran {
    code: i32,
    out: String,
    err: String,
}

impl From<&Output> for Ran {
    fn from(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
        Self { code: output.status.code().expect("a code"), out: text(&output.stdout), err: text(&output.stderr) }
    }
}

/// A file that belongs to the tests.
fn data(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/docs").join(path)
}
