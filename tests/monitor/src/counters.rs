//! `GET {base}/api/counters`

use std::ops::Sub;

use crate::request;

/// Accepted, filtered, rejected, over the limit and shed reports.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts(pub [u64; 5]);

impl Sub for Counts {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(std::array::from_fn(|index| self.0[index] - other.0[index]))
    }
}

impl Counts {
    /// Their sum.
    #[must_use]
    pub fn received(&self) -> u64 {
        self.0.iter().sum()
    }
}

/// Reads the counters, and checks that they have exactly these names and add up.
#[must_use]
pub fn counters(port: u16) -> Counts {
    let answer = request(port, "GET", "/__csp/api/counters", &[], b"");
    assert_eq!(answer.status, 200);
    assert_eq!(answer.field("content-type"), Some("application/json"));
    let json: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
    let names = ["accepted", "filtered", "rejected", "over_limit", "shed"];
    let object = json.as_object().unwrap();
    assert_eq!(object.len(), names.len() + 1, "{json}");
    let counts = Counts(names.map(|name| object[name].as_u64().unwrap()));
    assert_eq!(object["received"].as_u64(), Some(counts.received()), "{json}");
    counts
}
