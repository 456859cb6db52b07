//! What a file system may hold, and do while it is read.

use std::fs;
use std::sync::atomic::{AtomicBool, Ordering};

use csp_build::scan::{ReasonCode, Report, Scan};

use crate::Folder;

fn scan(folder: &Folder) -> Report {
    Scan::new().root(folder.0.join("src")).run().expect("runs")
}

/// The files that are told not to be read, by their names.
fn unreadable(report: &Report) -> Vec<&str> {
    let files = report.unresolved.iter().filter(|call| call.reason.code == ReasonCode::Unreadable);
    files.map(|call| call.place.file.rsplit('/').next().unwrap_or_default()).collect()
}

#[test]
fn encodings() {
    let folder = Folder::new();
    let call = "fetch('https://a.example/x')";
    let wide = |text: &str, swap: bool| -> Vec<u8> {
        let bytes = |unit: u16| if swap { unit.to_be_bytes() } else { unit.to_le_bytes() };
        std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(bytes).collect()
    };
    folder.write("src/mark.js", [b"\xEF\xBB\xBF", call.as_bytes()].concat());
    folder.write("src/little.js", wide(call, false));
    folder.write("src/big.js", wide(call, true));
    folder.write("src/latin.js", [call.as_bytes(), b"; '\xE9'"].concat());
    folder.write("src/overlong.js", [call.as_bytes(), b"; '\xC0\xAF'"].concat());
    folder.write("src/surrogate.js", [call.as_bytes(), b"; '\xED\xA0\x80'"].concat());
    folder.write("src/cut.js", [call.as_bytes(), b"; //\xF0\x9F"].concat());
    folder.write("src/zero.js", [call.as_bytes(), b"; '\0'; //\0"].concat());
    folder.write("src/zeros.js", vec![0; 100_000]);
    folder.write("src/bytes.js", (0..=255).cycle().take(100_000).collect::<Vec<u8>>());
    folder.write("src/empty.js", "");
    folder.write("src/lines.js", "\n".repeat(100_000));
    folder.write("src/returns.js", format!("\r\n\r\r\n\u{2028}{call}"));
    for extension in ["html", "vue", "svelte", "astro", "mdx", "rs", "tsx", "json"] {
        folder.write(&format!("src/empty.{extension}"), "");
        folder.write(&format!("src/mark.{extension}"), "\u{FEFF}");
        folder.write(&format!("src/bytes.{extension}"), b"fetch ping <script> reqwest \xFF\xFE{[(\0");
    }
    let report = scan(&folder);
    let bad = unreadable(&report);
    for file in ["little.js", "big.js", "latin.js", "overlong.js", "surrogate.js", "cut.js"] {
        assert!(bad.contains(&file), "{file}: {bad:?}");
    }
    let found: Vec<_> = report.endpoints.iter().map(|call| call.place.file.rsplit('/').next().unwrap()).collect();
    for file in ["mark.js", "latin.js", "overlong.js", "surrogate.js", "cut.js", "zero.js", "returns.js"] {
        assert!(found.contains(&file), "{file}: {found:?}");
    }
    for file in ["empty.js", "lines.js", "zeros.js", "mark.js", "returns.js", "empty.html"] {
        assert!(!bad.contains(&file), "{file}: {bad:?}");
    }
}

#[test]
fn what_isnt_closed() {
    let folder = Folder::new();
    let long = "a".repeat(100_000);
    let endings =
        ["'", "\"", "`", "`${", "/*", "/", "<a b='", "${", "<!--", "//", "\\", "\\u{", "/[", "#!", "@", "'\\"];
    for (number, ending) in endings.iter().enumerate() {
        for extension in ["js", "tsx", "vue", "html", "rs"] {
            let text = match extension {
                "vue" | "html" => format!("<script>fetch('https://a.example');\n{ending}{long}"),
                "rs" => format!("fn f() {{ reqwest::get(\"https://a.example\"); }}\n{ending}{long}"),
                _ => format!("fetch('https://a.example');\n{ending}{long}"),
            };
            folder.write(&format!("src/f{number}.{extension}"), text);
        }
    }
    let report = scan(&folder);
    for number in 0..endings.len() {
        for extension in ["js", "tsx", "vue", "html", "rs"] {
            let file = format!("f{number}.{extension}");
            let is_of = |path: &str| path.rsplit('/').next() == Some(&file);
            let is_told = report.endpoints.iter().any(|call| is_of(&call.place.file))
                || report.unresolved.iter().any(|call| is_of(&call.place.file));
            assert!(is_told, "{file}");
        }
    }
}

