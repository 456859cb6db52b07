//! Arguments, exit codes, and what people see.

use crate::Folder;

#[test]
fn exit_codes() {
    let folder = Folder::new();
    folder.write("clean.ts", "fetch('https://a.example/x')");
    folder.write("unknown.ts", "fetch(x)");
    folder.write("extra.env", "VITE_X=https://b.example");
    for (arguments, code) in [
        (vec!["clean.ts"], 0),
        (vec!["unknown.ts"], 1),
        (vec!["clean.ts", "unknown.ts", "--format", "json"], 1),
        (vec!["clean.ts", "--env-file", "extra.env", "--mode", "staging"], 0),
        (vec!["missing"], 2),
        (vec!["clean.ts", "--env-file", "missing.env"], 2),
        (vec![], 2),
        (vec!["clean.ts", "--format", "yaml"], 2),
    ] {
        let run = folder.run(&arguments);
        assert_eq!(run.code, code, "{arguments:?}: {}{}", run.out, run.err);
        assert_eq!(run.out.is_empty(), code == 2, "{arguments:?}: {}", run.out);
        assert_eq!(run.err.starts_with("error: "), code == 2, "{arguments:?}: {}", run.err);
    }
}

#[test]
fn mode_and_env_files() {
    let folder = Folder::new();
    folder.write("package.json", "{}");
    folder.write(".env.staging", "VITE_API=https://staging.example\nVITE_BOTH=https://found.example");
    folder.write("given.env", "VITE_BOTH=https://given.example");
    folder.write("src/a.ts", "fetch(import.meta.env.VITE_API); fetch(import.meta.env.VITE_BOTH)");
    let (endpoints, unresolved) = folder.scan(&["src", "--mode", "staging", "--env-file", "given.env"]);
    assert_eq!(
        endpoints,
        [
            "https://staging.example fetch src/a.ts:1:1 environment",
            "https://given.example fetch src/a.ts:1:34 environment"
        ]
    );
    assert!(unresolved.is_empty());
    let (endpoints, unresolved) = folder.scan(&["src"]);
    assert!(endpoints.is_empty());
    assert_eq!(unresolved, ["fetch src/a.ts:1:1 env-missing", "fetch src/a.ts:1:34 env-missing"]);
}

#[test]
fn people_see_origins_with_their_calls() {
    let folder = Folder::new();
    folder.write(
        "src/a.ts",
        "fetch('https://a.example/x');\nnew WebSocket(`wss://${host}/feed`);\nfetch('/x'); fetch('https://a.example/y');",
    );
    let run = folder.run(&["src"]);
    assert_eq!(
        run.out,
        "\
endpoint: 'self', 1 call
 --> src/a.ts:3:1
  |
3 | fetch('/x'); fetch('https://a.example/y');
  | ^^^^^ fetch: literal

endpoint: https://a.example, 2 calls
 --> src/a.ts:1:1
  |
1 | fetch('https://a.example/x');
  | ^^^^^ fetch: literal
2 | new WebSocket(`wss://${host}/feed`);
3 | fetch('/x'); fetch('https://a.example/y');
  |              ^^^^^ fetch: literal

warning[dynamic-host]: it is not known what `WebSocket` connects to
 --> src/a.ts:2:1
  |
2 | new WebSocket(`wss://${host}/feed`);
  | ^^^^^^^^^^^^^ after `wss://` comes the global `host` where a URL is expected
  |
  = help: say it in a comment before the call: // csp-connect: https://…

origin             calls  files  found by
'self'                 1      1  literal
https://a.example      2      1  literal
unresolved             1      1  dynamic-host
"
    );
    assert_eq!((run.code, run.err.as_str()), (1, "3 calls to 2 origins, 1 unresolved\n"));
    let quiet = folder.run(&["src", "--quiet"]);
    assert_eq!(
        quiet.out,
        "\
src/a.ts:2:1: warning[dynamic-host]: it is not known what `WebSocket` connects to: after `wss://` comes the global `host` \
         where a URL is expected
origin             calls  files  found by
'self'                 1      1  literal
https://a.example      2      1  literal
unresolved             1      1  dynamic-host
"
    );
    assert_eq!((quiet.code, quiet.err.as_str()), (1, ""));
    let colored = folder.run(&["src", "--color", "always"]);
    assert!(colored.out.contains("\u{1b}["), "{}", colored.out);
}

/// Of many calls the first are shown, some more are named, and the table has all.
#[test]
fn many_endpoints_stay_readable() {
    let folder = Folder::new();
    for number in 0..400 {
        folder.write(&format!("src/{number:03}.ts"), "fetch('https://a.example/x');\n");
    }
    let run = folder.run(&["src"]);
    assert_eq!(run.code, 0);
    assert!(run.out.contains("\n  = note: also at src/003.ts:1:1, src/004.ts:1:1, src/005.ts:1:1,"), "{}", run.out);
    assert!(run.out.contains("src/008.ts:1:1, and 391 more\n"), "{}", run.out);
    assert!(run.out.ends_with("https://a.example    400    400  literal\n"), "{}", run.out);
    assert!(run.out.lines().count() < 30, "{}", run.out);

    // Of many origins, each is a line.
    for number in 0..400 {
        folder.write(&format!("src/{number:03}.ts"), format!("fetch('https://a{number:03}.example/x');\n"));
    }
    let run = folder.run(&["src"]);
    assert!(
        run.out.starts_with("src/000.ts:1:1: endpoint: https://a000.example, 1 call: fetch: literal\n"),
        "{}",
        run.out
    );
    assert_eq!(run.out.lines().count(), 400 + 1 + 1 + 400);
}

#[test]
fn equal_inputs_give_equal_bytes() {
    let folder = Folder::new();
    for number in 0..40 {
        folder.write(&format!("src/{number}.ts"), format!("fetch('https://h{number}.example'); fetch(x{number})"));
    }
    let first = folder.run(&["src", "--format", "json"]).out;
    assert_eq!(first, folder.run(&["src", "--format", "json"]).out);
    assert_eq!(first, folder.run(&["src", "src", "src/7.ts", "--format", "json"]).out);
}

/// A line of a bundle is too long to be shown, and its place is named all the same.
#[test]
fn a_quiet_scan_names_places_in_long_lines() {
    let folder = Folder::new();
    let padding = "/* padding */".repeat(60);
    folder.write("src/bundle.js", format!("{padding} fetch(host + path);\n"));
    let quiet = folder.run(&["src", "--quiet"]);
    let column = padding.chars().count() + 2;
    let place = format!("src/bundle.js:1:{column}: warning[unresolved-url]: it is not known what `fetch` connects to");
    assert!(quiet.out.starts_with(&place), "{}", quiet.out);
}
