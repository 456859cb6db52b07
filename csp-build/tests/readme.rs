//! The commands that README.md shows, with what it says that they answer.

#![cfg(unix)]
#![allow(clippy::expect_used, clippy::panic, reason = "a test whose command can't be run can only fail")]

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const README: &str = include_str!("../README.md");

/// The package that a command is run in, by what the command begins with.
const PACKAGES: &[(&str, &[(&str, &str)])] = &[
    (
        "cargo csp check",
        &[
            ("src/csp.rs", "csp_runtime::connect_src! {\n    #[scanned]\n    pub static SHOP = [self];\n}\n"),
            ("web/src/api.ts", "export const users = () =>\n  fetch('https://api.example.com/users');\n"),
            ("web/src/own.ts", "fetch('/session');\n"),
        ],
    ),
    (
        "cargo csp emit",
        &[("src/csp.rs", "csp_runtime::connect_src! { pub static SHOP = [self, \"https://api.example.com\"]; }\n")],
    ),
    (
        "cargo csp scan",
        &[
            (
                "web/src/users.ts",
                "import axios from 'axios';\nimport { BASE } from './base';\nexport function users() {\n  return \
                 axios.get(`${BASE}/users`);\n}\n",
            ),
            ("web/src/base.ts", "export const BASE = 'https://api.example.com/v1';\n"),
            (
                "web/src/tenant.ts",
                "export function load(tenant) {\n  const host = `${tenant}.example.com`;\n  return \
                 fetch(`https://${host}/x`);\n}\n",
            ),
        ],
    ),
];

/// A command and what follows it.
fn shown(block: &str) -> impl Iterator<Item = (String, String)> {
    block.split("\n$ ").map(|part| {
        let mut lines = part.trim_start_matches("$ ").lines();
        let mut command = lines.next().unwrap_or_default().to_owned();
        while command.ends_with(['\\', '|']) {
            command += "\n";
            command += lines.next().unwrap_or_default();
        }
        (command, lines.map(str::trim_end).collect::<Vec<_>>().join("\n").trim().to_owned())
    })
}

fn folder(command: &str, number: usize) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("readme-{}-{number}", std::process::id()));
    let manifest =
        ("Cargo.toml", "[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n");
    let files = PACKAGES.iter().find(|(start, _)| command.starts_with(start)).map_or(&[][..], |(_, files)| files);
    for (path, text) in [manifest, ("src/lib.rs", "")].iter().chain(files) {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    folder
}

#[test]
fn what_is_shown_is_what_is_answered() {
    let program = Path::new(env!("CARGO_BIN_EXE_cargo-csp")).parent().expect("a folder");
    let others = env::var_os("PATH").unwrap_or_default();
    let path = env::join_paths(std::iter::once(program.to_owned()).chain(env::split_paths(&others))).expect("paths");
    let blocks = README.split("```console\n").skip(1).filter_map(|rest| Some(rest.split_once("```")?.0));
    let mut count = 0;
    for block in blocks {
        let mut kept = Vec::new();
        for (command, expected) in shown(block) {
            count += 1;
            if let Some(file) = command.strip_prefix("cat ") {
                kept.push((file.to_owned(), expected + "\n"));
                continue;
            }
            let folder = folder(&command, count);
            for (file, text) in &kept {
                fs::write(folder.join(file), text).expect("a file");
            }
            let output = Command::new("sh").args(["-c", &command]).current_dir(&folder).env("PATH", &path).output();
            let output = output.expect("sh runs");
            let _ = fs::remove_dir_all(&folder);
            let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
            let (out, err) = (text(output.stdout), text(output.stderr));
            let trimmed = |text: &str| text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n").trim().to_owned();
            // A terminal shows both; some examples leave the summary out.
            let answers = [trimmed(&out), trimmed(&(out.clone() + &err)), trimmed(&(err.clone() + &out))];
            assert!(answers.contains(&expected), "{command}\nREADME.md:\n{expected}\nstdout:\n{out}\nstderr:\n{err}");
        }
    }
    assert!(count >= 8, "{count}");
}
