//! What the macros say to mistakes, and what they accept.
//!
//! A file `tests/ui/<kind>/<id>.rs` holds one mistake, and the `.stderr` beside it what the compiler prints. After a
//! change of the messages `TRYBUILD=overwrite cargo test --test ui` writes them anew; read them as a user would before
//! they are committed. `tests/ui/rustc/` holds what only rustc can say, in the words of its version. The files of
//! `tests/ui/pass/` compile, and run without a panic.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

/// The folders of mistakes.
const KINDS: [&str; 13] = [
    "character",
    "endpoint",
    "host",
    "keyword",
    "list",
    "path",
    "policy",
    "port",
    "risk",
    "rustc",
    "scheme",
    "separator",
    "syntax",
];

/// Bad values of `connect-src` that other libraries write into a header: the case, and the value.
const BAD_VALUES: &[(&str, &str)] = &[
    ("scheme/missing", "a host without a scheme"),
    ("keyword/self_string", "the string \"self\""),
    ("separator/semicolon", "`;` in a source"),
    ("separator/comma", "`,` in a source"),
    ("separator/line_feed", "a newline in a source"),
    ("separator/carriage_return", "CRLF in a source"),
    ("keyword/none_with_others", "'none' with others"),
    ("list/duplicate", "a duplicate"),
    ("risk/any_host", "`*`"),
    ("risk/scheme_only", "`https:` alone"),
    ("scheme/http", "a plain `http:` host"),
    ("path/query", "a query"),
    ("path/fragment", "a fragment"),
    ("host/userinfo", "user information"),
    ("host/wildcard_in_the_middle", "a wildcard in a middle label"),
    ("host/partial_wildcard", "a wildcard within a label"),
    ("host/non_ascii", "a host that is not ASCII"),
    ("host/ipv6", "an IPv6 literal"),
    ("port/out_of_range", "port 99999"),
    ("scheme/misspelt", "`htps://`"),
    ("scheme/missing_slash", "`https:/x`"),
    ("list/empty_source", "the empty string"),
    ("risk/empty_list", "an empty list"),
    ("separator/two_sources", "two sources in one string"),
    ("scheme/missing_localhost", "`localhost:3000` without a scheme"),
    ("keyword/unsafe_inline", "'unsafe-inline'"),
    ("keyword/unquoted_nonce", "a nonce without quotes"),
    ("character/smart_quotes", "typographic quotes"),
    ("keyword/misspelt", "the unknown keyword 'slef'"),
    ("risk/exact_path", "an exact path where a prefix was meant"),
    ("scheme/javascript", "`javascript:`"),
    ("risk/data", "`data:`"),
    ("host/loopback_any_port", "`http://localhost:*` outside a #[cfg]"),
];

/// More that a browser drops, cuts, or reads in another way than people do.
const MORE_TO_CATCH: &[(&str, &str)] = &[
    ("host/trailing_dot", "a host with a trailing dot"),
    ("port/leading_zero", "a port with a leading zero"),
    ("risk/default_port", "a default port written out"),
    ("host/ipv4_short", "`127.1`"),
    ("host/ipv4_hexadecimal", "`0x7f.1`"),
    ("path/percent_encoding", "`%zz` in a path"),
    ("path/empty_segment", "`//` in a path"),
    ("path/on_bare_asterisk", "a path on a bare `*`"),
    ("path/on_any_host", "a path on `https://*`"),
    ("scheme/uppercase", "an upper-case scheme"),
    ("host/uppercase", "an upper-case host"),
    ("risk/public_suffix", "a wildcard over a public suffix"),
    ("risk/shadowed", "a source shadowed by another"),
    ("path/dot_segment", "dot segments in a path"),
    ("host/ipv4_out_of_range", "`256.1.1.1`"),
    ("character/leading_blank", "a leading blank"),
    ("character/trailing_blank", "a trailing blank"),
    ("scheme/ftp", "`ftp:`"),
    ("scheme/file", "`file:`"),
    ("port/empty", "an empty port"),
    ("character/zero_width", "a zero-width character"),
    ("character/bidi", "a bidi character"),
    ("character/nul", "NUL"),
    ("separator/directive_name", "a directive name inside a source"),
];

