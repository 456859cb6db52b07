//! The packed table decides as the plain algorithms do.

use csp_core::{Lookup, Origin, SourceExpression, TableData};
use csp_oracle::Case;
use proptest::prelude::*;
use url::Url;

use crate::properties::{declared_source, received_token};

/// Hosts that are near one another, so that lists and URLs meet: mostly the same few, now and then any.
fn near_host() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "(a\\.){0,1}(a\\.bb|abcdefghijklmno\\.pq)",
        1 => "([ab]\\.){0,2}(a\\.bb|127\\.0\\.0\\.1|abcdefgh\\.ij|abcdefghijklmno\\.pq|xn--bcher-kva\\.de)",
    ]
}

fn near_source() -> impl Strategy<Value = String> {
    let path = prop_oneof![2 => Just(String::new()), 1 => "(/|/v1|/v1/|/a%20b/|/%C3%A9|/%E9)"];
    ("(https|wss|http|ws)", "(\\*\\.)?", near_host(), "(:\\*|:80|:443|:81)?", path)
        .prop_map(|(scheme, wildcard, host, port, path)| format!("{scheme}://{wildcard}{host}{port}{path}"))
}

fn near_url() -> impl Strategy<Value = String> {
    let host = prop_oneof![
        6 => near_host(),
        1 => near_host().prop_map(|host| format!("b.{host}")),
        1 => "(127\\.1|\\[::1\\]|A\\.bb|a--b\\.bb|a\\.\\.bb|u@a\\.bb|a\\.bb\\.|\\.a\\.bb)",
    ];
    let scheme = prop_oneof![12 => "(https|wss|http|ws)", 1 => "(HTTPS|data|ipc)"];
    let port = prop_oneof![6 => Just(String::new()), 3 => "(:80|:443|:81)", 1 => "(:081|:99999|:)"];
    let path = "(/|/v1|/v1/|/v1/x|/v1/\\.\\./x|/v1/%2fx|/a%20b/c|/%C3%A9|/%E9|/a b|/\\\\x)?";
    (scheme, host, port, path, "([?#][a-z/@:]{0,4})?")
        .prop_map(|(scheme, host, port, path, tail)| format!("{scheme}://{host}{port}{path}{tail}"))
}

fn compare(case: &Case) -> Result<(), TestCaseError> {
    case.check().and_then(|()| case.check_reach()).map_err(TestCaseError::fail)
}

/// A case without gates and page.
fn plain(tokens: &[String], url: &str) -> Case {
    let tokens = tokens.to_vec();
    Case { tokens, gates: Vec::new(), open: Vec::new(), page: None, url: url.to_owned(), redirected: false }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2048))]

    #[test]
    fn on_near_sources(tokens in prop::collection::vec(near_source(), 0..8), url in near_url(), redirected: bool) {
        compare(&Case { redirected, ..plain(&tokens, &url) })?;
    }

    #[test]
    fn on_any_sources(
        tokens in prop::collection::vec(prop_oneof![declared_source(), received_token(), near_source(), Just("*".to_owned()), Just("ipc:".to_owned())], 0..8),
        url in near_url(),
        redirected: bool,
        page in prop::sample::select(vec![None, Some("https://a.bb"), Some("http://a.bb"), Some("http://a.bb:81"), Some("http://127.0.0.1")]),
    ) {
        let page = page.map(|page| Origin::parse(page).expect("canonical"));
        compare(&Case { page, redirected, ..plain(&tokens, &url) })?;
    }

    /// As the fuzz target `decision` makes its cases.
    #[test]
    fn on_fuzzed_cases(bytes in prop::collection::vec(any::<u8>(), 0..160)) {
        Case::from_bytes(&bytes).check().map_err(TestCaseError::fail)?;
    }

    #[test]
    fn on_gated_sources(
        tokens in prop::collection::vec(prop_oneof![near_source(), declared_source()], 0..8),
        gates in prop::collection::vec(0u16..3, 1..5),
        open: [bool; 2],
        url in near_url(),
    ) {
        let page = Origin::parse("https://a.bb");
        compare(&Case { gates, open: open.to_vec(), page, ..plain(&tokens, &url) })?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn on_long_lists(count in 0usize..3000, seed in 0usize..1000, url in near_url()) {
        let tokens: Vec<String> = (0..count).map(|number| match number % 10 {
            0 => format!("https://*.w{}.bb", number * 7 + seed),
            _ => format!("https://host-{}.a.bb", number * 3 + seed),
        }).collect();
        compare(&plain(&tokens, &url))?;
        for number in [0, 1, count / 2, count] {
            compare(&plain(&tokens, &format!("https://x.w{}.bb/", number * 7 + seed)))?;
            compare(&plain(&tokens, &format!("https://host-{}.a.bb", number * 3 + seed)))?;
        }
    }
}

