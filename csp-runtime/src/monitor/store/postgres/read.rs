//! What is read.

use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;
use std::collections::HashMap;

use tokio_postgres::{Client, Error, Row as DatabaseRow, Transaction};

use crate::monitor::store::StoreError;
use crate::monitor::store::sql::{self, Row, millis, time, unsigned};
use crate::monitor::{Counters, Filter, Group, GroupId, HourCount, Sample, Totals};

pub(super) async fn ids(client: &mut Client) -> Result<Vec<GroupId>, Error> {
    let rows = client.query("SELECT id FROM csp_group", &[]).await?;
    // A name that is none was put there by somebody else.
    Ok(rows.iter().filter_map(|row| row.get::<_, String>(0).parse().ok()).collect())
}

pub(super) async fn totals(client: &mut Client) -> Result<Totals, Error> {
    let row = client.query_one(sql::TOTALS, &[]).await?;
    let count = |index: usize| unsigned(row.get(index));
    Ok(Totals {
        counters: Counters {
            accepted: count(0),
            filtered: count(1),
            rejected: count(2),
            over_limit: count(3),
            shed: count(4),
        },
        other: count(5),
        refusals: count(6),
    })
}

pub(super) async fn groups(client: &mut Client, filter: &Filter) -> Result<Result<Vec<Group>, StoreError>, Error> {
    let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let transaction = snapshot(client).await?;
    let rows = transaction
        .query(
            &sql::groups(filter),
            &[
                &filter.document_origin,
                &filter.directive,
                &millis(filter.since),
                &count(filter.limit),
                &count(filter.offset),
            ],
        )
        .await?;
    complete(&transaction, &rows).await
}

pub(super) async fn group(client: &mut Client, id: GroupId) -> Result<Result<Option<Group>, StoreError>, Error> {
    let transaction = snapshot(client).await?;
    let rows = transaction.query(&format!("{} WHERE g.id = $1", sql::GROUPS), &[&id.to_string()]).await?;
    let groups = complete(&transaction, &rows).await?;
    Ok(groups.map(|groups| groups.into_iter().next()))
}

/// Groups, hours and samples of one moment.
async fn snapshot(client: &mut Client) -> Result<Transaction<'_>, Error> {
    let level = tokio_postgres::IsolationLevel::RepeatableRead;
    client.build_transaction().isolation_level(level).read_only(true).start().await
}

/// Groups with their hours and samples.
async fn complete(
    transaction: &Transaction<'_>,
    rows: &[DatabaseRow],
) -> Result<Result<Vec<Group>, StoreError>, Error> {
    let mut groups = Vec::with_capacity(rows.len());
    for database_row in rows {
        match row(database_row).group() {
            Ok(group) => groups.push(group),
            Err(error) => return Ok(Err(error)),
        }
    }
    let ids: Vec<_> = groups.iter().map(|group| group.id.to_string()).collect();
    let positions: HashMap<&str, usize> = ids.iter().enumerate().map(|(index, id)| (id.as_str(), index)).collect();
    let hours = "SELECT group_id, hour, count FROM csp_hour WHERE group_id = ANY($1) ORDER BY hour";
    for row in transaction.query(hours, &[&ids]).await? {
        if let Some(index) = positions.get(row.get::<_, &str>(0)) {
            groups[*index].hours.push(HourCount { hour: time(row.get(1)), count: unsigned(row.get(2)) });
        }
    }
    let samples = format!("SELECT {} FROM csp_sample WHERE group_id = ANY($1) {}", sql::SAMPLE_READ, sql::SAMPLE_ORDER);
    for row in transaction.query(&samples, &[&ids]).await? {
        if let Some(index) = positions.get(row.get::<_, &str>(0)) {
            groups[*index].samples.push(sample(&row));
        }
    }
    Ok(Ok(groups))
}

fn sample(row: &DatabaseRow) -> Sample {
    let number = |index: usize| row.get::<_, Option<i64>>(index);
    Sample {
        time: time(row.get(1)),
        document_url: row.get(2),
        referrer: row.get(3),
        blocked_url: row.get(4),
        column: number(5).and_then(|column| u32::try_from(column).ok()),
        status_code: number(6).and_then(|status| u16::try_from(status).ok()),
        sample: row.get(7),
        user_agent: row.get(8),
    }
}

fn row(row: &DatabaseRow) -> Row {
    Row {
        id: row.get(0),
        class: row.get(1),
        policy_match: row.get(2),
        noticed_by: row.get(3),
        state: row.get(4),
        first_seen: row.get(5),
        last_seen: row.get(6),
        count: row.get(7),
        enforced: row.get(8),
        policy: row.get(9),
        document_origin: row.get(10),
        directive: row.get(11),
        blocked_origin: row.get(12),
        source_file: row.get(13),
        line: row.get(14),
    }
}
