//! What people see. `CSP_OVERWRITE=1 cargo test -p csp-build` writes the files anew; read them before you commit them.

use std::fs;
use std::path::Path;

use crate::{run, run_in};

const PAGE: [&str; 2] = ["--self-origin", "https://shop.example.com"];

/// A long policy, all in one directive.
fn long_policy() -> String {
    let hosts: Vec<_> = (1..=120).map(|number| format!("https://host-{number}.example.com")).collect();
    format!("connect-src {}; script-src {}", hosts.join(" "), hosts.join(" "))
}

fn cases() -> Vec<(&'static str, Vec<String>)> {
    const SHOP: &str =
        "default-src 'none'; connect-src 'self' https://api.example.com https://stream.example.com; img-src *";
    let long_path = format!("https://api.example.com/v1/{}?q", "x".repeat(200));
    let case = |name, arguments: &[&str]| (name, arguments.iter().map(|&argument| argument.to_owned()).collect());
    let page = |name, policy: &str, rest: &[&str]| case(name, &[&["--policy", policy], PAGE.as_slice(), rest].concat());
    let guard = |name, rest: &[&str]| {
        let allow = ["--as", "guard", "--allow", "https://api.example.com/v1/", "--allow", "https://hooks.example.net"];
        case(name, &[allow.as_slice(), rest].concat())
    };
    vec![
        page("allowed", SHOP, &["https://api.example.com/v1/users"]),
        page("allowed-by-upgrade", "connect-src http://api.example.com", &["https://api.example.com/"]),
        page("host", SHOP, &["https://stream.exmple.com/notifications"]),
        page("subdomain", "connect-src https://*.example.com", &["https://example.com/"]),
        page("scheme", "connect-src https://api.example.com", &["wss://api.example.com/feed"]),
        page("encrypted", "connect-src https://api.example.com/v1/", &["http://api.example.com/v1/users?key=1"]),
        page("port", "connect-src https://api.example.com", &["https://api.example.com:8443/"]),
        page("port-of-the-default", "connect-src https://api.example.com:8443", &["https://api.example.com/"]),
        page("port-of-an-upgrade", "connect-src http://a.example:8080", &["https://a.example:8080/"]),
        page("path", "connect-src https://api.example.com/v1/", &["https://api.example.com/v2/users"]),
        page("path-without-slash", "connect-src https://api.example.com/v1", &[&long_path]),
        page("redirected", "connect-src https://api.example.com/v1/", &["--redirected", "https://api.example.com/v2"]),
        page("self", "connect-src 'self'", &["https://shop.example.com:8443/"]),
        case("self-without-page", &["--policy", "connect-src 'self' api.example.com", "https://api.example.com/"]),
        page("fallback", "default-src 'self' https://cdn.example.com", &["HTTPS://API.Example.COM/x"]),
        page("nothing-allowed", "connect-src 'none'", &["https://api.example.com/"]),
        page("unrestricted", "img-src *", &["https://api.example.com/"]),
        page(
            "several-policies",
            "connect-src https://a.example, default-src 'self'",
            &["--policy", "connect-src https://b.example", "https://a.example/x"],
        ),
        page("report-only", "connect-src https://b.example", &["--delivery", "report-only", "https://a.example/x"]),
        page("meta", "connect-src https://a.example, https://b.example", &["--delivery", "meta", "https://b.example"]),
        page(
            "findings",
            "connect-src api_1.example.com https:/x.example 'slef' https://api.example.com/?q; conect-src *; img-src *; \
             img-src x; style-src https://é.example",
            &["https://api_1.example.com/"],
        ),
        case(
            "dead-source",
            &["--policy", "connect-src api_1.example.com https://api.example.com", "https://api.example.com/"],
        ),
        page(
            "addresses",
            "connect-src http://10.0.0.1",
            &["http://10.0.0.1:3000", "http://[::1]/", "http://localhost"],
        ),
        page("no-host", "connect-src *", &["data:text/plain,x"]),
        page("unparsable", "connect-src *", &["nonsense", "https://a.example:99999", "https://a.example"]),
        page("unseen", "connect-src https://a\u{1b}[31m.example", &["https://a\u{200b}b.example/\u{1b}[31m"]),
        page("long", &long_policy(), &["https://host-77.exmple.com/"]),
        guard("guard-allowed", &["https://api.example.com/v1/users"]),
        guard("guard-path", &["--redirected", "https://api.example.com/v2/users"]),
        guard("guard-credentials", &["https://user:secret@hooks.example.net/", "https://user@hooks.example.net/"]),
        guard("guard-separator", &["https://api.example.com/v1/..%2fv2", "--allow", "dead_1.example"]),
    ]
}

#[test]
fn output() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/explain/human");
    let overwrite = std::env::var_os("CSP_OVERWRITE").is_some();
    for (name, arguments) in cases() {
        let arguments: Vec<_> = ["csp", "explain"].into_iter().chain(arguments.iter().map(String::as_str)).collect();
        let run = run(&arguments, "");
        assert_eq!(run.code, i32::from(run.out.contains("blocked: ") || run.out.contains("error: ")), "{name}");
        let path = directory.join(name).with_extension("txt");
        if overwrite {
            fs::write(&path, &run.out).expect("a file of the tests");
        }
        let expected = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        assert_eq!(run.out, expected, "{name}");
    }
}

#[test]
fn the_readme_shows_real_output() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = fs::read_to_string(root.join("README.md")).expect("the README");
    for name in ["host", "dead-source"] {
        let output = fs::read_to_string(root.join("tests/explain/human").join(name).with_extension("txt")).expect(name);
        assert!(readme.contains(&output), "{name}");
    }
}

#[test]
fn rows_are_not_wide() {
    for (name, arguments) in cases() {
        let arguments: Vec<_> = ["explain"].into_iter().chain(arguments.iter().map(String::as_str)).collect();
        for line in run(&arguments, "").out.lines() {
            // The URL is shown whole.
            assert!(line.chars().count() <= 100 || line.starts_with("blocked: "), "{name}: {line}");
        }
    }
}

#[test]
fn colours_say_nothing_that_the_text_does_not() {
    for (name, arguments) in cases() {
        let arguments: Vec<_> = ["explain"].into_iter().chain(arguments.iter().map(String::as_str)).collect();
        let colourful = run(&[&arguments, ["--color", "always"].as_slice()].concat(), "").out;
        assert!(colourful.contains("\u{1b}["), "{name}");
        let mut plain = String::new();
        for (index, part) in colourful.split('\u{1b}').enumerate() {
            plain.push_str(if index == 0 { part } else { part.split_once('m').expect("an escape of a colour").1 });
        }
        assert_eq!(plain, run(&arguments, "").out, "{name}");
    }
}

#[test]
fn colours_only_where_they_are_wanted() {
    let arguments = ["explain", "--policy", "connect-src *", "https://a.example"];
    for (environment, color, expected) in [
        (None, None, false),
        (None, Some("auto"), false),
        (None, Some("never"), false),
        (None, Some("always"), true),
        (Some(("CLICOLOR_FORCE", "1")), None, true),
        (Some(("CLICOLOR_FORCE", "1")), Some("never"), false),
        (Some(("NO_COLOR", "1")), None, false),
    ] {
        let color: Vec<_> = color.into_iter().flat_map(|color| ["--color", color]).collect();
        let environment: Vec<_> = environment.into_iter().collect();
        let run = run_in(&environment, &[arguments.as_slice(), &color].concat(), "");
        assert_eq!(run.out.contains('\u{1b}'), expected, "{environment:?} {color:?}");
    }
}
