//! A headless Chromium, from start to end.

use std::{
    net::{Ipv4Addr, SocketAddr},
    path::Path,
    process::Command,
    sync::{Arc, Mutex},
    time::Duration,
};

use crate::{cdp::Connection, error::Error, page::Page, process::Process, rpc, server::Server};

const CLOSE_TIMEOUT: Duration = Duration::from_secs(5);

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
    connection: Arc<Mutex<Connection>>,
    process: Process,
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
        let profile = Process::profile()?;
        let mut command = Command::new(program);
        command
            .args(FLAGS)
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .args(merge_features(extra))
            .arg("about:blank");
        let mut process = Process::start(&mut command, profile)?;
        let (port, path) = process.await_file("DevToolsActivePort", websocket)?;
        let connection = Connection::open(SocketAddr::from((Ipv4Addr::LOCALHOST, port)), &path)
            .map_err(|error| process.explain(&error))?;
        Ok(Self { connection: Arc::new(Mutex::new(connection)), process })
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
        rpc::lock(&self.connection).set_timeout(timeout);
    }

    /// The process that was started.
    #[must_use]
    pub fn process_id(&self) -> u32 {
        self.process.id()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Asked first: a wrapper script may have started the browser as a child of its own, which killing the script would not end.
        rpc::lock(&self.connection).close_browser();
        self.process.wait(CLOSE_TIMEOUT);
    }
}

/// The port and the path of the browser's own websocket, from the two lines of its file.
fn websocket(file: &str) -> Option<(u16, String)> {
    let (port, path) = file.split_once('\n')?;
    let path = path.trim_end();
    path.starts_with("/devtools/browser/").then_some((port.parse().ok()?, path.to_owned()))
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
