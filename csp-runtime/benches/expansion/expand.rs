//! rustc on a file that declares a list, beside an empty file.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::lists::List;
use crate::report::Row;
use crate::{clean, cpu};

const ROUNDS: usize = 9;

const SIZES: [usize; 4] = [10, 100, 1_000, 10_000];

const DIRECTORY: &str = concat!(env!("CARGO_TARGET_TMPDIR"), "/expansion");

/// What rustc is asked for: what `cargo check` asks, and what `cargo build` asks.
const CASES: [(&str, &[&str]); 2] = [("check", &["--emit=metadata"]), ("build", &["--emit=link", "-Cdebuginfo=2"])];

/// A file for rustc.
struct Subject<'a> {
    name: &'static str,
    sources: Option<usize>,
    file: PathBuf,
    /// Where csp-runtime was built.
    dependencies: Option<&'a Path>,
}

pub(crate) fn measure() -> Vec<Row> {
    eprintln!("building csp-runtime");
    let as_it_comes = dependencies("as-it-comes", &[]);
    let optimised = dependencies("optimised", &["--config", "profile.dev.build-override.opt-level=3"]);
    let mut subjects = vec![
        Subject::new("empty crate", None, "", None),
        Subject::new("csp-runtime, not used", None, "pub use csp_runtime;\n", Some(&as_it_comes)),
    ];
    for (name, dependencies) in [("connect_src!", &as_it_comes), ("connect_src!, macros optimised", &optimised)] {
        subjects
            .extend(SIZES.map(|sources| Subject::new(name, Some(sources), &declaration(sources), Some(dependencies))));
    }
    let rustc = rustc();
    CASES.into_iter().flat_map(|(case, asked)| measure_case(case, asked, &rustc, &subjects)).collect()
}

fn measure_case(case: &'static str, asked: &[&str], rustc: &Path, subjects: &[Subject<'_>]) -> Vec<Row> {
    eprintln!("measuring {case}");
    let mut times = vec![Vec::with_capacity(ROUNDS); subjects.len()];
    for _ in 0..ROUNDS {
        for (subject, times) in subjects.iter().zip(&mut times) {
            times.push(cpu::milliseconds(rustc.as_os_str(), &subject.arguments(asked)).unwrap().0);
        }
    }
    let medians: Vec<f64> = times.into_iter().map(cpu::median).collect();
    let row = |(subject, &milliseconds): (&Subject<'_>, &f64)| Row {
        case,
        subject: subject.name,
        sources: subject.sources,
        milliseconds,
        over_empty: subject.dependencies.map(|_| milliseconds - medians[0]),
        crates: None,
    };
    subjects.iter().zip(&medians).map(row).collect()
}

impl<'a> Subject<'a> {
    fn new(name: &'static str, sources: Option<usize>, text: &str, dependencies: Option<&'a Path>) -> Self {
        let file = Path::new(DIRECTORY).join(format!("{}.rs", text.len()));
        fs::write(&file, text).unwrap();
        Self { name, sources, file, dependencies }
    }

    fn arguments(&self, asked: &[&str]) -> Vec<OsString> {
        let fixed = ["--edition=2024", "--crate-type=lib", "--crate-name=declares", "--cap-lints=allow", "--out-dir"];
        let mut arguments: Vec<OsString> = fixed.iter().chain([&DIRECTORY]).chain(asked).map(OsString::from).collect();
        arguments.push(self.file.clone().into());
        if let Some(built) = self.dependencies {
            let prefixed = |prefix: &str, path: PathBuf| {
                let mut argument = OsString::from(prefix);
                argument.push(path);
                argument
            };
            arguments.push(prefixed("-Ldependency=", built.join("deps")));
            arguments.push("--extern".into());
            arguments.push(prefixed("csp_runtime=", built.join("libcsp_runtime.rlib")));
        }
        arguments
    }
}

fn declaration(sources: usize) -> String {
    let entry = |source: &String| format!("    \"{source}\",\n");
    let entries: String = List::new(sources).sources.iter().map(entry).collect();
    format!("csp_runtime::connect_src! {{\n    pub static LIST = [\n{entries}];\n}}\n")
}

/// csp-runtime, built into a directory of that name; says where the library is.
fn dependencies(name: &str, options: &[&str]) -> PathBuf {
    let target = Path::new(DIRECTORY).join(name);
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    let status = Command::new(clean::cargo())
        .args(["build", "--quiet", "--manifest-path", manifest, "--target-dir"])
        .arg(&target)
        .args(options)
        .status();
    assert!(status.unwrap().success(), "csp-runtime can't be built");
    target.join("debug")
}

/// The compiler itself: what is called `rustc` may be rustup's, which takes time of its own.
fn rustc() -> PathBuf {
    let output = Command::new("rustc").args(["--print", "sysroot"]).output().unwrap();
    Path::new(String::from_utf8_lossy(&output.stdout).trim()).join("bin").join("rustc")
}
