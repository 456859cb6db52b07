//! The program from outside: who may see its panel, what its forms take, where it keeps violations, how it ends.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use std::{
    io::{BufRead as _, BufReader},
    process::{Child, Command, Output, Stdio},
    time::{Duration, Instant},
};

use csp_harness::TempDir;
use csp_monitor_tests::{Answer, Postgres, request};

/// A report of the page's policy.
const REPORT: &str = r#"{"csp-report": {
    "document-uri": "http://127.0.0.1/?token=s3cret", "effective-directive": "connect-src", "disposition": "enforce",
    "original-policy": "default-src 'self'; connect-src 'self' https://api.example.com/v1/ https://stream.example.com wss://*.live.example.com; base-uri 'none'; report-uri /__csp/report",
    "blocked-uri": "https://stream.exmple.com/notifications?key=s3cret"
}}"#;

/// The running program; it ends on drop.
struct Program {
    child: Child,
    port: u16,
}

fn command(database: Option<&str>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_monitor"));
    command.env("PORT", "0").env_remove("DATABASE_URL").stdin(Stdio::null()).stdout(Stdio::piped());
    command.envs(database.map(|database| ("DATABASE_URL", database)));
    command
}

impl Program {
    fn start(database: Option<&str>) -> Self {
        let mut child = command(database).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        let port = lines.into_iter().find_map(|line| line.strip_prefix("listening on http://127.0.0.1:")?.parse().ok());
        Self { child, port: port.unwrap() }
    }

    fn get(&self, target: &str) -> Answer {
        self.get_with(target, &[])
    }

    fn get_with(&self, target: &str, header: &[(&str, &str)]) -> Answer {
        request(self.port, "GET", target, header, b"")
    }

    fn post(&self, target: &str, header: &[(&str, &str)], form: &str) -> Answer {
        let header = [header, &[("Content-Type", "application/x-www-form-urlencoded")]].concat();
        request(self.port, "POST", target, &header, form.as_bytes())
    }

    fn report(&self) {
        let header = [("Content-Type", "application/csp-report")];
        assert_eq!(request(self.port, "POST", "/__csp/report", &header, REPORT.as_bytes()).status, 204);
    }

