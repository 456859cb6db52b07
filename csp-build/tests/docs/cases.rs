//! The cases below `cases`: files of a package, arguments, and what the reference says in short.

use std::fs;

use serde_json::Value;

use crate::{Fixture, data};

/// What a case file says.
#[derive(Default)]
struct Case {
    files: Vec<(String, String)>,
    arguments: Vec<String>,
    endpoints: Vec<String>,
}

impl Case {
    fn read(text: &str) -> Self {
        enum Part {
            Files,
            Arguments,
            Endpoints,
        }
        let (mut case, mut part) = (Self::default(), Part::Files);
        for line in text.lines() {
            if line == "== arguments ==" {
                part = Part::Arguments;
            } else if line == "== endpoints ==" {
                part = Part::Endpoints;
            } else if let Some(path) = line.strip_prefix("-- ").and_then(|rest| rest.strip_suffix(" --")) {
                case.files.push((path.to_owned(), String::new()));
            } else {
                match part {
                    Part::Files => {
                        let (_, content) = case.files.last_mut().expect("a file before its lines");
                        content.push_str(line);
                        content.push('\n');
                    }
                    Part::Arguments => case.arguments.extend(line.split(' ').map(str::to_owned)),
                    Part::Endpoints => case.endpoints.push(line.to_owned()),
                }
            }
        }
        case
    }
}

#[test]
fn cases() {
    let mut paths: Vec<_> =
        fs::read_dir(data("cases")).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    assert!(paths.len() > 12, "{}", paths.len());
    let mut wrong = Vec::new();
    for path in &paths {
        let text = fs::read_to_string(path).expect("a case");
        let case = Case::read(&text);
        let files: Vec<_> = case.files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        let arguments: Vec<_> = case.arguments.iter().map(String::as_str).collect();
        let found = in_short(&Fixture::new(&files).json(&arguments));
        if std::env::var_os("CSP_OVERWRITE").is_some() {
            let kept = text.split_inclusive("== endpoints ==\n").next().expect("a part");
            fs::write(path, format!("{kept}{}\n", found.join("\n"))).expect("the case can be written");
        } else if found != case.endpoints {
            wrong.push(format!(
                "{}\nexpected:\n{}\nfound:\n{}",
                path.display(),
                case.endpoints.join("\n"),
                found.join("\n")
            ));
        }
    }
    assert!(wrong.is_empty(), "{} of {} cases:\n{}", wrong.len(), paths.len(), wrong.join("\n\n"));
}

/// A line for each endpoint, and one for each source and use.
fn in_short(reference: &Value) -> Vec<String> {
    assert_eq!(reference["schema"], "cargo-csp/docs/1");
    let mut lines = Vec::new();
    let list = |value: &Value| value.as_array().expect("a list").clone();
    let joined = |value: &Value| list(value).iter().map(text).collect::<Vec<_>>().join(", ");
    for endpoint in list(&reference["endpoints"]) {
        let flag = |name: &str| if endpoint[name] == true { format!(" {name}") } else { String::new() };
        let origin = if endpoint["origin"].is_null() { "-".to_owned() } else { text(&endpoint["origin"]) };
        lines.push(format!("{} {origin}{}{}", text(&endpoint["status"]), flag("in_part"), flag("development_only")));
        for key in ["reason", "help"] {
            lines.extend(endpoint[key].as_str().map(|value| format!("  {key}: {value}")));
        }
        for allowed in list(&endpoint["allowed_by"]) {
            let maybe = |key: &str| allowed[key].as_str().map(|value| format!(" {key}=`{value}`")).unwrap_or_default();
            lines.push(format!(
                "  allow {} by {} of {} at {}:{} {}{}{}{}",
                text(&allowed["source"]),
                text(&allowed["directive"]),
                joined(&allowed["policies"]),
                text(&allowed["file"]),
                allowed["line"],
                text(&allowed["available"]),
                maybe("declaration"),
                maybe("condition"),
                maybe("reason"),
            ));
        }
        for used in list(&endpoint["used_by"]) {
            let place = match used["kind"].as_str() {
                Some("front-end") => {
                    format!("{}:{}:{} {}", text(&used["file"]), used["line"], used["column"], text(&used["call"]))
                }
                Some("rust") => {
                    format!(
                        "{}:{}:{} {} {}",
                        text(&used["file"]),
                        used["line"],
                        used["column"],
                        text(&used["policy"]),
                        text(&used["url"])
                    )
                }
                _ => format!(
                    "{}#{} {} {} [{}]",
                    text(&used["file"]),
                    text(&used["pointer"]),
                    text(&used["role"]),
                    used["url"].as_str().unwrap_or("-"),
                    joined(&used["operations"])
                ),
            };
            let coverage = used["coverage"].as_str().map(|coverage| format!(": {coverage}")).unwrap_or_default();
            lines.push(format!("  use {place}{coverage}"));
        }
    }
    lines
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}
