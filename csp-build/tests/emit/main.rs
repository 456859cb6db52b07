//! `cargo csp emit`: out of source files, into what servers take.

#![allow(clippy::expect_used, reason = "a test whose command can't be run can only fail")]

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

#[allow(dead_code, unreachable_pub, reason = "it is written as a program would write it")]
mod declared;

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
                "headers": { "Content-Security-Policy": HEADER },
            },
            {
                "name": "NOTHING", "file": "src/csp.rs", "line": 11, "header": "connect-src 'none'",
                "directives": { "connect-src": ["'none'"] },
                "headers": { "Content-Security-Policy": "connect-src 'none'" },
            },
            {
                "name": "INNER", "file": "src/csp.rs", "line": 15, "header": "connect-src https://inner.example.com",
                "directives": { "connect-src": ["https://inner.example.com"] },
                "headers": { "Content-Security-Policy": "connect-src https://inner.example.com" },
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
            "helmet({ contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: \
             helmet.contentSecurityPolicy.dangerouslyDisableDefaultSrc, connectSrc: [\"'self'\", \
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

    let open = "policy! { static BASE = { default_src: [self], base_uri: [none] };\n static MORE = { extends: BASE, img_src: \
                [none] }; }";
    let (code, out, err) = Fixture::new("open", &[("src/lib.rs", open)]).emit(&["--format", "json"]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("src/lib.rs:2: MORE declares img-src as empty, and it is not"), "{err}");

    let broken = Fixture::new("broken", &[("src/lib.rs", "connect_src! { \" }")]);
    let (code, _, err) = broken.emit(&["--format", "header"]);
    assert!(code == 2 && err.contains("src/lib.rs is no Rust"), "{err}");
    let none = Fixture::new("none", &[("src/lib.rs", "// connect_src! {}")]);
    let (code, _, err) = none.emit(&["--format", "header"]);
    assert!(code == 2 && err.contains("there is no connect_src! and no policy!"), "{err}");
}

const PAGES: &str = r#"
mod csp { csp_runtime::connect_src! { pub static SHOP = [self, "https://api.example.com/$v1/"]; } }

