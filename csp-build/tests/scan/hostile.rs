//! What no scan should stumble over: a finding or a result each, and no panic.

use crate::Folder;

#[test]
fn invalid_utf_8_is_a_finding_and_the_rest_is_read() {
    let folder = Folder::new();
    folder.write("src/a.js", b"fetch('https://a.example/x'); // \xff\nfetch('https://b.example/x');");
    let (endpoints, unresolved) = folder.scan(&["src"]);
    assert_eq!(
        endpoints,
        ["https://a.example fetch src/a.js:1:1 literal", "https://b.example fetch src/a.js:2:1 literal"]
    );
    assert_eq!(unresolved, ["file src/a.js:1:34 unreadable"]);
}

#[test]
fn deep_nesting_is_a_finding() {
    let folder = Folder::new();
    for (number, (open, middle, close)) in [
        ("(", "1", ")"),
        ("[", "", "]"),
        ("{", "", "}"),
        ("!", "1", ""),
        ("a=>", "1", ""),
        ("a?", "1", ":1"),
        ("`${", "1", "}`"),
        ("if(a)", ";", ""),
        ("typeof ", "1", ""),
        ("a+", "1", ""),
        ("f(", "1", ")"),
        ("a.b", "", ""),
        ("function f(){", "", "}"),
        ("<a>", "", "</a>"),
        ("x='", "';", ""),
    ]
    .into_iter()
    .enumerate()
    {
        for depth in [100, 10_000, 250_000] {
            let text = format!("fetch('https://a.example');\n{}{middle}{}", open.repeat(depth), close.repeat(depth));
            folder.write(&format!("src/{number}-{depth}.tsx"), text);
        }
    }
    let (endpoints, unresolved) = folder.scan(&["src"]);
    let deep = unresolved.iter().filter(|line| line.ends_with("too-complex")).count();
    assert!(deep >= 14, "{unresolved:?}");
    assert!(endpoints.len() >= 15, "{endpoints:?}");
}

#[test]
fn flat_text_is_no_nesting() {
    let folder = Folder::new();
    let call = "fetch('https://a.example');\n";
    let statements = "x = a.b + c ? d(e) : [f]\n".repeat(20_000);
    for (name, text) in [
        ("terms", format!("{call}x = {}'z'", "'a' + ".repeat(100_000))),
        ("lines", format!("{call}function f() {{\n{statements}}}\n")),
        ("rows", format!("{call}x = [{}]", "{a: 1, b: 'c'},".repeat(100_000))),
        ("words", format!("{call}x = <p>{}</p>", "some words. ".repeat(40_000))),
        ("calls", format!("{call}x{}", ".then(f)".repeat(2_000))),
    ] {
        folder.write(&format!("src/{name}.tsx"), text);
    }
    let (endpoints, unresolved) = folder.scan(&["src"]);
    assert_eq!(unresolved, [""; 0]);
    assert_eq!(endpoints.len(), 5);
}

#[test]
fn deep_rust_is_a_finding() {
    let folder = Folder::new();
    for (number, (open, middle, close)) in
        [("(", "1", ")"), ("{", "", "}"), ("!", "1", ""), ("[", "", "]"), ("1+", "1", ""), ("m!{", "", "}")]
            .into_iter()
            .enumerate()
    {
        for depth in [100, 2_000, 250_000] {
            let deep = format!("{}{middle}{}", open.repeat(depth), close.repeat(depth));
            let text = format!("fn f() {{ reqwest::get(\"https://a.example\"); }}\nfn g() {{ let _ = {deep}; }}");
            folder.write(&format!("src/m{number}_{depth}.rs"), text);
        }
    }
    let (endpoints, unresolved) = folder.scan(&["src"]);
    assert!(
        unresolved.iter().all(|line| line.ends_with("too-complex") || line.ends_with("syntax-error")),
        "{unresolved:?}"
    );
    assert!(endpoints.len() + unresolved.len() >= 18, "{endpoints:?} {unresolved:?}");
}

#[test]
#[cfg(unix)]
fn links_that_lead_back_are_findings() {
    let folder = Folder::new();
    folder.write("src/a.ts", "fetch('https://a.example/x')");
    std::os::unix::fs::symlink(folder.0.join("src"), folder.0.join("src/loop")).expect("a link");
    std::os::unix::fs::symlink(folder.0.join("nowhere.ts"), folder.0.join("src/dead.ts")).expect("a link");
    let (endpoints, unresolved) = folder.scan(&["src"]);
    assert_eq!(endpoints, ["https://a.example fetch src/a.ts:1:1 literal"]);
    assert_eq!(unresolved, ["file src/dead.ts:1:1 unreadable", "file src/loop:1:1 unreadable"]);
}

#[test]
fn bindings_that_multiply_stay_bounded() {
    let folder = Folder::new();
    let mut text = String::from("let v0 = a ? 'https://a.example/' : 'https://b.example/';\n");
    for number in 1..60 {
        let before = number - 1;
        text += &format!("const v{number} = a ? v{before} + v{before} : v{before};\n");
    }
    text += "fetch(v59);";
    folder.write("src/a.js", text);
    let (endpoints, unresolved) = folder.scan(&["src"]);
    assert!(!endpoints.is_empty() || !unresolved.is_empty());
}