/// Variations of these, and misuse of the macros.
const OTHERS: &[&str] = &[
    "character/backslash",
    "character/blank_only",
    "character/control",
    "character/double_quotes",
    "character/no_break_space",
    "character/tab_inside",
    "character/unbalanced_quote",
    "endpoint/broken_declaration",
    "endpoint/byte_string",
    "endpoint/cfg_is_off",
    "endpoint/encoded_separator",
    "endpoint/expression_policy",
    "endpoint/extra_argument",
    "endpoint/host_differs",
    "endpoint/loopback",
    "endpoint/missing_policy",
    "endpoint/missing_url",
    "endpoint/no_scheme",
    "endpoint/none",
    "endpoint/not_a_literal",
    "endpoint/not_a_url",
    "endpoint/not_canonical",
    "endpoint/path_differs",
    "endpoint/port_differs",
    "endpoint/scheme_differs",
    "endpoint/scheme_is_weaker",
    "endpoint/self_is_unknown",
    "endpoint/wildcard",
    "host/character",
    "host/empty_label",
    "host/ipv4_octal",
    "host/label_too_long",
    "host/loopback",
    "host/loopback_in_release",
    "host/missing",
    "host/missing_after_wildcard",
    "host/non_ascii_full_width",
    "host/placeholder",
    "host/three_slashes",
    "host/underscore",
    "host/wildcard_last",
    "host/wildcard_without_dot",
    "keyword/hash",
    "keyword/none_string",
    "keyword/none_twice",
    "keyword/quoted_url",
    "keyword/unknown",
    "keyword/unquoted_unsafe_inline",
    "keyword/uppercase_self",
    "list/duplicate_self",
    "list/duplicate_under_cfg",
    "list/expression",
    "list/several_items",
    "list/several_mistakes",
    "list/taken_in_twice",
    "list/takes_itself_in",
    "path/character",
    "path/comma",
    "path/encoded_backslash",
    "path/encoded_slash",
    "path/non_ascii",
    "path/only",
    "path/placeholder",
    "path/semicolon",
    "policy/allowlist_also_scheme_missing",
    "policy/allowlist_any_host",
    "policy/allowlist_custom_scheme",
    "policy/allowlist_not_a_switch",
    "policy/allowlist_of_included_any_host",
    "policy/allowlist_report_only_without_endpoint",
    "policy/allowlist_unknown_option",
    "policy/base_open",
    "policy/brackets",
    "policy/camel_case",
    "policy/cfg_on_list",
    "policy/cfg_on_option",
    "policy/colon_missing",
    "policy/comma_missing",
    "policy/comma_missing_after_path",
    "policy/conflict_with_declaration",
    "policy/declaration_by_reference",
    "policy/declaration_elsewhere",
    "policy/declaration_without_dots",
    "policy/deprecated",
    "policy/digest_length",
    "policy/directive_misspelt",
    "policy/directive_short",
    "policy/directive_twice",
    "policy/directive_unknown",
    "policy/empty",
    "policy/equals",
    "policy/extended_connect_src_removed",
    "policy/extended_remove_nothing",
    "policy/extended_report_only",
    "policy/extended_with_none",
    "policy/extends_and_defaults",
    "policy/extends_itself",
    "policy/extends_not_a_path",
    "policy/fixed_nonce",
    "policy/hash_hexadecimal",
    "policy/hash_word",
    "policy/header_as_member",
    "policy/insecure_on_directive",
    "policy/insecure_without_reason",
    "policy/kebab_case",
    "policy/keyword_misspelt",
    "policy/keyword_quoted_in_string",
    "policy/keyword_with_hyphen",
    "policy/keyword_without_effect",
    "policy/keyword_word_in_string",
    "policy/lone_strict_dynamic",
    "policy/nonce_in_connect_src",
    "policy/nonce_of_template",
    "policy/nonce_string",
    "policy/nonce_twice",
    "policy/nonce_uppercase",
    "policy/nonce_without_effect",
    "policy/none_with_declaration",
    "policy/none_with_others",
    "policy/option_misspelt",
    "policy/plugins_open",
    "policy/remove_declared",
    "policy/remove_nothing",
    "policy/remove_parentheses",
    "policy/remove_string",
    "policy/remove_twice",
    "policy/remove_unknown",
    "policy/report_only_in_some_builds",
    "policy/report_only_sandbox",
    "policy/report_only_without_endpoint",
    "policy/report_to_and_report_uri",
    "policy/report_to_and_report_uri_gated_alike",
    "policy/report_to_name",
    "policy/report_to_no_scheme",
    "policy/report_to_plain_text",
    "policy/report_to_semicolon",
    "policy/report_to_twice_under_cfg",
    "policy/report_to_without_name",
    "policy/report_uri_comma",
    "policy/report_uri_empty",
    "policy/sandbox_escape",
    "policy/sandbox_flag_misspelt",
    "policy/sandbox_flag_string",
    "policy/sandbox_flag_twice",
    "policy/sandbox_not_a_list",
    "policy/scheme_missing",
    "policy/scripts_open",
    "policy/semicolon",
    "policy/several_mistakes",
    "policy/source_twice",
    "policy/spread_elsewhere",
    "policy/spread_of_policy",
    "policy/string_key",
    "policy/switch_not_a_switch",
    "policy/switch_off_for_nothing",
    "policy/switch_without_value",
    "policy/trusted_types_name",
    "policy/trusted_types_none_with_others",
    "policy/trusted_types_sink",
    "policy/trusted_types_sink_missing",
    "policy/trusted_types_unquoted",
    "policy/two_commas",
    "policy/unsafe_eval",
    "policy/unsafe_inline",
    "policy/value_a_string",
    "policy/value_braces",
    "policy/value_missing",
    "policy/value_not_a_list",
    "policy/websocket_in_img_src",
    "port/character",
    "port/range",
    "port/wildcard_in_number",
    "port/zero",
    "risk/blob",
    "risk/cfg_feature",
    "risk/custom_scheme",
    "risk/every_https_host",
    "risk/literal_asterisk",
    "risk/long_header",
    "risk/platform_suffix",
    "risk/shadowed_by_path",
    "risk/shadowed_by_scheme",
    "risk/unused_insecure",
    "rustc/cfg_unknown_predicate",
    "rustc/crate_not_found",
    "rustc/endpoint_not_a_policy",
    "rustc/endpoint_unknown_policy",
    "rustc/expression_as_item",
    "rustc/item_as_expression",
    "rustc/name_twice",
    "rustc/private",
    "rustc/quoted_self",
    "scheme/alone_http",
    "scheme/colon_missing",
    "scheme/data_url",
    "scheme/data_with_content",
    "scheme/http_in_release",
    "scheme/invalid",
    "scheme/missing_port",
    "scheme/missing_wildcard",
    "scheme/name_alone",
    "scheme/protocol_relative",
    "scheme/unknown",
    "scheme/without_slashes",
    "scheme/ws",
    "scheme/wss_misspelt",
    "separator/directive_alone",
    "separator/directive_camel_case",
    "separator/directive_misspelt",
    "separator/trailing_comma",
    "separator/trailing_semicolon",
    "separator/whole_header",
    "syntax/arrow_with_name",
    "syntax/arrow_without_string",
    "syntax/asterisk_unquoted",
    "syntax/attribute_misspelt",
    "syntax/attribute_not_bracketed",
    "syntax/attribute_unknown",
    "syntax/attribute_without_brackets",
    "syntax/attribute_without_source",
    "syntax/boolean",
    "syntax/byte_string",
    "syntax/c_string",
    "syntax/cfg_empty",
    "syntax/cfg_without_predicate",
    "syntax/character_literal",
    "syntax/concat",
    "syntax/const_item",
    "syntax/constant_as_source",
    "syntax/crate_not_a_path",
    "syntax/crate_without_semicolon",
    "syntax/directive_as_key",
    "syntax/doc_on_entry",
    "syntax/empty_expression",
    "syntax/empty_invocation",
    "syntax/equals_missing",
    "syntax/extra_tokens_after_list",
    "syntax/extra_tokens_after_reason",
    "syntax/extra_tokens_after_source",
    "syntax/insecure_empty_reason",
    "syntax/insecure_on_item",
    "syntax/insecure_twice",
    "syntax/insecure_with_more",
    "syntax/insecure_without_key",
    "syntax/insecure_without_reason",
    "syntax/leading_comma",
    "syntax/let_item",
    "syntax/missing_brackets",
    "syntax/missing_comma",
    "syntax/missing_list",
    "syntax/missing_name",
    "syntax/missing_semicolon",
    "syntax/missing_static",
    "syntax/mut_item",
    "syntax/nested_list",
    "syntax/nonce",
    "syntax/number",
    "syntax/parentheses",
    "syntax/path_as_source",
    "syntax/quote_never_closed",
    "syntax/reason_empty",
    "syntax/reference",
    "syntax/scanned_calls_without_data",
    "syntax/scanned_in_another_directive",
    "syntax/scanned_root_not_a_string",
    "syntax/scanned_spread_without_data",
    "syntax/scanned_twice",
    "syntax/scanned_under_cfg",
    "syntax/scanned_without_data",
    "syntax/scanned_word",
    "syntax/self_misspelt",
    "syntax/self_type",
    "syntax/semicolon_in_list",
    "syntax/several_mistakes",
    "syntax/static_missing",
    "syntax/string_suffix",
    "syntax/two_commas",
    "syntax/type_annotation",
    "syntax/unquoted_host",
    "syntax/unquoted_host_and_port",
    "syntax/unquoted_hyphenated_host",
    "syntax/unquoted_nonce",
    "syntax/unquoted_scheme",
    "syntax/unquoted_unsafe_inline",
    "syntax/unquoted_url",
    "syntax/unquoted_wildcard",
];

