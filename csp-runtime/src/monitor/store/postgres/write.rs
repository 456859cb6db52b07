//! What is written.

use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use tokio_postgres::{Client, Error, Transaction};

use crate::monitor::store::sql::{self, TABLES, VERSION, millis, optional_text, policy_id, signed, text, too_new};
use crate::monitor::store::{Flush, StoreError};
use crate::monitor::{GroupId, MOST_SAMPLES, State, Timestamp};

/// The advisory lock of collectors that make tables: the letters of `csp-mon`.
const LOCK: i64 = 0x6373_702d_6d6f_6e;

/// Makes the tables, unless they are there.
pub(super) async fn migrate(client: &mut Client) -> Result<Result<(), StoreError>, Error> {
    let transaction = client.transaction().await?;
    // Until the transaction ends.
    transaction.execute("SELECT pg_advisory_xact_lock($1)", &[&LOCK]).await?;
    transaction.batch_execute("CREATE TABLE IF NOT EXISTS csp_schema (version BIGINT PRIMARY KEY)").await?;
    let version: Option<i64> = transaction.query_one("SELECT max(version) FROM csp_schema", &[]).await?.get(0);
    match version {
        None => {
            transaction.batch_execute(TABLES).await?;
            transaction.execute("INSERT INTO csp_schema VALUES ($1)", &[&VERSION]).await?;
        }
        Some(VERSION) => {}
        Some(version) => return Ok(Err(too_new(version))),
    }
    transaction.commit().await?;
    Ok(Ok(()))
}

pub(super) async fn write(client: &mut Client, flush: &Flush) -> Result<(), Error> {
    let transaction = client.transaction().await?;
    let begin = [sql::collector(flush.collector), signed(flush.sequence), millis(flush.time)];
    let begun = transaction.execute(sql::BEGIN_FLUSH, &[&begin[0], &begin[1], &begin[2]]).await?;
    if begun == 0 {
        return Ok(());
    }
    if !flush.groups.is_empty() {
        add_groups(&transaction, flush).await?;
        add_hours(&transaction, flush).await?;
        add_samples(&transaction, flush).await?;
    }
    let (totals, counters) = (flush.totals, flush.totals.counters);
    let [accepted, filtered, rejected, over_limit, shed, other, refusals] = [
        counters.accepted,
        counters.filtered,
        counters.rejected,
        counters.over_limit,
        counters.shed,
        totals.other,
        totals.refusals,
    ]
    .map(signed);
    // Last, since all collectors wait for this one row.
    transaction
        .execute(sql::ADD_TOTALS, &[&accepted, &filtered, &rejected, &over_limit, &shed, &other, &refusals])
        .await?;
    transaction.commit().await
}

/// One statement for all groups: rows are locked in the order of their names, so that two collectors can't wait for each
/// other.
async fn add_groups(transaction: &Transaction<'_>, flush: &Flush) -> Result<(), Error> {
    let groups = flush.groups.as_slice();
    let mut policies: Vec<(String, String)> =
        groups.iter().map(|delta| (policy_id(&delta.key.policy), text(&delta.key.policy))).collect();
    policies.sort_unstable();
    policies.dedup();
    let (policy_ids, policy_texts): (Vec<_>, Vec<_>) = policies.into_iter().unzip();
    // A policy that is there is locked all the same, so that nobody removes it before the groups have it.
    transaction
        .execute(
            "INSERT INTO csp_policy (id, text) SELECT * FROM unnest($1::text[], $2::text[])
             ON CONFLICT (id) DO UPDATE SET text = excluded.text",
            &[&policy_ids, &policy_texts],
        )
        .await?;

    macro_rules! column {
        ($delta:ident => $value:expr) => {
            groups.iter().map(|$delta| $value).collect::<Vec<_>>()
        };
    }
    let insert = format!(
        "INSERT INTO csp_group ({}) SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[],
         $6::bigint[], $7::bigint[], $8::bigint[], $9::bigint[], $10::bigint[], $11::text[], $12::text[], $13::text[],
         $14::text[], $15::text[], $16::bigint[]) {}",
        sql::GROUP_COLUMNS,
        sql::MERGE_GROUP
    );
    transaction
        .execute(
            &insert,
            &[
                &column!(delta => delta.id.to_string()),
                &column!(delta => delta.class.as_str()),
                &column!(delta => delta.policy.as_str()),
                &column!(delta => delta.noticed_by.as_str()),
                &column!(_delta => State::Open.as_str()),
                &column!(delta => millis(delta.first_seen)),
                &column!(delta => millis(delta.first_seen)),
                &column!(delta => millis(delta.last_seen)),
                &column!(delta => signed(delta.count)),
                &column!(delta => i64::from(delta.key.is_enforced)),
                &column!(delta => policy_id(&delta.key.policy)),
                &column!(delta => text(&delta.key.document_origin)),
                &column!(delta => text(&delta.key.directive)),
                &column!(delta => text(&delta.key.blocked_origin)),
                &column!(delta => optional_text(delta.key.source_file.as_ref())),
                &column!(delta => delta.key.line.map(i64::from)),
            ],
        )
        .await?;
    Ok(())
}

