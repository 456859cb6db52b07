//! Clean builds of packages that depend on one thing.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use crate::cpu;
use crate::report::Row;

const ROUNDS: usize = 3;

const DIRECTORY: &str = concat!(env!("CARGO_TARGET_TMPDIR"), "/clean");

/// Beside a macro crate's dependencies, as for a macro, and beside libraries, as for a program.
const SUBJECTS: [Subject; 7] = [
    Subject { name: "csp-macros", dependencies: "csp-macros = { path = \"{house}/csp-macros\" }", is_macro: false },
    Subject { name: "proc-macro2 + quote", dependencies: "proc-macro2 = \"1\"\nquote = \"1\"", is_macro: true },
    Subject {
        name: "syn, only `parsing` + quote",
        dependencies: "syn = { version = \"3\", default-features = false, features = [\"parsing\"] }\nquote = \"1\"",
        is_macro: true,
    },
    Subject { name: "csp-runtime", dependencies: "csp-runtime = { path = \"{house}/csp-runtime\" }", is_macro: false },
    Subject { name: "url", dependencies: "url = \"2\"", is_macro: false },
    Subject { name: "content-security-policy", dependencies: "content-security-policy = \"0.9\"", is_macro: false },
    Subject { name: "actix-web-csp", dependencies: "actix-web-csp = \"0.1\"", is_macro: false },
];

struct Subject {
    name: &'static str,
    dependencies: &'static str,
    /// Whether the package is a macro crate, whose dependencies are built otherwise.
    is_macro: bool,
}

/// All but the last, which takes minutes, unless that is asked for.
pub(crate) fn measure(all: bool) -> Vec<Row> {
    let subjects = if all { &SUBJECTS[..] } else { &SUBJECTS[..SUBJECTS.len() - 1] };
    let mut times = vec![Vec::with_capacity(ROUNDS); subjects.len()];
    let mut crates = vec![0; subjects.len()];
    for round in 1..=ROUNDS {
        for (index, subject) in subjects.iter().enumerate() {
            eprintln!("building {}, round {round} of {ROUNDS}", subject.name);
            match subject.build() {
                Ok((milliseconds, built)) => {
                    times[index].push(milliseconds);
                    crates[index] = built;
                }
                Err(talk) => eprintln!("not measured, because it can't be built: {}\n{talk}", subject.name),
            }
        }
    }
    let row = |((subject, times), crates): ((&Subject, Vec<f64>), usize)| Row {
        case: "clean build",
        subject: subject.name,
        sources: None,
        milliseconds: cpu::median(times),
        over_empty: None,
        crates: Some(crates),
    };
    subjects.iter().zip(times).zip(crates).filter(|((_, times), _)| !times.is_empty()).map(row).collect()
}

impl Subject {
    /// The time and the number of crates, without the package itself.
    fn build(&self) -> Result<(f64, usize), String> {
        let package = Path::new(DIRECTORY).join(self.name.replace(|letter: char| !letter.is_ascii_alphanumeric(), "-"));
        self.write(&package);
        // What is not there need not be removed.
        let _ = fs::remove_dir_all(package.join("target"));
        let arguments = |command: &str| {
            let options = [command, "--manifest-path"].map(OsString::from).into_iter();
            options.chain([package.join("Cargo.toml").into()]).collect::<Vec<_>>()
        };
        cpu::milliseconds(&cargo(), &arguments("fetch"))?;
        let mut arguments = arguments("build");
        arguments.extend([OsString::from("--target-dir"), package.join("target").into()]);
        let (milliseconds, talk) = cpu::milliseconds(&cargo(), &arguments)?;
        let compiled = talk.lines().filter(|line| line.trim_start().starts_with("Compiling ")).count();
        Ok((milliseconds, compiled - 1))
    }

    fn write(&self, package: &Path) {
        let house = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
        let dependencies = self.dependencies.replace("{house}", house.to_str().expect("a path in UTF-8"));
        let manifest = format!(
            "[package]\nname = \"clean\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[lib]\nproc-macro = {}\n\n\
             [workspace]\n\n[dependencies]\n{dependencies}\n",
            self.is_macro
        );
        fs::create_dir_all(package.join("src")).unwrap();
        fs::write(package.join("Cargo.toml"), manifest).unwrap();
        fs::write(package.join("src/lib.rs"), "").unwrap();
    }
}

pub(crate) fn cargo() -> OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| env!("CARGO").into())
}
