//! A headless Chromium, from start to end.

use std::{
    fs::{self, File},
    net::{Ipv4Addr, SocketAddr},
    path::Path,
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

use crate::{
    cdp::{self, Connection},
    error::{Error, ErrorKind},
    page::Page,
    server::Server,
    tempdir::TempDir,
};

const LAUNCH_TIMEOUT: Duration = Duration::from_secs(60);
const CLOSE_TIMEOUT: Duration = Duration::from_secs(5);
const POLL: Duration = Duration::from_millis(20);

const FLAGS: &[&str] = &[
    "--headless",
    "--remote-debugging-port=0",
    // Chromium refuses its sandbox to root, which containers run as.
    "--no-sandbox",
    "--disable-gpu",
    // Small containers have a tiny /dev/shm.
    "--disable-dev-shm-usage",
    "--disable-quic",
    // A proxy of the environment would get the requests that belong to the test's server.
    "--no-proxy-server",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-breakpad",
    "--disable-sync",
    "--disable-extensions",
    "--hide-scrollbars",
    // Several pages are open at once: none may be slowed for being in the background.
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
];

/// Features that would stop a request, or send it elsewhere, for another reason than the policy under test.
const DISABLED_FEATURES: &[&str] = &[
    // It loads http://page.example.com over https, though not http://page.test: .test is no public name.
    "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable",
    // It keeps pages without an address of their own, such as data: pages, from the loopback server.
    "LocalNetworkAccessChecks",
];

/// No flag stops all of these: queries for the time, for updates, for who is signed in.
const OWN_ERRANDS: &str = "MAP *.google.com ^NOTFOUND,MAP *.googleapis.com ^NOTFOUND";

/// A running headless Chromium with a profile of its own; it ends on drop.
#[derive(Debug)]
pub struct Browser {
    // Order matters: the profile goes last, after the process that writes to it.
    connection: Arc<Mutex<Connection>>,
    process: Process,
    _profile: TempDir,
}

impl Browser {
    /// Starts `program` with `extra` arguments.
    ///
    /// Of a repeated switch Chromium heeds the last only, so give `--host-resolver-rules` once, with commas between its rules.
    /// `--disable-features` is merged with the harness's own.
    ///
    /// # Errors
    ///
    /// When the program can't be run or opens no devtools port within a minute; the message ends in what it wrote to stderr.
    pub fn launch(program: &Path, extra: &[&str]) -> Result<Self, Error> {
        let profile = TempDir::new("csp-harness").map_err(|error| Error::launch("create a profile", &error))?;
        let log = profile.path().join("stderr.log");
        let stderr = File::create(&log).map_err(|error| Error::launch("create a log", &error))?;
        let child = Command::new(program)
            .args(FLAGS)
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .args(merge_features(extra))
            .arg("about:blank")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(stderr)
            .spawn()
            .map_err(|error| Error::launch(&format!("run {}", program.display()), &error))?;
        let mut process = Process(child);
        let connection = connect(&mut process, profile.path())
            .map_err(|error| Error::new(error.kind(), format!("{error}; it wrote: {}", tail(&log))))?;
        Ok(Self { connection: Arc::new(Mutex::new(connection)), process, _profile: profile })
    }

    /// Starts `program` so that every host and port, over http, https, ws and wss, leads to `server`; `extra` as for `launch`.
    ///
    /// The exceptions are hosts below google.com and googleapis.com: the browser calls those of its own accord.
    ///
    /// # Errors
    ///
    /// As [`Browser::launch`].
    pub fn launch_for(program: &Path, server: &Server, extra: &[&str]) -> Result<Self, Error> {
        let rules = format!("--host-resolver-rules={OWN_ERRANDS},MAP * {}", server.address());
        Self::launch(program, &[&[rules.as_str(), "--ignore-certificate-errors"], extra].concat())
    }

    /// Opens an empty page. Pages share the profile, so also cookies.
    ///
    /// # Errors
    ///
    /// When the browser does not answer.
    pub fn page(&self) -> Result<Page, Error> {
        Page::open(Arc::clone(&self.connection))
    }

    /// Bounds every single wait of this browser's pages; 20 seconds unless set.
    pub fn set_timeout(&self, timeout: Duration) {
        cdp::lock(&self.connection).set_timeout(timeout);
    }

    /// The process that was started.
    #[must_use]
    pub fn process_id(&self) -> u32 {
        self.process.0.id()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Asked first: a wrapper script may have started the browser as a child of its own, which killing the script would not end.
        cdp::lock(&self.connection).close_browser();
        self.process.wait(CLOSE_TIMEOUT);
    }
}

/// The child process; drop kills and reaps it.
#[derive(Debug)]
struct Process(Child);

impl Process {
    fn has_ended(&mut self) -> bool {
        !matches!(self.0.try_wait(), Ok(None))
    }

    fn wait(&mut self, timeout: Duration) {
        let deadline = Instant::now() + timeout;
        while !self.has_ended() && Instant::now() < deadline {
            thread::sleep(POLL);
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if !self.has_ended() {
            // Failure means that it ended meanwhile.
            let _ = self.0.kill();
            let _ = self.0.wait();
        }
    }
}

fn connect(process: &mut Process, profile: &Path) -> Result<Connection, Error> {
    let file = profile.join("DevToolsActivePort");
    let deadline = Instant::now() + LAUNCH_TIMEOUT;
    loop {
        let content = fs::read_to_string(&file).unwrap_or_default();
        // Two lines: the port and the path of the browser's own websocket.
        if let Some((port, path)) = content.split_once('\n')
            && let Ok(port) = port.parse::<u16>()
            && path.starts_with("/devtools/browser/")
        {
            return Connection::open(SocketAddr::from((Ipv4Addr::LOCALHOST, port)), path.trim_end());
        }
        if process.has_ended() {
            return Err(Error::new(ErrorKind::Launch, "the browser ended before it opened its devtools port"));
        }
        if Instant::now() > deadline {
            let message = format!("the browser opened no devtools port within {LAUNCH_TIMEOUT:?}");
            return Err(Error::new(ErrorKind::Launch, message));
        }
        thread::sleep(POLL);
    }
}

fn merge_features(extra: &[&str]) -> Vec<String> {
    const SWITCH: &str = "--disable-features=";
    let (mut features, mut arguments) = (DISABLED_FEATURES.join(","), Vec::new());
    for argument in extra {
        match argument.strip_prefix(SWITCH) {
            Some(more) => features = format!("{features},{more}"),
            None => arguments.push((*argument).to_owned()),
        }
    }
    arguments.push(format!("{SWITCH}{features}"));
    arguments
}

fn tail(log: &Path) -> String {
    let text = fs::read(log).unwrap_or_default();
    String::from_utf8_lossy(&text[text.len().saturating_sub(2000)..]).trim().to_owned()
}
