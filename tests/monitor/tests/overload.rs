//! What there is no room for is counted as shed, and answered so that no browser sends it again.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use std::future::poll_fn;
use std::io;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::body::Bytes;
use csp_monitor_tests::{POLICY, legacy};
use csp_runtime::monitor::{Caps, Counters, Delivery, Filter, MemoryStore, Monitor};
use csp_runtime::report::OwnPolicies;
use http::{Request, Response, StatusCode};
use http_body::{Body, Frame};
use tokio::sync::mpsc;
use tower::ServiceExt as _;

async fn start(caps: Caps, store: Arc<MemoryStore>) -> Monitor {
    Monitor::builder().policies(OwnPolicies::new([POLICY])).caps(caps).store(store).start().await.unwrap()
}

/// A body that comes piece by piece, as somebody sends it.
struct Pieces(mpsc::UnboundedReceiver<Bytes>);

impl Body for Pieces {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        self.0.poll_recv(context).map(|piece| piece.map(|piece| Ok(Frame::data(piece))))
    }
}

/// A request for the collector, and what sends its body.
fn request(monitor: &Monitor) -> (impl Future<Output = Response<String>> + use<>, mpsc::UnboundedSender<Bytes>) {
    let (sender, receiver) = mpsc::unbounded_channel();
    let request = Request::post("/").header("content-type", "application/json").body(Pieces(receiver)).unwrap();
    let answer = monitor.collector().oneshot(request);
    (async { answer.await.unwrap() }, sender)
}

async fn send(monitor: &Monitor, body: String) -> StatusCode {
    let (answer, sender) = request(monitor);
    sender.send(body.into()).unwrap();
    drop(sender);
    answer.await.status()
}

fn counted(accepted: u64, shed: u64) -> Counters {
    let mut counters = Counters::default();
    (counters.accepted, counters.shed) = (accepted, shed);
    counters
}

#[tokio::test]
async fn bodies_for_which_there_is_no_room_are_shed() {
    let body = legacy("https://evil.example/");
    let mut caps = Caps::default();
    // Of a second one only the beginning has room.
    caps.body_bytes = body.len() + body.len() / 2;
    let monitor = start(caps, Arc::default()).await;
    let (slow, sender) = request(&monitor);
    let mut slow = pin!(slow);
    let (begin, end) = body.split_at(body.len() - 1);
    sender.send(begin.to_owned().into()).unwrap();
    assert!(poll_fn(|context| Poll::Ready(slow.as_mut().poll(context).is_pending())).await);

    assert_eq!(send(&monitor, body.clone()).await, StatusCode::NO_CONTENT);
    assert_eq!(monitor.counters().await.unwrap(), counted(0, 1));
    // What is shed takes no room, and what has room is taken in.
    assert_eq!(send(&monitor, body.clone()).await, StatusCode::NO_CONTENT);
    assert_eq!(send(&monitor, "[]".to_owned()).await, StatusCode::NO_CONTENT);
    assert_eq!(monitor.counters().await.unwrap(), counted(0, 2));

    // The first has its place until it is there.
    sender.send(end.to_owned().into()).unwrap();
    drop(sender);
    assert_eq!(slow.await.status(), StatusCode::NO_CONTENT);
    assert_eq!(monitor.counters().await.unwrap(), counted(1, 2));
    assert_eq!(send(&monitor, body.clone()).await, StatusCode::NO_CONTENT);
    assert_eq!(monitor.counters().await.unwrap(), counted(2, 2));

    // Whoever goes away leaves his place.
    let (gone, sender) = request(&monitor);
    let mut gone = Box::pin(gone);
    sender.send(body.clone().into()).unwrap();
    assert!(poll_fn(|context| Poll::Ready(gone.as_mut().poll(context).is_pending())).await);
    drop(gone);
    assert_eq!(send(&monitor, body).await, StatusCode::NO_CONTENT);
    assert_eq!(monitor.counters().await.unwrap(), counted(3, 2));
}

/// More groups than the room for what waits to be written has.
#[tokio::test]
async fn violations_for_which_there_is_no_room_are_shed() {
    let store = Arc::<MemoryStore>::default();
    let send = |monitor: &Monitor| {
        for number in 0..20 {
            let body = legacy(&format!("https://h{number}.example/"));
            monitor.receive(body.as_bytes(), &Delivery::default()).unwrap();
        }
    };
    let monitor = start(Caps::default(), Arc::clone(&store)).await;
    send(&monitor);
    monitor.flush().await.unwrap();
    assert_eq!(monitor.counters().await.unwrap(), counted(20, 0));

    // Their groups are known, so that there is something to write of each.
    let mut caps = Caps::default();
    caps.key_bytes = 4_000;
    let monitor = start(caps, store).await;
    send(&monitor);
    let counters = monitor.counters().await.unwrap();
    let shed = counters.shed;
    assert_eq!((counters.received(), counters.accepted), (40, 40 - shed));
    assert!((1..20).contains(&shed), "{counters:?}");
    // What waits goes on counting.
    send(&monitor);
    assert_eq!(monitor.counters().await.unwrap(), counted(60 - 2 * shed, 2 * shed));
    // Once it is written there is room again.
    monitor.flush().await.unwrap();
    send(&monitor);
    assert_eq!(monitor.counters().await.unwrap(), counted(80 - 3 * shed, 3 * shed));
    monitor.flush().await.unwrap();
    let totals = monitor.totals().await.unwrap();
    let groups = monitor.groups(&Filter::all()).await.unwrap();
    assert_eq!(groups.iter().map(|group| group.count).sum::<u64>(), totals.counters.accepted);
    assert_eq!((groups.len(), totals.other), (20, 0));
}
