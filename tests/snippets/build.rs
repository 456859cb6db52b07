//! Makes a function of each example that rustdoc leaves out, since it is a part of a program.

use std::{env, error::Error, fs, path::Path};

/// Where they stand, below the workspace.
const DOCUMENTS: &[&str] = &[
    "README.md",
    "csp-build/README.md",
    "csp-build/src/front_end.rs",
    "csp-macros/src/lib.rs",
    "csp-runtime/manual/getting-started.md",
    "csp-runtime/manual/migration.md",
    "csp-runtime/manual/monitoring.md",
    "csp-runtime/manual/threats.md",
    "csp-runtime/src/covers.rs",
    "csp-runtime/src/monitor/builder.rs",
];

fn main() -> Result<(), Box<dyn Error>> {
    csp_build::scan("web/src").root("web/shop").emit_rust()?;
    let mut code = String::new();
    let mut count = 0;
    for document in DOCUMENTS {
        let path = Path::new("../..").join(document);
        println!("cargo::rerun-if-changed={}", path.display());
        for (line, snippet) in snippets(&fs::read_to_string(&path)?) {
            code += &function(document, line, &snippet);
            count += 1;
        }
    }
    code += &format!("/// How many there are.\npub const COUNT: usize = {count};\n");
    let out = env::var_os("OUT_DIR").ok_or("no OUT_DIR")?;
    Ok(fs::write(Path::new(&out).join("snippets.rs"), code)?)
}

/// The line of each, from 1, and its text.
fn snippets(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut lines = (1..).zip(text.lines());
    while let Some((number, line)) = lines.next() {
        let prefix = match line.trim_start() {
            "```rust,ignore" => "",
            "/// ```ignore" => "///",
            "//! ```ignore" => "//!",
            _ => continue,
        };
        let inside = lines.by_ref().map(|(_, line)| line.trim_start().strip_prefix(prefix).unwrap_or(line));
        let inside = inside.take_while(|line| line.trim() != "```");
        found.push((number, inside.collect::<Vec<_>>().join("\n")));
    }
    found
}

/// Within a program that has what the documents speak of.
fn function(document: &str, line: usize, snippet: &str) -> String {
    // A router that is never served has no state that the compiler knows.
    let after = if snippet.contains("let app = Router::new()") { "let _: Router = app;" } else { "" };
    let name: String =
        document.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '_' }).collect();
    let name = name.to_ascii_lowercase();
    // A file of items can't be included among statements.
    let body = if snippet.contains("include!") {
        snippet.to_owned()
    } else {
        format!(
            "pub async fn snippet(app: Router, listener: TcpListener) -> Result<(), Box<dyn Error>> \
             {{\n{snippet}\n{after}\nOk(())\n}}"
        )
    };
    format!("/// {document}:{line}\npub mod {name}_{line} {{\nuse crate::context::*;\n{body}\n}}\n\n")
}
