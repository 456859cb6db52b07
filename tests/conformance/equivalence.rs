//! The macro, the strict parser at run time and the reading of the header say the same of any declaration.

use std::fmt::Write as _;
use std::path::Path;

use csp_core::{SourceExpression, needs_justification};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;

use crate::properties::declared_source;

/// How many declarations are generated and compiled.
const DECLARATIONS: usize = 150;

/// Predicates, and whether they hold in a build for tests.
const GATES: [(&str, bool); 5] = [
    ("", true),
    ("#[cfg(debug_assertions)] ", true),
    ("#[cfg(any())] ", false),
    ("#[cfg(all())] ", true),
    ("#[cfg(not(debug_assertions))] ", false),
];

fn declarations() -> Vec<Vec<(String, usize)>> {
    let mut runner = TestRunner::default();
    let gate = prop_oneof![3 => Just(0), 1 => 1..GATES.len()];
    let list = prop::collection::btree_map(declared_source(), gate, 0..8);
    let lists = prop::collection::vec(list, DECLARATIONS);
    let tree = lists.new_tree(&mut runner).expect("nothing is rejected");
    tree.current().into_iter().map(|list| list.into_iter().collect()).collect()
}

/// A program that compares, for each declaration, what the macro made with what the parsers make.
fn program(declarations: &[Vec<(String, usize)>]) -> String {
    let mut text = "#![allow(deprecated)]\n".to_owned();
    let mut main = String::new();
    for (index, list) in declarations.iter().enumerate() {
        let mut entries = String::new();
        let mut counting = Vec::new();
        for (source, gate) in list {
            let (attribute, holds) = GATES[*gate];
            let parsed = SourceExpression::declare(source).expect("declared");
            let reason = if needs_justification(&parsed) { "#[insecure(reason = \"generated\")] " } else { "" };
            write!(entries, "\n        {attribute}{reason}\"{source}\",").expect("writes to a string");
            if holds {
                counting.push(source.as_str());
            }
        }
        write!(text, "csp_runtime::connect_src! {{\n    static P{index} = [{entries}\n    ];\n}}\n").expect("writes");
        writeln!(main, "    compare(&P{index}, &{counting:?});").expect("writes to a string");
    }
    text + COMPARE + "fn main() {\n" + &main + "}\n"
}

const COMPARE: &str = r#"
csp_runtime::connect_src! {
    static NOTHING = [none];
}

const URLS: [&str; 10] = [
    "https://a.bb/", "wss://a.bb/", "http://10.0.0.1/", "https://10.1.2.1:8443/x", "http://localhost:3000/a/b",
    "ws://localhost/", "https://x.y.com:1/", "data:text/plain,x", "https://a.bb/%20%C3%A9/x", "ws://a.b.cc:80/a?b#c",
];

fn compare(policy: &'static csp_runtime::Policy, counting: &[&str]) {
    let expected = if counting.is_empty() { "'none'".to_owned() } else { counting.join(" ") };
    assert_eq!(policy.header(), format!("connect-src {expected}"));

    let received = csp_core::Policy::parse(policy.header());
    let directive = received.effective_connect_directive().expect("connect-src");
    assert_eq!(directive.sources().expect("a source list"), &policy.sources());

    let extended = NOTHING.extend_insecure(counting, "generated").unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(extended.header(), policy.header());

    let page = csp_core::Origin::parse("https://a.bb").expect("canonical");
    let guards = [policy.guard(), extended.guard()].map(|guard| guard.self_origin("https://a.bb").expect("canonical"));
    for url in URLS {
        let parsed = url::Url::parse(url).expect("a URL");
        let host = parsed.host_str().unwrap_or_default();
        let target = csp_core::Target::new(parsed.scheme(), host, parsed.port(), parsed.path());
        let request = csp_core::Request::new(target).from_origin(&page);
        let allowed = received.decide_connect(&request).verdict == csp_core::Verdict::Allow;
        assert_eq!(guards.each_ref().map(|guard| guard.allows(url)), [allowed; 2], "{} for {url}", policy.header());
    }
}

"#;

#[test]
fn macro_runtime_and_header_agree() {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("equivalence.rs");
    std::fs::write(&path, program(&declarations())).expect("a file in the target directory");
    trybuild::TestCases::new().pass(path);
}