#[test]
#[cfg(unix)]
fn links() {
    use std::os::unix::fs::symlink;

    let (folder, outside) = (Folder::new(), Folder::new());
    outside.write("shared/b.ts", "export const B = 'https://b.example'; fetch('https://outside.example')");
    folder.write("src/a.ts", "import { B } from './linked/b'; fetch(B)");
    let link = |from: &str, to: &str| symlink(from, folder.0.join(to)).expect("a link");
    // A link out of the root is followed, as bundlers do; one that leads back is said.
    symlink(outside.0.join("shared"), folder.0.join("src/linked")).expect("a link");
    link(".", "src/own");
    link("loop-b", "src/loop-a");
    link("loop-a", "src/loop-b");
    link("self.ts", "src/self.ts");
    link("nowhere.ts", "src/dead.ts");
    link("/dev/zero", "src/zero.ts");
    link("/dev/null", "src/null.ts");
    link("/dev/stdin", "src/input.ts");
    let report = scan(&folder);
    let origins: Vec<_> = report.endpoints.iter().map(|call| call.origin.as_str()).collect();
    assert_eq!(origins, ["https://b.example", "https://outside.example"]);
    let mut bad = unreadable(&report);
    bad.sort_unstable();
    assert_eq!(bad, ["dead.ts", "loop-a", "loop-b", "own", "self.ts"]);
}

#[test]
#[cfg(unix)]
fn pipes_and_devices_are_not_waited_for() {
    use std::os::unix::fs::symlink;
    use std::process::Command;

    let folder = Folder::new();
    folder.write(
        "src/a.ts",
        "import { B } from './pipe'; import C from './zero.json'; fetch('https://a.example'); fetch(B)",
    );
    let pipe = |path: &str| {
        let status = Command::new("mkfifo").arg(folder.0.join(path)).status().expect("mkfifo");
        assert!(status.success());
    };
    pipe("src/pipe.ts");
    pipe("tsconfig.json");
    symlink("/dev/zero", folder.0.join("src/zero.json")).expect("a link");
    let report = scan(&folder);
    assert!(report.endpoints.iter().any(|call| call.origin == "https://a.example"));
    // What is named is said; so is an env file that may hold what beats the others.
    pipe("root.ts");
    let report = Scan::new().root(folder.0.join("root.ts")).run().expect("runs");
    assert_eq!(unreadable(&report), ["root.ts"]);
    folder.write("src/package.json", "{}");
    pipe("src/.env");
    let error = Scan::new().root(folder.0.join("src")).run().expect_err("no env file");
    assert!(error.to_string().ends_with("can't be read: not a file"), "{error}");
    fs::remove_file(folder.0.join("src/.env")).expect("removed");
    fs::create_dir(folder.0.join("src/.env")).expect("a virtual environment");
    assert_eq!(scan(&folder).endpoints.len(), 1);
    let error = Scan::new().root(folder.0.join("src")).env_file("/dev/zero").run().expect_err("no env file");
    assert!(error.to_string().ends_with("can't be read: not a file"), "{error}");
}

#[test]
#[cfg(target_os = "linux")]
fn names_that_are_not_utf_8() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;

    let folder = Folder::new();
    let odd = folder.0.join("src").join(OsStr::from_bytes(b"folder-\xFF"));
    fs::create_dir_all(&odd).expect("a folder");
    fs::write(odd.join(OsStr::from_bytes(b"a\xFE.ts")), "import { B } from './b'; fetch(B)").expect("a file");
    fs::write(odd.join("b.ts"), "export const B = 'https://b.example'").expect("a file");
    fs::write(odd.join(OsStr::from_bytes(b"c.\xFF")), "fetch('https://no.example')").expect("a file");
    folder.write("src/new\nline\t'\".ts", "fetch('https://c.example')");
    folder.write(&format!("src/{}.ts", "n".repeat(250)), "fetch('https://d.example')");
    let report = scan(&folder);
    let origins: Vec<_> = report.endpoints.iter().map(|call| call.origin.as_str()).collect();
    assert_eq!(origins.len(), 3, "{origins:?}");
    for origin in ["https://b.example", "https://c.example", "https://d.example"] {
        assert!(origins.contains(&origin), "{origins:?}");
    }
}