    /// The list, once it shows so many groups.
    fn list(&self, query: &str, groups: usize) -> String {
        let deadline = Instant::now() + Duration::from_secs(10);
        loop {
            let page = text(&self.get(&format!("/__csp/{query}")));
            if page.matches("data-group=").count() == groups {
                return page;
            }
            assert!(Instant::now() < deadline, "never {groups} groups: {page}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Asks it to end, and waits until it has.
    #[cfg(unix)]
    fn end(mut self, signal: &str) {
        let sent = Command::new("kill").args([signal, &self.child.id().to_string()]).status().unwrap();
        assert!(sent.success());
        let deadline = Instant::now() + Duration::from_secs(10);
        let status = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            assert!(Instant::now() < deadline, "it still runs");
            std::thread::sleep(Duration::from_millis(10));
        };
        assert_eq!(status.code(), Some(0));
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // Failure means that it ended before.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn text(answer: &Answer) -> String {
    String::from_utf8(answer.body.clone()).unwrap()
}

/// What stands between two texts.
fn between<'a>(page: &'a str, before: &str, after: &str) -> &'a str {
    let start = page.find(before).unwrap_or_else(|| panic!("no {before} in {page}")) + before.len();
    &page[start..start + page[start..].find(after).unwrap()]
}

const SAME_ORIGIN: (&str, &str) = ("Sec-Fetch-Site", "same-origin");

#[test]
fn every_answer_of_the_panel_is_guarded() {
    let program = Program::start(None);
    program.report();
    let list = program.list("", 1);
    let id = between(&list, "data-group=\"", "\"").to_owned();
    for (target, status) in [
        ("/__csp/", 200),
        ("/__csp", 303),
        ("/__csp/?state=nonsense", 400),
        ("/__csp/panel.css", 200),
        ("/__csp/panel.js", 200),
        ("/__csp/icon.svg", 200),
        ("/__csp/listener.js", 200),
        (&format!("/__csp/group/{id}"), 200),
        ("/__csp/group/0123456789abcdef0123456789abcdef", 404),
        ("/__csp/group/..%2f..%2fetc", 404),
        ("/__csp/group/%3Cscript%3E", 404),
    ] {
        let answer = program.get(target);
        assert_eq!(answer.status, status, "{target}");
        if status == 303 {
            assert_eq!(answer.field("location"), Some("__csp/"));
            continue;
        }
        assert_eq!(answer.field("x-content-type-options"), Some("nosniff"), "{target}");
        let is_listener = target.ends_with("listener.js");
        assert_eq!(answer.field("cache-control"), Some(if is_listener { "no-cache" } else { "no-store" }), "{target}");
        assert_eq!(answer.field("referrer-policy"), Some("no-referrer"), "{target}");
        assert_eq!(answer.field("x-frame-options"), Some("DENY"), "{target}");
        let page = text(&answer);
        assert!(!page.contains("s3cret") && !page.contains("<script>") && !page.contains(" style="), "{page}");
        if !is_listener {
            let policies: Vec<_> = answer
                .header
                .iter()
                .filter(|(name, _)| name == "content-security-policy")
                .map(|(_, value)| value)
                .collect();
            let [policy] = policies[..] else { panic!("{target}: {policies:?}") };
            for directive in [
                "default-src 'none'",
                "script-src 'self'",
                "style-src 'self'",
                "connect-src 'self'",
                "img-src 'self'",
                "base-uri 'none'",
                "form-action 'self'",
                "frame-ancestors 'none'",
                "require-trusted-types-for 'script'",
            ] {
                assert!(policy.split("; ").any(|known| known == directive), "{directive}: {policy}");
            }
        }
    }
}

#[test]
fn the_panel_tells_calls_of_the_page_from_what_somebody_made_up() {
    let program = Program::start(None);
    for (blocked, evidence) in [
        ("https://stream.exmple.com/notifications", "ound by the scan at web/page.js:"),
        ("http://127.0.0.1/away", "ound by the scan at web/page.js:"),
        ("https://elsewhere.invalid/collect", "ot in our sources: an extension"),
    ] {
        let report = REPORT.replace("https://stream.exmple.com/notifications", blocked);
        let header = [("Content-Type", "application/csp-report")];
        assert_eq!(request(program.port, "POST", "/__csp/report", &header, report.as_bytes()).status, 204);
        let host = blocked.split('/').nth(2).unwrap();
        let list = program.list(&format!("?q={host}"), 1);
        let page = text(&program.get(&format!("/__csp/group/{}", between(&list, "data-group=\"", "\""))));
        assert!(page.contains(evidence), "{blocked}: {page}");
    }
}

#[test]
fn only_this_machine_sees_the_panel() {
    let program = Program::start(None);
    program.report();
    let id = between(&program.list("", 1), "data-group=\"", "\"").to_owned();
    let group = format!("/__csp/group/{id}");
    // A page of another site can have its own name lead here; a proxy brings whom it likes.
    for header in [("Host", "evil.example"), ("X-Forwarded-For", "203.0.113.9"), ("Forwarded", "for=203.0.113.9")] {
        for target in ["/__csp/", &group, "/__csp/events", "/__csp/panel.js", "/__csp/panel.css", "/__csp/api/counters"]
        {
            // The client names this machine first.
            let answer = if header.0 == "Host" {
                let mut client = csp_monitor_tests::Client::connect(program.port);
                client.send(format!("GET {target} HTTP/1.1\r\nHost: {}:{}\r\n\r\n", header.1, program.port).as_bytes());
                client.answer(true).unwrap()
            } else {
                program.get_with(target, &[header])
            };
            assert_eq!((answer.status, answer.body.len()), (403, 0), "{target} {header:?}");
        }
        let form = [SAME_ORIGIN, header];
        if header.0 != "Host" {
            assert_eq!(program.post(&format!("{group}/state"), &form, "state=ignored").status, 403);
        }
    }
}

#[test]
fn forms_of_others_change_nothing() {
    let program = Program::start(None);
    program.report();
    let list = program.list("", 1);
    let target = format!("/__csp/group/{}/state", between(&list, "data-group=\"", "\""));
    let page = text(&program.get(target.strip_suffix("/state").unwrap()));
    let token = between(&page, "name=\"token\" value=\"", "\"").to_owned();
    let form = format!("state=resolved&token={token}");
    let origin = format!("http://127.0.0.1:{}", program.port);
    let other = "0123456789abcdef0123456789abcdef";
    for (header, form) in [
        (&[][..], form.as_str()),
        (&[("Sec-Fetch-Site", "cross-site")], &form),
        (&[("Sec-Fetch-Site", "same-site")], &form),
        (&[("Origin", "https://evil.example")], &form),
        (&[("Origin", "null")], &form),
        (&[("Sec-Fetch-Site", "cross-site"), ("Origin", &origin)], &form),
        (&[SAME_ORIGIN], "state=resolved"),
        (&[SAME_ORIGIN], &format!("state=resolved&token={other}")),
        (&[SAME_ORIGIN, ("Cookie", "csp-panel=x")], "state=resolved&token=x"),
    ] {
        assert_eq!(program.post(&target, header, form).status, 403, "{header:?} {form}");
        assert_eq!(program.post("/__csp/test", header, form).status, 403, "{header:?} {form}");
    }
    program.list("", 1);
    for (form, status) in
        [(format!("state=closed&token={token}"), 400), (format!("token={token}"), 400), ("x".repeat(5000), 413)]
    {
        assert_eq!(program.post(&target, &[SAME_ORIGIN], &form).status, status, "{form}");
    }
    let answer = program.post("/__csp/group/0123456789abcdef0123456789abcdef/state", &[SAME_ORIGIN], &form);
    assert_eq!(answer.status, 404);

    let answer = program.post(&target, &[("Origin", &origin)], &form);
    assert_eq!(
        (answer.status, answer.field("location")),
        (303, Some(&*target.replace("/__csp/group/", "../").replace("/state", "")))
    );
    program.list("", 0);
    program.list("?state=resolved", 1);
}

#[cfg(unix)]
#[test]
fn what_came_in_last_outlasts_the_program() {
    let directory = TempDir::new("csp-monitor").unwrap();
    let file = directory.path().join("violations.db");
    let postgres = Postgres::require("what_came_in_last_outlasts_the_program");
    let urls = [format!("sqlite:{}", file.display()), format!("sqlite://{}", file.display())];
    let postgres = postgres.as_ref().map(|server| [server.url(), server.url().replace("postgres:", "postgresql:")]);
    for (urls, signal) in [Some(urls), postgres].iter().flatten().zip(["-TERM", "-INT"]) {
        let program = Program::start(Some(&urls[0]));
        // An open panel doesn't keep it from ending.
        let mut panel = csp_monitor_tests::Client::connect(program.port);
        panel.send(format!("GET /__csp/events HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", program.port).as_bytes());
        assert_eq!(panel.answer(false).unwrap().status, 200);
        program.report();
        program.report();
        program.end(signal);

        let program = Program::start(Some(&urls[1]));
        let page = program.list("", 1);
        assert!(
            page.contains("data-count=\"2\"") && page.contains(">https://stream.exmple.com/notifications<"),
            "{page}"
        );
        assert_eq!(
            text(&program.get("/__csp/api/counters")),
            r#"{"received":2,"accepted":2,"filtered":0,"rejected":0,"over_limit":0,"shed":0}"#
        );
    }
}

#[test]
fn a_bad_setting_is_named_and_so_is_the_way_out() {
    for (name, value, expected) in [
        ("PORT", "http", "error: PORT is \"http\", not a number from 0 to 65535\n"),
        (
            "DATABASE_URL",
            "mysql://user:s3cret@host/database",
            "error: DATABASE_URL begins with \"mysql\", which is no store of this program\n",
        ),
        ("DATABASE_URL", "violations.db", "error: DATABASE_URL begins with \"\", which is no store of this program\n"),
        ("DATABASE_URL", "", "error: DATABASE_URL begins with \"\", which is no store of this program\n"),
        ("DATABASE_URL", "sqlite:", "error: expected the path of a file"),
        ("DATABASE_URL", "sqlite:/no/such/folder/violations.db", "error: can't open /no/such/folder/violations.db"),
        ("DATABASE_URL", "postgres://csp:s3cret@127.0.0.1:1/csp", "error: "),
    ] {
        let Output { status, stdout, stderr } = command(None).env(name, value).stderr(Stdio::piped()).output().unwrap();
        let stderr = String::from_utf8(stderr).unwrap();
        assert_eq!((status.code(), stdout.len()), (Some(2), 0), "{value:?}: {stderr}");
        assert!(stderr.starts_with(expected), "{value:?}: {stderr}");
        assert!(!stderr.contains("s3cret") && !stderr.contains("panicked"), "{value:?}: {stderr}");
    }
}
