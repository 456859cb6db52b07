//! Instructions of a request, which no other load on the machine changes.

use std::fs;
use std::path::Path;
use std::process::Command;

use csp_monitor_tests::{Client, Program, legacy};

/// The URL that the request of a number says was blocked.
type Url = fn(u64) -> String;

/// Prints the instructions that the collector spends on a request, its reading, answering and writing to SQLite included.
pub(crate) fn count(directory: &Path) {
    if Command::new("valgrind").arg("--version").output().is_err() {
        eprintln!("skipped: instructions (valgrind is not installed)");
        return;
    }
    let kinds: [(&str, Url); 3] = [
        ("the same report", |_| "https://h.example.net/".into()),
        ("the same breach, each with its own query", |number| format!("https://h.example.net/?{number}")),
        ("each with a new host", |number| format!("https://h{number}.example.net/")),
    ];
    for (name, url) in kinds {
        let few = run(directory, 1_000, name, url);
        let many = run(directory, 5_000, name, url);
        println!("instructions of a request, {name}: {}", (many - few) / 4_000);
    }
}

/// The instructions of a program that gets so many requests.
fn run(directory: &Path, requests: u64, name: &str, url: Url) -> u64 {
    let out = directory.join(format!("callgrind.{requests}.{}", name.len()));
    let file = directory.join(format!("counted.{requests}.{}.db", name.len()));
    let argument = format!("--callgrind-out-file={}", out.display());
    let wrapper = ["valgrind", "--quiet", "--tool=callgrind", &argument];
    let program = Program::start(env!("CARGO_BIN_EXE_collector"), &wrapper, file.to_str().unwrap());
    let mut client = Client::connect(program.port());
    for number in 0..requests {
        let body = legacy(&url(number));
        client.send(
            format!(
                "POST /__csp/report HTTP/1.1\r\nHost: x\r\nContent-Type: application/csp-report\r\nContent-Length: {}\r\n\r\n{body}",
                body.len()
            )
            .as_bytes(),
        );
        assert_eq!(client.answer(true).unwrap().status, 204);
    }
    // Asked to end, valgrind writes what it has counted.
    program.terminate();
    let text = fs::read_to_string(&out).unwrap();
    let totals = text.lines().find_map(|line| line.strip_prefix("totals:")).unwrap();
    totals.trim().parse().unwrap()
}