async fn add_hours(transaction: &Transaction<'_>, flush: &Flush) -> Result<(), Error> {
    let hours = || flush.groups.iter().flat_map(|delta| delta.hours.iter().map(move |hour| (delta.id, *hour)));
    let ids: Vec<_> = hours().map(|(id, _)| id.to_string()).collect();
    let times: Vec<_> = hours().map(|(_, added)| millis(added.hour)).collect();
    let counts: Vec<_> = hours().map(|(_, added)| signed(added.count)).collect();
    transaction
        .execute(
            "INSERT INTO csp_hour (group_id, hour, count) SELECT * FROM unnest($1::text[], $2::bigint[], $3::bigint[])
             ON CONFLICT (group_id, hour) DO UPDATE SET count = csp_hour.count + excluded.count",
            &[&ids, &times, &counts],
        )
        .await?;
    Ok(())
}

async fn add_samples(transaction: &Transaction<'_>, flush: &Flush) -> Result<(), Error> {
    macro_rules! column {
        ($delta:ident, $position:ident, $sample:ident => $value:expr) => {{
            let samples = flush.groups.iter().flat_map(|delta| {
                (0_i64..).zip(&delta.samples).map(move |(position, sample)| (delta, position, sample))
            });
            samples.map(|($delta, $position, $sample)| $value).collect::<Vec<_>>()
        }};
    }
    let insert = format!(
        "INSERT INTO csp_sample ({}) SELECT * FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::bigint[],
         $5::bigint[], $6::text[], $7::text[], $8::text[], $9::bigint[], $10::bigint[], $11::text[], $12::text[])",
        sql::SAMPLE_COLUMNS
    );
    transaction
        .execute(
            &insert,
            &[
                &column!(delta, _position, _sample => delta.id.to_string()),
                &column!(_delta, _position, _sample => sql::collector(flush.collector)),
                &column!(_delta, _position, _sample => signed(flush.sequence)),
                &column!(_delta, position, _sample => position),
                &column!(_delta, _position, sample => millis(sample.time)),
                &column!(_delta, _position, sample => text(&sample.document_url)),
                &column!(_delta, _position, sample => optional_text(sample.referrer.as_ref())),
                &column!(_delta, _position, sample => text(&sample.blocked_url)),
                &column!(_delta, _position, sample => sample.column.map(i64::from)),
                &column!(_delta, _position, sample => sample.status_code.map(i64::from)),
                &column!(_delta, _position, sample => optional_text(sample.sample.as_ref())),
                &column!(_delta, _position, sample => optional_text(sample.user_agent.as_ref())),
            ],
        )
        .await?;
    let ids: Vec<_> = flush.groups.iter().map(|delta| delta.id.to_string()).collect();
    let trim = format!(
        "DELETE FROM csp_sample WHERE ctid = ANY (ARRAY(SELECT ctid FROM (SELECT ctid, row_number() OVER
         (PARTITION BY group_id {}) AS number FROM csp_sample WHERE group_id = ANY($1)) s WHERE number > {MOST_SAMPLES}))",
        sql::SAMPLE_ORDER
    );
    transaction.execute(&trim, &[&ids]).await?;
    Ok(())
}

pub(super) async fn prune(client: &mut Client, before: Timestamp) -> Result<Vec<GroupId>, Error> {
    let transaction = client.transaction().await?;
    // In the order in which flushes lock rows.
    let rows = transaction
        .query(
            "WITH old AS (SELECT id FROM csp_group WHERE last_seen < $1 AND state <> 'ignored' ORDER BY id FOR UPDATE)
             DELETE FROM csp_group USING old WHERE csp_group.id = old.id RETURNING csp_group.id",
            &[&millis(before)],
        )
        .await?;
    let removed: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
    transaction.execute("DELETE FROM csp_hour WHERE group_id = ANY($1)", &[&removed]).await?;
    transaction.execute("DELETE FROM csp_sample WHERE group_id = ANY($1)", &[&removed]).await?;
    transaction.execute("DELETE FROM csp_hour WHERE hour < $1", &[&millis(before.hour())]).await?;
    transaction.execute("DELETE FROM csp_collector WHERE time < $1", &[&millis(before)]).await?;
    transaction.execute("DELETE FROM csp_policy WHERE id NOT IN (SELECT policy FROM csp_group)", &[]).await?;
    transaction.commit().await?;
    Ok(removed.iter().filter_map(|id| id.parse().ok()).collect())
}
