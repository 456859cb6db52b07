//! How the endpoint answers: preflights, slow and oversized bodies, who may see what.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use csp_monitor_tests::{Client, Counts, Program, counters, legacy, post, request};

fn program() -> Program {
    Program::start(env!("CARGO_BIN_EXE_collector"), &[], "memory")
}

#[test]
fn a_preflight_allows_reports_from_everywhere() {
    let program = program();
    let header = [
        ("Origin", "https://shop.example.com"),
        ("Access-Control-Request-Method", "POST"),
        ("Access-Control-Request-Headers", "content-type"),
    ];
    let answer = request(program.port(), "OPTIONS", "/__csp/report?d=e", &header, b"");
    assert_eq!((answer.status, answer.body.len()), (204, 0));
    for (name, value) in [
        ("access-control-allow-origin", "*"),
        ("access-control-allow-methods", "POST"),
        ("access-control-allow-headers", "content-type"),
    ] {
        assert_eq!(answer.field(name), Some(value));
    }
    // The answer to the report itself is read by a page's script only with this.
    let answer = post(program.port(), legacy("https://evil.example/").as_bytes());
    assert_eq!((answer.status, answer.field("access-control-allow-origin")), (204, Some("*")));
    let answer = request(program.port(), "GET", "/__csp/report", &[], b"");
    assert_eq!((answer.status, answer.field("allow")), (405, Some("POST, OPTIONS")));
}

#[test]
fn a_body_that_does_not_come_is_given_up() {
    let program = Program::start(env!("CARGO_BIN_EXE_collector"), &["env", "BODY_SECONDS=1"], "memory");
    let before = counters(program.port());
    let mut slow: Vec<_> = (0..50).map(|_| Client::connect(program.port())).collect();
    for client in &mut slow {
        client.send(b"POST /__csp/report HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n");
        client.send(b"Content-Length: 1000\r\n\r\n{\"csp-report\":");
    }
    // Meanwhile others are served.
    assert_eq!(post(program.port(), legacy("https://evil.example/").as_bytes()).status, 204);
    for client in &mut slow {
        assert_eq!(client.answer(true).unwrap().status, 408);
    }
    assert_eq!(counters(program.port()) - before, Counts([1, 0, 50, 0, 0]));
}

#[test]
fn a_body_that_breaks_off_counts_once() {
    let program = program();
    let before = counters(program.port());
    for _ in 0..10 {
        let mut client = Client::connect(program.port());
        client.send(b"POST /__csp/report HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n");
        client.send(b"Transfer-Encoding: chunked\r\n\r\n5\r\n{\"csp\r\nnonsense\r\n");
        let answer = client.answer(true);
        assert!(answer.is_none_or(|answer| answer.status == 400));
    }
    // A chunk that is none is the body's end.
    assert_eq!(counters(program.port()) - before, Counts([0, 0, 10, 0, 0]));
}

#[test]
fn an_oversized_body_is_not_read_to_its_end() {
    let program = program();
    let before = counters(program.port());
    let mut announced = Client::connect(program.port());
    announced.send(b"POST /__csp/report HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n");
    announced.send(b"Content-Length: 1000000000\r\n\r\n");
    // Not a byte of the body has been sent.
    assert_eq!(announced.answer(true).unwrap().status, 413);
    let mut chunked = Client::connect(program.port());
    chunked.send(b"POST /__csp/report HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n");
    chunked.send(b"Transfer-Encoding: chunked\r\n\r\n");
    let chunk = [format!("{:x}\r\n", 4096).as_bytes(), &[b'{'; 4096], b"\r\n"].concat();
    // 64 KiB and a little more: there is no end.
    for _ in 0..17 {
        chunked.send(&chunk);
    }
    assert_eq!(chunked.answer(true).unwrap().status, 413);
    assert_eq!(counters(program.port()) - before, Counts([0, 0, 0, 2, 0]));
}

#[test]
fn bodies_in_pieces_are_put_together() {
    let program = program();
    let body = legacy("https://evil.example/pieces");
    let before = counters(program.port());
    let mut client = Client::connect(program.port());
    client.send(b"POST /__csp/report HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n");
    client.send(b"Transfer-Encoding: chunked\r\n\r\n");
    for piece in body.as_bytes().chunks(7) {
        client.send(&[format!("{:x}\r\n", piece.len()).as_bytes(), piece, b"\r\n"].concat());
    }
    client.send(b"0\r\n\r\n");
    assert_eq!(client.answer(true).unwrap().status, 204);
    assert_eq!(counters(program.port()) - before, Counts([1, 0, 0, 0, 0]));
}

#[test]
fn only_requests_of_this_machine_see_the_interfaces() {
    let program = program();
    for (header, status) in [
        (&[][..], 200),
        // A page of another site whose name was made to mean this machine.
        (&[("Host", "evil.example")], 403),
        (&[("X-Forwarded-For", "203.0.113.5")], 403),
        (&[("Forwarded", "for=203.0.113.5")], 403),
    ] {
        for target in ["/__csp/api/counters", "/__csp/api/groups"] {
            let mut text = format!("GET {target} HTTP/1.1\r\n");
            let host = ("Host", "localhost");
            let is_named = header.iter().any(|(name, _)| *name == "Host");
            for (name, value) in header.iter().chain(Some(&host).filter(|_| !is_named)) {
                text.push_str(&format!("{name}: {value}\r\n"));
            }
            let mut client = Client::connect(program.port());
            client.send(format!("{text}\r\n").as_bytes());
            assert_eq!(client.answer(true).unwrap().status, status, "{target} {header:?}");
        }
    }
    // Reports come from everywhere.
    let header = [("Content-Type", "application/json"), ("X-Forwarded-For", "203.0.113.5")];
    let answer = request(program.port(), "POST", "/__csp/report", &header, legacy("https://evil.example/").as_bytes());
    assert_eq!(answer.status, 204);
    for (target, status) in [("/__csp/api/groups?limit=x", 400), ("/__csp/api/groups?al", 400), ("/__csp/api", 404)] {
        assert_eq!(request(program.port(), "GET", target, &[], b"").status, status, "{target}");
    }
}
