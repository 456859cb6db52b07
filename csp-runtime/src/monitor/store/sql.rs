//! What both databases have in common: tables, and what their rows mean.

use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use csp_core::report::{Class, GroupKey, PolicyMatch};
use sha2::{Digest as _, Sha256};

use super::StoreError;
use crate::monitor::{Filter, Group, NoticedBy, Order, State, Timestamp};

/// The version of [`TABLES`].
pub(super) const VERSION: i64 = 1;

/// Counts and times are 64 bits, whatever is a name or a word is text.
///
/// `csp_collector` has the last flush of each collector, so that none is added twice.
pub(super) const TABLES: &str = "
    CREATE TABLE csp_collector (collector BIGINT PRIMARY KEY, sequence BIGINT NOT NULL, time BIGINT NOT NULL);
    CREATE TABLE csp_totals (
        id BIGINT PRIMARY KEY CHECK (id = 1),
        accepted BIGINT NOT NULL, filtered BIGINT NOT NULL, rejected BIGINT NOT NULL, over_limit BIGINT NOT NULL,
        shed BIGINT NOT NULL, other BIGINT NOT NULL, refusals BIGINT NOT NULL
    );
    INSERT INTO csp_totals VALUES (1, 0, 0, 0, 0, 0, 0, 0);
    CREATE TABLE csp_policy (id TEXT PRIMARY KEY, text TEXT NOT NULL);
    CREATE TABLE csp_group (
        id TEXT PRIMARY KEY, class TEXT NOT NULL, policy_match TEXT NOT NULL, noticed_by TEXT NOT NULL,
        state TEXT NOT NULL, state_since BIGINT NOT NULL,
        first_seen BIGINT NOT NULL, last_seen BIGINT NOT NULL, count BIGINT NOT NULL,
        enforced BIGINT NOT NULL, policy TEXT NOT NULL REFERENCES csp_policy (id), document_origin TEXT NOT NULL,
        directive TEXT NOT NULL, blocked_origin TEXT NOT NULL, source_file TEXT, line BIGINT
    );
    CREATE INDEX csp_group_last_seen ON csp_group (last_seen);
    CREATE INDEX csp_group_policy ON csp_group (policy);
    CREATE TABLE csp_hour (
        group_id TEXT NOT NULL, hour BIGINT NOT NULL, count BIGINT NOT NULL, PRIMARY KEY (group_id, hour)
    );
    CREATE TABLE csp_sample (
        group_id TEXT NOT NULL, collector BIGINT NOT NULL, sequence BIGINT NOT NULL, position BIGINT NOT NULL,
        time BIGINT NOT NULL, document_url TEXT NOT NULL, referrer TEXT, blocked_url TEXT NOT NULL, column_number BIGINT,
        status_code BIGINT, sample TEXT, user_agent TEXT, PRIMARY KEY (group_id, collector, sequence, position)
    );
";

/// A flush that is there already changes no row: its collector, its number, and its time.
pub(super) const BEGIN_FLUSH: &str = "
    INSERT INTO csp_collector (collector, sequence, time) VALUES ($1, $2, $3)
    ON CONFLICT (collector) DO UPDATE SET sequence = excluded.sequence, time = excluded.time
    WHERE csp_collector.sequence < excluded.sequence";

/// Adds to what was counted.
pub(super) const ADD_TOTALS: &str = "
    UPDATE csp_totals SET accepted = accepted + $1, filtered = filtered + $2, rejected = rejected + $3,
        over_limit = over_limit + $4, shed = shed + $5, other = other + $6, refusals = refusals + $7";

/// What was counted.
pub(super) const TOTALS: &str =
    "SELECT accepted, filtered, rejected, over_limit, shed, other, refusals FROM csp_totals";

/// What an upsert of a group does if there is one.
pub(super) const MERGE_GROUP: &str = "
    ON CONFLICT (id) DO UPDATE SET
        count = csp_group.count + excluded.count,
        state_since = CASE WHEN csp_group.state = 'resolved' AND excluded.last_seen > csp_group.state_since
            THEN excluded.last_seen ELSE csp_group.state_since END,
        state = CASE WHEN csp_group.state = 'resolved' AND excluded.last_seen > csp_group.state_since
            THEN 'open' ELSE csp_group.state END,
        first_seen = CASE WHEN excluded.first_seen < csp_group.first_seen
            THEN excluded.first_seen ELSE csp_group.first_seen END,
        last_seen = CASE WHEN excluded.last_seen > csp_group.last_seen
            THEN excluded.last_seen ELSE csp_group.last_seen END";

/// The columns of a new group, in the order in which both databases are given them.
pub(super) const GROUP_COLUMNS: &str = "id, class, policy_match, noticed_by, state, state_since, first_seen, last_seen, \
    count, enforced, policy, document_origin, directive, blocked_origin, source_file, line";

/// The columns of a sample.
pub(super) const SAMPLE_COLUMNS: &str = "group_id, collector, sequence, position, time, document_url, referrer, \
    blocked_url, column_number, status_code, sample, user_agent";

/// The columns of a sample that are read, its group first.
pub(super) const SAMPLE_READ: &str =
    "group_id, time, document_url, referrer, blocked_url, column_number, status_code, sample, user_agent";

