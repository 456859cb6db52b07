//! How much is kept.

use core::time::Duration;

/// How much is kept, whatever is sent. What is over a cap is counted.
///
/// ```
/// use std::time::Duration;
///
/// use csp_runtime::monitor::{Caps, Monitor};
///
/// let mut caps = Caps::default();
/// caps.retention = Duration::from_secs(7 * 24 * 60 * 60);
/// let monitor = Monitor::builder().caps(caps);
/// # drop(monitor);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Caps {
    /// The most groups: 10,000 by default. Violations of further ones are counted in
    /// [`Totals::other`](super::Totals::other). Each of several collectors on one database counts by itself.
    pub groups: usize,
    /// The most new groups in an hour by the clock: 1,000 by default.
    pub new_groups_per_hour: usize,
    /// The most bytes of text in keys of groups: 16 MiB by default.
    pub key_bytes: usize,
    /// The most bytes of samples that wait to be written: 8 MiB by default. Those for which there is no room are left out;
    /// their violations are counted in their groups.
    pub sample_bytes: usize,
    /// The most bytes of bodies that are being received: 16 MiB by default.
    pub body_bytes: usize,
    /// How long the body of a request may take: 5 seconds by default.
    pub body_time: Duration,
    /// How long a group is kept after its last violation, and the counts of an hour: 30 days by default.
    pub retention: Duration,
}

impl Default for Caps {
    fn default() -> Self {
        Self {
            groups: 10_000,
            new_groups_per_hour: 1_000,
            key_bytes: 16 << 20,
            sample_bytes: 8 << 20,
            body_bytes: 16 << 20,
            body_time: Duration::from_secs(5),
            retention: Duration::from_secs(30 * 24 * 60 * 60),
        }
    }
}