#[test]
#[cfg(unix)]
fn what_may_not_be_read_is_said() {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = Folder::new();
    folder.write("src/a.ts", "fetch('https://a.example')");
    folder.write("src/shut.ts", "fetch('https://b.example')");
    folder.write("src/closed/c.ts", "fetch('https://c.example')");
    let set = |path: &str, mode| {
        fs::set_permissions(folder.0.join(path), fs::Permissions::from_mode(mode)).expect("permissions");
    };
    set("src/shut.ts", 0);
    set("src/closed", 0);
    let is_root = fs::read(folder.0.join("src/shut.ts")).is_ok();
    let report = scan(&folder);
    set("src/closed", 0o700);
    if is_root {
        // The superuser reads all.
        assert_eq!(report.endpoints.len(), 3);
        return;
    }
    assert_eq!(report.endpoints.len(), 1);
    assert_eq!(unreadable(&report), ["closed", "shut.ts"]);
}

/// Files and folders come, go and become something else while scans run: each gives a report.
#[test]
#[cfg(unix)]
fn files_that_vanish_and_change_while_they_are_read() {
    use std::process::Command;

    let folder = Folder::new();
    folder.write("src/stays.ts", "import { B } from './f0'; fetch('https://stays.example'); fetch(B)");
    let text = "import './f1'; export const B = 'https://b.example'; fetch('https://comes.example')";
    let src = folder.0.join("src");
    let is_done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut round = 0_usize;
            // Each of these may fail: by what the round before left, and by whoever looks at it.
            while !is_done.load(Ordering::Relaxed) {
                let file = src.join(format!("f{}.ts", round % 7));
                let nested = src.join(format!("d{}", round % 5));
                let _ = match round % 6 {
                    0 => fs::write(&file, text),
                    1 => fs::remove_file(&file),
                    2 => fs::create_dir_all(&file).and_then(|()| fs::write(file.join("in.ts"), text)),
                    3 => fs::remove_dir_all(&file),
                    4 => fs::create_dir_all(nested.join("a/b")).and_then(|()| fs::write(nested.join("a/b/c.ts"), text)),
                    _ => fs::remove_dir_all(&nested),
                };
                if round.is_multiple_of(97) {
                    // Of a name that nothing else writes to: to open it would wait for a reader.
                    let pipe = src.join("pipe.ts");
                    let _ = Command::new("mkfifo").arg(&pipe).status();
                    let _ = fs::remove_file(pipe);
                }
                round += 1;
            }
        });
        let cache = folder.0.join("cache");
        for number in 0..30 {
            let scan = Scan::new().root(&src);
            let scan = if number % 2 == 0 { scan.cache(&cache) } else { scan };
            let report = scan.run();
            // The other thread is not left running by a failure.
            is_done.store(report.is_err() || number == 29, Ordering::Relaxed);
            let report = report.expect("runs");
            assert!(report.endpoints.iter().any(|call| call.origin == "https://stays.example"));
        }
    });
}

/// A minified file is a copy of another one, or a library, where there are others.
#[test]
fn minified_files_count_where_nothing_else_is() {
    let folder = Folder::new();
    folder.write("built/app.min.js", "fetch('https://built.example/x')");
    folder.write("built/app.min.css", "");
    folder.write("site/js/app.js", "fetch('https://app.example/x')");
    folder.write("site/vendor/library.min.js", "fetch('https://library.example/x')");
    folder.write("site/vendor/library.test.js", "fetch('https://no.example/x')");
    let origins = |root: &str| -> Vec<String> {
        let report = Scan::new().root(folder.0.join(root)).run().expect("runs");
        report.endpoints.iter().map(|endpoint| endpoint.origin.clone()).collect()
    };
    assert_eq!(origins("built"), ["https://built.example"]);
    assert_eq!(origins("site"), ["https://app.example"]);
    assert_eq!(origins("site/vendor"), ["https://library.example"]);
}

#[test]
fn many_small_files() {
    let folder = Folder::new();
    for number in 0..3_000 {
        let text = if number % 100 == 0 { "fetch('https://a.example')" } else { "export const x = 1;" };
        folder.write(&format!("src/{}/{number}.ts", number % 30), text);
    }
    let report = scan(&folder);
    assert_eq!((report.endpoints.len(), report.unresolved.len()), (30, 0));
    assert_eq!(report.inputs.files.len(), 3_000);
}
