//! `[package.metadata.csp]`.

use crate::package::Package;

const FILES: &[(&str, &str)] = &[
    ("web/src/a.ts", "fetch(import.meta.env.VITE_API); track('https://t.example');"),
    ("web/src/legacy/b.ts", "fetch('https://legacy.example')"),
    ("web/shared.env", "VITE_API=https://env.example\n"),
    (
        "src/csp.rs",
        "csp_runtime::connect_src! { static S = [\"https://env.example\", \"https://t.example\", \"https://x.example\"]; }",
    ),
];

#[test]
fn roots_and_options_are_taken_from_it() {
    let package = Package::new(
        "[package.metadata.csp]\nroots = [\"web/src\"]\nmode = \"staging\"\nenv-files = [\"web/shared.env\"]\nignore = \
         [\"legacy\"]\nsinks = [\"track(0)\"]\nallow = [\"unused-source\"]\n",
        FILES,
    );
    // From below, too: the paths are the package's.
    for folder in ["", "web/src"] {
        let run = package.csp_in(folder, &["scan", "--format", "json"]);
        assert_eq!(run.code, 0, "{}", run.err);
        let origins: Vec<&str> = run.out.lines().filter(|line| line.contains("\"origin\"")).map(str::trim).collect();
        assert_eq!(origins, ["\"origin\": \"https://env.example\",", "\"origin\": \"https://t.example\","]);
        assert!(run.out.contains("\"file\": \"web/src/a.ts\""), "{}", run.out);
    }
    let run = package.csp(&["check"]);
    assert_eq!((run.code, run.out.as_str()), (0, ""), "{}", run.err);
    assert_eq!(package.csp(&["scan", "--lock"]).code, 0);
    let lock = package.read("csp.lock");
    assert!(
        lock.contains("mode staging\nroot web/src\noption env-file web/shared.env\noption ignore legacy\n"),
        "{lock}"
    );
}

#[test]
fn a_denied_code_is_an_error_and_an_allowed_one_is_left_out() {
    let package = Package::new(
        "[package.metadata.csp]\nroots = [\"web/src\"]\ndeny = [\"unused-source\"]\nallow = [\"env-missing\"]\n",
        FILES,
    );
    let run = package.csp(&["check", "--format", "github"]);
    assert_eq!(run.code, 1);
    assert!(!run.out.contains("env-missing"), "{}", run.out);
    assert!(run.out.contains("::error file="), "{}", run.out);
    assert!(run.out.contains("title=csp%3A unused-source::"), "{}", run.out);
}

#[test]
fn mistakes_are_told_with_what_was_meant() {
    for (manifest, message) in [
        ("root = [\"web\"]", "unknown key `root` in package.metadata.csp: did you mean `roots`?"),
        ("sourcemap = 1", "unknown key `sourcemap` in package.metadata.csp: there are aliases, allow, "),
        ("roots = \"web\"", "`roots` in package.metadata.csp is a list of strings"),
        ("mode = 1", "`mode` in package.metadata.csp is a string"),
        ("strict = \"yes\"", "`strict` in package.metadata.csp is `true` or `false`"),
        (
            "deny = [\"unused-sources\"]",
            "unknown code `unused-sources` of `deny` in package.metadata.csp: did you mean `unused-source`?",
        ),
        ("mode = \"production\"", "no front end to scan: give a PATH"),
    ] {
        let package = Package::new(&format!("[package.metadata.csp]\n{manifest}\n"), &[]);
        let run = package.csp(&["scan"]);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{manifest}");
        assert!(run.err.starts_with("error: ") && run.err.contains(message), "{manifest}: {}", run.err);
    }
}
