//! A PostgreSQL server of the test's own.

use std::env;
use std::fs::{self, Permissions};
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use csp_harness::{TempDir, certificate_and_key};

/// A PostgreSQL server of the test's own, on a port of this machine. It ends when this is dropped.
#[derive(Debug)]
pub struct Postgres {
    child: Child,
    directory: TempDir,
    port: u16,
}

impl Postgres {
    /// Starts it; says on stderr that the test named `test` is skipped when PostgreSQL isn't installed.
    ///
    /// # Panics
    ///
    /// When it isn't and the variable `CSP_REQUIRE_POSTGRES` is `1`.
    #[must_use]
    pub fn require(test: &str) -> Option<Self> {
        Self::start(test, None)
    }

    /// As [`require`](Self::require), of a server that has the harness's certificate and takes no connection without TLS.
    ///
    /// # Panics
    ///
    /// As [`require`](Self::require).
    #[must_use]
    pub fn require_tls(test: &str) -> Option<Self> {
        Self::start(test, Some("hostssl all all 127.0.0.1/32 trust\n"))
    }

    /// With TLS alone, where there are rules of who may connect.
    fn start(test: &str, tls_rules: Option<&str>) -> Option<Self> {
        let Some(programs) = programs() else {
            assert!(
                env::var_os("CSP_REQUIRE_POSTGRES").is_none_or(|value| value != "1"),
                "{test}: postgresql is not installed, and CSP_REQUIRE_POSTGRES is 1"
            );
            announce_skip(test);
            return None;
        };
        let directory = TempDir::new("csp-postgres").unwrap();
        let user = unprivileged();
        if let Some((user, group)) = user {
            chown(directory.path(), Some(user), Some(group)).unwrap();
        }
        let data = directory.path().join("data");
        let output = command(&programs.join("initdb"), user)
            .args(["--username=csp", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "--pgdata"])
            .arg(&data)
            .current_dir(directory.path())
            .output()
            .unwrap();
        assert!(output.status.success(), "initdb: {}", String::from_utf8_lossy(&output.stderr));
        if let Some(rules) = tls_rules {
            let file = |name: &str, content: &str| {
                let path = data.join(name);
                fs::write(&path, content).unwrap();
                fs::set_permissions(&path, Permissions::from_mode(0o600)).unwrap();
                if let Some((user, group)) = user {
                    chown(&path, Some(user), Some(group)).unwrap();
                }
            };
            let [certificate, key] = certificate_and_key();
            file("server.crt", &certificate);
            file("server.key", &key);
            file("pg_hba.conf", rules);
            file("postgresql.auto.conf", "ssl = on\n");
        }
        let (child, port) = serve(&programs, directory.path(), user);
        Some(Self { child, directory, port })
    }

    /// The port of this machine on which it listens.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// How a program connects.
    #[must_use]
    pub fn url(&self) -> String {
        format!("postgres://csp@127.0.0.1:{}/postgres", self.port)
    }

    /// Ends the server's connections and the server at once, and starts it again on the same port.
    pub fn restart(&mut self) {
        end(&mut self.child);
        let programs = programs().unwrap();
        let child = serve_on(&programs, self.directory.path(), unprivileged(), self.port);
        self.child = child.unwrap_or_else(|| panic!("port {} is taken", self.port));
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        end(&mut self.child);
    }
}

fn end(child: &mut Child) {
    // SIGQUIT ends a server at once and with all its processes, which SIGKILL doesn't.
    let _ = Command::new("kill").args(["-QUIT", &child.id().to_string()]).status();
    let _ = child.wait();
}

fn serve(programs: &Path, directory: &Path, user: Option<(u32, u32)>) -> (Child, u16) {
    // Somebody else may take a port that was free.
    for _ in 0..10 {
        let port = TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
        if let Some(child) = serve_on(programs, directory, user, port) {
            return (child, port);
        }
    }
    panic!("postgres doesn't start: no port is free")
}

/// `None` if it ends before it is ready.
fn serve_on(programs: &Path, directory: &Path, user: Option<(u32, u32)>, port: u16) -> Option<Child> {
    let mut child = command(&programs.join("postgres"), user)
        .args(["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "fsync=off"])
        .args(["-c", &format!("port={port}"), "-D"])
        .arg(directory.join("data"))
        .current_dir(directory)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .env("LC_ALL", "C")
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    let is_ready = lines.by_ref().any(|line| line.is_ok_and(|line| line.contains("ready to accept connections")));
    if is_ready {
        // What nobody reads would stop the server once the pipe is full.
        std::thread::spawn(move || lines.for_each(drop));
        return Some(child);
    }
    child.wait().unwrap();
    None
}

fn command(program: &Path, user: Option<(u32, u32)>) -> Command {
    let mut command = Command::new(program);
    if let Some((user, group)) = user {
        command.uid(user).gid(group);
    }
    command
}

/// PostgreSQL refuses to be root: then it is `nobody`.
fn unprivileged() -> Option<(u32, u32)> {
    let is_root = fs::metadata("/proc/self").is_ok_and(|metadata| metadata.uid() == 0);
    is_root.then_some((65_534, 65_534))
}

/// Where the programs are: on the `PATH`, or where Debian has them.
fn programs() -> Option<PathBuf> {
    let has = |directory: &PathBuf| directory.join("initdb").is_file() && directory.join("postgres").is_file();
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut debian: Vec<_> = versions.map(|version| version.path().join("bin")).collect();
    debian.sort_unstable();
    // The real programs first: what stands on the PATH may be a script that needs a home.
    debian.into_iter().rev().chain(env::split_paths(&env::var_os("PATH").unwrap_or_default())).find(has)
}

#[allow(clippy::print_stderr, reason = "a skipped test has no other way to say so")]
fn announce_skip(test: &str) {
    eprintln!("skipped: {test}: postgresql is not installed");
}