#[test]
fn mistakes_are_refused() {
    let cases = trybuild::TestCases::new();
    for kind in KINDS {
        cases.compile_fail(format!("tests/ui/{kind}/*.rs"));
    }
}

#[test]
fn declarations_are_accepted() {
    let sources: Vec<String> =
        (0..1000).map(|number| format!("        \"https://host-{number}.example.com\"")).collect();
    let sources = sources.join(",\n");
    let case = Path::new(env!("CARGO_TARGET_TMPDIR")).join("thousand_sources.rs");
    let text = format!(
        "#![deny(warnings)]

csp_runtime::connect_src! {{
    #[allow(deprecated, reason = \"the length of this header is the point\")]
    static POLICY = [
{sources}
    ];
}}

const CSP: &str = POLICY.header();

fn main() {{
    assert!(CSP.ends_with(\" https://host-998.example.com https://host-999.example.com\"));
    assert_eq!(POLICY.sources().len(), 1000);
    assert!(POLICY.guard().allows(\"https://host-500.example.com/\"));
    assert!(!POLICY.guard().allows(\"https://host-1000.example.com/\"));
}}
"
    );
    fs::write(&case, text).unwrap();

    let cases = trybuild::TestCases::new();
    cases.pass("tests/ui/pass/*.rs");
    cases.pass(case);
}

#[test]
fn every_case_is_listed() {
    let facts = BAD_VALUES.iter().chain(MORE_TO_CATCH).map(|(case, _)| *case);
    let listed: Vec<String> = facts.chain(OTHERS.iter().copied()).map(str::to_owned).collect();
    let unique: BTreeSet<String> = listed.iter().cloned().collect();
    assert_eq!(listed.len(), unique.len(), "a case is listed twice");
    assert_eq!(files("rs").unwrap(), unique, "cases on disk, and listed cases");
    assert_eq!(files("stderr").unwrap(), unique, "messages on disk, and listed cases");
}

#[test]
fn every_bad_value_is_refused_at_its_literal_with_help() {
    for (case, value) in BAD_VALUES.iter().chain(MORE_TO_CATCH) {
        let message = message(case);
        assert!(message.contains("\n       help: "), "{case} ({value}) has no help:\n{message}");
        let place = place(case, &message).unwrap_or_default();
        // `POLICY` is the name of the list in which nothing stands.
        let marked = ["\"", "none", "POLICY"].iter().any(|start| place.starts_with(start));
        assert!(marked, "{case} ({value}) is reported at `{place}`");
    }
}

#[test]
fn mistakes_of_one_invocation_are_reported_together() {
    for (case, count) in [("list/several_items", 3), ("list/several_mistakes", 5), ("syntax/several_mistakes", 7)] {
        let message = message(case);
        assert_eq!(message.matches("error: ").count(), count, "{case}:\n{message}");
    }
}

#[test]
fn messages_are_not_in_the_words_of_rustc() {
    const HEADS: [&str; 7] = [
        "error: ",
        "error[E0080]: evaluation panicked: PAGE ",
        "error[E0080]: evaluation panicked: endpoint `",
        "error[E0080]: evaluation panicked: source `",
        "note: erroneous constant encountered",
        "note: the lint level is defined here",
        "warning: use of deprecated unit struct `",
    ];
    const NOTES: [&str; 2] = ["`#[warn(deprecated)]` on by default", "originates in the macro"];
    const PHRASES: [&str; 6] = [
        "cannot find",
        "expected one of",
        "macro expansion ignores",
        "mismatched types",
        "unexpected `cfg`",
        "unresolved",
    ];

    for case in files("stderr").unwrap().iter().filter(|case| !case.starts_with("rustc/")) {
        for line in message(case).lines() {
            let known = match line.as_bytes() {
                [b' ', b' ', ..] if line.trim_start().starts_with("= ") => NOTES.iter().any(|note| line.contains(note)),
                [] | [b' ' | b'.' | b'0'..=b'9', ..] => true,
                _ => HEADS.iter().any(|head| line.starts_with(head)),
            };
            let foreign = PHRASES.iter().find(|phrase| line.contains(*phrase));
            assert!(known && foreign.is_none(), "{case}: {line}");
        }
    }
}

/// The cases of mistakes that have a file of this extension.
fn files(extension: &str) -> io::Result<BTreeSet<String>> {
    let mut cases = BTreeSet::new();
    for kind in KINDS {
        for entry in fs::read_dir(Path::new("tests/ui").join(kind))? {
            let name = entry?.file_name().to_string_lossy().into_owned();
            if let Some(name) = name.strip_suffix(extension).and_then(|name| name.strip_suffix('.')) {
                cases.insert(format!("{kind}/{name}"));
            }
        }
    }
    Ok(cases)
}

/// What the compiler prints for a case; empty if that isn't known.
fn message(case: &str) -> String {
    fs::read_to_string(format!("tests/ui/{case}.stderr")).unwrap_or_default()
}

/// The text of the case from where its first message points to.
fn place(case: &str, message: &str) -> Option<String> {
    let (_, location) = message.split_once(" --> ")?;
    let mut numbers = location.lines().next()?.rsplit(':').map(str::parse::<usize>);
    let (column, line) = (numbers.next()?.ok()?, numbers.next()?.ok()?);
    let text = fs::read_to_string(format!("tests/ui/{case}.rs")).ok()?;
    Some(text.lines().nth(line - 1)?.chars().skip(column - 1).collect())
}
