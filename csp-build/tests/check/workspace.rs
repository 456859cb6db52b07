//! Several packages, each with its own policy, front end and configuration.

use serde_json::Value;

use crate::package::{Package, Run};

const FILES: &[(&str, &str)] = &[
    (
        "Cargo.toml",
        "[workspace]\nmembers = [\"shop\", \"admin\", \"tools\"]\nresolver = \"3\"\n[workspace.metadata.csp]\nroots = \
         [\"web/src\"]\nmode = \"staging\"\nallow = [\"env-missing\"]\n",
    ),
    ("shop/Cargo.toml", "[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2024\"\n"),
    ("shop/src/lib.rs", "mod csp;\n"),
    (
        "shop/src/csp.rs",
        "csp_runtime::connect_src! {\n    #[scanned(\"web/src\")]\n    pub static PAGES = [\"https://shop.example\"];\n}\n",
    ),
    ("shop/web/package.json", "{}"),
    ("shop/web/.env.staging", "VITE_API=https://shop.example\n"),
    ("shop/web/src/a.ts", "fetch(import.meta.env.VITE_API);\nfetch('https://admin.example/x');\nfetch(y);\n"),
    (
        "admin/Cargo.toml",
        "[package]\nname = \"admin\"\nversion = \"0.1.0\"\nedition = \"2024\"\n[package.metadata.csp]\nroots = \
         [\"ui\"]\nmode = \"production\"\nstrict = true\n",
    ),
    (
        "admin/src/lib.rs",
        "csp_runtime::connect_src! {\n    #[scanned]\n    pub static PAGES = [\"https://admin.example\", \
         \"https://old.example\"];\n}\n",
    ),
    ("admin/ui/package.json", "{}"),
    ("admin/ui/.env.production", "VITE_API=https://admin.example\n"),
    ("admin/ui/.env.staging", "VITE_API=https://wrong.example\n"),
    ("admin/ui/b.ts", "fetch(import.meta.env.VITE_API);\nfetch(y);\nfetch(import.meta.env.VITE_MISSING);\n"),
    ("tools/Cargo.toml", "[package]\nname = \"tools\"\nversion = \"0.1.0\"\nedition = \"2024\"\n"),
    ("tools/src/main.rs", "fn main() {}\n"),
];

/// `level[code] file:line message` of each finding.
fn findings(run: &Run) -> Vec<String> {
    let report: Value = serde_json::from_str(&run.out).unwrap_or_else(|_| panic!("{}{}", run.out, run.err));
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let line = |finding: &Value| {
        let [level, code, file] = ["level", "code", "file"].map(|name| text(&finding[name]));
        format!("{level}[{code}] {file}:{} {}", finding["line"], text(&finding["message"]))
    };
    report["findings"].as_array().expect("a list").iter().map(line).collect()
}

fn places(run: &Run) -> Vec<String> {
    let report: Value = serde_json::from_str(&run.out).unwrap_or_else(|_| panic!("{}{}", run.out, run.err));
    let place = |call: &Value| {
        let [origin, file] = ["origin", "file"].map(|name| call[name].as_str().unwrap_or("?").to_owned());
        format!("{origin} {file}:{}", call["line"])
    };
    let lists = ["endpoints", "unresolved"].map(|name| report[name].as_array().expect("a list").clone());
    lists.iter().flatten().map(place).collect()
}

const OF_SHOP: [&str; 2] = [
    "error[uncovered-endpoint] web/src/a.ts:2 `fetch` connects to `https://admin.example`, which PAGES doesn't cover",
    "warning[unresolved-url] web/src/a.ts:3 it is not known what `fetch` connects to",
];

/// Strict, so that all of it is an error; what the workspace allows counts here too.
const OF_ADMIN: [&str; 2] = [
    "error[unused-source] src/lib.rs:3 no call of the front end connects to `https://old.example` (unless one of 2 \
     unresolved ones does)",
    "error[unresolved-url] ui/b.ts:2 it is not known what `fetch` connects to",
];

fn below(folder: &str, findings: &[&str]) -> Vec<String> {
    findings.iter().map(|finding| finding.replacen("] ", &format!("] {folder}/"), 1)).collect()
}

