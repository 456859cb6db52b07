//! A headless Firefox, from start to end.

use std::{
    fmt::Write as _,
    fs,
    net::{Ipv4Addr, SocketAddr},
    path::Path,
    process::Command,
    sync::{Arc, Mutex},
    time::Duration,
};

use serde_json::{Value, json};

use crate::{
    error::Error,
    firefox_page::FirefoxPage,
    process::Process,
    rpc::{self, Rpc},
    server::Server,
};

/// Firefox writes its caches before it ends.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(10);

/// What brings every request to the test's server, and stops those that are no test's.
const NETWORK: &[(&str, Setting)] = &[
    // Every host, whatever its scheme and port, by name: nothing is looked up, nothing leaves the machine.
    ("network.proxy.type", Setting::Number(1)),
    ("network.proxy.socks", Setting::Text("127.0.0.1")),
    ("network.proxy.socks_version", Setting::Number(5)),
    ("network.proxy.socks_remote_dns", Setting::Flag(true)),
    ("network.proxy.socks5_remote_dns", Setting::Flag(true)),
    ("network.proxy.allow_hijacking_localhost", Setting::Flag(true)),
    ("network.proxy.no_proxies_on", Setting::Text("")),
    // A proxy that fails is no reason to connect without it.
    ("network.proxy.failover_direct", Setting::Flag(false)),
    ("network.proxy.allow_bypass", Setting::Flag(false)),
    // Off, by the user's choice: DNS over https.
    ("network.trr.mode", Setting::Number(5)),
    ("network.http.http3.enable", Setting::Flag(false)),
    ("network.captive-portal-service.enabled", Setting::Flag(false)),
    ("network.connectivity-service.enabled", Setting::Flag(false)),
    ("network.prefetch-next", Setting::Flag(false)),
    ("network.http.speculative-parallel-limit", Setting::Number(0)),
    ("browser.safebrowsing.malware.enabled", Setting::Flag(false)),
    ("browser.safebrowsing.phishing.enabled", Setting::Flag(false)),
    ("browser.safebrowsing.downloads.remote.enabled", Setting::Flag(false)),
    ("browser.safebrowsing.blockedURIs.enabled", Setting::Flag(false)),
    ("privacy.trackingprotection.enabled", Setting::Flag(false)),
    ("app.update.disabledForTesting", Setting::Flag(true)),
    ("app.normandy.enabled", Setting::Flag(false)),
    ("extensions.update.enabled", Setting::Flag(false)),
    ("extensions.systemAddon.update.enabled", Setting::Flag(false)),
    ("extensions.getAddons.cache.enabled", Setting::Flag(false)),
    ("media.gmp-manager.updateEnabled", Setting::Flag(false)),
    ("services.settings.server", Setting::Text("data:,#remote-settings-dummy/v1")),
    ("toolkit.telemetry.enabled", Setting::Flag(false)),
    ("toolkit.telemetry.server", Setting::Text("data:,")),
    ("datareporting.policy.dataSubmissionEnabled", Setting::Flag(false)),
    ("datareporting.healthreport.uploadEnabled", Setting::Flag(false)),
    ("browser.newtabpage.enabled", Setting::Flag(false)),
    ("browser.startup.page", Setting::Number(0)),
    ("browser.region.update.enabled", Setting::Flag(false)),
    ("browser.search.update", Setting::Flag(false)),
    ("geo.enabled", Setting::Flag(false)),
];

/// What keeps all but the policy under test from stopping a request, or from sending it elsewhere.
const UNHINDERED: &[(&str, Setting)] = &[
    ("security.mixed_content.block_active_content", Setting::Flag(false)),
    ("security.mixed_content.block_display_content", Setting::Flag(false)),
    ("security.mixed_content.upgrade_display_content", Setting::Flag(false)),
    ("network.websocket.allowInsecureFromHTTPS", Setting::Flag(true)),
    ("network.websocket.delay-failed-reconnects", Setting::Flag(false)),
    ("dom.security.https_first", Setting::Flag(false)),
    ("dom.security.https_first_schemeless", Setting::Flag(false)),
    ("dom.security.https_only_mode", Setting::Flag(false)),
    // Pages of "public" hosts may call "local" ones: all are the same server.
    ("network.lna.enabled", Setting::Flag(false)),
    ("network.lna.blocking", Setting::Flag(false)),
    ("network.lna.block_trackers", Setting::Flag(false)),
    // An answer of the cache would be no request.
    ("browser.cache.disk.enable", Setting::Flag(false)),
    ("browser.cache.memory.enable", Setting::Flag(false)),
];