csp_runtime::policy! {
    pub static PAGE = {
        use_defaults: true,
        connect_src: [..csp::SHOP, #[cfg(debug_assertions)] "http://localhost:*"],
        #[cfg(not(debug_assertions))] upgrade_insecure_requests: false,
        remove: [font_src, style_src],
        sandbox: [allow_scripts],
        report_to: "csp" => "https://reports.example.com/csp",
        connection_allowlist: { also: ["https://images.example.com/(a)/"] },
    };
    pub static TRIAL = { extends: PAGE, img_src: ["https://images.example.com"], report_only: true, remove: [sandbox] };
    pub static NONCE = { default_src: [none], base_uri: [none], script_src: [nonce, strict_dynamic] };
    pub static LOST = { default_src: [none], base_uri: [none], connect_src: elsewhere::API };
}
"#;

const PAGE_HEADER: &str = "default-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'; img-src 'self' \
    data:; object-src 'none'; script-src 'self'; script-src-attr 'none'; connect-src 'self' \
    https://api.example.com/$v1/; sandbox allow-scripts; report-to csp; report-uri https://reports.example.com/csp";

#[test]
fn whole_policies_are_emitted_with_their_headers() {
    let pages = PAGES
        .replace("    pub static LOST = { default_src: [none], base_uri: [none], connect_src: elsewhere::API };\n", "");
    let pages = Fixture::new("pages", &[("src/lib.rs", &pages)]);
    let allowlist =
        r#"(response-origin "https://api.example.com/$v1/*" "https://images.example.com/\\(a\\)/*");report-to=csp"#;
    let endpoints = "csp=\"https://reports.example.com/csp\"";
    assert_eq!(
        pages.out(&["--format", "header", "--name", "PAGE"]),
        format!(
            "Content-Security-Policy: {PAGE_HEADER}\nReporting-Endpoints: {endpoints}\nConnection-Allowlist: {allowlist}\n"
        )
    );
    let debug = pages.out(&["--format", "header", "--name", "PAGE", "--debug"]);
    assert!(
        debug.contains(
            "; upgrade-insecure-requests; connect-src 'self' https://api.example.com/$v1/ http://localhost:*; "
        ),
        "{debug}"
    );
    assert_eq!(
        pages.out(&["--format", "nginx", "--name", "PAGE"]),
        format!(
            "add_header Content-Security-Policy \"{}\" always;\nadd_header Reporting-Endpoints \"{}\" always;\n\
             add_header Connection-Allowlist \"{}\" always;\n",
            PAGE_HEADER.replace('$', "%24"),
            endpoints.replace('"', "\\\""),
            allowlist.replace('$', "%24").replace('\\', "\\\\").replace('"', "\\\""),
        )
    );
    let caddy = pages.out(&["--format", "caddy", "--name", "PAGE"]);
    assert!(
        caddy.ends_with(&format!(
            "header Reporting-Endpoints `{endpoints}`\nheader Connection-Allowlist `{allowlist}`\n"
        )),
        "{caddy}"
    );

    let trial = pages.out(&["--format", "header", "--name", "TRIAL"]);
    assert!(trial.starts_with("Content-Security-Policy-Report-Only: default-src 'self'; "), "{trial}");
    assert!(
        trial.contains("; img-src 'self' data: https://images.example.com; ") && !trial.contains("sandbox"),
        "{trial}"
    );

    // A nonce is no fixed text, but for who makes one himself.
    let (code, out, err) = pages.emit(&["--format", "nginx", "--name", "NONCE"]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("NONCE (src/lib.rs:15) takes a nonce"), "{err}");
    assert_eq!(
        pages.out(&["--format", "helmet", "--name", "NONCE"]),
        "helmet({ contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: [\"'none'\"], baseUri: \
         [\"'none'\"], scriptSrc: [(req, res) => `'nonce-${res.locals.cspNonce}'`, \"'strict-dynamic'\"] } } })\n"
    );

    // What a form can't hold is left out, and said.
    let (code, out, err) = pages.emit(&["--format", "meta", "--name", "PAGE"]);
    assert_eq!(code, 0);
    assert!(!out.contains("frame-ancestors") && !out.contains("report-") && !out.contains("sandbox"), "{out}");
    assert_eq!(
        err,
        "note: left out, since this form can't hold it: Reporting-Endpoints, Connection-Allowlist, frame-ancestors, \
         sandbox, report-to, report-uri\n"
    );
    let (code, _, err) = pages.emit(&["--format", "meta", "--name", "TRIAL"]);
    assert!(code == 2 && err.contains("only reports, which browsers ignore in <meta>"), "{err}");
}

#[test]
fn what_is_declared_elsewhere_is_named() {
    let (code, out, err) = Fixture::new("elsewhere", &[("src/lib.rs", PAGES)]).emit(&["--format", "json"]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("LOST (src/lib.rs:16) takes in `API`, which is not declared in these packages"), "{err}");
}

/// What the compiler makes of declarations, the command reads out of their text.
#[test]
fn text_and_program_say_the_same() {
    use declared::pages::{DEFAULTS, PAGE};
    use declared::{
        BOTH, CHOSEN, CLOSED, EXTENDED, FALLBACK, IMAGES, MORE, MORE_STILL, NOTHING, OFF, REPORTS, SERVERS, SHOP,
        TRIAL, TYPES,
    };

    let compiled: [&csp_runtime::Policy; 17] = [
        &SHOP,
        &NOTHING,
        &OFF,
        &MORE,
        &DEFAULTS,
        &PAGE,
        &EXTENDED,
        &TRIAL,
        &FALLBACK,
        &IMAGES,
        &REPORTS,
        &TYPES,
        &MORE_STILL,
        &SERVERS,
        &BOTH,
        &CHOSEN,
        &CLOSED,
    ];
    let fixture = Fixture::new("declared", &[("src/lib.rs", include_str!("declared.rs"))]);
    let debug: &[&str] = if cfg!(debug_assertions) { &["--debug"] } else { &[] };
    let read: serde_json::Value =
        serde_json::from_str(&fixture.out(&[&["--format", "json"], debug].concat())).expect("JSON");
    let read = read["policies"].as_array().expect("a list");
    assert_eq!(read.len(), compiled.len());
    for (read, policy) in read.iter().zip(compiled) {
        assert_eq!(read["name"], policy.name());
        let mut headers = serde_json::Map::new();
        headers.insert(policy.header_name().to_owned(), policy.header().into());
        headers.extend(policy.reporting_endpoints().map(|value| ("Reporting-Endpoints".to_owned(), value.into())));
        headers.extend(policy.connection_allowlist().map(|(name, value)| (name.to_owned(), value.into())));
        assert_eq!(read["headers"], serde_json::Value::Object(headers), "{}", policy.name());
    }
}

/// The real nginx, with the lines in its configuration.
#[test]
#[cfg(unix)]
fn nginx_serves_the_headers() {
    let program = ["nginx", "/usr/sbin/nginx"];
    let is_there = |program: &&str| Command::new(program).arg("-v").stderr(Stdio::null()).status().is_ok();
    let Some(nginx) = program.into_iter().find(is_there) else {
        println!("skipped: nginx_serves_the_headers (no nginx)");
        return;
    };
    let pages = PAGES.replace("elsewhere::API", "csp::SHOP");
    let pages = Fixture::new("nginx", &[("src/lib.rs", &pages)]);
    let lines = pages.out(&["--format", "nginx", "--name", "PAGE"]);
    let port = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port").port();
    let configuration = format!(
        "daemon off; master_process off; pid nginx.pid; error_log stderr; events {{}}\n\
         http {{ access_log off; server {{ listen 127.0.0.1:{port};\n{lines} location / {{ return 404; }} }} }}\n"
    );
    fs::write(pages.folder.join("nginx.conf"), configuration).expect("a file can be written");
    let mut server = Command::new(nginx)
        .arg("-p")
        .arg(&pages.folder)
        .args(["-c", "nginx.conf"])
        .stderr(Stdio::null())
        .spawn()
        .expect("nginx runs");
    let answer = answer_of(port);
    server.kill().and_then(|()| server.wait()).expect("nginx can be ended");
    let headers = pages.out(&["--format", "header", "--name", "PAGE"]);
    assert_eq!(headers.lines().count(), 3);
    for line in headers.lines() {
        let line = line.replace('$', "%24");
        assert!(answer.lines().any(|served| served == line), "{line}\n{answer}");
    }
}

#[cfg(unix)]
fn answer_of(port: u16) -> String {
    let start = Instant::now();
    while start.elapsed() < Duration::from_secs(10) {
        let Ok(mut stream) = TcpStream::connect(("127.0.0.1", port)) else {
            std::thread::sleep(Duration::from_millis(20));
            continue;
        };
        let request = b"GET / HTTP/1.1\r\nHost: a.example\r\nConnection: close\r\n\r\n";
        let mut answer = String::new();
        stream.write_all(request).and_then(|()| stream.read_to_string(&mut answer)).expect("nginx answers");
        return answer;
    }
    String::new()
}
