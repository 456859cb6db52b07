//! A package on the disk, which nobody builds.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What a command came to.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// Removed at the end.
pub(crate) struct Package {
    pub(crate) folder: PathBuf,
}

impl Package {
    /// With this addition to its Cargo.toml, and these files.
    pub(crate) fn new(manifest: &str, files: &[(&str, &str)]) -> Self {
        let package = Self::of_files(&[]);
        let head = "[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2024\"\n";
        package.write("Cargo.toml", &format!("{head}{manifest}\n[workspace]\n"));
        package.write("src/lib.rs", "");
        for (path, text) in files {
            package.write(path, text);
        }
        package
    }

    /// These files and no others.
    pub(crate) fn of_files(files: &[(&str, &str)]) -> Self {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("check-{}-{number}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder");
        let package = Self { folder };
        for (path, text) in files {
            package.write(path, text);
        }
        package
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.folder.join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.folder.join(path)).expect("a file")
    }

    pub(crate) fn csp(&self, arguments: &[&str]) -> Run {
        self.csp_in("", arguments)
    }

    /// In a folder below the package.
    pub(crate) fn csp_in(&self, folder: &str, arguments: &[&str]) -> Run {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-csp"));
        command.arg("csp").args(arguments).current_dir(self.folder.join(folder));
        let output = command.output().expect("runs");
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        Run { code: output.status.code().expect("a code"), out: text(output.stdout), err: text(output.stderr) }
    }
}

impl Drop for Package {
    fn drop(&mut self) {
        // What stays is below the target folder.
        let _ = fs::remove_dir_all(&self.folder);
    }
}
