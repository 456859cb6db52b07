//! Lists of sources, a tenth of them wildcards, and the URLs that are tried against them.

/// How many sources a list has.
pub(crate) const SIZES: [usize; 4] = [5, 50, 1_000, 10_000];

/// What is tried.
pub(crate) const CASES: [&str; 5] = ["hit", "miss", "wildcard hit", "path hit", "unusual"];

pub(crate) struct List {
    pub(crate) sources: Vec<String>,
}

impl List {
    pub(crate) fn new(count: usize) -> Self {
        let source = |number: usize| match number % 10 {
            3 => format!("https://*.tenant-{number}.example.com"),
            4 => format!("https://api-{number}.example.net/v1/"),
            _ => format!("https://host-{number}.example.org"),
        };
        Self { sources: (0..count).map(source).collect() }
    }

    /// A URL of the middle of the list.
    pub(crate) fn url(&self, case: &str) -> String {
        let middle = self.sources.len() / 20 * 10;
        match case {
            "hit" => format!("https://host-{}.example.org/v1/users?page=2", middle + 1),
            "miss" => format!("https://hoster-{}.example.org/v1/users?page=2", middle + 1),
            "wildcard hit" => format!("https://shop.tenant-{}.example.com/v1/users?page=2", middle + 3),
            "path hit" => format!("https://api-{}.example.net/v1/users?page=2", middle + 4),
            _ => format!("https://HOST-{}.example.org/v1/users?page=2", middle + 1),
        }
    }

    /// A URL beside it that the list does not cover.
    pub(crate) fn control(&self, case: &str) -> String {
        let middle = self.sources.len() / 20 * 10;
        match case {
            "hit" => format!("https://host-{}.example.org.example/v1/users?page=2", middle + 1),
            "miss" => format!("https://host-{}.example.org:8443/v1/users?page=2", middle + 1),
            "wildcard hit" => format!("https://tenant-{}.example.com/v1/users?page=2", middle + 3),
            "path hit" => format!("https://api-{}.example.net/v2/users?page=2", middle + 4),
            _ => format!("https://host-{}.example.org@HOST.example/v1/users?page=2", middle + 1),
        }
    }
}
