//! Documents that are made to break a reader, and texts that are made to break a page.

use std::fmt::Write as _;

use crate::Fixture;

/// What a document leads to: the code, and what is said or written.
fn read(file: &str, content: &[u8]) -> (i32, String) {
    let package = Fixture::new(&[]);
    package.write(file, content);
    let ran = package.run(&["--format", "json", "--openapi", file]);
    (ran.code, if ran.code == 2 { ran.err } else { ran.out })
}

#[test]
fn mistakes_are_told_with_their_place() {
    for (file, content, expected) in [
        ("a.json", r#"{"openapi": "3.0.0", "servers": {}}"#, "a.json#/servers: expected an array, found an object"),
        ("a.json", r#"{"openapi": "3.0.0", "servers": ["x"]}"#, "a.json#/servers/0: expected an object, found a text"),
        ("a.json", r#"{"openapi": "3.0.0", "servers": [{}]}"#, "a.json#/servers/0: a server without `url`"),
        (
            "a.json",
            r#"{"openapi": "3.0.0", "servers": [{"url": ["x"]}]}"#,
            "a.json#/servers/0/url: expected a text, found an array",
        ),
        (
            "a.json",
            r#"{"openapi": "3.0.0", "servers": [{"url": "x", "variables": {"a/b": {"enum": "x"}}}]}"#,
            "a.json#/servers/0/variables/a~1b/enum: expected an array, found a text",
        ),
        (
            "a.json",
            r#"{"openapi": "3.0.0", "paths": {"/a": {"get": [], "post": 5}}}"#,
            "a.json#/paths/~1a/get: expected an object, found an array",
        ),
        ("a.json", r#"{"openapi": "3.0.0", "paths": true}"#, "a.json#/paths: expected an object, found a boolean"),
        (
            "a.json",
            r#"{"openapi": "3.0.0", "components": {"securitySchemes": {"x": {"flows": {"y": 1}}}}}"#,
            "a.json#/components/securitySchemes/x/flows/y: expected an object, found a number",
        ),
        ("a.json", r#"{"swagger": "2.0", "host": "x"}"#, "a.json#/swagger: an older format"),
        ("a.json", r#"{"openapi": "2.0"}"#, "a.json#/openapi: `2.0` is not 3.0, 3.1 or 3.2"),
        ("a.json", "{}", "a.json#: no OpenAPI 3 document"),
        ("a.json", "[]", "a.json#: no OpenAPI 3 document"),
        ("a.json", "", "a.json: not JSON: "),
        ("a.yaml", "", "a.yaml#: no OpenAPI 3 document"),
        ("a.yaml", "openapi: 3.0.0\nservers: [", "a.yaml: not YAML that can be read: line "),
        ("a.yaml", "openapi: 3.0.0\na: 1\na: 2\n", "line 3: the key `a` a second time"),
        ("a.yaml", "openapi: 3.0.0\n? [a]\n: 2\n", "line 2: a key that is a list or a mapping"),
        ("a.yaml", "openapi: 3.0.0\n---\nopenapi: 3.0.0\n", "line 2: a second document"),
        ("a.yaml", "openapi: 3.0.0\na: &a [*a]\n", "line 2: an alias that stands in what it is an alias of"),
        ("a.yaml", "openapi: 3.0.0\na: *b\n", "a.yaml: not YAML that can be read: line 2: "),
    ] {
        let (code, said) = read(file, content.as_bytes());
        assert_eq!(code, 2, "{content}: {said}");
        assert!(said.contains(expected), "{content}: {said}");
    }
}

#[test]
fn bytes_that_are_no_text_are_refused() {
    for (file, content) in [
        ("a.json", &b"{\"openapi\": \"3.0.0\", \"x\": \"\xff\"}"[..]),
        ("a.yaml", b"\xff\xfeo\0p\0"),
        ("a.yaml", b"openapi: 3.0.0\nx: \xc3\x28\n"),
    ] {
        let (code, said) = read(file, content);
        assert_eq!(code, 2, "{said}");
        assert!(said.contains(": not UTF-8: "), "{said}");
    }
}

#[test]
fn marks_and_line_ends_play_no_part() {
    let yaml = "openapi: 3.0.0\nservers:\n  - url: https://a.example.com\npaths:\n  /x:\n    get: {}\n";
    let expected = read("a.yaml", yaml.as_bytes());
    assert_eq!(expected.0, 0, "{}", expected.1);
    assert!(expected.1.contains("\"https://a.example.com\""), "{}", expected.1);
    for other in [format!("\u{feff}{yaml}"), yaml.replace('\n', "\r\n"), format!("---\n{yaml}...\n")] {
        assert_eq!(read("a.yaml", other.as_bytes()), expected, "{other:?}");
    }
    let json = r#"{"openapi": "3.0.0", "servers": [{"url": "https://a.example.com"}], "paths": {"/x": {"get": {}}}}"#;
    assert_eq!(read("a.json", format!("\u{feff}{json}").as_bytes()).0, 0);
    assert_eq!(read("a.yaml", json.as_bytes()).1, expected.1, "JSON is YAML");
}

#[test]
fn references_in_circles_end() {
    for (content, expected) in [
        (r##"{"openapi": "3.1.0", "paths": {"/a": {"$ref": "#/paths/~1a"}}}"##, Some("leads back to itself")),
        (
            r##"{"openapi": "3.1.0", "paths": {"/a": {"$ref": "#/paths/~1b"}, "/b": {"$ref": "#/paths/~1a"}}}"##,
            Some("leads back to itself"),
        ),
        (
            r##"{"openapi": "3.1.0", "paths": {"/a": {"get": {"callbacks": {"c": {"https://c.example.com/": {"$ref": "#/paths/~1a"}}}}}}}"##,
            Some("https://c.example.com"),
        ),
        (
            r##"{"openapi": "3.1.0", "paths": {"/a": {"$ref": "#/none"}}}"##,
            Some("`#/none` names nothing in the document"),
        ),
        (r##"{"openapi": "3.1.0", "paths": {"/a": {"$ref": "#"}}}"##, None),
        (
            r#"{"openapi": "3.1.0", "paths": {"/a": {"$ref": "https://x.example/y#/z"}}}"#,
            Some("is in another document"),
        ),
    ] {
        let (code, said) = read("a.json", content.as_bytes());
        assert_eq!(code, 0, "{content}: {said}");
        assert!(expected.is_none_or(|expected| said.contains(expected)), "{content}: {said}");
    }
}

#[test]
fn short_documents_that_come_to_much_are_refused() {
    let mut laughs = String::from("openapi: 3.0.0\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    let mut callbacks = String::new();
    for level in 1..12 {
        let alias = format!("*a{}", level - 1);
        let _ = writeln!(laughs, "a{level}: &a{level} [{}]", [alias.as_str(); 10].join(", "));
    }
    for level in 0..24 {
        let next = level + 1;
        let _ = write!(
            callbacks,
            r##""c{level}": {{"u": {{"get": {{"callbacks": {{"a": {{"$ref": "#/components/callbacks/c{next}"}},
            "b": {{"$ref": "#/components/callbacks/d{next}"}}}}}}}}}}, "d{level}": {{"v": {{"$ref": "#/components/callbacks/c{level}/u"}}}},"##
        );
    }
    let callbacks = format!(
        r##"{{"openapi": "3.1.0", "paths": {{"/a": {{"get": {{"callbacks": {{"x": {{"$ref": "#/components/callbacks/c0"}}}}}}}}}},
        "components": {{"callbacks": {{{callbacks} "c24": {{}}, "d24": {{}}}}}}}}"##
    );
    let variables =
        ["a", "b", "c", "d"].map(|name| format!(r#""{name}": {{"enum": ["0","1","2","3","4","5","6","7","8","9"]}}"#));
    let product = format!(
        r#"{{"openapi": "3.0.0", "servers": [{{"url": "https://{{a}}{{b}}{{c}}{{d}}.example.com", "variables": {{{}}}}}]}}"#,
        variables.join(",")
    );
    for (file, content, code, expected) in [
        ("a.yaml", laughs, 2, "aliases that come to more than 200000 values"),
        (
            "a.yaml",
            format!("openapi: 3.0.0\na: {}{}\n", "[".repeat(5_000), "]".repeat(5_000)),
            2,
            "a.yaml: not YAML that can be read",
        ),
        ("a.yaml", format!("openapi: 3.0.0\na: {}x\n", "- ".repeat(5_000)), 2, "a.yaml: not YAML that can be read"),
        (
            "a.json",
            format!(r#"{{"openapi": "3.0.0", "a": {}{}}}"#, "[".repeat(5_000), "]".repeat(5_000)),
            2,
            "a.json: not JSON: recursion",
        ),
        ("a.json", callbacks, 2, "references that come to too many paths"),
        ("a.json", product, 0, "comes to more than 1000 URLs"),
    ] {
        let (found, said) = read(file, content.as_bytes());
        assert_eq!(found, code, "{expected}: {said}");
        assert!(said.contains(expected), "{expected}: {said}");
    }
}

#[test]
fn urls_are_never_repaired() {
    for url in [
        "javascript:alert(1)",
        "java\\tscript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "ftp://a.example.com",
        "https:a.example.com",
        "https:/a.example.com",
        "https:///a.example.com",
        "https:\\\\\\\\a.example.com",
        " https://a.example.com",
        "https://a.example.com/\\n",
        "//a.example.com",
        "https://",
        "https://a b.example.com",
        "https://a.example.com:99999",
        "https://[::1",
    ] {
        let document = format!(r#"{{"openapi": "3.0.0", "servers": [{{"url": "{url}"}}]}}"#);
        let (code, said) = read("a.json", document.as_bytes());
        let found: serde_json::Value = serde_json::from_str(&said).unwrap_or_default();
        assert_eq!((code, &found["endpoints"][0]["status"]), (0, &"unresolved".into()), "{url}: {said}");
        assert_eq!(found["endpoints"].as_array().map(Vec::len), Some(1), "{url}");
    }
    let (_, said) = read(
        "a.json",
        br#"{"openapi": "3.0.0", "servers": [{"url": "https://user:secret@a.example.com/x?key=secret#secret"}]}"#,
    );
    assert!(said.contains("\"https://a.example.com/x\"") && !said.contains("secret"), "{said}");
}

/// Texts that end what they stand in, if anything lets them.
const BREAKOUTS: [&str; 6] = [
    "<script>alert(1)</script>",
    "\"'><img src=x onerror=alert(1)>",
    "`|`<b>x</b>` | [x](javascript:alert(1)) ![y](z) *a* _b_ ~c~",
    "</style></script><!-- --> ]]> &lt;",
    "{{#include /etc/passwd}} {{#csp-reference}} \\{{#x}} $$x$$",
    "line\nbreak\r\n\u{2028}\u{202e}\u{0} | \\| \\`",
];

/// Pages whose declarations and documents have such texts wherever they can.
pub(crate) fn broken_out() -> Fixture {
    let entries: String = BREAKOUTS
        .iter()
        .enumerate()
        .map(|(index, text)| format!("\"https://r{index}.example.com\" => {text:?}.trim(),").replace(".trim()", ""))
        .collect();
    let package =
        Fixture::new(&[("src/lib.rs", &format!("csp_runtime::connect_src! {{ static A = [{entries}]; }}\n"))]);
    let mut document = serde_json::json!({
        "openapi": "3.1.0",
        "info": { "title": BREAKOUTS.join(" "), "version": BREAKOUTS[0] },
        "servers": [{ "url": "https://r0.example.com", "description": BREAKOUTS[0] }],
        "paths": {},
        "components": { "securitySchemes": {} },
    });
    for (index, text) in BREAKOUTS.iter().enumerate() {
        document["paths"][format!("/{text}")] = serde_json::json!({
            "servers": [{ "url": format!("https://r{index}.example.com/{text}") }, { "url": *text }, { "url": format!("https://{{{text}}}") }],
            "get": { "callbacks": { *text: { *text: { "post": {} } } } },
            "additionalOperations": { *text: {} },
        });
        document["components"]["securitySchemes"][*text] = serde_json::json!({ "flows": { *text: { "tokenUrl": text, "authorizationUrl": "https://r1.example.com" } } });
        document["webhooks"][*text] = serde_json::json!({ "$ref": text });
    }
    package.write("api/<b>&amp;.json", document.to_string().as_bytes());
    package
}

pub(crate) const BROKEN_OUT: [&str; 2] = ["--openapi", "api/<b>&amp;.json"];

#[test]
fn no_text_becomes_markup_in_html() {
    let package = broken_out();
    let page = package.out(&[&["--format", "html"][..], &BROKEN_OUT].concat());
    let script = include_str!("../../src/bin/cargo-csp/docs/html/script.js");
    let style = include_str!("../../src/bin/cargo-csp/docs/html/style.css");
    let rest = page.replacen(script, "", 1).replacen(style, "", 1);
    assert_eq!(rest.len(), page.len() - script.len() - style.len());
    // All elements are ours, and no attribute of theirs is more than a word or escaped text.
    let mut names: Vec<&str> = rest
        .split('<')
        .skip(1)
        .map(|tag| tag.trim_start_matches('/').split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default())
        .filter(|name| !name.is_empty())
        .collect();
    names.sort_unstable();
    names.dedup();
    for name in names {
        let known = "button code dd div dl doctype dt h1 h2 html input li main meta output p script span strong style \
                     table tbody td th thead title tr ul wbr";
        assert!(known.split_ascii_whitespace().any(|known| known == name), "<{name}> {rest}");
    }
    for text in ["alert(1)</script>", "<img", "onerror=alert(1)>", "\u{202e}", "\0", "</style></script>"] {
        assert!(!rest.contains(text), "{text}");
    }
    assert_eq!((rest.matches("<script>").count(), rest.matches("<!--").count()), (1, 1));
}

#[test]
fn no_text_becomes_markup_in_markdown() {
    let page = broken_out().out(&BROKEN_OUT);
    for text in ["<script", "<img", "<b>x", "[x](", "![y]", "{{#", "\u{202e}", "\u{2028}", "\0"] {
        // Within backticks it is as it stands; without, it is escaped.
        let outside: String = page.split('`').step_by(2).collect();
        assert!(!outside.contains(text), "{text}: {outside}");
    }
    assert!(!page.contains("{{#"), "mdBook looks into code too");
    // Tables keep their columns.
    let mut columns = 0;
    for line in page.lines() {
        let cells = line.matches('|').count();
        match (line.starts_with('|'), columns) {
            (false, _) => columns = 0,
            (true, 0) => columns = cells,
            (true, _) => assert_eq!(cells, columns, "{line}"),
        }
    }
}
