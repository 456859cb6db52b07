use std::net::SocketAddr;

use csp_runtime::{ExtendedNoncePolicy, Nonce, policy};

use crate::{Answer, get};

policy! {
    /// Of all pages that have none of their own.
    pub static PAGE = {
        use_defaults: true,
        script_src: [nonce, strict_dynamic],
        style_src: [self, nonce],
        report_to: "csp" => "https://reports.example.com/csp",
    };

    /// Of `/admin`.
    pub static ADMIN = {
        use_defaults: true,
        connect_src: ["https://admin.example.com"],
        script_src: [none],
    };

    /// Stands beside the enforced one on `/trial`.
    pub static TRIAL = {
        report_only: true,
        default_src: [self],
        script_src: [self],
        object_src: [none],
        base_uri: [none],
        report_to: "trial" => "https://reports.example.com/trial",
    };
}

/// What a preset of somebody else's sends on `/preset`: no `connect-src`.
pub const PRESET: &str = "default-src 'self' https:; img-src data:";

/// The page that `/` serves.
#[must_use]
pub fn page(nonce: Nonce) -> String {
    format!("<!doctype html><script nonce=\"{nonce}\">start()</script>")
}

/// Looks at the site that a framework serves:
///
/// | path | what it answers |
/// |---|---|
/// | `/` | [`page`] with the request's nonce |
/// | `/admin` | anything, under [`ADMIN`] by an inner layer or what the framework has instead |
/// | `/trial` | anything, under [`TRIAL`] as well |
/// | `/preset` | anything, with [`PRESET`] as a header that the handler has set by itself |
/// | `/error` | 500, of an error that the handler returns |
///
/// Around all of it is [`PAGE`].
///
/// # Panics
///
/// If something is not as it must be.
#[expect(clippy::unwrap_used, reason = "a test that panics has failed")]
pub fn check(server: SocketAddr) {
    let index = get(server, "/").unwrap();
    let nonce = nonce_of(&index);
    assert_eq!(index.status, 200, "{index:?}");
    assert!(index.body.contains(&format!("<script nonce=\"{nonce}\">")), "{index:?}");
    let policy = PAGE.template().replace("{nonce}", &nonce);
    assert_eq!(policy.matches(&format!("'nonce-{nonce}'")).count(), 2);
    assert_eq!(index.policies(), [&policy], "{index:?}");
    assert!(index.reported().is_empty(), "{index:?}");
    assert_eq!(index.values("reporting-endpoints"), ["csp=\"https://reports.example.com/csp\""]);
    assert_ne!(nonce, nonce_of(&get(server, "/").unwrap()), "each response has its own");

    let admin = get(server, "/admin").unwrap();
    assert_eq!((admin.status, admin.policies()), (200, vec![ADMIN.header()]), "{admin:?}");
    assert!(admin.values("reporting-endpoints").is_empty(), "{admin:?}");

    let trial = get(server, "/trial").unwrap();
    assert_eq!((trial.status, trial.reported()), (200, vec![TRIAL.header()]), "{trial:?}");
    nonce_of(&trial);
    let mut endpoints = trial.values("reporting-endpoints");
    endpoints.sort_unstable();
    assert_eq!(endpoints, [PAGE.reporting_endpoints().unwrap(), TRIAL.reporting_endpoints().unwrap()]);

    let preset = get(server, "/preset").unwrap();
    assert_eq!((preset.status, preset.policies().len(), preset.policies()[0]), (200, 2, PRESET), "{preset:?}");

    for (path, status) in [("/missing", 404), ("/error", 500)] {
        let answer = get(server, path).unwrap();
        assert_eq!(answer.status, status, "{path}: {answer:?}");
        nonce_of(&answer);
    }
}

/// Looks at an answer with the [`page`], under [`PAGE`] with a source that an operator has added.
///
/// # Panics
///
/// If something is not as it must be.
#[expect(clippy::unwrap_used, reason = "a test that panics has failed")]
pub fn check_extended(answer: &Answer, policy: &ExtendedNoncePolicy) {
    let nonce = answer.body.split('"').nth(1).unwrap();
    assert!(policy.directive().ends_with(" https://a.example"), "{policy:?}");
    assert_eq!(answer.policies(), [policy.template().replace("{nonce}", nonce)], "{answer:?}");
    assert!(answer.policies()[0].contains(policy.directive()), "{answer:?}");
    assert_eq!(answer.values("reporting-endpoints"), ["csp=\"https://reports.example.com/csp\""]);
}

/// The nonce of the one policy of a response that is [`PAGE`].
#[expect(clippy::unwrap_used, reason = "a test that panics has failed")]
fn nonce_of(answer: &Answer) -> String {
    let policies = answer.policies();
    assert_eq!(policies.len(), 1, "{answer:?}");
    let nonce = policies[0].split_once("'nonce-").unwrap().1.split_once('\'').unwrap().0.to_owned();
    assert_eq!(policies[0], PAGE.template().replace("{nonce}", &nonce));
    assert_eq!(nonce.len(), 22, "{answer:?}");
    nonce
}
