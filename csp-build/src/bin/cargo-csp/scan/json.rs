//! The report for scripts.

use std::io::{self, BufWriter, Write as _};

use csp_build::scan::{Place, Report};
use serde::Serialize;

const SCHEMA: &str = "cargo-csp/scan/1";

#[derive(Serialize)]
struct Record<'a> {
    schema: &'static str,
    endpoints: Vec<EndpointRecord<'a>>,
    unresolved: Vec<UnresolvedRecord<'a>>,
}

#[derive(Serialize)]
struct EndpointRecord<'a> {
    origin: &'a str,
    sink: &'a str,
    file: &'a str,
    line: u32,
    column: u32,
    resolution: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<&'static str>,
}

#[derive(Serialize)]
struct UnresolvedRecord<'a> {
    sink: &'a str,
    file: &'a str,
    line: u32,
    column: u32,
    reason: String,
    chain: Vec<StepRecord<'a>>,
}

#[derive(Serialize)]
struct StepRecord<'a> {
    file: &'a str,
    line: u32,
    column: u32,
    what: &'a str,
}

impl<'a> StepRecord<'a> {
    fn of(place: &'a Place, what: &'a str) -> Self {
        Self { file: &place.file, line: place.line, column: place.column, what }
    }
}

pub(super) fn write(report: &Report) -> io::Result<()> {
    let endpoints = report.endpoints.iter().map(|endpoint| EndpointRecord {
        origin: &endpoint.origin,
        sink: &endpoint.sink,
        file: &endpoint.place.file,
        line: endpoint.place.line,
        column: endpoint.place.column,
        resolution: endpoint.resolution.as_str(),
        rule: endpoint.rule,
    });
    let unresolved = report.unresolved.iter().map(|call| UnresolvedRecord {
        sink: &call.sink,
        file: &call.place.file,
        line: call.place.line,
        column: call.place.column,
        reason: call.reason.to_string(),
        chain: call.chain.iter().map(|step| StepRecord::of(&step.place, &step.what)).collect(),
    });
    let record = Record { schema: SCHEMA, endpoints: endpoints.collect(), unresolved: unresolved.collect() };
    let mut out = BufWriter::new(io::stdout().lock());
    serde_json::to_writer_pretty(&mut out, &record)?;
    writeln!(out)?;
    out.flush()
}