#[test]
fn each_package_is_compared_with_its_own_declarations() {
    let workspace = Package::of_files(FILES);
    let all = [below("admin", &OF_ADMIN), below("shop", &OF_SHOP)].concat();
    let json = ["check", "--format", "json"];
    for (folder, arguments, expected) in [
        ("", &[][..], all.clone()),
        ("tools", &["--workspace"], all),
        ("", &["--package", "shop"], below("shop", &OF_SHOP)),
        ("shop", &["-p", "admin"], below("admin", &OF_ADMIN)),
        ("shop", &[], OF_SHOP.map(str::to_owned).to_vec()),
        ("admin/ui", &[], OF_ADMIN.map(str::to_owned).to_vec()),
        ("tools", &["--manifest-path", "../admin/Cargo.toml"], OF_ADMIN.map(str::to_owned).to_vec()),
    ] {
        let run = workspace.csp_in(folder, &[&json, arguments].concat());
        assert_eq!(findings(&run), expected, "{folder} {arguments:?}");
        assert_eq!(run.code, 1);
    }
    let run = workspace.csp_in("tools", &["check"]);
    assert!(run.code == 2 && run.err.contains("web/src"), "{}", run.err);
    let run = workspace.csp(&["check", "--package", "shp"]);
    assert!(run.code == 2 && run.err.contains("there is no package `shp` here: did you mean `shop`?"), "{}", run.err);
}

#[test]
fn each_front_end_is_scanned_as_its_package_says() {
    let workspace = Package::of_files(FILES);
    let shop = ["https://shop.example shop/web/src/a.ts:1", "https://admin.example shop/web/src/a.ts:2"];
    let run = workspace.csp(&["scan", "--format", "json"]);
    let expected = [
        &["https://admin.example admin/ui/b.ts:1"][..],
        &shop,
        &["? admin/ui/b.ts:2", "? admin/ui/b.ts:3", "? shop/web/src/a.ts:3"],
    ]
    .concat();
    assert_eq!(places(&run), expected);
    assert_eq!(places(&workspace.csp(&["scan", "--format", "json", "-p", "shop"]))[..2], shop);
    // What is said on the command line counts for all.
    let run = workspace.csp(&["scan", "--format", "json", "--mode", "staging"]);
    assert!(places(&run).contains(&"https://wrong.example admin/ui/b.ts:1".to_owned()), "{}", run.out);

    let run = workspace.csp(&["scan", "--lock=/tmp/csp.lock"]);
    assert!(run.code == 2 && run.err.contains("several packages can't have one lock"), "{}", run.err);
    assert_eq!(workspace.csp(&["scan", "--lock"]).code, 1);
    assert!(workspace.read("shop/csp.lock").contains("mode staging\nroot web/src\n"));
    assert!(workspace.read("admin/csp.lock").contains("mode production\nroot ui\noption strict %\n"));
    assert_eq!(findings(&workspace.csp(&["check", "--format", "json"])).len(), 4);
    workspace.write("admin/ui/new.ts", "");
    let stale = "error[stale-lock] admin/csp.lock:1 csp.lock is stale: ui/new.ts is new".to_owned();
    assert!(findings(&workspace.csp(&["check", "--format", "json"])).contains(&stale));
}

#[test]
fn the_reference_has_all_of_them() {
    let workspace = Package::of_files(FILES);
    let run = workspace.csp(&["docs", "--format", "json"]);
    let reference: Value = serde_json::from_str(&run.out).unwrap_or_else(|_| panic!("{}", run.err));
    assert_eq!(reference["inputs"]["roots"], serde_json::json!(["admin/ui", "shop/web/src"]));
    let of = |origin: &str| -> Vec<String> {
        let endpoints = reference["endpoints"].as_array().expect("a list").iter();
        let own = endpoints.filter(|endpoint| endpoint["origin"] == origin);
        own.map(|endpoint| {
            let allowed = endpoint["allowed_by"].as_array().expect("a list").iter();
            let files: Vec<&str> = allowed.filter_map(|source| source["file"].as_str()).collect();
            format!("{} {}", endpoint["status"], files.join(" "))
        })
        .collect()
    };
    assert_eq!(of("https://shop.example"), ["\"covered\" shop/src/csp.rs"]);
    // The shop's pages call it, and only the others' policy has it.
    assert_eq!(of("https://admin.example"), ["\"not-covered\" admin/src/lib.rs"]);
    assert_eq!(of("https://old.example"), ["\"unused\" admin/src/lib.rs"]);
}

