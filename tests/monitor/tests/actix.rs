//! The endpoint for reports in actix-web answers and counts as the one in axum.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use std::sync::mpsc;
use std::thread;

use actix_web::{App, HttpServer, rt};
use csp_monitor_tests::{Client, entry, legacy, post, request};
use csp_runtime::monitor::{Counters, Monitor};

/// The port of a server, its monitor, and what asks the monitor.
fn serve() -> (u16, Monitor, rt::Runtime) {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        rt::System::new().block_on(async {
            let monitor = Monitor::builder().start().await.unwrap();
            let handed = monitor.clone();
            let server = HttpServer::new(move || App::new().service(handed.actix())).workers(1).disable_signals();
            let server = server.bind("127.0.0.1:0").unwrap();
            sender.send((server.addrs()[0].port(), monitor)).unwrap();
            server.run().await.unwrap();
        });
    });
    let (port, monitor) = receiver.recv().unwrap();
    (port, monitor, rt::Runtime::new().unwrap())
}

#[test]
fn reports_are_taken_in() {
    let (port, monitor, runtime) = serve();
    let json = [("Content-Type", "application/reports+json")];
    let preflight = request(port, "OPTIONS", "/__csp/report", &[("Origin", "https://shop.example.com")], b"");
    assert_eq!((preflight.status, preflight.field("access-control-allow-origin")), (204, Some("*")));
    assert_eq!(preflight.field("access-control-allow-headers"), Some("content-type"));

    let batch =
        format!("[{},{},{{\"type\":\"deprecation\"}}]", entry("https://a.example/"), entry("https://b.example/"));
    let mut expected = Counters::default();
    for (method, target, header, body, status) in [
        ("POST", "/__csp/report?d=r", &json[..], batch.into_bytes(), 204),
        ("POST", "/__csp/report", &json, b"{".to_vec(), 400),
        ("POST", "/__csp/report", &[("Content-Type", "text/plain")], b"[]".to_vec(), 415),
        ("POST", "/__csp/report", &json, vec![b' '; 2 * 1024 * 1024], 413),
        ("GET", "/__csp/report", &json, Vec::new(), 405),
    ] {
        assert_eq!(request(port, method, target, header, &body).status, status, "{method} {target}");
        match status {
            204 => (expected.accepted, expected.filtered) = (2, 1),
            413 => expected.over_limit += 1,
            400 | 415 => expected.rejected += 1,
            _ => {}
        }
    }
    assert_eq!(post(port, legacy("https://c.example/").as_bytes()).status, 204);
    expected.accepted += 1;

    // A body that breaks off.
    let mut client = Client::connect(port);
    client.send(b"POST /__csp/report HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n");
    client.send(b"Transfer-Encoding: chunked\r\n\r\n5\r\n{\"csp\r\nnonsense\r\n");
    assert!(client.answer(true).is_none_or(|answer| answer.status == 400));
    expected.rejected += 1;

    let counters = runtime.block_on(monitor.counters()).unwrap();
    assert_eq!(counters, expected);
    assert_eq!(counters.received(), 8);
}
