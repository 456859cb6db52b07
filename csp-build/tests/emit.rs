//! `cargo csp emit`: out of source files, into what servers take.

#![allow(clippy::expect_used, reason = "a test whose command can't be run can only fail")]

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const LIB: &str = r#"
mod csp;

#[cfg(test)]
mod tests {
    csp_runtime::connect_src! { static ONLY_TESTS = ["https://tests.example.com"]; }
}
"#;

const CSP: &str = r#"
csp_runtime::connect_src! {
    /// The pages.
    pub static SHOP = [
        self,
        "https://api.example.com/$v1/%20/" => "prices; \"quoted\", text",
        #[cfg(debug_assertions)] "http://localhost:*",
        #[cfg(all(unix, not(feature = "lean")))] "wss://ws.example.com",
        #[cfg(target_os = "none")] "https://none.example.com",
    ];
    static NOTHING = [none];
}

pub fn header() -> &'static str {
    const INNER: &str = csp_runtime::connect_src!["https://inner.example.com"].header();
    INNER
}
"#;

const HEADER: &str = "connect-src 'self' https://api.example.com/$v1/%20/ wss://ws.example.com";

/// A package on the disk, removed at the end.
struct Fixture {
    folder: PathBuf,
}

impl Fixture {
    fn new(name: &str, files: &[(&str, &str)]) -> Self {
        let folder = std::env::temp_dir().join(format!("csp-emit-{}-{name}", std::process::id()));
        let manifest = "[package]\nname = \"fixture\"\nversion = \"0.1.0\"\nedition = \"2024\"\n[workspace]\n";
        fs::create_dir_all(folder.join("src")).expect("a folder can be made");
        for (path, text) in files.iter().chain(&[("Cargo.toml", manifest)]) {
            fs::write(folder.join(path), text).expect("a file can be written");
        }
        Self { folder }
    }

    /// Exit code, stdout, stderr.
    fn emit(&self, arguments: &[&str]) -> (i32, String, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_cargo-csp"))
            .args(["csp", "emit"])
            .args(arguments)
            .current_dir(&self.folder)
            .output()
            .expect("the command runs");
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        (output.status.code().expect("a code"), text(output.stdout), text(output.stderr))
    }

    fn out(&self, arguments: &[&str]) -> String {
        let (code, out, err) = self.emit(arguments);
        assert_eq!((code, err.as_str()), (0, ""), "{arguments:?}");
        out
    }
}

impl Drop for Fixture {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn shop(name: &str) -> Fixture {
    Fixture::new(name, &[("src/lib.rs", LIB), ("src/csp.rs", CSP)])
}

#[test]
#[cfg(unix)]
fn entries_count_as_in_the_build() {
    let shop = shop("builds");
    let header = |more: &[&str]| shop.out(&[&["--format", "header", "--name", "SHOP"], more].concat());
    assert_eq!(header(&[]), format!("Content-Security-Policy: {HEADER}\n"));
    let debug = HEADER.replace(" wss:", " http://localhost:* wss:");
    assert_eq!(header(&["--debug"]), format!("Content-Security-Policy: {debug}\n"));
    let lean = HEADER.replace(" wss://ws.example.com", "");
    assert_eq!(header(&["--features", "a,lean"]), format!("Content-Security-Policy: {lean}\n"));
    assert_eq!(shop.out(&["--format", "header", "--name", "NOTHING"]), "Content-Security-Policy: connect-src 'none'\n");
}

#[test]
#[cfg(unix)]
fn scripts_get_all_declarations() {
    let found: serde_json::Value = serde_json::from_str(&shop("json").out(&["--format", "json"])).expect("JSON");
    let expected = serde_json::json!({
        "schema": "cargo-csp/emit/1",
        "policies": [
            {
                "name": "SHOP", "file": "src/csp.rs", "line": 4, "header": HEADER,
                "directives": {
                    "connect-src": ["'self'", "https://api.example.com/$v1/%20/", "wss://ws.example.com"],
                },
            },
            {
                "name": "NOTHING", "file": "src/csp.rs", "line": 11, "header": "connect-src 'none'",
                "directives": { "connect-src": ["'none'"] },
            },
            {
                "name": "INNER", "file": "src/csp.rs", "line": 15, "header": "connect-src https://inner.example.com",
                "directives": { "connect-src": ["https://inner.example.com"] },
            },
        ],
    });
    assert_eq!(found, expected);
}

#[test]
#[cfg(unix)]
fn each_form_has_its_own_quotes() {
    let shop = shop("forms");
    for (form, expected) in [
        ("apache", format!("Header always set Content-Security-Policy \"{}\"\n", HEADER.replace('%', "%%"))),
        ("caddy", format!("header Content-Security-Policy \"{HEADER}\"\n")),
        ("cloudflare", format!("/*\n  Content-Security-Policy: {HEADER}\n")),
        (
            "helmet",
            "helmet({ contentSecurityPolicy: { useDefaults: false, directives: { connectSrc: [\"'self'\", \
             \"https://api.example.com/$v1/%20/\", \"wss://ws.example.com\"] } } })\n"
                .to_owned(),
        ),
        ("meta", format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{HEADER}\">\n")),
        ("netlify", format!("/*\n  Content-Security-Policy: {HEADER}\n")),
        ("nginx", format!("add_header Content-Security-Policy \"{}\" always;\n", HEADER.replace('$', "%24"))),
    ] {
        assert_eq!(shop.out(&["--format", form, "--name", "SHOP"]), expected, "{form}");
    }
}

