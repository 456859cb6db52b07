//! What nests, or goes on, for longer than anybody writes: it is parsed, or a finding says that it isn't.
//!
//! The command runs these, so that a stack that overflows ends that process, and fails the test by its name.

use crate::Folder;

/// A call beside something deep: it is found, or the file is said to be too deep or none of its language.
fn check(extension: &str, before: &str, cases: &[(&str, &str, &str, &str)], depths: &[usize]) {
    let folder = Folder::new();
    let mut count = 0;
    for (name, open, middle, close) in cases {
        for depth in depths {
            let text = format!(
                "fetch('https://a.example');\n{before}{}{middle}{}\n",
                open.repeat(*depth),
                close.repeat(*depth)
            );
            folder.write(&format!("src/{name}-{depth}.{extension}"), text);
            count += 1;
        }
    }
    let (endpoints, unresolved) = folder.scan(&["src"]);
    let is_told = |line: &String| line.starts_with("file ") && !line.ends_with(" unreadable");
    assert!(unresolved.iter().all(is_told), "{unresolved:?}");
    for (name, ..) in cases {
        for depth in depths {
            let file = format!("/{name}-{depth}.{extension}:");
            let is_of = |line: &&String| line.contains(&file);
            let is_found = endpoints.iter().any(|line| is_of(&line) && line.starts_with("https://a.example fetch "));
            assert!(is_found || unresolved.iter().any(|line| is_of(&line)), "{file}");
            // What people write nests less, and is read, if it is a program.
            let is_wrong = unresolved.iter().any(|line| is_of(&line) && line.ends_with(" syntax-error"));
            assert!(*depth > 100 || is_found || is_wrong, "{file} {unresolved:?}");
        }
    }
    assert!(endpoints.len() + unresolved.len() >= count);
}

const DEPTHS: &[usize] = &[100, 3_000, 100_000];

#[test]
fn expressions() {
    check(
        "tsx",
        "",
        &[
            ("parentheses", "x=(", "1", ")"),
            ("arrays", "[", "", "]"),
            ("objects", "x={a:", "1", "}"),
            ("arguments", "f(", "1", ")"),
            ("arrows", "(a)=>", "1", ""),
            ("async-arrows", "async a=>", "1", ""),
            ("conditions", "a?b:", "1", ""),
            ("conditions-left", "a?", "1", ":b"),
            ("templates", "`${", "1", "}`"),
            ("tagged-templates", "f`${", "1", "}`"),
            ("elements", "<a>", "", "</a>"),
            ("attributes", "<a b={", "1", "}/>"),
            ("fragments", "<>", "", "</>"),
            ("sums", "a+", "1", ""),
            ("powers", "a**", "1", ""),
            ("defaults", "a??", "1", ""),
            ("assignments", "a=", "1", ""),
            ("negations", "!", "1", ""),
            ("awaits", "await ", "1", ""),
            ("types-of", "typeof ", "1", ""),
            ("news", "new ", "A", ""),
            ("spreads", "[...", "a", "]"),
            ("imports", "import(", "'a'", ")"),
            ("indices", "a[", "1", "]"),
            ("commas", "a,", "1", ""),
            ("members", "a.b", "", ""),
            ("optional-members", "a?.b", "", ""),
            ("spread-arguments", "f(...", "a", ")"),
        ],
        &[100, 3_000, 20_000],
    );
}

#[test]
fn one_chain_of_thousands_of_links() {
    let folder = Folder::new();
    for (name, text) in [
        ("members", format!("const u = a{};\nfetch(u);", ".b".repeat(5_000))),
        ("optional", format!("const u = a{};\nfetch(u);", "?.b".repeat(5_000))),
        ("calls", format!("const u = a{};\nfetch(u);", ".b()".repeat(5_000))),
        ("applied", format!("const u = a{};\nfetch(u);", "()".repeat(5_000))),
        ("indices", format!("const u = a{};\nfetch(u);", "[0]".repeat(5_000))),
        ("not-null", format!("const u = a{};\nfetch(u);", "!".repeat(5_000))),
        ("casts", format!("const u = a{};\nfetch(u);", " as A".repeat(5_000))),
        ("sum", format!("const u = {}'z';\nfetch(u);", "'a' + ".repeat(5_000))),
        ("names", format!("const u = {}'z';\nfetch(u);", "a + ".repeat(5_000))),
        ("template", format!("const u = `{}`;\nfetch(u);", "${a}".repeat(5_000))),
        ("either", format!("const u = {}'z';\nfetch(u);", "a || ".repeat(5_000))),
        ("else", format!("{};\nfetch(e);", "if (a) e = b; else ".repeat(5_000))),
        ("cases", format!("switch (a) {{ {} }}\nfetch(c);", "case 1: c = b;".repeat(5_000))),
        ("type", format!("type U = {}1;\nfetch(t as U);", "'a' | ".repeat(5_000))),
        (
            "links",
            (0..5_000).fold(String::from("const v0 = a;\n"), |text, link| {
                text + &format!("const v{} = v{link}.replace('a', 'b');\n", link + 1)
            }) + "fetch(v1000);",
        ),
    ] {
        // A module each: scripts share their globals.
        folder.write(&format!("src/{name}.ts"), text + "\nexport {};");
    }
    let (endpoints, unresolved) = folder.scan(&["src"]);
    for name in ["members", "optional", "calls", "applied", "indices", "not-null", "casts", "sum", "names", "template"]
        .into_iter()
        .chain(["either", "else", "cases", "type", "links"])
    {
        assert!(
            unresolved.iter().chain(&endpoints).any(|line| line.contains(&format!("src/{name}.ts:"))),
            "{name}: {unresolved:?}"
        );
    }
}

