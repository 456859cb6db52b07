//! The forms of findings.

use serde_json::Value;

use crate::package::Package;

const DECLARATION: &str = "csp_runtime::connect_src! {\n    #[scanned]\n    pub static SHOP = [\n        \"https://old.example.com\",\n    ];\n}\n";
const PAGE: (&str, &str) =
    ("web/my page, 100%.ts", "export const users = () =>\n  fetch('https://api.example.com/users');\n");

fn package() -> Package {
    let package = Package::new("", &[PAGE, ("src/csp.rs", DECLARATION)]);
    // What is shown is relative to a repository.
    std::fs::create_dir_all(package.folder.join(".git")).expect("a folder");
    package
}

#[test]
fn people_see_them_as_rustc_shows_them() {
    let run = package().csp(&["check", "web"]);
    assert_eq!(
        run.out,
        "warning[unused-source]: no call of the front end connects to `https://old.example.com`
 --> src/csp.rs:4:9
  |
4 |         \"https://old.example.com\",
  |         ^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: remove it, or say why it is there: \"https://old.example.com\" => \"reason\"

error[uncovered-endpoint]: `fetch` connects to `https://api.example.com`, which SHOP doesn't cover
 --> web/my page, 100%.ts:2:3
  |
2 |   fetch('https://api.example.com/users');
  |   ^^^^^ the browser will block this call
  |
  = help: add to SHOP at src/csp.rs:3: \"https://api.example.com\",

"
    );
    assert_eq!((run.code, run.err.as_str()), (1, "1 call compared, 2 findings\n"));
    assert!(package().csp(&["check", "web", "--color", "always"]).out.contains("\u{1b}["));
}

#[test]
fn annotations_are_escaped() {
    let run = package().csp(&["check", "web", "--format", "github"]);
    let expected = "::error file=web/my page%2C 100%25.ts,line=2,col=3,title=csp%3A uncovered-endpoint::`fetch` connects to \
                    `https://api.example.com`, which SHOP doesn't cover%0Athe browser will block this call%0Ahelp: add to SHOP at \
                    src/csp.rs:3: \"https://api.example.com\",";
    assert!(run.out.lines().any(|line| line == expected), "{}", run.out);
    assert_eq!(run.out.lines().count(), 2);
}

#[test]
fn sarif_has_what_services_need() {
    let package = package();
    let log = |package: &Package| -> Value {
        serde_json::from_str(&package.csp(&["check", "web", "--format", "sarif"]).out).expect("JSON")
    };
    let first = log(&package);
    assert_eq!(first["version"], "2.1.0");
    let run = &first["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    assert_eq!(rules.len(), 2);
    assert!(rules.iter().all(|rule| rule["help"]["text"].is_string() && rule["shortDescription"]["text"].is_string()));
    let results = run["results"].as_array().expect("results");
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().expect("a number")).expect("small");
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(result["message"]["text"].is_string());
    }
    let place = &results[1]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "web/my%20page,%20100%25.ts");
    assert_eq!((&place["region"]["startLine"], &place["region"]["startColumn"]), (&2.into(), &3.into()));
    assert_eq!(place["region"]["snippet"]["text"], "  fetch('https://api.example.com/users');");

    // Lines that move make no other findings.
    let fingerprints = |log: &Value| -> Vec<Value> {
        let results = log["runs"][0]["results"].as_array().expect("results").iter();
        results.map(|result| result["partialFingerprints"]["cspFinding/v1"].clone()).collect()
    };
    package.write(PAGE.0, &format!("// above\n\n{}", PAGE.1));
    assert_eq!(fingerprints(&log(&package)), fingerprints(&first));
    assert_ne!(fingerprints(&first)[0], fingerprints(&first)[1]);
}

/// Services count as editors do, in UTF-16; the scan counts characters.
#[test]
fn columns_of_sarif_are_of_utf_16() {
    let line = "/* 😀 ü */ new WebSocket('wss://ws.example'); fetch(y);";
    let package = Package::new("", &[("web/a.ts", &format!("\u{e9}();\r\n{line}\r\n"))]);
    package.write("src/lib.rs", "csp_runtime::connect_src! { static S = [/* 😀 */ \"https://old.example\"]; }");
    let log: Value = serde_json::from_str(&package.csp(&["check", "web", "--format", "sarif"]).out).expect("JSON");
    assert_eq!(log["runs"][0]["columnKind"], "utf16CodeUnits");
    let results = log["runs"][0]["results"].as_array().expect("results").iter();
    let places: Vec<String> = results
        .map(|result| {
            let region = &result["locations"][0]["physicalLocation"]["region"];
            let [line, start, end] = ["startLine", "startColumn", "endColumn"].map(|name| region[name].to_string());
            format!("{} {line}:{start}-{end}", result["ruleId"])
        })
        .collect();
    assert_eq!(places, ["\"unused-source\" 1:50-71", "\"uncovered-endpoint\" 2:12-25", "\"unresolved-url\" 2:47-52"]);
}

#[test]
fn what_comes_from_elsewhere_is_shown() {
    let files = [
        ("web/base.ts", "export const base = location.hash;\n"),
        ("web/a.ts", "import { base } from './base';\nconst url = base + '/x';\nfetch(url);\n"),
    ];
    let package = Package::new("", &files);
    package.write("src/lib.rs", "csp_runtime::connect_src! { static S = [none]; }");
    let run = package.csp(&["check", "web"]);
    assert_eq!(
        run.out,
        "warning[param-from-location]: it is not known what `fetch` connects to
 --> web/a.ts:3:1
  |
1 | import { base } from './base';
  |          ---- through `base`
2 | const url = base + '/x';
  |       --- through `url`
3 | fetch(url);
  | ^^^^^ a part of the page's own URL, which whoever makes a link to it can choose
  |
 ::: web/base.ts:1:14
  |
1 | export const base = location.hash;
  |              ---- through `base`
  |
  = help: say it in a comment before the call: // csp-connect: https://…

"
    );
    let run = package.csp(&["check", "web", "--quiet"]);
    assert_eq!(
        (run.out.as_str(), run.err.as_str()),
        (
            "web/a.ts:3:1: warning[param-from-location]: it is not known what `fetch` connects to: a part of the page's \
             own URL, which whoever makes a link to it can choose\n",
            ""
        )
    );
    let run = package.csp(&["check", "web", "--format", "json"]);
    let report: Value = serde_json::from_str(&run.out).expect("JSON");
    let related = &report["findings"][0]["related"];
    let place = |index: usize| format!("{} {}", related[index]["file"], related[index]["message"]);
    assert_eq!(related.as_array().map(Vec::len), Some(3));
    assert!([place(0), place(1), place(2)].contains(&"\"web/base.ts\" \"through `base`\"".to_owned()), "{related}");
}

#[test]
fn scans_have_the_same_forms() {
    let package = Package::new("", &[("web/a.ts", "fetch(x);")]);
    for (format, expected) in [("github", "::warning file="), ("sarif", "\"ruleId\": \"unresolved-url\"")] {
        let run = package.csp(&["scan", "web", "--format", format]);
        assert_eq!(run.code, 1);
        assert!(run.out.contains(expected), "{}", run.out);
    }
}
