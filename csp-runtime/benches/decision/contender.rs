//! An engine under measurement: the other end of a stand.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// A program with engines in it.
pub(crate) struct Program {
    path: PathBuf,
    /// Each with whether it decides.
    pub(crate) engines: Vec<(bool, String)>,
}

impl Program {
    pub(crate) fn new(path: PathBuf) -> Self {
        let output = Command::new(&path).arg("--engines").output().unwrap();
        let names = String::from_utf8(output.stdout).unwrap();
        let engine = |line: &str| line.split_once(' ').map(|(decides, name)| (decides == "true", name.to_owned()));
        let engines = names.lines().filter_map(engine).collect();
        Self { path, engines }
    }

    pub(crate) fn contender(&self, case: &str, engine: &str, sources: usize) -> Contender<'_> {
        Contender::new(&self.path, [case, engine, &sources.to_string()])
    }
}

/// One engine with one list and one URL, in a process of its own.
pub(crate) struct Contender<'a> {
    program: &'a Path,
    what: [String; 3],
    process: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl<'a> Contender<'a> {
    fn new(program: &'a Path, what: [&str; 3]) -> Self {
        let what = what.map(str::to_owned);
        let mut command = Command::new(program);
        let mut process =
            command.arg("--serve").args(&what).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let input = process.stdin.take().expect("piped");
        let output = BufReader::new(process.stdout.take().expect("piped"));
        Self { program, what, process, input, output }
    }

    fn ask(&mut self, question: &str) -> String {
        writeln!(self.input, "{question}").unwrap();
        let mut answer = String::new();
        self.output.read_line(&mut answer).unwrap();
        answer.trim_end().to_owned()
    }

    /// Whether the URL of the case is allowed.
    pub(crate) fn verdict(&mut self) -> bool {
        self.ask("verdict") == "true"
    }

    /// Whether the URL beside it, which the list does not cover, is allowed.
    #[allow(dead_code, reason = "the header bench has none")]
    pub(crate) fn control(&mut self) -> bool {
        self.ask("control") == "true"
    }

    /// How often a decision allocates.
    pub(crate) fn allocations(&mut self) -> u64 {
        self.ask("allocations").parse().unwrap()
    }

    /// The mean nanoseconds of so many decisions.
    pub(crate) fn nanoseconds(&mut self, repeats: u32) -> f64 {
        self.ask(&format!("time {repeats}")).parse().unwrap()
    }

    /// The instructions of a decision, the mean of so many; `None` without valgrind.
    pub(crate) fn instructions(&self, repeats: u32) -> Option<u64> {
        let output = Command::new("valgrind")
            .args(["--tool=callgrind", "--callgrind-out-file=/dev/null", "--toggle-collect=*csp_bench_counted*"])
            .arg(self.program)
            .arg("--count")
            .args(&self.what)
            .arg(repeats.to_string())
            .output()
            .ok()?;
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        let collected = text.lines().find_map(|line| line.split_once("Collected :"))?.1.trim().parse::<u64>().ok()?;
        Some(collected / u64::from(repeats))
    }
}

impl Drop for Contender<'_> {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