/// The value of a preference.
enum Setting {
    Flag(bool),
    Number(u16),
    Text(&'static str),
}

/// A running headless Firefox with a profile of its own; it ends on drop.
#[derive(Debug)]
pub struct Firefox {
    connection: Arc<Mutex<Rpc>>,
    process: Process,
}

impl Firefox {
    /// Starts `program` so that every host and port, over http, https, ws and wss, leads to `server`.
    ///
    /// Mixed content is not blocked: http and ws requests of https pages are made, unless a policy stops them.
    ///
    /// # Errors
    ///
    /// When the program can't be run or opens no port within a minute; the message ends in what it wrote to stderr.
    pub fn launch_for(program: &Path, server: &Server) -> Result<Self, Error> {
        let profile = Process::profile()?;
        fs::write(profile.path().join("user.js"), preferences(server.port()))
            .map_err(|error| Error::launch("write the preferences", &error))?;
        let mut command = Command::new(program);
        command
            .args(["--headless", "--no-remote", "--remote-debugging-port=0", "--profile"])
            .arg(profile.path())
            .arg("about:blank")
            .env("MOZ_CRASHREPORTER_DISABLE", "1")
            // It leaves traces in the home directory, whatever the profile.
            .env("HOME", profile.path())
            .env_remove("XDG_CACHE_HOME")
            .env_remove("XDG_CONFIG_HOME");
        let mut process = Process::start(&mut command, profile)?;
        let port = process.await_file("WebDriverBiDiServer.json", port)?;
        let connection = connect(port).map_err(|error| process.explain(&error))?;
        Ok(Self { connection: Arc::new(Mutex::new(connection)), process })
    }

    /// Opens an empty page. Pages share the profile, so also cookies.
    ///
    /// # Errors
    ///
    /// When the browser does not answer.
    pub fn page(&self) -> Result<FirefoxPage, Error> {
        FirefoxPage::open(Arc::clone(&self.connection))
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

impl Drop for Firefox {
    fn drop(&mut self) {
        // Asked first, so that a browser behind a wrapper script ends too. Failure means that it ended already.
        let _ = rpc::lock(&self.connection).send(json!({ "method": "browser.close", "params": {} }));
        self.process.wait(CLOSE_TIMEOUT);
    }
}

/// The text of `user.js`, for a server on this port.
fn preferences(port: u16) -> String {
    let mut text = format!("user_pref(\"network.proxy.socks_port\", {port});\n");
    for (name, setting) in NETWORK.iter().chain(UNHINDERED) {
        let value = match setting {
            Setting::Flag(flag) => json!(flag),
            Setting::Number(number) => json!(number),
            Setting::Text(text) => json!(text),
        };
        // Writing to a string never fails.
        let _ = writeln!(text, "user_pref({}, {value});", json!(name));
    }
    text
}

/// The port in the file that tells where the browser listens.
fn port(file: &str) -> Option<u16> {
    let told: Value = serde_json::from_str(file).ok()?;
    told["ws_port"].as_u64()?.try_into().ok()
}

fn connect(port: u16) -> Result<Rpc, Error> {
    let mut rpc = Rpc::open(SocketAddr::from((Ipv4Addr::LOCALHOST, port)), "/session")?;
    let capabilities = json!({ "alwaysMatch": { "acceptInsecureCerts": true } });
    let command = json!({ "method": "session.new", "params": { "capabilities": capabilities } });
    rpc.call(command, drop)?;
    Ok(rpc)
}
