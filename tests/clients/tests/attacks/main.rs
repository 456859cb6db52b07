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
    let subjects = clients::all();
    let mut failures = Vec::new();
    let mut note = |subject: &str, attack: &str, outcome: Outcome| {
        if let Outcome::Failed(why) = &outcome {
            failures.push(format!("{subject}, {attack}: {why}"));
        }
        outcome.to_string()
    };
    let mut rows: Vec<Vec<String>> = Vec::new();
    rows.push(subjects.iter().map(|subject| subject.name().to_owned()).collect());
    for attack in ATTACKS {
        let cells = subjects.iter().map(|subject| note(subject.name(), attack.name, attack.run(&**subject)));
        rows.push(cells.collect());
    }
    let proxied = "proxy in the environment";
    rows.push(subjects.iter().map(|subject| note(subject.name(), proxied, with_proxy(subject.name()))).collect());
    let names = ["attack"].into_iter().chain(ATTACKS.iter().map(|attack| attack.name)).chain([proxied]);
    let mut table = String::new();
    for (index, (name, cells)) in names.zip(rows).enumerate() {
        writeln!(table, "| {name} | {} |", cells.join(" | ")).expect("a string takes it");
        if index == 0 {
            table.push_str(&"|---".repeat(cells.len() + 1));
            table.push_str("|\n");
        }
    }
    println!("{table}");
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    documented(&table);
}

/// The docs have the same table; `CSP_OVERWRITE=1` writes it there.
fn documented(table: &str) {
    const BEGIN: &str = "<!-- The tests write this table. -->\n";
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../csp-runtime/CLIENTS.md");
    let text = std::fs::read_to_string(path).expect("the docs are there");
    let (before, rest) = text.split_once(BEGIN).expect("a place for the table");
    let length: usize = rest.lines().take_while(|line| line.starts_with('|')).map(|line| line.len() + 1).sum();
    if std::env::var_os("CSP_OVERWRITE").is_some() {
        std::fs::write(path, format!("{before}{BEGIN}{table}{}", &rest[length..])).expect("the docs can be written");
    } else {
        assert_eq!(&rest[..length], table, "CLIENTS.md has another table: write it with CSP_OVERWRITE=1");
    }
}

/// All attacks once more, by a program whose environment has a proxy: nothing may go there.
fn with_proxy(client: &str) -> Outcome {
    let proxy = Trap::open();
    let url = format!("http://127.0.0.1:{}", proxy.port());
    let mut command = Command::new(std::env::current_exe().expect("a test has a path"));
    command.args(["--exact", "with_a_proxy", "--ignored", "--nocapture"]).env(PROXIED, client);
    for variable in PROXY_VARIABLES {
        command.env(variable, &url);
    }
    let output = command.env_remove("NO_PROXY").env_remove("no_proxy").output().expect("a test can be run");
    if !output.status.success() {
        return Outcome::Failed(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    match proxy.connections() {
        0 => Outcome::Passed,
        count => Outcome::Failed(format!("{count} connections went to the proxy")),
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
