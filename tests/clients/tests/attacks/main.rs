//! Every guarded client against the same attacks: none reaches what isn't declared.
//!
//! The table of clients and attacks is printed: `cargo test -p csp-clients-tests -- --nocapture`.

#![allow(clippy::expect_used, reason = "a test that panics has failed")]

mod attack;
mod clients;
mod http2;
mod stage;
mod subject;

use std::fmt::Write as _;
use std::process::Command;

use attack::{ATTACKS, Outcome};
use stage::Trap;

/// Set in the process that has a proxy in its environment.
const PROXIED: &str = "CSP_ATTACKS_PROXIED";

const PROXY_VARIABLES: [&str; 6] = ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"];

#[test]
fn no_client_reaches_what_is_forbidden() {
    let mut table = String::from("| client |");
    for attack in ATTACKS {
        write!(table, " {} |", attack.name).expect("a string takes it");
    }
    table.push_str(" proxy in the environment |\n|---|");
    table.push_str(&"---|".repeat(ATTACKS.len() + 1));
    table.push('\n');
    let mut failures = Vec::new();
    for subject in clients::all() {
        write!(table, "| {} |", subject.name()).expect("a string takes it");
        for attack in ATTACKS {
            let outcome = attack.run(&*subject);
            write!(table, " {outcome} |").expect("a string takes it");
            if let Outcome::Failed(why) = outcome {
                failures.push(format!("{}, {}: {why}", subject.name(), attack.name));
            }
        }
        match with_proxy(subject.name()) {
            Ok(()) => table.push_str(" ✓ |\n"),
            Err(why) => {
                table.push_str(" FAILED |\n");
                failures.push(format!("{}, proxy in the environment: {why}", subject.name()));
            }
        }
    }
    println!("{table}");
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// All attacks once more, by a program whose environment has a proxy: nothing may go there.
fn with_proxy(client: &str) -> Result<(), String> {
    let proxy = Trap::open();
    let url = format!("http://127.0.0.1:{}", proxy.port());
    let mut command = Command::new(std::env::current_exe().expect("a test has a path"));
    command.args(["--exact", "with_a_proxy", "--ignored", "--nocapture"]).env(PROXIED, client);
    for variable in PROXY_VARIABLES {
        command.env(variable, &url);
    }
    let output = command.env_remove("NO_PROXY").env_remove("no_proxy").output().expect("a test can be run");
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    match proxy.connections() {
        0 => Ok(()),
        count => Err(format!("{count} connections went to the proxy")),
    }
}

#[test]
#[ignore = "run by no_client_reaches_what_is_forbidden, with a proxy in the environment"]
fn with_a_proxy() {
    let Ok(client) = std::env::var(PROXIED) else { return };
    for subject in clients::all().iter().filter(|subject| subject.name() == client) {
        for attack in ATTACKS {
            if let Outcome::Failed(why) = attack.run(&**subject) {
                panic!("{}: {why}", attack.name);
            }
        }
    }
}
