//! What is small as it is written and large as it is followed: each step is bounded, and a finding says where it ended.

use std::fmt::Write as _;

use crate::Folder;

/// Scans a module, and checks that its call is told of, found or not.
fn told(text: &str) -> (Vec<String>, Vec<String>) {
    let folder = Folder::new();
    folder.write("src/a.ts", text);
    let (endpoints, unresolved) = folder.scan(&["src"]);
    assert!(!endpoints.is_empty() || !unresolved.is_empty());
    (endpoints, unresolved)
}

fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).fold(String::new(), |mut text, number| {
        let _ = writeln!(text, "{}", line(number));
        text
    })
}

#[test]
fn texts_that_double() {
    let (_, unresolved) = told(&format!(
        "const v0 = 'https://a.example';\n{}fetch(v60);",
        lines(60, |n| format!("const v{} = v{n} + v{n};", n + 1))
    ));
    // Past the host nothing matters, but here the host goes on.
    assert!(unresolved.len() <= 1, "{unresolved:?}");
    told(&format!(
        "const v0 = 'aa';\n{}fetch('https://' + v40);",
        lines(40, |n| format!("const v{} = v{n} + v{n};", n + 1))
    ));
    told(&format!(
        "const v0 = 'aa';\n{}fetch(v40);",
        lines(40, |n| format!("const v{} = `${{v{n}}}${{v{n}}}`;", n + 1))
    ));
    told(&format!(
        "const v0 = ['https://a.example'];\n{}fetch(v40[0]);",
        lines(40, |n| format!("const v{} = [...v{n}, ...v{n}];", n + 1))
    ));
    told(&format!(
        "const v0 = {{ u: 'https://a.example' }};\n{}fetch(v40.u);",
        lines(40, |n| format!("const v{} = {{ ...v{n}, ...v{n}, a: v{n} }};", n + 1))
    ));
    told(&format!(
        "let u = 'https://a.example/x';\n{}fetch(u);",
        lines(40, |_| "u = u.replace('x', 'xx') + u.replace(/x/g, 'xx');".to_owned())
    ));
}

#[test]
fn choices_that_multiply() {
    let choices = lines(1_000, |n| format!("  a === {n} ? 'https://h{n}.example' :"));
    let (endpoints, unresolved) = told(&format!("const u =\n{choices} 'https://last.example';\nfetch(u);"));
    // Some are found, and that they aren't all of them is said.
    assert!(!endpoints.is_empty() && endpoints.len() <= 100, "{}", endpoints.len());
    assert_eq!(unresolved.len(), 1, "{unresolved:?}");
    assert!(unresolved[0].ends_with("too-complex"), "{unresolved:?}");
    let (_, unresolved) = told(&format!(
        "{}fetch('https://' + {} + '.example');",
        lines(30, |n| format!("const c{n} = a ? 'x{n}' : 'y{n}';")),
        (0..30).map(|n| format!("c{n}")).collect::<Vec<_>>().join(" + ")
    ));
    assert!(unresolved.iter().any(|line| line.ends_with("too-complex")), "{unresolved:?}");
    let table = lines(5_000, |n| format!("  k{n}: 'https://h{n}.example',"));
    let (endpoints, unresolved) = told(&format!("const t = {{\n{table}}};\nfetch(t[key]);"));
    assert!(!endpoints.is_empty() && unresolved.len() == 1, "{} {unresolved:?}", endpoints.len());
}

