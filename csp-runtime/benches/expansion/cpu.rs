//! CPU time of other programs.

use std::ffi::OsStr;
use std::process::Command;

/// What bash knows of a process that has ended, where Rust without `unsafe` does not.
const TIMED: &str = r#"TIMEFORMAT='%3U %3S'; time "$@""#;

/// User and system time, in milliseconds, and what was written to stderr. `Err` is that when the program failed.
pub(crate) fn milliseconds<A: AsRef<OsStr>>(program: &OsStr, arguments: &[A]) -> Result<(f64, String), String> {
    let mut command = Command::new("bash");
    command.args(["-c", TIMED, "bash"]).arg(program).args(arguments);
    // As for a package of the registry; that of a path would be prepared for edits.
    command.env("CARGO_INCREMENTAL", "0");
    let output = command.output().map_err(|error| format!("bash: {error}"))?;
    let text = String::from_utf8_lossy(&output.stderr).trim_end().to_owned();
    if !output.status.success() {
        return Err(text);
    }
    let (talk, times) = text.rsplit_once('\n').unwrap_or(("", &text));
    let seconds: f64 = times.split(' ').map(|time| time.replace(',', ".").parse::<f64>().unwrap()).sum();
    Ok((seconds * 1_000.0, talk.to_owned()))
}

pub(crate) fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