#[test]
fn statements_and_declarations() {
    check(
        "ts",
        "",
        &[
            ("blocks", "{", "", "}"),
            ("ifs", "if(a)", ";", ""),
            ("else-ifs", "if(a);else ", ";", ""),
            ("functions", "function f(){", "", "}"),
            ("classes", "class A{m(){", "", "}}"),
            ("static-blocks", "class A{static{", "", "}}"),
            ("loops", "for(;;)", ";", ""),
            ("whiles", "while(a)", ";", ""),
            ("tries", "try{", "", "}finally{}"),
            ("switches", "switch(a){case 1:", "", "}"),
            ("labels", "a:", ";", ""),
            ("namespaces", "namespace A{", "", "}"),
            ("at-once", "(function(){", "", "})()"),
        ],
        DEPTHS,
    );
}

#[test]
fn types() {
    check(
        "ts",
        "type T=",
        &[
            ("generics", "A<", "1", ">"),
            ("tuples", "[", "1", "]"),
            ("objects", "{a:", "1", "}"),
            ("conditions", "A extends B?1:", "1", ""),
            ("operators", "keyof ", "A", ""),
            ("functions", "()=>", "1", ""),
            ("parentheses", "(", "1", ")"),
            ("arrays", "", "A", "[]"),
            ("templates", "`${", "1", "}`"),
            ("indices", "", "A", "[1]"),
            ("unions", "1|", "1", ""),
        ],
        DEPTHS,
    );
}

#[test]
fn documents() {
    let folder = Folder::new();
    for (name, open, close) in [
        ("elements", "<div>", "</div>"),
        ("unclosed", "<p><b>", ""),
        ("templates", "<template>", "</template>"),
        ("comments", "<!-- a --", ">"),
        ("attributes", "<a b=\"<a b='", "'>\">"),
        ("frames", "<svg><math>", "</math></svg>"),
    ] {
        for extension in ["html", "vue", "svelte", "astro"] {
            let (open, close) = (open.repeat(20_000), close.repeat(20_000));
            let text = format!("<script>fetch('https://a.example')</script>{open}{close}");
            folder.write(&format!("src/{name}.{extension}"), text);
        }
    }
    // Scripts in scripts are none; their number has no limit.
    folder.write("src/scripts.html", "<script>fetch('https://a.example')</script>".repeat(1_000));
    folder.write("src/handlers.html", "<a onclick=\"fetch('https://a.example')\">".repeat(1_000));
    folder.write("src/pings.html", format!("<a ping='{}'>", "https://a.example/x ".repeat(1_000)));
    let (endpoints, unresolved) = folder.scan(&["src"]);
    assert_eq!(unresolved, [""; 0]);
    for name in ["elements", "unclosed", "templates", "comments", "attributes", "frames"] {
        let count = endpoints.iter().filter(|line| line.contains(&format!("src/{name}."))).count();
        assert_eq!(count, 4, "{name}");
    }
    for name in ["scripts", "handlers"] {
        assert_eq!(endpoints.iter().filter(|line| line.contains(&format!("src/{name}."))).count(), 1_000, "{name}");
    }
    assert!(endpoints.iter().any(|line| line.contains("src/pings.html")));
}

#[test]
fn configurations() {
    let folder = Folder::new();
    folder.write("src/a.ts", "import { A } from '@/a'; import data from './data.json'; fetch(A); fetch(data.a);");
    folder.write("tsconfig.json", format!("{}1{}", "{\"a\":".repeat(5_000), "}".repeat(5_000)));
    folder.write("src/data.json", format!("{}1{}", "[".repeat(5_000), "]".repeat(5_000)));
    let (endpoints, unresolved) = folder.scan(&["src"]);
    assert_eq!(endpoints, [""; 0]);
    assert!(unresolved.len() >= 2, "{unresolved:?}");
}