#[test]
fn mistakes_say_whose_they_are() {
    let workspace = Package::of_files(FILES);
    let manifest = workspace.read("admin/Cargo.toml");
    workspace.write("admin/Cargo.toml", &manifest.replace("roots = ", "root = "));
    for command in ["scan", "check", "docs"] {
        let run = workspace.csp(&[command]);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{command}");
        let expected = "unknown key `root` in package.metadata.csp of `admin`: did you mean `roots`?";
        assert!(run.err.contains(expected), "{command}: {}", run.err);
    }
    // Of what isn't asked about, nothing is said.
    assert_eq!(workspace.csp(&["scan", "-p", "shop"]).code, 1);

    workspace.write("admin/Cargo.toml", &manifest.replace("\"ui\"", "\"gui\""));
    let run = workspace.csp(&["check"]);
    assert!(run.code == 2 && run.err.contains("admin: `gui` doesn't exist"), "{}", run.err);

    // A front end whose package declares nothing.
    workspace.write("admin/Cargo.toml", &manifest);
    workspace.write("admin/src/lib.rs", "");
    let run = workspace.csp(&["check"]);
    assert!(run.code == 2 && run.err.contains("admin: the package declares nothing"), "{}", run.err);
    // A declaration whose front end nobody knows.
    workspace.write("admin/Cargo.toml", &manifest.replace("roots = [\"ui\"]", "roots = []"));
    workspace.write("admin/src/lib.rs", FILES[8].1);
    let run = workspace.csp(&["check"]);
    assert_eq!(run.code, 1);
    let expected = "note: PAGES (admin/src/lib.rs:3) is not compared: the Cargo.toml of `admin` has no roots in";
    assert!(run.err.contains(expected), "{}", run.err);
}

/// Coverage is asked for by `#[scanned]`: what doesn't ask is let pass beside what does, and never alone.
#[test]
fn a_package_that_marks_none_of_several_declarations_is_let_pass_among_others() {
    const UNMARKED: &str =
        "csp_runtime::connect_src! {\n    pub static PAGES = [self];\n    pub static BACKEND = [self];\n}\n";
    let workspace = Package::of_files(FILES);
    workspace.write("admin/src/lib.rs", UNMARKED);
    let run = workspace.csp(&["check", "--format", "json"]);
    assert_eq!(findings(&run), below("shop", &OF_SHOP), "{}", run.err);
    assert_eq!(run.code, 1);
    let expected = "note: not compared: admin: no declaration is #[scanned]: choose one by --name\n  PAGES \
                    (admin/src/lib.rs:2)\n  BACKEND (admin/src/lib.rs:3)\nhelp: or mark it, or say in Cargo.toml: \
                    [package.metadata.csp] names = [\"…\"]\n";
    assert!(run.err.contains(expected), "{}", run.err);

    // What asks is clean.
    workspace.write("shop/web/src/a.ts", "fetch(import.meta.env.VITE_API);\n");
    let run = workspace.csp(&["check"]);
    assert_eq!((run.code, run.out.as_str()), (0, ""), "{}", run.err);

    // A lock that is there is compared with its files all the same.
    assert_eq!(workspace.csp_in("admin", &["scan", "--lock"]).code, 1);
    workspace.write("admin/ui/b.ts", "fetch(z);\n");
    let run = workspace.csp(&["check", "--format", "json"]);
    assert_eq!(findings(&run), ["error[stale-lock] admin/csp.lock:1 csp.lock is stale: ui/b.ts has changed"]);

    // By name it is compared, alone it must say what is meant, and so must all of them.
    assert_eq!(workspace.csp(&["check", "-p", "admin", "--name", "PAGES"]).code, 1);
    let run = workspace.csp(&["check", "-p", "admin"]);
    assert!(run.code == 2 && run.err.contains("no declaration is #[scanned]"), "{}", run.err);
    workspace.write("shop/src/csp.rs", UNMARKED);
    let run = workspace.csp(&["check"]);
    assert!(run.code == 2 && run.err.contains("admin: no") && run.err.contains("shop: no"), "{}", run.err);
}

#[test]
fn a_front_end_beside_the_packages_is_that_of_the_workspace() {
    let workspace = Package::of_files(&[
        (
            "Cargo.toml",
            "[workspace]\nmembers = [\"server\"]\nresolver = \"3\"\n[workspace.metadata.csp]\nroots = [\"web\"]\n",
        ),
        ("web/a.ts", "fetch('https://api.example');\n"),
        ("server/Cargo.toml", "[package]\nname = \"server\"\nversion = \"0.1.0\"\nedition = \"2024\"\n"),
        ("server/src/lib.rs", "csp_runtime::connect_src! { pub static PAGES = [\"https://api.exmple\"]; }\n"),
    ]);
    let run = workspace.csp(&["check", "--format", "json"]);
    assert_eq!(
        findings(&run),
        [
            "warning[unused-source] server/src/lib.rs:1 no call of the front end connects to `https://api.exmple`",
            "error[uncovered-endpoint] web/a.ts:1 `fetch` connects to `https://api.example`, which PAGES doesn't cover",
        ]
    );
}