/// Text that a wildcard would cover if it were read byte by byte: every character at every place of two words and of a
/// few bytes, and pairs across their border. Where the table admits it, a URL parser finds the same.
#[test]
fn odd_hosts_below_a_wildcard() {
    let texts = ["https://*.example.com", "https://*.b.c", "https://*.d"].map(str::to_owned);
    let (sources, data) = packed(&texts);
    let ascii = (0..=0x7f_u8).map(|byte| char::from(byte).to_string());
    let others =
        ["\u{e9}", "\u{ad}", "\u{200b}", "\u{3002}", "\u{ff0f}", "\u{ff20}", "\u{ff1a}", "\u{202e}", "\u{10ffff}"];
    let pairs =
        ["..", "--", "-.", ".-", "xn--a", ".xn--a.", ".xn--a-.", "u@", "u:p@", "@", ":80@", "\\@", "%2e", "%00"];
    let mut admitted = 0;
    for odd in ascii.chain(others.into_iter().chain(pairs).map(str::to_owned)) {
        for whole in ["abcdefghijklmnopq", "ab", ""] {
            for place in 0..=whole.len() {
                let mut host = whole.to_owned();
                host.insert_str(place, &odd);
                for end in [".example.com/", ".b.example.com:443/x", ".b.c/", ".b.c", ".d/a%20b", ".d"] {
                    let found = agree(&sources, &data, &format!("https://{host}{end}"));
                    admitted += usize::from(found == Lookup::Admitted);
                }
            }
        }
    }
    assert!(admitted > 4000, "{admitted}");
}

