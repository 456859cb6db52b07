//! The load generator.

use std::process::Command;

use csp_monitor_tests::request;

/// A load.
pub(crate) struct Load {
    /// What differs between the reports: see `load.lua`.
    pub(crate) kind: &'static str,
    pub(crate) connections: u32,
}

/// What came of a load.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Figures {
    pub(crate) requests: u64,
    pub(crate) per_second: f64,
    /// In milliseconds.
    pub(crate) p99: f64,
    pub(crate) errors: u64,
}

pub(crate) fn is_installed() -> bool {
    ["wrk", "taskset"].iter().all(|program| Command::new(program).arg("--version").output().is_ok())
}

impl Load {
    pub(crate) fn run(&self, port: u16) -> Figures {
        // It is up before it is measured.
        let _ = request(port, "OPTIONS", "/__csp/report", &[], b"");
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/collector/load.lua");
        let output = Command::new("taskset")
            .args(["--cpu-list", "1", "wrk", "--threads", "1", "--duration", "5s", "--latency", "--connections"])
            .args([&self.connections.to_string(), "--script", script])
            .args([&format!("http://127.0.0.1:{port}/__csp/report"), "--", self.kind])
            .output()
            .unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success(), "{text}");
        let after =
            |label: &str| text.split(label).nth(1).map(|rest| rest.split_ascii_whitespace().next().unwrap_or_default());
        let line = text.lines().find(|line| line.contains(" requests in ")).unwrap();
        let socket = text.lines().find_map(|line| line.trim().strip_prefix("Socket errors:"));
        let numbers = |line: &str| {
            line.split(|character: char| !character.is_ascii_digit())
                .filter_map(|digits| digits.parse::<u64>().ok())
                .sum::<u64>()
        };
        Figures {
            requests: line.split_ascii_whitespace().next().unwrap().parse().unwrap(),
            per_second: after("Requests/sec:").unwrap().parse().unwrap(),
            p99: milliseconds(after("99%").unwrap()),
            errors: socket.map_or(0, numbers)
                + after("Non-2xx or 3xx responses:").map_or(0, |count| count.parse().unwrap()),
        }
    }
}

impl Figures {
    /// The round that was disturbed the least.
    pub(crate) fn best(figures: &[Self]) -> Self {
        *figures.iter().max_by(|left, right| left.per_second.total_cmp(&right.per_second)).unwrap()
    }
}

/// `250.00us`, `1.20ms`, `2.00s`.
fn milliseconds(text: &str) -> f64 {
    let (number, unit) = text.split_at(text.find(|character: char| character.is_ascii_alphabetic()).unwrap());
    let factor = match unit {
        "us" => 0.001,
        "ms" => 1.0,
        "s" => 1000.0,
        unit => panic!("a time in {unit}"),
    };
    number.parse::<f64>().unwrap() * factor
}
