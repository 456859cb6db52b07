//! What can be asked, where it is answered, and how it ends.

use std::fs;

use crate::Fixture;

const LIB: &str = "csp_runtime::connect_src! { pub static SHOP = [\"https://api.example.com\"]; }\n";

fn small() -> Fixture {
    Fixture::new(&[("src/lib.rs", LIB), ("web/src/app.js", "fetch('https://api.example.com/');\n")])
}

#[test]
fn a_file_is_written_and_checked() {
    let package = small();
    let path = package.folder.join("endpoints.md");
    let check = |arguments: &[&str]| {
        let ran = package.run(&[arguments, &["--root", "web/src", "--check", "endpoints.md"]].concat());
        assert_eq!(ran.out, "");
        (ran.code, ran.err)
    };
    let (code, said) = check(&[]);
    assert_eq!((code, said.contains("endpoints.md doesn't exist: write it with --out")), (1, true), "{said}");
    let written = package.run(&["--root", "web/src", "--out", "endpoints.md"]);
    assert_eq!((written.code, written.out.as_str()), (0, ""), "{}", written.err);
    let text = fs::read_to_string(&path).expect("it is written");
    assert_eq!(text, package.out(&["--root", "web/src"]));
    assert_eq!(check(&[]).0, 0);
    // As git may check it out.
    fs::write(&path, text.replace('\n', "\r\n")).expect("it can be written");
    assert_eq!(check(&[]).0, 0);
    fs::write(&path, &text).expect("it can be written");
    package.write("web/src/more.js", b"\nfetch('https://more.example.com/');\n");
    let (code, said) = check(&[]);
    assert_eq!(code, 1);
    assert!(said.contains("endpoints.md is stale: it differs from line ") && said.contains("\n+ | "), "{said}");
    assert_eq!(check(&["--format", "json"]).0, 1);
    let refused = package.run(&["--out", "a", "--check", "b"]);
    assert_eq!(refused.code, 2, "{}", refused.err);
}

#[test]
fn the_folder_it_runs_in_changes_nothing() {
    let package = small();
    package.write("api/spec.json", br#"{"openapi": "3.1.0", "servers": [{"url": "https://api.example.com"}]}"#);
    let here = package.out(&["--format", "json", "--root", "web/src", "--openapi", "api/spec.json"]);
    let folder = package.folder.to_string_lossy().into_owned();
    for (place, arguments) in [
        ("web", ["--root", "src", "--openapi", "../api/spec.json"]),
        ("api", ["--root", "./../web/src", "--openapi", "spec.json"]),
        ("src", ["--root", &format!("{folder}/web/src"), "--openapi", &format!("{folder}/api/../api/spec.json")]),
    ] {
        let ran = package.run_in(place, &[&["--format", "json"][..], &arguments].concat(), "");
        assert_eq!((ran.code, ran.out.as_str()), (0, here.as_str()), "{place}: {}", ran.err);
    }
    assert!(!here.contains(&folder), "{here}");
}

#[test]
fn what_cannot_run_is_said() {
    let package = small();
    package.write("refused.rs", b"");
    for (arguments, expected) in [
        (&["--root", "nowhere"][..], "nowhere` doesn't exist"),
        (&["--openapi", "nowhere.yaml"], "nowhere.yaml: "),
        (&["--name", "SHOPS"], "there is no declaration `SHOPS`, but\n  SHOP (src/lib.rs:1)"),
        (&["--package", "none"], "there is no package `none` here"),
        (&["--out", "no/such/folder/x.md"], "no/such/folder/x.md: "),
        (&["--format", "pdf"], "invalid value 'pdf'"),
        (&["supports", "html"], "--mdbook"),
    ] {
        let ran = package.run(arguments);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{arguments:?}");
        assert!(ran.err.contains(expected), "{arguments:?}: {}", ran.err);
    }
    package.write("src/lib.rs", b"csp_runtime::connect_src! { pub static SHOP = [\"api.example.com\"]; }\n");
    let ran = package.run(&[]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("src/lib.rs:1") && ran.err.contains("has no scheme"), "{}", ran.err);
}

#[test]
fn chapters_of_mdbook_are_filled_in() {
    let package = small();
    let supports = package.run(&["--mdbook", "supports", "html"]);
    assert_eq!((supports.code, supports.out.as_str()), (0, ""));
    let book = serde_json::json!({
        "items": [
            { "Chapter": { "name": "One", "content": "# One\n\n{{#csp-reference}}\n\nafter", "sub_items": [
                { "Chapter": { "name": "Two", "content": "no marker", "sub_items": [] } },
            ] } },
            "Separator",
        ],
        "__non_exhaustive": null,
    });
    let input = serde_json::json!([{ "root": "/x", "renderer": "html" }, book]).to_string();
    let ran = package.run_in("", &["--mdbook", "--root", "web/src"], &input);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let mut filled: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    let content = filled["items"][0]["Chapter"]["content"].take();
    let content = content.as_str().expect("a text");
    assert!(content.starts_with("# One\n\nWhere this project") && content.ends_with("\n\nafter"), "{content}");
    assert!(content.contains("`https://api.example.com`"), "{content}");
    let mut expected = book;
    expected["items"][0]["Chapter"]["content"].take();
    assert_eq!(filled, expected);
    let ran = package.run_in("", &["--mdbook"], "no JSON");
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("not what mdBook sends"), "{}", ran.err);
}