/// The newest first; those of one time in the order in which they came.
pub(super) const SAMPLE_ORDER: &str = "ORDER BY time DESC, collector, sequence DESC, position";

/// The columns of a [`Row`], and where they stand.
pub(super) const GROUPS: &str = "SELECT g.id, g.class, g.policy_match, g.noticed_by, g.state, g.first_seen, g.last_seen, \
    g.count, g.enforced, p.text, g.document_origin, g.directive, g.blocked_origin, g.source_file, g.line \
    FROM csp_group g JOIN csp_policy p ON p.id = g.policy";

/// The query for the groups that are asked for. Its parameters: the page's origin and the directive, each of which may be
/// null; since when; how many; how many are left out.
pub(super) fn groups(filter: &Filter) -> String {
    // Only words of our own get into the text.
    let words = |words: Vec<&str>| format!("('{}')", words.join("', '"));
    let classes = words(filter.classes.iter().map(|class| class.as_str()).collect());
    let states = words(filter.states.iter().map(|state| state.as_str()).collect());
    let mut query = format!(
        "{GROUPS} WHERE (CAST($1 AS TEXT) IS NULL OR g.document_origin = $1) \
         AND (CAST($2 AS TEXT) IS NULL OR g.directive = $2) AND g.last_seen >= $3 \
         AND g.class IN {classes} AND g.state IN {states}"
    );
    if let Some(disposition) = filter.disposition {
        let enforced = i32::from(disposition == csp_core::Disposition::Enforce);
        query.push_str(&format!(" AND g.enforced = {enforced}"));
    }
    if let Some(noticed_by) = filter.noticed_by {
        query.push_str(&format!(" AND g.noticed_by = '{}'", noticed_by.as_str()));
    }
    query.push_str(match filter.order {
        Order::Newest => " ORDER BY g.last_seen DESC, g.id",
        Order::Count => " ORDER BY g.count DESC, g.id",
    });
    query.push_str(" LIMIT $4 OFFSET $5");
    query
}

/// The columns of [`GROUPS`].
pub(super) struct Row {
    pub(super) id: String,
    pub(super) class: String,
    pub(super) policy_match: String,
    pub(super) noticed_by: String,
    pub(super) state: String,
    pub(super) first_seen: i64,
    pub(super) last_seen: i64,
    pub(super) count: i64,
    pub(super) enforced: i64,
    pub(super) policy: String,
    pub(super) document_origin: String,
    pub(super) directive: String,
    pub(super) blocked_origin: String,
    pub(super) source_file: Option<String>,
    pub(super) line: Option<i64>,
}

impl Row {
    /// The group, without hours and samples.
    pub(super) fn group(self) -> Result<Group, StoreError> {
        let unknown = |what: &str, word: &str| {
            StoreError::new(format!("the store has a group of the {what} \"{}\"", csp_core::excerpt(word)))
        };
        let mut key = GroupKey::default();
        key.policy = self.policy;
        key.is_enforced = self.enforced != 0;
        key.document_origin = self.document_origin;
        key.directive = self.directive;
        key.blocked_origin = self.blocked_origin;
        key.source_file = self.source_file;
        key.line = self.line.and_then(|line| u32::try_from(line).ok());
        Ok(Group {
            id: self.id.parse().map_err(|_| unknown("name", &self.id))?,
            key,
            class: Class::from_word(&self.class).ok_or_else(|| unknown("class", &self.class))?,
            policy: PolicyMatch::from_word(&self.policy_match).ok_or_else(|| unknown("policy", &self.policy_match))?,
            noticed_by: NoticedBy::from_word(&self.noticed_by).ok_or_else(|| unknown("origin", &self.noticed_by))?,
            state: State::from_word(&self.state).ok_or_else(|| unknown("state", &self.state))?,
            first_seen: time(self.first_seen),
            last_seen: time(self.last_seen),
            count: unsigned(self.count),
            hours: Vec::new(),
            samples: Vec::new(),
        })
    }
}

/// The name of a policy's text.
pub(super) fn policy_id(text: &str) -> String {
    Sha256::digest(text)[..16].iter().map(|byte| format!("{byte:02x}")).collect()
}

pub(super) fn signed(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

pub(super) fn unsigned(count: i64) -> u64 {
    u64::try_from(count).unwrap_or_default()
}

pub(super) fn time(millis: i64) -> Timestamp {
    Timestamp::from_millis(unsigned(millis))
}

pub(super) fn millis(time: Timestamp) -> i64 {
    signed(time.as_millis())
}

/// All bits of a collector's number.
pub(super) const fn collector(number: u64) -> i64 {
    number.cast_signed()
}

/// PostgreSQL has no NUL in a text, so nothing of ours has: where one would be, there is U+FFFD.
pub(super) fn text(text: &str) -> String {
    text.replace('\0', "\u{fffd}")
}

/// See [`text`].
pub(super) fn optional_text(optional: Option<&String>) -> Option<String> {
    optional.map(|optional| text(optional))
}

/// The version that a database has isn't ours.
pub(super) fn too_new(version: i64) -> StoreError {
    StoreError::new(format!(
        "the database is of version {}, a later one than this program's {VERSION}: update the program",
        version.to_string()
    ))
}
