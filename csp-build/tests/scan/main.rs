//! `cargo csp scan`, as scripts and people run it.
//!
//! Each file below `cases` is a small front end with what a scan must say about it: files after `-- path --`, then
//! `== endpoints ==` with `origin sink file:line:column resolution` a line, and `== unresolved ==` with
//! `sink file:line:column code`.

#![allow(clippy::expect_used, reason = "a test whose command can't be run can only fail")]

mod arguments;
mod caching;
mod cases;
mod deep;
mod files;
mod growth;
mod hostile;
mod listed;
mod options;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::Value;

/// A folder of its own, removed at the end.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("scan-{}-{number}", std::process::id()));
        fs::create_dir_all(&path).expect("a folder");
        Self(path)
    }

    fn write(&self, path: &str, content: impl AsRef<[u8]>) {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, content).expect("a file");
    }

    /// Runs the command in the folder, without variables of the environment.
    fn run(&self, arguments: &[&str]) -> Run {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-csp"));
        command.env_clear().current_dir(&self.0).args(["csp", "scan"]).args(arguments);
        let output = command.output().expect("runs");
        Run {
            code: output.status.code().expect("a code"),
            out: String::from_utf8(output.stdout).expect("UTF-8"),
            err: String::from_utf8(output.stderr).expect("UTF-8"),
        }
    }

    /// The endpoints and the unresolved calls, a line for each.
    fn scan(&self, arguments: &[&str]) -> (Vec<String>, Vec<String>) {
        let run = self.run(&[arguments, &["--format", "json"]].concat());
        let report: Value = serde_json::from_str(&run.out).unwrap_or_else(|_| panic!("{}{}", run.out, run.err));
        assert_eq!(report["schema"], "cargo-csp/scan/1");
        let list = |name: &str, line: fn(&Value) -> String| {
            report[name].as_array().expect("a list").iter().map(line).collect::<Vec<_>>()
        };
        let unresolved = list("unresolved", |call| {
            let reason = text(&call["reason"]);
            format!("{} {} {}", text(&call["sink"]), place(call), reason.split(':').next().unwrap_or_default())
        });
        let endpoints = list("endpoints", |endpoint| {
            let [origin, sink, step] = ["origin", "sink", "resolution"].map(|name| text(&endpoint[name]));
            format!("{origin} {sink} {} {step}", place(endpoint))
        });
        assert_eq!(run.code, i32::from(!unresolved.is_empty()), "{}", run.err);
        (endpoints, unresolved)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What stays is below the target folder.
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// How a run ended, and what it said.
struct Run {
    code: i32,
    out: String,
    err: String,
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

fn place(value: &Value) -> String {
    format!("{}:{}:{}", text(&value["file"]), value["line"], value["column"])
}
