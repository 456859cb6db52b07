//! What must not reach users.

use crate::fixture::{BUILD, Crate};

const LOCAL: &str = "csp_runtime::connect_src! {\n    #[scanned]\n    pub static SHOP = [\n        #[cfg(debug_assertions)] \
                     \"http://localhost:*\",\n    ];\n}\n";

#[test]
fn local_calls_fail_release_builds() {
    let fixture = Crate::new(LOCAL, &[("web/src/a.ts", "fetch('http://localhost:3000/x');")]);
    fixture.lock(&["web/src"]);
    assert_eq!(fixture.messages(&[]), [""; 0]);
    let messages = fixture.messages(&["--release"]);
    assert_eq!(messages.len(), 1, "{messages:?}");
    assert!(messages[0].contains("`http://localhost:3000`, which SHOP doesn't cover in this build"), "{messages:?}");
}

#[test]
fn debug_assertions_in_release_builds_are_refused() {
    let fixture = Crate::new(LOCAL, &[("web/src/a.ts", "")]);
    fixture.lock(&["web/src"]);
    let run = fixture.check(&["--profile", "checked"]);
    assert_ne!(run.code, 0);
    assert!(run.err.contains("this release build has debug assertions"), "{}", run.err);
    fixture.write("build.rs", &BUILD.replace(".emit()", ".insecure_debug_assertions(\"a canary\").emit()"));
    let run = fixture.check(&["--profile", "checked"]);
    assert_eq!(run.code, 0, "{}", run.err);
}

#[test]
fn variables_that_are_not_set_fail_release_builds() {
    let declaration = "csp_runtime::connect_src! {\n    #[scanned]\n    #[allow(deprecated, reason = \"the variable\")]\n    \
                       pub static SHOP = [self => \"always\"];\n}\n";
    let fixture = Crate::new(declaration, &[("web/src/a.ts", "fetch(import.meta.env.VITE_CSP_TEST_API + '/x');")]);
    fixture.lock(&["web/src"]);
    let run = fixture.check(&[]);
    assert_eq!(run.code, 0, "{}", run.err);
    let run = fixture.check(&["--release"]);
    assert_ne!(run.code, 0);
    assert!(run.err.contains("`fetch` at web/src/a.ts:1:1: "), "{}", run.err);
    assert!(run.err.contains("VITE_CSP_TEST_API"), "{}", run.err);
}

#[test]
fn calls_of_another_crate_are_asserted() {
    let code = "include!(concat!(env!(\"OUT_DIR\"), \"/csp_calls.rs\"));\ncsp_runtime::connect_src! { static SHOP = \
                [\"https://api.example.com\"]; }\ncsp_runtime::assert_covers!(SHOP, CALLS);\n";
    let fixture = Crate::new(code, &[("web/src/a.ts", "fetch('https://api.example.com/x');")]);
    fixture.write("build.rs", &BUILD.replace(".emit()", ".emit_rust()"));
    fixture.lock(&["web/src"]);
    assert_eq!(fixture.messages(&[]), [""; 0]);
    fixture.write("web/src/b.ts", "new EventSource('https://news.example.com/x');");
    fixture.lock(&["web/src"]);
    let messages = fixture.messages(&[]);
    assert_eq!(
        messages,
        [
            "error[E0080]: evaluation panicked: `EventSource` at web/src/b.ts:1:1 connects to `https://news.example.com`, which \
          SHOP doesn't cover\nthe browser will block this call (nearest: https://api.example.com, host differs)\nhelp: add to \
          SHOP: \"https://news.example.com\","
        ]
    );
}
