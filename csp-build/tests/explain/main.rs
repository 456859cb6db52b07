//! `cargo csp explain`, as scripts and people run it.

#![allow(clippy::expect_used, reason = "a test whose command can't be run can only fail")]

mod arguments;
mod decisions;
mod guard;
mod human;
mod lines;

use std::io::Write as _;
use std::process::{Command, Stdio};

use serde_json::Value;

/// How a run ended, and what it said.
struct Run {
    code: i32,
    out: String,
    err: String,
}

/// Runs the command as `cargo csp` does, without the environment's say about colours.
fn run(arguments: &[&str], input: impl AsRef<[u8]>) -> Run {
    run_in(&[], arguments, input)
}

fn run_in(environment: &[(&str, &str)], arguments: &[&str], input: impl AsRef<[u8]>) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-csp"));
    command.env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE").env_remove("CLICOLOR").args(arguments);
    command.envs(environment.iter().copied());
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("runs");
    let mut stdin = child.stdin.take().expect("piped");
    let input = input.as_ref().to_owned();
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().expect("ends");
    // Who stops on its arguments reads nothing.
    let _ = writer.join().expect("writes");
    Run {
        code: output.status.code().expect("a code"),
        out: String::from_utf8(output.stdout).expect("UTF-8"),
        err: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

/// Asks in one run, and requires an answer to each question.
fn answers(arguments: &[&str], questions: impl IntoIterator<Item = Value>) -> Vec<Value> {
    let questions: Vec<_> = questions.into_iter().map(|question| question.to_string()).collect();
    let run = run(&[&["csp", "explain", "--jsonl"], arguments].concat(), questions.join("\n"));
    assert_eq!(run.err, "");
    let answers: Vec<Value> =
        run.out.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("{line}"))).collect();
    assert_eq!(answers.len(), questions.len());
    let clean = answers.iter().all(|answer| answer["verdict"] == "allow");
    assert_eq!(run.code, i32::from(!clean));
    answers
}

/// What browsers decide.
fn decisions(questions: impl IntoIterator<Item = Value>) -> Vec<Value> {
    answers(&[], questions)
}

/// What browsers decide on one question.
fn ask(question: &Value) -> Value {
    decisions([question.clone()]).remove(0)
}
