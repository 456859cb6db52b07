//! A copy of this example, built: what breaks the build, and what makes Cargo build again.

#![allow(clippy::expect_used, reason = "a test whose command can't be run can only fail")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

/// The example.
const ORIGINAL: &str = env!("CARGO_MANIFEST_DIR");
const NAME: &str = "storefront-copy";

struct Copy {
    folder: PathBuf,
}

/// How a build went.
struct Build {
    is_ok: bool,
    text: String,
}

impl Build {
    /// How often the build script ran, and how often this crate was compiled.
    fn counts(&self) -> (usize, usize) {
        let count = |is_meant: &dyn Fn(&str) -> bool| {
            self.text.lines().filter(|line| line.trim_start().starts_with("Running `") && is_meant(line)).count()
        };
        let is_script = |line: &str| line.contains("build/storefront-copy-") && line.contains("/build-script-build`");
        (count(&is_script), count(&|line| line.contains("--crate-name storefront_copy ")))
    }
}

impl Copy {
    fn new() -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(NAME);
        let _ = fs::remove_dir_all(&folder);
        for part in ["build.rs", "src", "web/src", "web/dist", "web/.env", "web/package.json"] {
            copy(&Path::new(ORIGINAL).join(part), &folder.join(part));
        }
        let root = Path::new(ORIGINAL).ancestors().nth(2).expect("a workspace");
        let path = |name: &str| format!("\"{}\"", root.join(name).display());
        let manifest = format!(
            "[package]\nname = \"{NAME}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\naxum = {{ \
             version = \"0.8.9\", default-features = false, features = [\"http1\", \"tokio\"] }}\ncsp-runtime = {{ path = \
             {}, features = [\"tower\"] }}\ntokio = {{ version = \"1.54\", default-features = false, features = [\"macros\", \
             \"net\", \"rt-multi-thread\", \"signal\"] }}\n\n[build-dependencies]\ncsp-build = {{ path = {}, features = \
             [\"scan\"] }}\n\n[profile.dev]\ndebug = \"line-tables-only\"\n",
            path("csp-runtime"),
            path("csp-build"),
        );
        fs::write(folder.join("Cargo.toml"), manifest).expect("a manifest");
        fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).expect("a lock");
        Self { folder }
    }

    /// `cargo build`, with what the workspace has compiled already; `check` would compile the parser's crates anew.
    fn build(&self) -> Build {
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("a target folder");
        let mut command = Command::new(env!("CARGO"));
        command.args(["build", "--offline", "--verbose", "--color", "never"]).env("CARGO_TARGET_DIR", target);
        let output = command.current_dir(&self.folder).output().expect("runs");
        Build { is_ok: output.status.success(), text: String::from_utf8(output.stderr).expect("UTF-8") }
    }

    /// When what was found was last written: the newest of all builds of the copy.
    fn data_written() -> Option<SystemTime> {
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("a target folder");
        let builds = fs::read_dir(target.join("debug/build")).expect("a folder").filter_map(Result::ok);
        let own = builds.filter(|build| build.file_name().to_string_lossy().starts_with(NAME));
        own.filter_map(|build| fs::metadata(build.path().join("out/csp-scan.txt")).ok()?.modified().ok()).max()
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.folder.join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.folder.join(path)).expect("a file")
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        // What stays is below the target folder.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn copy(from: &Path, to: &Path) {
    if !from.is_dir() {
        fs::create_dir_all(to.parent().expect("a parent")).expect("a folder");
        fs::copy(from, to).expect("a file");
        return;
    }
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        copy(&entry.path(), &to.join(entry.file_name()));
    }
}

#[test]
fn the_build_follows_the_front_end() {
    let copy = Copy::new();
    let builds = |expected: (usize, usize), what: &str| {
        let build = copy.build();
        assert!(build.is_ok, "{what}: {}", build.text);
        assert_eq!(build.counts(), expected, "{what}: {}", build.text);
    };
    let breaks = |messages: &[&str], what: &str| {
        let build = copy.build();
        assert!(!build.is_ok, "{what}");
        for message in messages {
            assert!(build.text.contains(message), "{what}: {}", build.text);
        }
        let errors = build.text.lines().filter(|line| line.starts_with("error: `")).count();
        assert_eq!(errors, messages.len(), "{what}: {}", build.text);
    };

    builds((1, 1), "first");
    builds((0, 0), "nothing changed");

    // A source is taken out of the declaration.
    let declaration = copy.read("src/csp.rs");
    copy.write("src/csp.rs", &declaration.replace("        \"https://stream.example.com\",\n", ""));
    breaks(
        &[
            "error: `EventSource` at web/src/orders/news.ts:2:31 connects to `https://stream.example.com`, which SHOP doesn't \
           cover\n",
        ],
        "a source less",
    );
    copy.write("src/csp.rs", &declaration);
    builds((0, 1), "the source again");
    builds((0, 0), "nothing changed");

    // A nested file is added, edited, deleted.
    copy.write("web/src/orders/deep/track.ts", "navigator.sendBeacon('https://tracker.example/x');\n");
    breaks(
        &[
            "error: `navigator.sendBeacon` at web/src/orders/deep/track.ts:1:1 connects to `https://tracker.example`, which \
           SHOP doesn't cover\n",
        ],
        "a file more",
    );
    copy.write("web/src/orders/deep/track.ts", "navigator.sendBeacon('https://api.example.com/x');\n");
    builds((1, 1), "the file edited");
    builds((0, 0), "nothing changed");
    fs::remove_file(copy.folder.join("web/src/orders/deep/track.ts")).expect("is there");
    builds((1, 1), "the file deleted");
    builds((0, 0), "nothing changed");

    // What the env file says counts, and so does its absence.
    copy.write("web/.env", "VITE_API=https://other.example.com\n");
    breaks(
        &[
            "error: `fetch` at web/src/catalogue.ts:8:51 connects to `https://other.example.com`, which SHOP doesn't cover\n",
        ],
        "another env file",
    );
    copy.write("web/.env", "VITE_API=https://api.example.com\n");
    builds((1, 1), "the env file again");

    // An edit without a change of what is found: the crate with the build script is compiled, its data stay the same.
    let session = copy.read("web/src/session.ts");
    let written = Copy::data_written();
    copy.write("web/src/session.ts", &session.replace("Who is logged in", "Whoever is logged in"));
    builds((1, 1), "a comment edited");
    assert!(written.is_some());
    assert_eq!(Copy::data_written(), written);
    builds((0, 0), "nothing changed");
}