#[test]
fn wrappers_that_call_themselves_and_each_other() {
    told("const get = (u, n) => n ? get(u, n - 1) : fetch(u);\nget('https://a.example', 3);");
    told("function a(u) { return b(u); }\nfunction b(u) { a(u); fetch(u); }\na('https://a.example');");
    told("const f = g => g(g);\nfetch(f(f));");
    told("const id = x => x;\nfetch(id(id)(id)(id)(id)('https://a.example'));");
    told("class A { u() { return new A().u(); } }\nfetch(new A().u());");
    told("class A extends A { m() { return super.m(); } }\nfetch(new A().m());");
    told("class A extends B { }\nclass B extends A { get() { return fetch(this.url); } }\nnew A().get();");
    told("let u = u + u;\nfetch(u);");
    told("const o = { get a() { return o.b; }, get b() { return o.a; } };\nfetch(o.a);");
    told("const o = { ...o, u: o.u };\nfetch(o.u);");
    // Forty that each call all others.
    let all = lines(40, |n| format!("f{n}(u + {n});"));
    told(&format!("{}f0('https://a.example');", lines(40, |n| format!("function f{n}(u) {{ fetch(u); {all} }}"))));
    // Calls of calls, each of which is called twice.
    told(&format!(
        "const f0 = u => fetch(u);\n{}f24('https://a.example');",
        lines(24, |n| format!("const f{} = u => {{ f{n}(u + '/a'); f{n}(u + '/b'); }};", n + 1))
    ));
    told(&format!(
        "const f0 = u => u;\n{}fetch(f24('https://a.example'));",
        lines(24, |n| format!("const f{} = u => a ? f{n}(u) : f{n}(u + 'b');", n + 1))
    ));
    // One wrapper, and hundreds who call it.
    let (endpoints, _) = told(&format!(
        "const get = u => fetch(u);\n{}",
        lines(500, |n| format!("get('https://h{}.example/{n}');", n % 10))
    ));
    assert_eq!(endpoints.len(), 500);
}

#[test]
fn imports_in_circles_and_chains() {
    let folder = Folder::new();
    folder.write(
        "src/own.ts",
        "import { A, own } from './own'; export { A, own } from './own'; fetch(A); fetch(own.own);",
    );
    folder.write("src/b.ts", "export * from './c'; export * from './b'; import { N } from './c'; fetch(N); fetch(B);\nexport const B = 'https://b.example';");
    folder.write("src/c.ts", "export * from './b'; export { M as N } from './b'; import { B } from './b'; fetch(B);");
    for number in 0..2_500 {
        let next = number + 1;
        folder.write(
            &format!("src/chain/v{number}.ts"),
            format!("export * from './v{next}'; export {{ U as U{number} }} from './v{next}';"),
        );
        folder.write(
            &format!("src/ring/r{number}.ts"),
            format!("import {{ get }} from './r{}'; export {{ get }};", (number + 1) % 2_500),
        );
    }
    folder.write("src/chain/v2500.ts", "export const U = 'https://chain.example';");
    folder
        .write("src/chain/use.ts", "import { U } from './v2490'; fetch(U);\nimport { U as F } from './v0'; fetch(F);");
    folder.write(
        "src/ring/use.ts",
        "import { get } from './r0'; fetch('https://ring.example'); get('https://no.example');",
    );
    let (endpoints, unresolved) = folder.scan(&["src"]);
    for start in [
        "https://b.example fetch src/b.ts:1:",
        "https://b.example fetch src/c.ts:1:",
        "https://chain.example fetch src/chain/use.ts:1:",
        "https://ring.example fetch src/ring/use.ts:1:",
    ] {
        assert!(endpoints.iter().any(|line| line.starts_with(start)), "{start} {endpoints:?}");
    }
    // The chain is longer than what is followed, unless it is found; nothing is silent.
    let is_told = |start: &str| unresolved.iter().chain(&endpoints).any(|line| line.contains(start));
    for place in ["fetch src/own.ts:1:", "fetch src/chain/use.ts:2:", "fetch src/b.ts:1:"] {
        assert!(is_told(place), "{place} {unresolved:?}");
    }
}

#[test]
fn wrappers_through_hundreds_of_modules() {
    let folder = Folder::new();
    folder.write("src/w0.ts", "export const get = (u: string) => fetch(u);");
    for number in 1..500 {
        let text = format!(
            "import {{ get as g }} from './w{}';\nexport const get = (u: string) => g(u);\nget('https://h{}.example');",
            number - 1,
            number % 7
        );
        folder.write(&format!("src/w{number}.ts"), text);
    }
    let (endpoints, unresolved) = folder.scan(&["src"]);
    assert!(endpoints.len() >= 2, "{endpoints:?}");
    assert!(endpoints.len() + unresolved.len() < 100_000);
}

#[test]
fn configurations_in_circles() {
    let folder = Folder::new();
    folder.write(
        "tsconfig.json",
        "{ \"extends\": \"./other\", \"compilerOptions\": { \"paths\": { \"@/*\": [\"./src/*\"] } } }",
    );
    folder.write("other.json", "{ \"extends\": \"./tsconfig.json\" }");
    folder.write("src/tsconfig.json", "{ \"extends\": \"./tsconfig.json\" }");
    folder.write("src/deep/tsconfig.json", "{ \"extends\": \"../../other.json\" }");
    folder.write("src/deep/a.ts", "import { A } from '@/b'; fetch(A);");
    folder.write("src/b.ts", "export const A = 'https://a.example';");
    let (endpoints, _) = folder.scan(&["src"]);
    assert!(endpoints.iter().any(|line| line.starts_with("https://a.example")), "{endpoints:?}");
}