#[test]
fn what_cannot_be_emitted_is_said() {
    let shop = shop("refusals");
    let (code, out, err) = shop.emit(&["--format", "header"]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("3 declarations: choose one by --name\n  SHOP (src/csp.rs:4)\n"), "{err}");
    let (code, _, err) = shop.emit(&["--format", "header", "--name", "SHIP"]);
    assert!(code == 2 && err.contains("there is no declaration `SHIP`"), "{err}");
    let (code, _, err) = shop.emit(&["--format", "header", "--package", "other"]);
    assert!(code == 2 && err.contains("there is no package `other`"), "{err}");

    let hosts: Vec<String> = (0..90).map(|number| format!("\"https://host-{number}.example.com\"")).collect();
    let long = format!("connect_src! {{ static LONG = [{}]; }}", hosts.join(", "));
    let long = Fixture::new("long", &[("src/lib.rs", &long)]);
    let (code, _, err) = long.emit(&["--format", "cloudflare"]);
    assert!(code == 2 && err.contains("Cloudflare takes 2000"), "{err}");

    let bad = "connect_src! { static BAD = [\"api.example.com\",\n\"https://a.example\" \"x\"]; }";
    let bad = Fixture::new("bad", &[("src/lib.rs", bad)]);
    let (code, out, err) = bad.emit(&["--format", "header"]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("src/lib.rs:1: source `api.example.com` has no scheme"), "{err}");
    assert!(err.contains("src/lib.rs:2: "), "{err}");

    let broken = Fixture::new("broken", &[("src/lib.rs", "connect_src! { \" }")]);
    let (code, _, err) = broken.emit(&["--format", "header"]);
    assert!(code == 2 && err.contains("src/lib.rs is no Rust"), "{err}");
    let none = Fixture::new("none", &[("src/lib.rs", "// connect_src! {}")]);
    let (code, _, err) = none.emit(&["--format", "header"]);
    assert!(code == 2 && err.contains("there is no connect_src!"), "{err}");
}

/// The real nginx, with the line in its configuration.
#[test]
#[cfg(unix)]
fn nginx_serves_the_header() {
    let program = ["nginx", "/usr/sbin/nginx"];
    let is_there = |program: &&str| Command::new(program).arg("-v").stderr(Stdio::null()).status().is_ok();
    let Some(nginx) = program.into_iter().find(is_there) else {
        println!("skipped: nginx_serves_the_header (no nginx)");
        return;
    };
    let shop = shop("nginx");
    let line = shop.out(&["--format", "nginx", "--name", "SHOP"]);
    let port = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port").port();
    let configuration = format!(
        "daemon off; master_process off; pid nginx.pid; error_log stderr; events {{}}\n\
         http {{ access_log off; server {{ listen 127.0.0.1:{port}; {line} location / {{ return 404; }} }} }}\n"
    );
    fs::write(shop.folder.join("nginx.conf"), configuration).expect("a file can be written");
    let mut server = Command::new(nginx)
        .arg("-p")
        .arg(&shop.folder)
        .args(["-c", "nginx.conf"])
        .stderr(Stdio::null())
        .spawn()
        .expect("nginx runs");
    let found = header_of(port);
    server.kill().and_then(|()| server.wait()).expect("nginx can be ended");
    assert_eq!(found.as_deref(), Some(HEADER.replace('$', "%24").as_str()));
    assert!(Path::new(&shop.folder).is_dir());
}

#[cfg(unix)]
fn header_of(port: u16) -> Option<String> {
    let start = Instant::now();
    while start.elapsed() < Duration::from_secs(10) {
        let Ok(mut stream) = TcpStream::connect(("127.0.0.1", port)) else {
            std::thread::sleep(Duration::from_millis(20));
            continue;
        };
        stream.write_all(b"GET / HTTP/1.1\r\nHost: a.example\r\nConnection: close\r\n\r\n").ok()?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).ok()?;
        return answer.lines().find_map(|line| line.strip_prefix("Content-Security-Policy: ")).map(str::to_owned);
    }
    None
}
