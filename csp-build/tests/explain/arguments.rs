//! Arguments, exit codes, and `--format json`.

use csp_core::PolicyList;
use serde_json::{Value, json};

use crate::run;

#[test]
fn exit_codes() {
    const POLICY: &str = "connect-src https://a.test";
    for (arguments, code) in [
        (vec!["csp", "explain", "--policy", POLICY, "https://a.test"], 0),
        (vec!["explain", "--policy", POLICY, "https://a.test"], 0),
        (vec!["csp", "explain", "--policy", POLICY, "https://b.test"], 1),
        (vec!["csp", "explain", "--policy", POLICY, "https://a.test", "https://b.test"], 1),
        (vec!["csp", "explain", "--policy", POLICY, "https://a.test", "nonsense"], 1),
        (vec!["csp", "explain", "--policy", POLICY, "--delivery", "report-only", "https://b.test"], 0),
        // Findings about the policy alone don't count.
        (vec!["csp", "explain", "--policy", "connect-src a_b https://a.test", "https://a.test"], 0),
        (vec!["csp", "explain", "--as", "guard", "--allow", "https://a.test", "https://a.test"], 0),
        (vec!["csp", "explain", "--as", "guard", "--allow", "https://a.test", "https://u@a.test"], 1),
        (vec!["csp", "explain", "--jsonl"], 0),
        (vec!["csp", "explain", "--help"], 0),
        (vec!["csp", "--version"], 0),
        (vec!["csp"], 2),
        (vec![], 2),
        (vec!["csp", "frobnicate"], 2),
        (vec!["csp", "explain", "--format", "yaml", "--policy", POLICY, "https://a.test"], 2),
    ] {
        let run = run(&arguments, "");
        assert_eq!(run.code, code, "{arguments:?}: {}{}", run.out, run.err);
        assert_eq!(run.out.is_empty(), code == 2 || arguments.contains(&"--jsonl"), "{arguments:?}: {}", run.out);
        assert_eq!(run.err.contains("Usage: ") || run.err.contains("--help"), code == 2, "{arguments:?}: {}", run.err);
    }
}

#[test]
fn usage_errors_say_what_to_give() {
    for (arguments, message) in [
        (
            vec!["--policy", "connect-src *"],
            "no URL to explain: give at least one, or --jsonl to read questions from stdin",
        ),
        (
            vec!["https://a.test"],
            "no policy to decide by: give --policy TEXT, the value of a Content-Security-Policy header",
        ),
        (
            vec!["--as", "guard", "https://a.test"],
            "no sources to decide by: give --allow SOURCE for each source of the guard",
        ),
        (
            vec!["--as", "guard", "--policy", "connect-src *", "https://a.test"],
            "--policy is for --as browser; a guard takes --allow SOURCE",
        ),
        (
            vec!["--allow", "https://a.test", "https://a.test"],
            "--allow is for --as guard; a browser takes --policy TEXT",
        ),
        (
            vec!["--policy", "connect-src *", "--self-origin", "shop", "https://a.test"],
            "--self-origin: `shop` is no origin, such as `https://shop.example.com`: relative URL without a base",
        ),
    ] {
        let run = run(&[&["csp", "explain"], arguments.as_slice()].concat(), "");
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{arguments:?}");
        assert!(run.err.starts_with(&format!("error: {message}\n\nUsage: cargo csp explain")), "{}", run.err);
    }
    let run = run(&["csp", "explain", "--jsonl", "https://a.test"], "");
    assert_eq!((run.code, run.out.as_str()), (2, ""));
}

#[test]
fn json_is_an_array_of_answers_with_findings() {
    const POLICY: &str = "connect-src https://a.test 'slef'; img_src *";

    let urls = ["https://a.test/x", "https://b.test/", "nonsense"];
    let run = run(&[["csp", "explain", "--format", "json", "--policy", POLICY].as_slice(), &urls].concat(), "");
    assert_eq!((run.code, run.err.as_str()), (1, ""));
    let (_, findings) = PolicyList::parse_with_findings(POLICY);
    let [dead, unknown] = findings.as_slice() else { panic!("{findings:?}") };
    let findings = json!([
        {
            "code": "dead-source", "severity": "warning", "text": "'slef'",
            "message": dead.message, "help": dead.help,
        },
        {
            "code": "unknown-directive", "severity": "error", "text": "img_src",
            "message": unknown.message, "help": unknown.help,
        },
    ]);
    let expected = json!([
        {
            "id": 0, "url": urls[0], "verdict": "allow", "directive": "connect-src", "source": "https://a.test",
            "reason": "allowed by source", "findings": findings,
        },
        {
            "id": 1, "url": urls[1], "verdict": "block", "directive": "connect-src", "source": "https://a.test",
            "reason": "no source covers: host differs", "findings": findings,
        },
        {
            "id": 2, "url": urls[2], "verdict": "error", "directive": null, "source": null,
            "reason": "not a URL: relative URL without a base", "findings": findings,
        },
    ]);
    assert_eq!(serde_json::from_str::<Value>(&run.out).expect("JSON"), expected);
}
