//! What is read.

use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use rusqlite::{Connection, OptionalExtension as _};

use crate::monitor::store::StoreError;
use crate::monitor::store::sql::{self, Row, signed, time, unsigned};
use crate::monitor::{Counters, Filter, Group, GroupId, HourCount, Sample, Totals};

/// A group, unless its words aren't known.
type Read = Result<Group, StoreError>;

pub(super) fn ids(connection: &Connection) -> rusqlite::Result<Vec<GroupId>> {
    let mut select = connection.prepare_cached("SELECT id FROM csp_group")?;
    let ids = select.query_map([], |row| row.get::<_, String>(0))?;
    // A name that is none was put there by somebody else.
    ids.filter_map(|id| id.map(|id| id.parse().ok()).transpose()).collect()
}

pub(super) fn totals(connection: &Connection) -> rusqlite::Result<Totals> {
    connection.prepare_cached(sql::TOTALS)?.query_row([], |row| {
        let count = |index| Ok::<_, rusqlite::Error>(unsigned(row.get(index)?));
        Ok(Totals {
            counters: Counters {
                accepted: count(0)?,
                filtered: count(1)?,
                rejected: count(2)?,
                over_limit: count(3)?,
                shed: count(4)?,
            },
            other: count(5)?,
            refusals: count(6)?,
        })
    })
}

pub(super) fn groups(connection: &mut Connection, filter: &Filter) -> rusqlite::Result<Vec<Read>> {
    // Groups, hours and samples of one moment.
    let transaction = connection.transaction()?;
    let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let rows = {
        let mut select = transaction.prepare(&sql::groups(filter))?;
        let rows = select.query_map(
            (
                &filter.document_origin,
                &filter.directive,
                signed(filter.since.as_millis()),
                count(filter.limit),
                count(filter.offset),
            ),
            row,
        )?;
        rows.collect::<rusqlite::Result<Vec<_>>>()?
    };
    rows.into_iter().map(|row| complete(&transaction, row)).collect()
}

pub(super) fn group(connection: &mut Connection, id: GroupId) -> rusqlite::Result<Option<Read>> {
    let transaction = connection.transaction()?;
    let row = transaction
        .prepare_cached(&format!("{} WHERE g.id = $1", sql::GROUPS))?
        .query_row([id.to_string()], row)
        .optional()?;
    row.map(|row| complete(&transaction, row)).transpose()
}

fn row(row: &rusqlite::Row<'_>) -> rusqlite::Result<Row> {
    Ok(Row {
        id: row.get(0)?,
        class: row.get(1)?,
        policy_match: row.get(2)?,
        noticed_by: row.get(3)?,
        state: row.get(4)?,
        first_seen: row.get(5)?,
        last_seen: row.get(6)?,
        count: row.get(7)?,
        enforced: row.get(8)?,
        policy: row.get(9)?,
        document_origin: row.get(10)?,
        directive: row.get(11)?,
        blocked_origin: row.get(12)?,
        source_file: row.get(13)?,
        line: row.get(14)?,
    })
}

/// With its hours and samples.
fn complete(connection: &Connection, row: Row) -> rusqlite::Result<Read> {
    let mut group = match row.group() {
        Ok(group) => group,
        Err(error) => return Ok(Err(error)),
    };
    let id = group.id.to_string();
    let mut hours = connection.prepare_cached("SELECT hour, count FROM csp_hour WHERE group_id = $1 ORDER BY hour")?;
    let hours =
        hours.query_map([&id], |row| Ok(HourCount { hour: time(row.get(0)?), count: unsigned(row.get(1)?) }))?;
    group.hours = hours.collect::<rusqlite::Result<_>>()?;
    let samples = format!("SELECT {} FROM csp_sample WHERE group_id = $1 {}", sql::SAMPLE_READ, sql::SAMPLE_ORDER);
    let mut samples = connection.prepare_cached(&samples)?;
    let samples = samples.query_map([&id], |row| {
        Ok(Sample {
            time: time(row.get(1)?),
            document_url: row.get(2)?,
            referrer: row.get(3)?,
            blocked_url: row.get(4)?,
            column: row.get(5)?,
            status_code: row.get(6)?,
            sample: row.get(7)?,
            user_agent: row.get(8)?,
        })
    })?;
    group.samples = samples.collect::<rusqlite::Result<_>>()?;
    Ok(Ok(group))
}