#[test]
fn env_files_that_grow_and_lie() {
    let folder = Folder::new();
    let mut env = String::from("VITE_0=https://a.example/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n");
    for number in 1..2_000 {
        let before = number - 1;
        let _ = writeln!(env, "VITE_{number}={}", format!("${{VITE_{before}}}").repeat(8));
    }
    env += "VITE_SELF=${VITE_SELF}${VITE_SELF}\nVITE_OPEN=${VITE_0\nVITE_LINE='https://b.example\\nx'\n=x\n==\n\0=\0\n";
    env += "VITE_SPLIT=https://c.example\u{2028}x\nVITE_CODE=https://d.example');fetch('https://no.example\n";
    env += &format!("VITE_LONG=https://e.example/{}\n", "x".repeat(1_000_000));
    env += &"# comment\n".repeat(10_000);
    folder.write("src/package.json", "{}");
    folder.write("src/.env", env);
    let names = ["0", "1999", "SELF", "OPEN", "LINE", "SPLIT", "CODE", "LONG"];
    let calls = names.map(|name| format!("fetch(import.meta.env.VITE_{name});\n")).concat();
    folder.write("src/a.ts", calls);
    let (endpoints, unresolved) = folder.scan(&["src"]);
    for line in 1..=names.len() {
        let place = format!("src/a.ts:{line}:");
        assert!(endpoints.iter().chain(&unresolved).any(|line| line.contains(&place)), "{place}");
    }
    assert!(!endpoints.iter().any(|line| line.starts_with("https://no.example")), "{endpoints:?}");
}

/// Ten megabytes on one line, of all that a minified bundle is made of.
#[test]
fn ten_megabytes_on_one_line() {
    let folder = Folder::new();
    let mut text = String::from("!function(e,t){\"use strict\";");
    let data = "0123456789abcdef".repeat(1024);
    let mut number = 0;
    while text.len() < 10_000_000 {
        let _ = write!(
            text,
            "e.t{number}=\"{data}\\\"'{{([\",e.r=/[\"'`\\/(]{{2,}}\\[/gi.test(t)||`a${{t?`b${{e.t{number}}}`:'\"'}}{data}`;"
        );
        number += 1;
    }
    text += "fetch(\"https://a.example/x\"),new WebSocket(`wss://${t.h}/x`)}(window,document);";
    folder.write("src/bundle.js", &text);
    let (endpoints, unresolved) = folder.scan(&["src"]);
    let column = text.find("fetch(").expect("a call") + 1;
    assert_eq!(endpoints, [format!("https://a.example fetch src/bundle.js:1:{column} literal")]);
    assert_eq!(unresolved.len(), 1, "{unresolved:?}");
    assert!(unresolved[0].starts_with("WebSocket src/bundle.js:1:"), "{unresolved:?}");
    // Cut in the middle of a text it is no program, and that is said.
    folder.write("src/bundle.js", &text[..5_000_000]);
    folder.write("src/call.js", "fetch('https://b.example')");
    let (endpoints, _) = folder.scan(&["src"]);
    assert_eq!(endpoints, ["https://b.example fetch src/call.js:1:1 literal"]);
}

/// What may hide a script, many times over: the last script is read, or the file is told of.
#[test]
fn tags_that_hide_one_another() {
    for name in ["src/A.vue", "src/A.svelte", "src/a.astro", "src/a.xhtml", "src/a.mdx"] {
        for text in [
            "<a \"<script ",
            "<script> ",
            "<script ",
            "<textarea> ",
            "<style> ",
            "<!-- <script> ",
            "</a <script> ",
            "{ <script> ",
            "<a b={ ",
            "{/* ",
            "<a <a \" ",
            "<? <script ",
        ] {
            let folder = Folder::new();
            folder.write(name, format!("{}\n<script>\nfetch('https://a.example');\n</script>\n", text.repeat(3_000)));
            let (endpoints, unresolved) = folder.scan(&["src"]);
            assert!(!endpoints.is_empty() || !unresolved.is_empty(), "{name}: {text}");
        }
    }
}