/// Names are looked up in the nearest place: the module or the package that the path says, the file, the package, the rest.
#[test]
fn what_is_taken_in_can_be_of_another_package() {
    let workspace = Package::of_files(&[
        ("Cargo.toml", "[workspace]\nmembers = [\"shop\", \"shared-csp\"]\nresolver = \"3\"\n"),
        (
            "shop/Cargo.toml",
            "[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2024\"\n[package.metadata.csp]\nroots = \
             [\"web\"]\nnames = [\"PAGES\"]\n",
        ),
        ("shop/web/a.ts", "fetch('https://shared.example');\nfetch('https://api.example');\n"),
        (
            "shop/src/lib.rs",
            "mod csp;\nmod other;\ncsp_runtime::connect_src! {\n    pub static PAGES = [..shared_csp::API, ..csp::API, \
             \"https://own.example\" => \"forms\"];\n    pub static UNRELATED = [self];\n    pub static API = \
             [\"https://lib.example\"];\n    pub static HERE = [..API, ..BASE];\n}\n",
        ),
        ("shop/src/csp.rs", "csp_runtime::connect_src! { pub static API = [\"https://api.example\"]; }\n"),
        ("shop/src/other.rs", "csp_runtime::connect_src! { pub static API = [\"https://other.example\"]; }\n"),
        ("shared-csp/Cargo.toml", "[package]\nname = \"shared-csp\"\nversion = \"0.1.0\"\nedition = \"2024\"\n"),
        (
            "shared-csp/src/lib.rs",
            "csp_runtime::connect_src! {\n    pub static API = [\"https://shared.example\"];\n    pub static BASE = \
             [\"https://base.example\"];\n}\n",
        ),
    ]);
    for folder in ["", "shop"] {
        let header = |name: &str| {
            let run = workspace.csp_in(folder, &["emit", "--format", "header", "--name", name]);
            assert_eq!(run.code, 0, "{name}: {}", run.err);
            run.out.trim_end().replace("Content-Security-Policy: connect-src ", "")
        };
        assert_eq!(header("PAGES"), "https://shared.example https://api.example https://own.example");
        assert_eq!(header("HERE"), "https://lib.example https://base.example");
        // The declaration that the configuration names.
        let run = workspace.csp_in(folder, &["check", "-p", "shop"]);
        assert_eq!((run.code, run.out.as_str()), (0, ""), "{}", run.err);
        let run = workspace.csp_in(folder, &["docs", "-p", "shop", "--format", "json"]);
        let reference: Value = serde_json::from_str(&run.out).unwrap_or_else(|_| panic!("{}", run.err));
        let endpoints = reference["endpoints"].as_array().expect("a list");
        let shared =
            endpoints.iter().find(|endpoint| endpoint["origin"] == "https://shared.example").expect("an endpoint");
        assert_eq!(
            (&shared["status"], &shared["allowed_by"][0]["file"]),
            (&"covered".into(), &"shared-csp/src/lib.rs".into())
        );
    }
    let manifest = workspace.read("shop/Cargo.toml");
    workspace.write("shop/Cargo.toml", &manifest.replace("PAGES", "PAGE"));
    let run = workspace.csp(&["check", "-p", "shop"]);
    assert!(
        run.code == 2 && run.err.contains("there is no declaration `PAGE`, but\n  API (shop/src/csp.rs:1)"),
        "{}",
        run.err
    );
    let source = workspace.read("shop/src/lib.rs").replace("..csp::API", "..elsewhere::API");
    workspace.write("shop/src/lib.rs", &source.replace("pub static API", "pub static OWN_API"));
    let run = workspace.csp(&["emit", "--format", "json", "-p", "shop"]);
    assert!(run.code == 2 && run.err.contains("takes in `API`, and there are several of that name"), "{}", run.err);
    // Another package that could be meant.
    let run = workspace.csp_in("shared-csp", &["scan"]);
    assert!(
        run.code == 2 && run.err.contains("help: other packages here have one: --workspace, or --package shop"),
        "{}",
        run.err
    );
}
