//! What is told of decisions: to observers, and in the form of a browser's report.

use std::sync::{Arc, Mutex};

use csp_runtime::{Admission, Blocked, Disposition, Observe, connect_src};

connect_src! {
    static BACKEND = ["https://api.example.com/v1/", "https://hooks.example.net"];
}

#[derive(Default)]
struct Log(Mutex<Vec<String>>);

impl Observe for Log {
    fn admitted(&self, admission: &Admission<'_>) {
        self.0.lock().expect("no test has panicked").push(format!(
            "+{} {}",
            admission.redirect_count(),
            admission.url()
        ));
    }

    fn refused(&self, blocked: &Blocked) {
        let line = format!("-{} {}", blocked.redirect_count(), blocked.blocked_url());
        self.0.lock().expect("no test has panicked").push(line);
    }
}

#[test]
fn observers_hear_of_every_way_to_ask() {
    let log = Arc::new(Log::default());
    let guard = BACKEND.guard().observer(Arc::clone(&log));
    guard.check("https://hooks.example.net/a?b#c").expect("covered");
    guard.parse("https://hooks.example.net/b").expect("covered");
    guard.parse("no URL").expect_err("it is none");
    guard.check_redirect("https://hooks.example.net/c", 1, "https://hooks.example.net/a").expect("covered");
    guard.check_redirect("https://evil.example/d", 2, "https://hooks.example.net/c").expect_err("not covered");
    guard.resolve("169.254.169.254", 80).expect_err("a metadata service");
    let expected = [
        "+0 https://hooks.example.net/a",
        "+0 https://hooks.example.net/b",
        "-0 no URL",
        "+1 https://hooks.example.net/c",
        "-2 https://evil.example/d",
        "-0 169.254.169.254",
    ];
    assert_eq!(*log.0.lock().expect("no test has panicked"), expected);
}

#[test]
fn a_refusal_has_the_form_of_a_report() {
    let blocked = BACKEND.guard().check("https://api.example.com/v2/?key=secret#x").expect_err("another path");
    let violation = blocked.violation("https://shop.example.com/");
    assert_eq!(violation.document_url, "https://shop.example.com/");
    assert_eq!(violation.blocked_url, "https://api.example.com/v2/");
    assert_eq!(violation.effective_directive, "connect-src");
    assert_eq!(violation.original_policy, BACKEND.header());
    assert_eq!(violation.disposition, Disposition::Enforce);
    assert_eq!(violation.source_file.as_deref(), Some(BACKEND.file()));
    assert_eq!(violation.line_number, Some(BACKEND.line()));
}
