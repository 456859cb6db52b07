//! The program from outside: what it prints, what it makes of `PORT`, how it ends.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    process::{Child, Command, Output, Stdio},
    time::{Duration, Instant},
};

/// The running program; it ends on drop.
struct Program(Child);

impl Program {
    fn start() -> Self {
        Self(command("0").stdout(Stdio::piped()).spawn().unwrap())
    }

    /// What it prints up to the line that tells its address, and the address.
    fn output(&mut self) -> (Vec<String>, String) {
        let mut printed = Vec::new();
        for line in BufReader::new(self.0.stdout.take().unwrap()).lines().map_while(Result::ok) {
            if let Some(address) = line.strip_prefix("listening on http://") {
                let address = address.to_owned();
                printed.push(line);
                return (printed, address);
            }
            printed.push(line);
        }
        panic!("it ended early, having printed {printed:?}");
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // Failure means that it ended before.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn command(port: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_quickstart"));
    // A proxy of the environment must not get what goes to the program itself.
    command.env("PORT", port).env("HTTP_PROXY", "http://127.0.0.1:1").env("http_proxy", "http://127.0.0.1:1");
    command
}

#[test]
fn it_prints_the_header_and_what_its_own_client_may_call() {
    let mut program = Program::start();
    let (printed, address) = program.output();
    let debug = if cfg!(debug_assertions) { " http://localhost:* ws://localhost:*" } else { "" };
    let policy = "connect-src 'self' https://api.example.com wss://ws.example.com https://stream.example.com";
    let header = format!("Content-Security-Policy: {policy}{debug}");
    assert!(printed.contains(&header), "{printed:#?}");
    let calls = printed.iter().skip_while(|line| !line.starts_with("allowed: ")).take(4).map(String::as_str);
    let expected = [
        &format!("allowed: GET http://{address}/api/users was answered with 200 OK"),
        &format!("refused: GET http://{address}/admin/keys was not sent"),
        &format!(
            "Refused to connect to 'http://{address}/admin/keys' because it violates the following \
             Content Security Policy directive: \"connect-src http://127.0.0.1:*/api/\""
        ),
        "  nearest: http://127.0.0.1:*/api/ (path differs)",
    ];
    assert_eq!(calls.collect::<Vec<_>>(), expected);

    let mut connection = TcpStream::connect(&address).unwrap();
    write!(connection, "GET / HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").unwrap();
    let mut response = String::new();
    connection.read_to_string(&mut response).unwrap();
    assert!(response.starts_with("HTTP/1.1 200 OK\r\n"), "{response}");
    assert!(
        response.contains(&format!("\r\n{}\r\n", header.replace("Content-Security-Policy", "content-security-policy")))
    );
}

#[test]
fn a_bad_port_is_named_and_so_is_the_way_out() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = taken.local_addr().unwrap().port().to_string();
    let not_a_number = |port| (port, format!("error: PORT is {port:?}, not a number from 0 to 65535\n"));
    let cases = [
        not_a_number(""),
        not_a_number("http"),
        not_a_number("65536"),
        not_a_number("-1"),
        not_a_number("80\n81"),
        (&taken, format!("error: can't listen on port {taken}: ")),
    ];
    for (port, expected) in cases {
        let Output { status, stdout, stderr } = command(port).output().unwrap();
        let stderr = String::from_utf8(stderr).unwrap();
        assert_eq!((status.code(), stdout.len()), (Some(2), 0), "{port:?}: {stderr}");
        assert!(stderr.starts_with(&expected), "{port:?}: {stderr}");
        assert!(stderr.contains("\n  help: ") && !stderr.contains("panicked"), "{port:?}: {stderr}");
    }
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_it() {
    let mut program = Program::start();
    let (_, address) = program.output();
    // Browsers keep connections open: it does not wait for them.
    let _connection = TcpStream::connect(&address).unwrap();
    let interrupt = Command::new("kill").args(["-INT", &program.0.id().to_string()]).status().unwrap();
    assert!(interrupt.success());
    let deadline = Instant::now() + Duration::from_secs(10);
    let status = loop {
        if let Some(status) = program.0.try_wait().unwrap() {
            break status;
        }
        assert!(Instant::now() < deadline, "it still runs");
        std::thread::sleep(Duration::from_millis(10));
    };
    assert_eq!(status.code(), Some(0));
}
