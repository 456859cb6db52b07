//! What is written.

use alloc::string::{String, ToString as _};
use alloc::vec::Vec;
use alloc::{format, vec};

use rusqlite::{Connection, Transaction, TransactionBehavior, params};

use crate::monitor::store::sql::{self, millis, optional_text, policy_id, signed, text};
use crate::monitor::store::{Flush, GroupDelta};
use crate::monitor::{GroupId, MOST_SAMPLES, State, Timestamp};

pub(super) fn write(connection: &mut Connection, flush: &Flush) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let collector = sql::collector(flush.collector);
    let begun = transaction.prepare_cached(sql::BEGIN_FLUSH)?.execute((
        collector,
        signed(flush.sequence),
        millis(flush.time),
    ))?;
    if begun == 0 {
        return Ok(());
    }
    for delta in flush.groups.iter() {
        add(&transaction, delta, flush)?;
    }
    let (totals, counters) = (flush.totals, flush.totals.counters);
    let counts = [
        counters.accepted,
        counters.filtered,
        counters.rejected,
        counters.over_limit,
        counters.shed,
        totals.other,
        totals.refusals,
    ];
    transaction.prepare_cached(sql::ADD_TOTALS)?.execute(counts.map(signed))?;
    transaction.commit()
}

fn add(transaction: &Transaction<'_>, delta: &GroupDelta, flush: &Flush) -> rusqlite::Result<()> {
    let id = delta.id.to_string();
    let key = &delta.key;
    let policy = policy_id(&key.policy);
    transaction
        .prepare_cached("INSERT INTO csp_policy (id, text) VALUES ($1, $2) ON CONFLICT DO NOTHING")?
        .execute((&policy, text(&key.policy)))?;
    let upsert = format!(
        "INSERT INTO csp_group ({}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) {}",
        sql::GROUP_COLUMNS,
        sql::MERGE_GROUP
    );
    transaction.prepare_cached(&upsert)?.execute(params![
        id,
        delta.class.as_str(),
        delta.policy.as_str(),
        delta.noticed_by.as_str(),
        State::Open.as_str(),
        millis(delta.first_seen),
        millis(delta.first_seen),
        millis(delta.last_seen),
        signed(delta.count),
        key.is_enforced,
        policy,
        text(&key.document_origin),
        text(&key.directive),
        text(&key.blocked_origin),
        optional_text(key.source_file.as_ref()),
        key.line,
    ])?;
    let mut add_hour = transaction.prepare_cached(
        "INSERT INTO csp_hour (group_id, hour, count) VALUES ($1, $2, $3)
         ON CONFLICT (group_id, hour) DO UPDATE SET count = csp_hour.count + excluded.count",
    )?;
    for added in &delta.hours {
        add_hour.execute((&id, millis(added.hour), signed(added.count)))?;
    }
    add_samples(transaction, &id, delta, flush)
}

fn add_samples(transaction: &Transaction<'_>, id: &str, delta: &GroupDelta, flush: &Flush) -> rusqlite::Result<()> {
    let insert = format!(
        "INSERT INTO csp_sample ({}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        sql::SAMPLE_COLUMNS
    );
    let mut insert = transaction.prepare_cached(&insert)?;
    for (position, sample) in (0_i64..).zip(&delta.samples) {
        insert.execute(params![
            id,
            sql::collector(flush.collector),
            signed(flush.sequence),
            position,
            millis(sample.time),
            text(&sample.document_url),
            optional_text(sample.referrer.as_ref()),
            text(&sample.blocked_url),
            sample.column,
            sample.status_code,
            optional_text(sample.sample.as_ref()),
            optional_text(sample.user_agent.as_ref()),
        ])?;
    }
    let trim = format!(
        "DELETE FROM csp_sample WHERE group_id = $1 AND rowid NOT IN
         (SELECT rowid FROM csp_sample WHERE group_id = $1 {} LIMIT {MOST_SAMPLES})",
        sql::SAMPLE_ORDER
    );
    transaction.prepare_cached(&trim)?.execute([id])?;
    Ok(())
}

pub(super) fn prune(connection: &mut Connection, before: Timestamp) -> rusqlite::Result<Vec<GroupId>> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut removed: Vec<String> = vec![];
    {
        let mut remove =
            transaction.prepare("DELETE FROM csp_group WHERE last_seen < $1 AND state <> 'ignored' RETURNING id")?;
        for id in remove.query_map([millis(before)], |row| row.get(0))? {
            removed.push(id?);
        }
    }
    for id in &removed {
        transaction.execute("DELETE FROM csp_hour WHERE group_id = $1", [id])?;
        transaction.execute("DELETE FROM csp_sample WHERE group_id = $1", [id])?;
    }
    transaction.execute("DELETE FROM csp_hour WHERE hour < $1", [millis(before.hour())])?;
    transaction.execute("DELETE FROM csp_collector WHERE time < $1", [millis(before)])?;
    transaction.execute("DELETE FROM csp_policy WHERE id NOT IN (SELECT policy FROM csp_group)", [])?;
    transaction.commit()?;
    Ok(removed.iter().filter_map(|id| id.parse().ok()).collect())
}
