//! URLs that are meant to pass a guard which they should not pass: every kind of target, enforced and audited.

use std::sync::Arc;

use csp_runtime::{Counters, Guard, Reason, connect_src};
use http::Uri;
use url::Url;

const CORPUS: &str = include_str!("../../corpus/hostile.txt");

connect_src! {
    static NOTHING = [none];
}

struct Row {
    line: usize,
    sources: Vec<&'static str>,
    url: String,
    admitted: bool,
}

fn rows() -> Vec<Row> {
    let mut sources = Vec::new();
    let mut rows = Vec::new();
    for (index, line) in CORPUS.lines().enumerate() {
        match line.split_at(line.len().min(1)) {
            ("" | "#", _) => {}
            ("@", list) => sources = list.split_whitespace().collect(),
            (sign @ ("+" | "-"), url) => rows.push(Row {
                line: index + 1,
                sources: sources.clone(),
                url: unescape(url.strip_prefix(' ').unwrap_or(url)),
                admitted: sign == "+",
            }),
            _ => panic!("line {}: {line}", index + 1),
        }
    }
    rows
}

fn unescape(text: &str) -> String {
    let mut found = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\\') {
        found.push_str(before);
        let (escape, tail) = after.split_at(1);
        rest = tail;
        found.push(match escape {
            "\\" => '\\',
            "0" => '\0',
            "n" => '\n',
            "r" => '\r',
            "t" => '\t',
            "u" => {
                let (digits, tail) = tail.strip_prefix('{').and_then(|tail| tail.split_once('}')).expect("\\u{…}");
                rest = tail;
                u32::from_str_radix(digits, 16).ok().and_then(char::from_u32).expect("a character")
            }
            _ => panic!("unknown escape in {text}"),
        });
    }
    found + rest
}

impl Row {
    fn guard(&self) -> Guard {
        NOTHING.extend_insecure(&self.sources, "a test").expect("the sources are well-formed").guard()
    }

    fn says(&self) -> String {
        format!("hostile.txt:{}: {:?} for {:?}", self.line, self.url, self.sources)
    }
}

#[test]
fn the_corpus_is_large() {
    let rows = rows();
    assert!(rows.iter().filter(|row| !row.admitted).count() >= 300, "{}", rows.len());
}

#[test]
fn no_wrong_decision() {
    let mut wrong = Vec::new();
    let mut note = |row: &Row, how: &str, decided: bool| {
        if decided != row.admitted {
            wrong.push(format!("{}: {how} is {}", row.says(), if decided { "admitted" } else { "refused" }));
        }
    };
    for row in rows() {
        let guard = row.guard();
        note(&row, "&str", guard.allows(row.url.as_str()));
        note(&row, "String", guard.check(row.url.clone()).is_ok());
        note(&row, "parse", guard.parse(&row.url).is_ok());
        match Url::parse(&row.url) {
            Ok(url) => note(&row, "Url", guard.allows(&url)),
            Err(_) => note(&row, "what is no URL", false),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A client dials a `Uri` as it stands, so one that `url` reads in another way is refused; what is admitted is covered.
#[test]
fn no_wrong_decision_on_a_uri() {
    let mut seen = 0;
    for row in rows() {
        let Ok(uri) = row.url.parse::<Uri>() else { continue };
        seen += 1;
        let guard = row.guard();
        match guard.check(&uri) {
            Ok(()) => assert!(row.admitted, "{}", row.says()),
            Err(blocked) => {
                assert!(!row.admitted || blocked.reason() == Reason::NotCanonical, "{}: {blocked}", row.says());
            }
        }
    }
    assert!(seen >= 200, "{seen}");
}

#[test]
fn an_audit_decides_alike_and_stops_nothing() {
    for row in rows() {
        let counters = Arc::new(Counters::new());
        let enforcing = row.guard().observer(Arc::clone(&counters));
        let auditing = enforcing.clone().audit();
        assert_eq!(enforcing.allows(&row.url), auditing.allows(&row.url), "{}", row.says());
        assert_eq!(enforcing.check(&row.url).is_ok(), row.admitted, "{}", row.says());
        assert!(auditing.check(&row.url).is_ok(), "{}", row.says());
        let expected = if row.admitted { (2, 0, 0) } else { (0, 1, 1) };
        assert_eq!((counters.admitted(), counters.refused(), counters.reported()), expected, "{}", row.says());
    }
}

/// What people write instead, on the lists without wildcards and paths, to which it can be put.
#[test]
fn naive_matchers_admit_what_they_should_not() {
    let (mut asked, mut starts_with, mut equal_uris, mut equal_origins) = (0, 0, 0, 0);
    for row in rows().iter().filter(|row| !row.admitted) {
        let [source] = row.sources.as_slice() else { continue };
        let (Ok(own), Ok(own_uri)) = (Url::parse(source), source.parse::<Uri>()) else { continue };
        if source.contains('*') {
            continue;
        }
        asked += 1;
        starts_with += usize::from(row.url.starts_with(source));
        let parts = |uri: &Uri| (uri.scheme_str().map(str::to_owned), uri.host().map(str::to_owned), uri.port_u16());
        equal_uris += usize::from(row.url.parse::<Uri>().is_ok_and(|uri| parts(&uri) == parts(&own_uri)));
        equal_origins += usize::from(Url::parse(&row.url).is_ok_and(|url| url.origin() == own.origin()));
    }
    println!(
        "of {asked} URLs that are refused: starts_with admits {starts_with}, equal scheme, host and port of http::Uri \
         {equal_uris}, Url::origin {equal_origins}"
    );
    assert!(starts_with > 0 && equal_uris > 0 && equal_origins > 0);
}
