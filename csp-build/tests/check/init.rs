//! A first declaration.

use crate::package::Package;

const FILES: &[(&str, &str)] = &[
    ("web/src/a.ts", "fetch('https://api.example.com/a');\nfetch('https://api.example.com/b');\nfetch('/own');"),
    ("web/src/b.ts", "new WebSocket('ws://localhost:3000/x');\nfetch('http://till.example.com');\nfetch(y);"),
];

#[test]
fn it_declares_what_is_found_and_says_what_is_left() {
    let package = Package::new("", FILES);
    let run = package.csp(&["init", "--name", "SHOP", "web/src"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(
        package.read("src/csp.rs"),
        "//! Where the pages may connect.

csp_runtime::connect_src! {
    /// Everything the pages may talk to: what the build script finds must be here.
    #[scanned]
    pub static SHOP = [
        // fetch at web/src/a.ts:3:1
        self,
        // fetch at web/src/b.ts:2:1
        #[insecure(reason = \"\")] \"http://till.example.com\",
        // fetch at web/src/a.ts:1:1 and 1 more
        \"https://api.example.com\",
        // WebSocket at web/src/b.ts:1:1
        #[cfg(debug_assertions)] \"ws://localhost:3000\",
    ];
}
"
    );
    assert!(package.read("build.rs").contains("\n    csp_build::scan(\"web/src\").emit()\n"));
    for step in [
        "cargo add csp-runtime --features tower",
        "cargo add --build csp-build --features scan",
        "add to src/lib.rs: mod csp;",
        "csp::SHOP.layer()",
        "could not be made out (1)",
    ] {
        assert!(run.out.contains(step), "{step}: {}", run.out);
    }
}

#[test]
fn the_next_steps_are_those_of_the_framework() {
    for (dependency, feature, layer) in [
        ("axum = \"0.8\"", "tower", ".layer(csp::PAGES.layer())"),
        ("actix-web = \"4\"", "actix", ".wrap(csp::PAGES.actix())"),
        ("rocket = \"0.5\"", "rocket", ".attach(csp::PAGES.rocket())"),
    ] {
        let run = Package::new(&format!("[dependencies]\n{dependency}"), FILES).csp(&["init", "web/src"]);
        assert_eq!(run.code, 0, "{}", run.err);
        for step in [format!("cargo add csp-runtime --features {feature}\n"), format!("send the header: {layer}, or ")]
        {
            assert!(run.out.contains(&step), "{step}: {}", run.out);
        }
    }
}

#[test]
fn nothing_is_overwritten() {
    for path in ["build.rs", "src/csp.rs"] {
        let package = Package::new("", FILES);
        package.write(path, "// mine\n");
        let run = package.csp(&["init", "web/src"]);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{path}");
        assert!(run.err.contains(&format!("{path} is there already")), "{}", run.err);
        assert!(path != "build.rs" || run.err.contains("csp_build::scan(\"web/src\").emit()?;"), "{}", run.err);
        assert_eq!(package.read(path), "// mine\n");
        let other = if path == "build.rs" { "src/csp.rs" } else { "build.rs" };
        assert!(!package.folder.join(other).exists(), "{path}");
    }
    let run = Package::new("", FILES).csp(&["init", "--name", "the shop", "web/src"]);
    assert!(run.code == 2 && run.err.contains("`the shop` is no name of a declaration"), "{}", run.err);
}

#[test]
fn a_front_end_that_nobody_names_is_found() {
    let vendored = [
        ("web/src/app.ts", "fetch('https://api.example.com/a');"),
        ("web/node_modules/react/index.js", "fetch('https://react.example.com')"),
        ("target/doc/search.js", "fetch('https://docs.example.com')"),
        ("docs/book.js", "fetch('https://docs.example.com')"),
        (".cache/x.js", "fetch('https://cache.example.com')"),
    ];
    let plain =
        [("web/index.html", "<script src=a.js></script>"), ("web/js/deep/a.js", "fetch('https://api.example.com')")];
    for (files, root) in [(&vendored[..], "web/src"), (&plain[..], "web")] {
        let package = Package::new("", files);
        let run = package.csp(&["init"]);
        assert_eq!(run.code, 0, "{}", run.err);
        assert!(run.err.contains(&format!("found a front end in {root}\n")), "{}", run.err);
        assert!(package.read("build.rs").contains(&format!("csp_build::scan({root:?}).emit()")));
        assert!(package.read("src/csp.rs").contains("\"https://api.example.com\""));
        // What it says to write is what the other commands ask for.
        let line = format!("[package.metadata.csp] roots = [{root:?}]");
        assert!(run.out.contains(&line), "{}", run.out);
        let manifest = package.read("Cargo.toml") + &line.replace("] roots", "]\nroots") + "\n";
        package.write("Cargo.toml", &manifest);
        let check = package.csp(&["check"]);
        assert_eq!(check.code, 0, "{}", check.err);
    }
}

#[test]
fn of_several_none_is_guessed() {
    let package = Package::new("", &[("web/a.ts", ""), ("admin/a.vue", ""), ("static/style.css", "")]);
    let run = package.csp(&["init"]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    assert!(run.err.contains("which of these is the front end, admin or web?"), "{}", run.err);
    let run = Package::new("", &[("static/style.css", "")]).csp(&["init"]);
    assert!(run.code == 2 && run.err.contains("no front end here: name its folder"), "{}", run.err);
}
