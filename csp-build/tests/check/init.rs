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
fn nothing_is_overwritten() {
    for path in ["build.rs", "src/csp.rs"] {
        let package = Package::new("", FILES);
        package.write(path, "// mine\n");
        let run = package.csp(&["init", "web/src"]);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{path}");
        assert!(run.err.contains(&format!("{path} is there already")), "{}", run.err);
        assert_eq!(package.read(path), "// mine\n");
        let other = if path == "build.rs" { "src/csp.rs" } else { "build.rs" };
        assert!(!package.folder.join(other).exists(), "{path}");
    }
    let run = Package::new("", FILES).csp(&["init", "--name", "the shop", "web/src"]);
    assert!(run.code == 2 && run.err.contains("`the shop` is no name of a declaration"), "{}", run.err);
}
