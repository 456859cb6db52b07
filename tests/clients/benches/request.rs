//! What the guard costs a request: reqwest guarded, and as it is, against the same server on loopback.
//!
//! `cargo bench -p csp-clients-tests --bench request` prints a table, `-- --json` an array for machines. Instructions are
//! those of the client's process, by valgrind where it is installed: the difference between many requests and fewer.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a bench talks")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a bench that panics has failed")]

use std::process::Command;
use std::time::Instant;

use csp_harness::{Response, Server};
use csp_runtime::connect_src;

connect_src! {
    static NOTHING = [none];
}

/// Unguarded first: the others are compared with it.
const CLIENTS: [&str; 3] = ["reqwest", "reqwest, guarded", "reqwest, guarded, below a path"];

/// Requests before and within a measurement.
const FEW: u32 = 100;
const MANY: u32 = 600;
const ROUNDS: usize = 15;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["--send", client, url, count] => println!("{}", send(client, url, count.parse().unwrap())),
        _ => compare(arguments.iter().any(|argument| argument == "--json")),
    }
}

fn compare(json: bool) {
    let server = Server::start(|_| Response::text("data"));
    let url = format!("http://localhost:{}/v1/users?page=2", server.port());
    let mut times = [const { Vec::new() }; CLIENTS.len()];
    for _ in 0..ROUNDS {
        for (client, times) in CLIENTS.iter().zip(&mut times) {
            times.push(run(&[], client, &url, MANY).expect("the bench runs").0);
        }
    }
    let medians = times.map(|mut times| {
        times.sort_by(f64::total_cmp);
        times[ROUNDS / 2]
    });
    let counts = CLIENTS
        .map(|client| Some((counted(client, &url, MANY)? - counted(client, &url, FEW)?) / i64::from(MANY - FEW)));
    if !json {
        println!("| client | us | to unguarded | instructions | over unguarded |\n|---|---:|---:|---:|---:|");
    }
    for (index, client) in CLIENTS.iter().enumerate() {
        let (time, ratio) = (medians[index], medians[index] / medians[0]);
        let text = |number: Option<i64>| number.map_or_else(|| "-".to_owned(), |number| number.to_string());
        let over = counts[index].zip(counts[0]).map(|(own, plain)| own - plain);
        if json {
            let number = |number: Option<i64>| number.map_or_else(|| "null".to_owned(), |number| number.to_string());
            let (start, end) = (if index == 0 { "[" } else { " " }, if index + 1 < CLIENTS.len() { "," } else { "]" });
            println!(
                "{start}{{\"client\": \"{client}\", \"us\": {time:.2}, \"ratio\": {ratio:.3}, \"instructions\": {}, \
                 \"over_unguarded\": {}}}{end}",
                number(counts[index]),
                number(over),
            );
        } else {
            println!("| {client} | {time:.1} | {ratio:.3} | {} | {} |", text(counts[index]), text(over));
        }
    }
}

/// The instructions of a process that sends so many requests.
fn counted(client: &str, url: &str, count: u32) -> Option<i64> {
    let valgrind = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null"];
    let (_, said) = run(&valgrind, client, url, count)?;
    said.lines().find_map(|line| line.split_once("Collected :"))?.1.trim().parse().ok()
}

/// The microseconds of a request, and what the process said on stderr.
fn run(before: &[&str], client: &str, url: &str, count: u32) -> Option<(f64, String)> {
    let program = std::env::current_exe().ok()?;
    let mut words = before.iter().map(|word| (*word).into()).chain([program.into_os_string()]);
    let output =
        Command::new(words.next()?).args(words).args(["--send", client, url, &count.to_string()]).output().ok()?;
    let time = String::from_utf8_lossy(&output.stdout).trim().parse().ok()?;
    Some((time, String::from_utf8_lossy(&output.stderr).into_owned()))
}

/// Sends requests one after the other; gives the microseconds of each.
fn send(client: &str, url: &str, count: u32) -> f64 {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let builder = || reqwest::Client::builder().no_proxy();
    let origin = &url[..url.find("/v1").unwrap()];
    runtime.block_on(async {
        if client == CLIENTS[0] {
            let client = builder().build().unwrap();
            drop(client.get(url).send().await.unwrap().bytes().await.unwrap());
            let start = Instant::now();
            for _ in 0..count {
                drop(client.get(url).send().await.unwrap().bytes().await.unwrap());
            }
            return micros(start, count);
        }
        let source = if client == CLIENTS[1] { origin.to_owned() } else { format!("{origin}/v1/") };
        let guard = NOTHING.extend_insecure([source], "loopback").unwrap().guard();
        let client = guard.reqwest(builder()).unwrap();
        drop(client.get(url).send().await.unwrap().bytes().await.unwrap());
        let start = Instant::now();
        for _ in 0..count {
            drop(client.get(url).send().await.unwrap().bytes().await.unwrap());
        }
        micros(start, count)
    })
}

fn micros(start: Instant, count: u32) -> f64 {
    start.elapsed().as_secs_f64() * 1e6 / f64::from(count)
}
