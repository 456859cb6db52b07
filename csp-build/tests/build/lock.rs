//! A build without the scanner compares files with `csp.lock`.

use std::fs;

use crate::fixture::Crate;

const DECLARATION: &str = "csp_runtime::connect_src! {\n    #[scanned]\n    pub static SHOP = [\"https://api.example.com\", \"https://b.example\" => \"soon\"];\n}\n";

#[test]
fn what_has_changed_is_told() {
    let fixture = Crate::new(
        DECLARATION,
        &[
            ("web/src/api.ts", "fetch('https://api.example.com/users');\r\n"),
            ("web/src/deep/config.ts", "export const BASE = 'https://api.example.com';\n"),
            ("web/src/api.test.ts", "fetch('https://tests.example.com');\n"),
        ],
    );
    let run = fixture.check(&[]);
    assert!(run.err.contains("there is no csp.lock, and csp-build has no scanner"), "{}", run.err);
    assert!(run.err.contains("run `cargo csp scan --lock web/src`"), "{}", run.err);

    fixture.lock(&["web/src"]);
    let lock = fs::read_to_string(fixture.folder.join("csp.lock")).expect("a lock");
    assert!(lock.contains("\ncsp-scan 1\nmode production\nroot web/src\nfile "), "{lock}");
    assert!(lock.contains("\ncall https://api.example.com web/src/api.ts:1:1 fetch\nend\n"), "{lock}");
    assert_eq!(fixture.check(&[]).code, 0);

    // Line ends, and what isn't of the page, change nothing.
    fixture.write("web/src/api.ts", "fetch('https://api.example.com/users');\n");
    fixture.write("web/src/api.test.ts", "fetch('https://other.example.com');\n");
    let run = fixture.check(&[]);
    assert_eq!(run.code, 0, "{}", run.err);

    let stale = |what: &str| {
        let run = fixture.check(&[]);
        assert_eq!(run.code, 101, "{what}: {}", run.err);
        let told = run.err.lines().map(str::trim).skip_while(|line| !line.ends_with("csp.lock is stale:")).nth(1);
        assert_eq!(told, Some(what), "{}", run.err);
    };
    fixture.write("web/src/api.ts", "fetch('https://api.example.com/v2');\n");
    stale("web/src/api.ts has changed");
    fixture.lock(&["web/src"]);
    assert_eq!(fixture.check(&[]).code, 0);
    fixture.write("web/src/deep/new.ts", "fetch('https://b.example');\n");
    stale("web/src/deep/new.ts is new");
    fixture.lock(&["web/src"]);
    assert_eq!(fixture.check(&[]).code, 0);
    fs::remove_file(fixture.folder.join("web/src/deep/new.ts")).expect("is there");
    stale("web/src/deep/new.ts is gone");
    fixture.lock(&["--mode", "staging", "web/src"]);
    stale("it is of the mode `staging`, not of `production`");
    fixture.write("csp.lock", "csp-scan 9\nend\n");
    assert!(fixture.check(&[]).err.contains("csp.lock can't be read: line 1: it has version 9"));
}

#[test]
fn equal_scans_give_equal_locks() {
    let fixture = Crate::new("", &[("web/src/b.ts", "fetch(x)"), ("web/src/a b.ts", "fetch('https://a.example')")]);
    fixture.lock(&["web/src"]);
    let lock = fs::read_to_string(fixture.folder.join("csp.lock")).expect("a lock");
    assert!(lock.contains("call https://a.example web/src/a%20b.ts:1:1 fetch\n"), "{lock}");
    assert!(fixture.csp(&["scan", "--lock", "./web/src/"]).err.contains("csp.lock is up to date"));
    assert_eq!(fs::read_to_string(fixture.folder.join("csp.lock")).expect("a lock"), lock);
}
