//! [SARIF 2.1.0](https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html), with all that
//! [GitHub](https://docs.github.com/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning)
//! asks for: texts of rules, regions with their ends, paths from the repository on, and a fingerprint of the line.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{Hash as _, Hasher as _};
use std::io::{self, BufWriter, Write as _};

use serde::Serialize;
use siphasher::sip::SipHasher13;

use super::places::Places;
use super::{Finding, Findings, Place, Related, Sources};

/// Longer lines, of bundles, are left out.
const LONGEST_SNIPPET: usize = 400;

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
    full_description: Message<'f>,
    help: Message<'f>,
    default_configuration: Configuration<'f>,
    properties: Properties,
}

#[derive(Serialize)]
struct Properties {
    tags: [&'static str; 1],
}

#[derive(Serialize)]
struct Configuration<'f> {
    level: &'f str,
}

#[derive(Serialize)]
struct Message<'f> {
    text: Cow<'f, str>,
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
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location<'f>>,
    partial_fingerprints: BTreeMap<&'static str, String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_field_names, reason = "the names of the standard")]
struct Location<'f> {
    /// Of related ones.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: PhysicalLocation<'f>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Message<'f>>,
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
    #[serde(skip_serializing_if = "Option::is_none")]
    uri_base_id: Option<&'static str>,
}

/// From 1; the end is behind the last column.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region<'f> {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
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
            full_description: Message { text: format!("{short}. {help}").into() },
            help: Message { text: help.into() },
            default_configuration: Configuration { level: level.map_or("warning", super::Level::as_str) },
            properties: Properties { tags: ["security"] },
        }
    });
    let sources = Sources::read(base, findings.iter().flat_map(Finding::places));
    let mut seen = HashMap::new();
    let results = findings.iter().map(|finding| {
        let line = finding.place.as_ref().and_then(|place| Some(sources.part(place)?.0));
        Outcome {
            rule_id: &finding.code,
            rule_index: codes.binary_search(&finding.code.as_str()).unwrap_or_default(),
            level: finding.level.as_str(),
            message: Message { text: finding.text().into() },
            locations: finding.place.iter().map(|place| location(place, &sources, places)).collect(),
            related_locations: related(finding, &sources, places),
            partial_fingerprints: fingerprints(finding, line, places, &mut seen),
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
        runs: [Run { tool: Tool { driver }, column_kind: "utf16CodeUnits", results: results.collect() }],
    };
    let mut out = BufWriter::new(io::stdout().lock());
    serde_json::to_writer_pretty(&mut out, &log)?;
    writeln!(out)?;
    out.flush()
}

fn location<'f>(place: &Place, sources: &'f Sources, places: &Places) -> Location<'f> {
    let (uri, uri_base_id) = match places.uri(&place.file) {
        Ok(uri) => (uri, Some("%SRCROOT%")),
        Err(elsewhere) => (elsewhere, None),
    };
    let part = sources.part(place);
    let utf16 = |text: &str| text.chars().map(char::len_utf16).sum::<usize>();
    // What can't be read has one column.
    let (start_column, end_column) = match &part {
        Some((line, part)) => (utf16(&line[..part.start]) + 1, utf16(&line[..part.end]) + 1),
        None => (place.column, place.column + 1),
    };
    let snippet = part.map(|(line, _)| line).filter(|line| line.len() <= LONGEST_SNIPPET);
    Location {
        id: None,
        physical_location: PhysicalLocation {
            artifact_location: ArtifactLocation { uri, uri_base_id },
            region: Region {
                start_line: place.line,
                start_column,
                end_line: place.line,
                end_column: end_column.max(start_column + 1),
                snippet: snippet.map(|line| Message { text: line.into() }),
            },
        },
        message: None,
    }
}

fn related<'f>(finding: &'f Finding, sources: &'f Sources, places: &Places) -> Vec<Location<'f>> {
    let numbered = (1..).zip(&finding.related);
    let locations = numbered.map(|(id, Related { place, message })| Location {
        id: Some(id),
        message: Some(Message { text: message.into() }),
        ..location(place, sources, places)
    });
    locations.collect()
}

/// The same for the same finding after lines moved: made of what is there, not of where. GitHub knows the first name only.
fn fingerprints(
    finding: &Finding,
    line: Option<&str>,
    places: &Places,
    seen: &mut HashMap<u64, usize>,
) -> BTreeMap<&'static str, String> {
    let fingerprint = fingerprint(finding, line, places, seen);
    BTreeMap::from([("primaryLocationLineHash", fingerprint.clone()), ("cspFinding/v1", fingerprint)])
}

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
