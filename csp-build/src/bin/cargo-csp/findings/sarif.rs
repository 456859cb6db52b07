//! [SARIF 2.1.0](https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html).

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::hash::{Hash as _, Hasher as _};
use std::io::{self, BufWriter, Write as _};

use serde::Serialize;
use siphasher::sip::SipHasher13;

use super::places::Places;
use super::{Finding, Findings, Place};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Log<'f> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'f>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'f> {
    tool: Tool<'f>,
    column_kind: &'static str,
    results: Vec<Outcome<'f>>,
}

#[derive(Serialize)]
struct Tool<'f> {
    driver: Driver<'f>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver<'f> {
    name: &'static str,
    version: &'static str,
    semantic_version: &'static str,
    information_uri: &'static str,
    rules: Vec<Rule<'f>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule<'f> {
    id: &'f str,
    short_description: Message<'f>,
    help: Message<'f>,
    default_configuration: Configuration<'f>,
}

#[derive(Serialize)]
struct Configuration<'f> {
    level: &'f str,
}

#[derive(Serialize)]
struct Message<'f> {
    text: std::borrow::Cow<'f, str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome<'f> {
    rule_id: &'f str,
    rule_index: usize,
    level: &'f str,
    message: Message<'f>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    locations: Vec<Location<'f>>,
    partial_fingerprints: BTreeMap<&'static str, String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location<'f> {
    physical_location: PhysicalLocation<'f>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation<'f> {
    artifact_location: ArtifactLocation,
    region: Region<'f>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactLocation {
    uri: String,
    uri_base_id: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region<'f> {
    start_line: usize,
    start_column: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    snippet: Option<Message<'f>>,
}

pub(super) fn write(findings: &Findings, places: &Places) -> io::Result<()> {
    let Findings { list: findings, base } = findings;
    let codes: BTreeSet<&str> = findings.iter().map(|finding| finding.code.as_str()).collect();
    let codes: Vec<&str> = codes.into_iter().collect();
    let rules = codes.iter().map(|code| {
        let level = findings.iter().filter(|finding| finding.code == *code).map(|finding| finding.level).max();
        let (short, help) = explained(code);
        Rule {
            id: code,
            short_description: Message { text: short.into() },
            help: Message { text: help.into() },
            default_configuration: Configuration { level: level.map_or("warning", super::Level::as_str) },
        }
    });
    let mut sources: HashMap<&str, Option<String>> = HashMap::new();
    for place in findings.iter().filter_map(|finding| finding.place.as_ref()) {
        sources.entry(&place.file).or_insert_with(|| fs::read_to_string(base.join(&place.file)).ok());
    }
    let mut seen = HashMap::new();
    let results = findings.iter().map(|finding| {
        let line = finding.place.as_ref().and_then(|place| line(&sources, place));
        Outcome {
            rule_id: &finding.code,
            rule_index: codes.binary_search(&finding.code.as_str()).unwrap_or_default(),
            level: finding.level.as_str(),
            message: Message { text: text(finding).into() },
            locations: finding.place.iter().map(|place| location(place, line, places)).collect(),
            partial_fingerprints: BTreeMap::from([("cspFinding/v1", fingerprint(finding, line, places, &mut seen))]),
        }
    });
    let driver = Driver {
        name: "cargo-csp",
        version: env!("CARGO_PKG_VERSION"),
        semantic_version: env!("CARGO_PKG_VERSION"),
        information_uri: env!("CARGO_PKG_REPOSITORY"),
        rules: rules.collect(),
    };
    let log = Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [Run { tool: Tool { driver }, column_kind: "unicodeCodePoints", results: results.collect() }],
    };
    let mut out = BufWriter::new(io::stdout().lock());
    serde_json::to_writer_pretty(&mut out, &log)?;
    writeln!(out)?;
    out.flush()
}

fn text(finding: &Finding) -> String {
    let help = finding.help.iter().map(|help| format!("\nhelp: {help}"));
    finding.message.clone() + &help.collect::<String>()
}

fn line<'s>(sources: &'s HashMap<&str, Option<String>>, place: &Place) -> Option<&'s str> {
    sources.get(place.file.as_str())?.as_ref()?.lines().nth(place.line.checked_sub(1)?)
}

fn location<'f>(place: &Place, line: Option<&'f str>, places: &Places) -> Location<'f> {
    Location {
        physical_location: PhysicalLocation {
            artifact_location: ArtifactLocation { uri: places.uri(&place.file), uri_base_id: "%SRCROOT%" },
            region: Region {
                start_line: place.line,
                start_column: place.column,
                snippet: line.map(|line| Message { text: line.into() }),
            },
        },
    }
}

/// The same for the same finding after lines moved: made of what is there, not of where.
fn fingerprint(finding: &Finding, line: Option<&str>, places: &Places, seen: &mut HashMap<u64, usize>) -> String {
    let mut hasher = SipHasher13::new();
    let file = finding.place.as_ref().map(|place| places.relative(&place.file));
    (&finding.code, file, line.map(str::trim), &finding.origin, &finding.declaration).hash(&mut hasher);
    let hash = hasher.finish();
    let count = seen.entry(hash).or_insert(0);
    *count += 1;
    format!("{hash:016x}:{count}")
}

/// A rule in a sentence, and what to do.
fn explained(code: &str) -> (&'static str, &'static str) {
    match code {
        "uncovered-endpoint" => (
            "A call that no declared source covers",
            "The browser will block the call. Add the origin to the declaration, or take the call out.",
        ),
        "unused-source" => (
            "A declared source that no call uses",
            "Remove the source, or say why it is there: \"https://…\" => \"reason\".",
        ),
        "path-not-compared" => (
            "A source with a path covers the origin of a call",
            "A scan knows no paths. Look whether the browser will allow the call, and say so in a reason, or declare the origin.",
        ),
        "stale-lock" => ("csp.lock is of other files than these", "Write it anew: cargo csp scan --lock."),
        _ => (
            "A call whose origin is not known",
            "Say it in a comment before the call: // csp-connect: https://…, or // csp-ignore where the page never makes it.",
        ),
    }
}
