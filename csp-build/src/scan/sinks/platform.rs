//! What browsers have.

use super::Slot::{Argument, Key};
use super::Transport::{Http, Socket};
use super::{FIRST, Root, Spec, maker, sink};

pub(super) const ROWS: &[Spec] = &[
    sink(Root::Global, &["fetch", "fetchLater"], Http, FIRST),
    sink(Root::Global, &["Request"], Http, FIRST),
    sink(Root::Global, &["EventSource"], Http, FIRST),
    sink(Root::Global, &["WebSocket", "MozWebSocket", "WebSocketStream"], Socket, FIRST),
    sink(Root::Global, &["WebTransport"], Http, FIRST),
    sink(Root::Global, &["navigator.sendBeacon"], Http, FIRST),
    maker(Root::Global, &["XMLHttpRequest"], "XMLHttpRequest", &[]),
    sink(Root::Client("XMLHttpRequest"), &["open"], Http, &[Argument(1)]),
    maker(Root::Global, &["caches.open"], "Cache", &[]),
    sink(Root::Client("Cache"), &["add", "addAll"], Http, FIRST),
    // Closure's library puts itself into globals.
    sink(Root::Global, &["goog.net.XhrIo.send"], Http, FIRST),
    maker(Root::Global, &["goog.net.XhrIo"], "goog.net.XhrIo", &[]),
    sink(Root::Client("goog.net.XhrIo"), &["send"], Http, FIRST),
    maker(Root::Global, &["goog.net.XmlHttp"], "XMLHttpRequest", &[]),
    // jQuery from a script element.
    sink(
        Root::Global,
        &["$.ajax", "jQuery.ajax", "$.get", "jQuery.get", "$.post", "jQuery.post", "$.getJSON", "jQuery.getJSON"],
        Http,
        &[Argument(0), Key(0, "url")],
    ),
    maker(Root::Global, &["$", "jQuery"], "jquery", &[]),
    sink(
        Root::Global,
        &["d3.json", "d3.xml", "d3.html", "d3.svg", "d3.text", "d3.csv", "d3.tsv", "d3.blob", "d3.buffer"],
        Http,
        FIRST,
    ),
    sink(Root::Global, &["d3.dsv"], Http, &[Argument(1)]),
];
