//! A browser's process and the profile it writes to.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use crate::{
    error::{Error, ErrorKind},
    tempdir::TempDir,
};

const LAUNCH_TIMEOUT: Duration = Duration::from_secs(60);
const POLL: Duration = Duration::from_millis(20);

/// A browser's process; drop kills and reaps it, and then removes its profile.
#[derive(Debug)]
pub(crate) struct Process {
    child: Child,
    profile: TempDir,
}

impl Process {
    /// A new, empty profile.
    pub(crate) fn profile() -> Result<TempDir, Error> {
        TempDir::new("csp-harness").map_err(|error| Error::launch("create a profile", &error))
    }

    /// Starts the browser that will write to `profile`.
    pub(crate) fn start(command: &mut Command, profile: TempDir) -> Result<Self, Error> {
        let stderr = File::create(log(profile.path())).map_err(|error| Error::launch("create a log", &error))?;
        let child =
            command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(stderr).spawn().map_err(|error| {
                Error::launch(&format!("run {}", Path::new(command.get_program()).display()), &error)
            })?;
        Ok(Self { child, profile })
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Waits until `read` understands the profile's file `name`, by which the browser tells where it listens.
    ///
    /// The error's message ends in what the browser wrote to stderr.
    pub(crate) fn await_file<T>(&mut self, name: &str, read: impl Fn(&str) -> Option<T>) -> Result<T, Error> {
        let file = self.profile.path().join(name);
        let deadline = Instant::now() + LAUNCH_TIMEOUT;
        loop {
            if let Some(found) = read(&fs::read_to_string(&file).unwrap_or_default()) {
                return Ok(found);
            }
            if self.has_ended() {
                return Err(self.failed("the browser ended before it opened its port"));
            }
            if Instant::now() > deadline {
                return Err(self.failed(&format!("the browser opened no port within {LAUNCH_TIMEOUT:?}")));
            }
            thread::sleep(POLL);
        }
    }

    /// Waits for the end of a process that has been asked to end.
    pub(crate) fn wait(&mut self, timeout: Duration) {
        let deadline = Instant::now() + timeout;
        while !self.has_ended() && Instant::now() < deadline {
            thread::sleep(POLL);
        }
    }

    /// The same error, with what the browser wrote to stderr.
    pub(crate) fn explain(&self, error: &Error) -> Error {
        Error::new(error.kind(), format!("{error}; it wrote: {}", tail(&log(self.profile.path()))))
    }

    fn failed(&self, message: &str) -> Error {
        self.explain(&Error::new(ErrorKind::Launch, message))
    }

    fn has_ended(&mut self) -> bool {
        !matches!(self.child.try_wait(), Ok(None))
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if !self.has_ended() {
            // Failure means that it ended meanwhile.
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}

fn log(profile: &Path) -> PathBuf {
    profile.join("stderr.log")
}

fn tail(log: &Path) -> String {
    let text = fs::read(log).unwrap_or_default();
    String::from_utf8_lossy(&text[text.len().saturating_sub(2000)..]).trim().to_owned()
}
