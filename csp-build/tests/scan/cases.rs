//! The cases below `cases`.

use std::fs;
use std::path::{Path, PathBuf};

use crate::Folder;

/// What a case file says.
#[derive(Default)]
struct Case {
    files: Vec<(String, String)>,
    endpoints: Vec<String>,
    unresolved: Vec<String>,
}

impl Case {
    fn read(text: &str) -> Self {
        enum Part {
            Files,
            Endpoints,
            Unresolved,
        }
        let (mut case, mut part) = (Self::default(), Part::Files);
        for line in text.lines() {
            if line == "== endpoints ==" {
                part = Part::Endpoints;
            } else if line == "== unresolved ==" {
                part = Part::Unresolved;
            } else if let Some(path) = line.strip_prefix("-- ").and_then(|rest| rest.strip_suffix(" --")) {
                case.files.push((path.to_owned(), String::new()));
            } else {
                match part {
                    Part::Files => {
                        let (_, content) = case.files.last_mut().expect("a file before its lines");
                        content.push_str(line);
                        content.push('\n');
                    }
                    Part::Endpoints => case.endpoints.push(line.to_owned()),
                    Part::Unresolved => case.unresolved.push(line.to_owned()),
                }
            }
        }
        case.endpoints.sort();
        case.unresolved.sort();
        case
    }
}

fn case_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() { case_files(&path, found) } else { found.push(path) }
    }
}

/// The files of all cases.
pub(crate) fn all() -> Vec<Vec<(String, String)>> {
    let mut paths = Vec::new();
    case_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scan/cases"), &mut paths);
    paths.sort();
    paths.iter().map(|path| Case::read(&fs::read_to_string(path).expect("a case")).files).collect()
}

#[test]
fn cases() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scan/cases");
    let mut paths = Vec::new();
    case_files(&folder, &mut paths);
    paths.sort();
    assert!(paths.len() > 40, "{}", paths.len());
    let mut wrong = Vec::new();
    for path in &paths {
        let case = Case::read(&fs::read_to_string(path).expect("a case"));
        let front_end = Folder::new();
        case.files.iter().for_each(|(path, content)| front_end.write(path, content));
        let (mut endpoints, mut unresolved) = front_end.scan(&["src"]);
        endpoints.sort();
        unresolved.sort();
        let differ = |what: &str, expected: &[String], found: &[String]| {
            let missing =
                expected.iter().filter(|line| !found.contains(line)).map(|line| format!("\n  missing {what}: {line}"));
            let extra =
                found.iter().filter(|line| !expected.contains(line)).map(|line| format!("\n  extra {what}: {line}"));
            missing.chain(extra).collect::<String>()
        };
        let difference =
            differ("endpoint", &case.endpoints, &endpoints) + &differ("unresolved", &case.unresolved, &unresolved);
        if !difference.is_empty() {
            wrong.push(format!("{}{difference}", path.strip_prefix(&folder).unwrap_or(path).display()));
        }
    }
    assert!(wrong.is_empty(), "{} of {} cases:\n{}", wrong.len(), paths.len(), wrong.join("\n"));
}