/// What the table says of a URL is nothing, or what the plain algorithms say of what a URL parser reads in it.
fn agree(sources: &[SourceExpression<'_>], data: &TableData, url: &str) -> Lookup {
    let found = data.table(&[]).look_up(url);
    let parsed = Url::parse(url);
    let covered = parsed.as_ref().is_ok_and(|url| csp_core::admit_url(sources, url, None).is_ok());
    match found {
        Lookup::Admitted => assert!(covered, "{url:?} is admitted"),
        Lookup::Refused(_) => assert!(!covered, "{url:?} is refused"),
        Lookup::Unusual => {}
    }
    found
}

fn packed(texts: &[String]) -> (Vec<SourceExpression<'_>>, TableData) {
    let sources: Vec<_> = texts.iter().map(|text| SourceExpression::parse(text).expect("a source")).collect();
    let data = TableData::new(&sources, &[], None).expect("a small list");
    (sources, data)
}

/// Two of these names were sent to the same place, whatever was tried.
#[test]
fn every_short_list_has_a_table() {
    let texts = ["https://*.a.bb".to_owned(), format!("https://{}.a.bb", "l".repeat(251)), "https://-".to_owned()];
    let (sources, data) = packed(&texts);
    assert_eq!(agree(&sources, &data, "https://b.a.bb"), Lookup::Admitted);
    // Hosts that people might have: pairs and threes, in thousands.
    let host =
        |number: u32| format!("https://{}{number}.example.com", ["api", "cdn", "ws", "img"][number as usize % 4]);
    for number in 0..20_000 {
        let texts = [host(number), host(number + 1), host(number * 7 + 3)];
        let (_, data) = packed(&texts);
        assert!(texts.iter().all(|url| data.table(&[]).look_up(url) == Lookup::Admitted), "{texts:?}");
    }
}

/// Parents of every length, few and many of them: what is below one is found, whatever the length of what is before its
/// dot, and nothing else.
#[test]
fn parents_of_every_length() {
    let name =
        |length: usize| format!("{}.bb", "abcdefg.hij-".chars().cycle().take(length - 4).collect::<String>() + "z");
    let all: Vec<usize> = (5..=70).collect();
    for lengths in [&all[..], &all[..4], &all[..5], &[8], &[9, 17, 33], &[60, 61, 62, 63, 64]] {
        let texts: Vec<String> = lengths.iter().map(|&length| format!("https://*.{}", name(length))).collect();
        let (sources, data) = packed(&texts);
        for length in all.iter().copied() {
            for before in (1..=64).map(|count| "x-y.z1".chars().cycle().take(count).collect::<String>()) {
                for dot in [".", "-", ""] {
                    let host = format!("{before}{dot}{}", name(length));
                    let found = agree(&sources, &data, &format!("https://{host}/"));
                    let plain = before.ends_with(|last: char| last.is_ascii_alphanumeric()) && host.len() <= 64;
                    if plain {
                        assert_eq!(
                            found == Lookup::Admitted,
                            dot == "." && lengths.contains(&length),
                            "{host}: {found:?}"
                        );
                    }
                }
            }
        }
    }
}

/// Hosts and what is below them stand side by side, and one that begins another.
#[test]
fn hosts_and_what_is_below_them() {
    for count in 1..60 {
        let hosts: Vec<String> = (0..count).map(|number| format!("h{number}.bb{}", "b".repeat(number % 3))).collect();
        let own = hosts.iter().map(|host| format!("https://{host}"));
        let below = hosts.iter().map(|host| format!("https://*.{host}:81"));
        let (own_first, below_first) = (own.clone().chain(below.clone()), below.chain(own));
        for texts in [own_first.collect::<Vec<_>>(), below_first.collect()] {
            let (sources, data) = packed(&texts);
            for host in &hosts {
                for (before, end, expected) in
                    [("", "", true), ("x.", ":81", true), ("", ":81", false), ("x.", "", false)]
                {
                    let found = agree(&sources, &data, &format!("https://{before}{host}{end}"));
                    assert_eq!(found == Lookup::Admitted, expected, "{before}{host}{end}: {found:?}");
                }
            }
        }
    }
}

/// Names that no DNS has, up to the longest that a table takes; a longer one is in no table, rather than in a wrong one.
#[test]
fn names_up_to_the_longest() {
    let name = |begin: &str, length: usize| format!("{begin}{}z", "a".repeat(length - begin.len() - 1));
    for length in [6, 63, 64, 65, 900, 1023, 1024, 1147, 2000, 2046, 2047] {
        for (begin, wildcard) in [("", ""), ("", "*."), ("xn--", ""), ("xn--", "*.")] {
            for end in ["", ":81", "/x/"] {
                let texts = [format!("https://{wildcard}{}{end}", name(begin, length))];
                let (sources, data) = packed(&texts);
                // Hosts that meet its slot, of its length and of the one whose bits are all different.
                for length in [length - 1, length, length + 1, 2047 - length.min(2041)] {
                    for first in ["b", "c", "d", "e", "f", "x", begin] {
                        let host = name(first, length);
                        agree(&sources, &data, &format!("https://{host}{end}"));
                        agree(&sources, &data, &format!("https://w.{host}{end}"));
                    }
                }
                if begin.is_empty() && wildcard.is_empty() && end.is_empty() {
                    let url = format!("https://{}", name(begin, length));
                    assert_eq!(data.table(&[]).look_up(&url), Lookup::Admitted, "{length}");
                }
            }
        }
    }
    let long = format!("https://{}", name("", 2048));
    let long = SourceExpression::parse(&long).expect("a source");
    assert!(TableData::new(&[long], &[], None).is_none());
}

/// A table has places in 64 MiB of text, and is none of more.
#[test]
fn text_up_to_the_longest() {
    let mut text = "https://a.b/".to_owned();
    text.push_str(&"x".repeat((1 << 26) - text.len()));
    let is_packed = |text: &str| {
        let source = SourceExpression::parse(text).expect("a source");
        TableData::new(&[source], &[], None).is_some()
    };
    assert!(is_packed(&text));
    text.push('x');
    assert!(!is_packed(&text));
    text.push('x');
    assert!(!is_packed(&text));
}

/// Hosts whose last label is a number to URL parsers, or nearly one.
#[test]
fn last_labels_like_numbers() {
    let texts = ["https://*:*".to_owned()];
    let (sources, data) = packed(&texts);
    let labels = [
        "0",
        "00",
        "1",
        "0x",
        "0x1",
        "0x1f",
        "0xff",
        "0xg",
        "0xfx",
        "1x",
        "1f",
        "1a",
        "1e9",
        "0b1",
        "1org",
        "0org",
        "08",
        "f",
        "x",
        "x0",
        "x1f",
        "a0",
        "a-1",
        "1-a",
        "1-f",
        "a-0x1",
        "0-0x",
        "-1",
        "1-",
        "de",
        "face",
        "4294967296",
        "99999999999999999999",
        "abcdefgh1",
        "1bcdefghg",
        "0x0000000000000001",
    ];
    let mut answered = 0;
    for label in labels {
        for before in ["", "a.", "1.", "127.0.", "127.0.0.", "0x7f.", "a-1.", "abcdefgh.", "0.0.0."] {
            for end in ["/", ":81/", ""] {
                let found = agree(&sources, &data, &format!("https://{before}{label}{end}"));
                answered += usize::from(found != Lookup::Unusual);
            }
        }
    }
    assert!(answered > 300, "{answered}");
}
