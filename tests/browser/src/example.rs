//! The example programs, as a user runs them.

use std::{
    env,
    error::Error,
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use serde_json::Value;

const START_TIMEOUT: Duration = Duration::from_secs(30);
const READY: &str = "listening on ";

/// A running example that serves a page; it ends on drop.
#[derive(Debug)]
pub struct Example {
    process: Child,
    output: Vec<String>,
}

impl Example {
    /// Builds the example of this name, which takes long only where it has not been built before, and starts it on a
    /// free port.
    ///
    /// `target` is the directory that cargo builds in.
    ///
    /// # Errors
    ///
    /// When the example does not build, or is not ready in time; the message tells what was said.
    pub fn start(package: &str, target: &Path) -> Result<Self, Box<dyn Error>> {
        let process = Command::new(build(package, target)?)
            .env("PORT", "0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut example = Self { process, output: Vec::new() };
        example.await_ready()?;
        Ok(example)
    }

    /// What the example has printed, up to the line that tells its address.
    #[must_use]
    pub fn output(&self) -> &[String] {
        &self.output
    }

    /// Where it listens, such as `http://127.0.0.1:3000`.
    #[must_use]
    pub fn origin(&self) -> &str {
        self.output.last().and_then(|line| line.strip_prefix(READY)).unwrap_or_default()
    }

    fn await_ready(&mut self) -> Result<(), Box<dyn Error>> {
        let stdout = BufReader::new(self.process.stdout.take().ok_or("the example's output is not piped")?);
        let (sender, lines) = mpsc::channel();
        thread::spawn(move || {
            // Once nobody listens any more the rest is read all the same, so that the example can go on printing.
            stdout.lines().map_while(Result::ok).for_each(|line| drop(sender.send(line)));
        });
        let deadline = Instant::now() + START_TIMEOUT;
        while self.origin().is_empty() {
            let Ok(line) = lines.recv_timeout(deadline.saturating_duration_since(Instant::now())) else {
                return Err(format!("the example never printed `{READY}…`, but {:?}", self.output).into());
            };
            self.output.push(line);
        }
        Ok(())
    }
}

impl Drop for Example {
    fn drop(&mut self) {
        // Failure means that it ended before.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The program, up to date. Cargo builds it here since nothing else does when only a browser test is run.
fn build(package: &str, target: &Path) -> Result<PathBuf, Box<dyn Error>> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let profile = if cfg!(debug_assertions) { "dev" } else { "release" };
    let built = Command::new(cargo)
        .args(["build", "--locked", "--package", package, "--profile", profile, "--message-format", "json"])
        .arg("--target-dir")
        .arg(target)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stdin(Stdio::null())
        .output()?;
    let messages = String::from_utf8_lossy(&built.stdout);
    let program = messages
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .filter(|message| message["target"]["name"] == package)
        .find_map(|message| message["executable"].as_str().map(PathBuf::from));
    program
        .filter(|_| built.status.success())
        .ok_or_else(|| format!("{package} does not build: {}", String::from_utf8_lossy(&built.stderr)).into())
}
