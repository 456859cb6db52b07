//! How much findings matter.

use crate::package::Package;

const FILES: &[(&str, &str)] = &[
    ("web/a.ts", "fetch('https://api.example.com/v1/x');\nfetch(y);\n"),
    (
        "src/lib.rs",
        "csp_runtime::connect_src! { #[scanned] static S = [\"https://api.example.com/v1/\", \"https://x.example\"]; }",
    ),
];

/// `level[code]` of each finding.
fn levels(package: &Package, arguments: &[&str]) -> Vec<String> {
    let run = package.csp(&[arguments, &["--format", "github"]].concat());
    assert_eq!(run.code, 1, "{arguments:?}: {}", run.err);
    let code = |line: &str| {
        let (_, title) = line.split_once("title=csp%3A ")?;
        Some(title.split_once("::")?.0.to_owned())
    };
    run.out
        .lines()
        .map(|line| {
            let level = line.trim_start_matches(':').split(' ').next().unwrap_or_default();
            format!("{level}[{}]", code(line).expect("a code"))
        })
        .collect()
}

#[test]
fn what_is_strict_makes_errors_of_warnings() {
    let warnings = ["warning[path-not-compared]", "warning[unused-source]", "warning[unresolved-url]"];
    let errors = warnings.map(|warning| warning.replace("warning", "error"));
    let plain = Package::new("[package.metadata.csp]\nroots = [\"web\"]\n", FILES);
    assert_eq!(levels(&plain, &["check"]), warnings);
    assert_eq!(levels(&plain, &["scan"]), ["warning[unresolved-url]"]);
    assert_eq!(levels(&plain, &["check", "--strict"]), errors);
    assert_eq!(levels(&plain, &["scan", "--strict", "web"]), ["error[unresolved-url]"]);

    let strict = Package::new("[package.metadata.csp]\nroots = [\"web\"]\nstrict = true\n", FILES);
    assert_eq!(levels(&strict, &["check"]), errors);
    assert_eq!(levels(&strict, &["check", "web"]), errors);
    assert_eq!(levels(&strict, &["scan"]), ["error[unresolved-url]"]);
    for (format, expected) in [("sarif", "\"level\": \"error\""), ("json", "\"level\": \"error\""), ("human", "error[")]
    {
        let run = strict.csp(&["check", "--format", format]);
        assert_eq!(run.out.matches(expected).count(), if format == "sarif" { 6 } else { 3 }, "{}", run.out);
        assert!(!run.out.contains("warning"), "{}", run.out);
    }

    // What is allowed isn't there at all.
    let manifest = "[package.metadata.csp]\nroots = [\"web\"]\nstrict = true\nallow = [\"unresolved-url\", \
                    \"unused-source\", \"path-not-compared\"]\n";
    let allowed = Package::new(manifest, FILES);
    for command in ["check", "scan"] {
        assert_eq!(allowed.csp(&[command]).code, 0, "{command}");
    }
    let workspace = Package::new("[package.metadata.csp]\nroots = [\"web\"]\n", FILES);
    let manifest = workspace.read("Cargo.toml");
    workspace.write("Cargo.toml", &format!("{manifest}[workspace.metadata.csp]\nstrict = true\n"));
    assert_eq!(levels(&workspace, &["check"]), errors);
}
