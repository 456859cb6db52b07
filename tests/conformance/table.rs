//! The packed table decides as the plain algorithms do.

use csp_core::{Lookup, Origin, Refusal, Request, SourceExpression, TableData, Target, admit, covering};
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

fn compare(
    tokens: &[String],
    gates: &[u16],
    open: &[bool],
    page: Option<&Origin>,
    url: &str,
    redirected: bool,
) -> Result<(), TestCaseError> {
    let sources: Vec<_> = tokens.iter().filter_map(|token| SourceExpression::parse(token)).collect();
    let gates = if gates.is_empty() {
        vec![0; sources.len()]
    } else {
        gates.iter().copied().cycle().take(sources.len()).collect()
    };
    let data = TableData::new(&sources, &gates, page).expect("a small list");
    let table = data.table(open);
    let counting: Vec<_> = sources
        .iter()
        .zip(&gates)
        .filter(|(_, gate)| **gate == 0 || open[usize::from(**gate) - 1])
        .map(|(source, _)| *source)
        .collect();

    let parsed = Url::parse(url);
    if let Ok(parsed) = &parsed {
        let request = Request::new(Target::from(parsed)).redirected(redirected);
        let request = page.map_or(request, |page| request.from_origin(page));
        prop_assert_eq!(table.covers(&request), covering(&counting, &request).is_some(), "{:?} for {}", tokens, url);
        let request = request.redirected(false);
        prop_assert_eq!(table.admit(&request), admit(&counting, &request).map(drop), "{:?} for {}", tokens, url);
    }
    // The text alone: no page, and no guess.
    let plain = |target| admit(&counting, &Request::new(target)).map(drop);
    let credentials = parsed.as_ref().is_ok_and(|url| !url.username().is_empty() || url.password().is_some());
    let needs_page =
        |source: &SourceExpression<'_>| matches!(source, SourceExpression::Host(host) if host.scheme().is_none());
    if page.is_some() && counting.iter().any(needs_page) {
        return Ok(());
    }
    match table.look_up(url) {
        Lookup::Unusual => prop_assert!(
            Target::canonical(url).is_none_or(|target| target.host().contains("--")
                || target.host().ends_with(|last: char| last.is_ascii_digit())
                || plain(target) == Err(Refusal::HiddenSeparator)
                || target.path().contains("%2f")),
            "{:?} for {} is not unusual",
            tokens,
            url
        ),
        Lookup::Admitted => {
            let parsed = parsed.map_err(|error| TestCaseError::fail(format!("{url}: {error}")))?;
            prop_assert!(!credentials && plain(Target::from(&parsed)).is_ok(), "{:?} for {}", tokens, url);
        }
        Lookup::Refused(refusal) => {
            if let Ok(parsed) = parsed {
                prop_assert_eq!(plain(Target::from(&parsed)), Err(refusal), "{:?} for {}", tokens, url);
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4096))]

    #[test]
    fn on_near_sources(tokens in prop::collection::vec(near_source(), 0..8), url in near_url(), redirected: bool) {
        compare(&tokens, &[], &[], None, &url, redirected)?;
    }

    #[test]
    fn on_any_sources(
        tokens in prop::collection::vec(prop_oneof![declared_source(), received_token(), near_source(), Just("*".to_owned()), Just("ipc:".to_owned())], 0..8),
        url in near_url(),
        redirected: bool,
        page in prop::sample::select(vec![None, Some("https://a.bb"), Some("http://a.bb"), Some("http://a.bb:81"), Some("http://127.0.0.1")]),
    ) {
        let page = page.map(|page| Origin::parse(page).expect("canonical"));
        compare(&tokens, &[], &[], page.as_ref(), &url, redirected)?;
    }

    #[test]
    fn on_gated_sources(
        tokens in prop::collection::vec(prop_oneof![near_source(), declared_source()], 0..8),
        gates in prop::collection::vec(0u16..3, 1..5),
        open: [bool; 2],
        url in near_url(),
    ) {
        let page = Origin::parse("https://a.bb").expect("canonical");
        compare(&tokens, &gates, &open, Some(&page), &url, false)?;
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
        compare(&tokens, &[], &[], None, &url, false)?;
        for number in [0, 1, count / 2, count] {
            compare(&tokens, &[], &[], None, &format!("https://x.w{}.bb/", number * 7 + seed), false)?;
            compare(&tokens, &[], &[], None, &format!("https://host-{}.a.bb", number * 3 + seed), false)?;
        }
    }
}
