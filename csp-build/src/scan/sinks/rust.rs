//! What Rust front ends connect with. A crate is a package whose name begins with `rust:`.

use super::Slot::Argument;
use super::Transport::{Http, Socket};
use super::{FIRST, Root, Spec, maker, sink};

const GLOO_HTTP: Root = Root::Package(&["rust:gloo_net", "rust:gloo", "rust:reqwasm"]);
const REQWEST: Root = Root::Package(&["rust:reqwest", "rust:reqwest_wasm"]);
const WEB_SYS: Root = Root::Package(&["rust:web_sys"]);
const CLIENT: Root = Root::Client("reqwest::Client");
const BUILDER: Root = Root::Client("reqwest::ClientBuilder");

pub(super) const ROWS: &[Spec] = &[
    sink(
        GLOO_HTTP,
        &[
            "http.Request.get",
            "http.Request.post",
            "http.Request.put",
            "http.Request.patch",
            "http.Request.delete",
            "http.Request.new",
            "http.RequestBuilder.new",
            "net.http.Request.get",
            "net.http.Request.post",
            "net.http.Request.put",
            "net.http.Request.patch",
            "net.http.Request.delete",
            "net.http.Request.new",
            "net.http.RequestBuilder.new",
            "eventsource.futures.EventSource.new",
            "net.eventsource.futures.EventSource.new",
        ],
        Http,
        FIRST,
    ),
    sink(
        GLOO_HTTP,
        &[
            "websocket.futures.WebSocket.open",
            "websocket.futures.WebSocket.open_with_protocol",
            "websocket.futures.WebSocket.open_with_protocols",
            "net.websocket.futures.WebSocket.open",
            "net.websocket.futures.WebSocket.open_with_protocol",
            "websocket.WebSocket.open",
        ],
        Socket,
        FIRST,
    ),
    sink(REQWEST, &["get"], Http, FIRST),
    sink(REQWEST, &["Request.new"], Http, &[Argument(1)]),
    maker(Root::Package(&["rust:reqwest_middleware"]), &["ClientBuilder.new"], "reqwest::ClientBuilder", &[]),
    maker(REQWEST, &["Client.new", "Client.default", "Client"], "reqwest::Client", &[]),
    maker(REQWEST, &["Client.builder", "ClientBuilder.new", "ClientBuilder.default"], "reqwest::ClientBuilder", &[]),
    maker(BUILDER, &["build"], "reqwest::Client", &[]),
    maker(
        BUILDER,
        &["default_headers", "timeout", "with", "user_agent", "bearer_auth", "fetch_credentials_include", "no_proxy"],
        "reqwest::ClientBuilder",
        &[],
    ),
    sink(CLIENT, &["get", "post", "put", "patch", "delete", "head"], Http, FIRST),
    sink(CLIENT, &["request"], Http, &[Argument(1)]),
    sink(
        WEB_SYS,
        &[
            "Request.new_with_str",
            "Request.new_with_str_and_init",
            "EventSource.new",
            "EventSource.new_with_event_source_init_dict",
            ".fetch_with_str",
            ".fetch_with_str_and_init",
            ".send_beacon",
            ".send_beacon_with_opt_str",
            ".send_beacon_with_opt_blob",
            ".send_beacon_with_opt_u8_slice",
            "WebTransport.new",
        ],
        Http,
        FIRST,
    ),
    sink(WEB_SYS, &["WebSocket.new", "WebSocket.new_with_str", "WebSocket.new_with_str_sequence"], Socket, FIRST),
    maker(WEB_SYS, &["XmlHttpRequest.new", "XmlHttpRequest"], "web_sys::XmlHttpRequest", &[]),
    sink(
        Root::Client("web_sys::XmlHttpRequest"),
        &["open", "open_with_async", "open_with_async_and_user", "open_with_async_and_user_and_password"],
        Http,
        &[Argument(1)],
    ),
    sink(
        Root::Package(&["rust:leptos_use"]),
        &[
            "use_websocket",
            "use_websocket_with_options",
            "core.use_websocket",
            "use_event_source",
            "use_event_source_with_options",
        ],
        Socket,
        FIRST,
    ),
    sink(Root::Package(&["rust:yew_hooks"]), &["use_websocket", "use_websocket_with_options"], Socket, FIRST),
    sink(
        Root::Package(&["rust:macroquad"]),
        &[
            "file.load_file",
            "file.load_string",
            "prelude.load_file",
            "prelude.load_string",
            "prelude.load_texture",
            "texture.load_texture",
        ],
        Http,
        FIRST,
    ),
    sink(Root::Package(&["rust:ws_stream_wasm"]), &["WsMeta.connect"], Socket, FIRST),
    sink(Root::Package(&["rust:wasm_sockets"]), &["EventClient.new", "PollingClient.new"], Socket, FIRST),
    sink(Root::Package(&["rust:ewebsock"]), &["connect", "connect_with_wakeup"], Socket, FIRST),
    // Sockets between peers, by the server that brings them together; miniquad's, and those of older front ends.
    sink(
        Root::Package(&["rust:matchbox_socket", "rust:bevy_matchbox"]),
        &[
            "WebRtcSocket.builder",
            "WebRtcSocket.new_reliable",
            "WebRtcSocket.new_unreliable",
            "WebRtcSocket.new_ggrs",
            "WebRtcSocketBuilder.new",
            "prelude.WebRtcSocket.new_reliable",
            "prelude.WebRtcSocket.new_unreliable",
            "prelude.WebRtcSocketBuilder.new",
            "prelude.MatchboxSocket.new_reliable",
            "prelude.MatchboxSocket.new_unreliable",
        ],
        Socket,
        FIRST,
    ),
    sink(Root::Package(&["rust:quad_net"]), &["http_request.RequestBuilder.new"], Http, FIRST),
    sink(Root::Package(&["rust:quad_net"]), &["web_socket.WebSocket.connect"], Socket, FIRST),
    sink(Root::Package(&["rust:surf"]), &["get", "post", "put", "patch", "delete", "head"], Http, FIRST),
    sink(Root::Package(&["rust:seed"]), &["fetch", "Request.new", "prelude.fetch", "prelude.Request.new"], Http, FIRST),
    sink(Root::Package(&["rust:postgrest"]), &["Postgrest.new"], Http, FIRST),
    // Where functions of the server are.
    sink(
        Root::Package(&["rust:leptos", "rust:server_fn"]),
        &["client.set_server_url", "server_fn.client.set_server_url"],
        Http,
        FIRST,
    ),
    sink(
        Root::Package(&["rust:dioxus", "rust:dioxus_fullstack"]),
        &["fullstack.set_server_url", "fullstack.prelude.server_fn.client.set_server_url", "set_server_url"],
        Http,
        FIRST,
    ),
    sink(Root::Package(&["rust:ehttp"]), &["Request.get", "Request.post"], Http, FIRST),
    sink(Root::Package(&["rust:tokio_tungstenite_wasm"]), &["connect", "connect_with_protocols"], Socket, FIRST),
    sink(Root::Package(&["rust:reqwest_eventsource"]), &["EventSource.get"], Http, FIRST),
    sink(Root::Package(&["rust:tonic_web_wasm_client"]), &["Client.new", "Client.new_with_options"], Http, FIRST),
    sink(Root::Package(&["rust:graphql_client"]), &["reqwest.post_graphql"], Http, &[Argument(1)]),
    // Yew up to 0.17.
    sink(
        Root::Package(&["rust:yew"]),
        &[
            "services.fetch.Request.get",
            "services.fetch.Request.post",
            "services.fetch.Request.put",
            "services.fetch.Request.patch",
            "services.fetch.Request.delete",
            "services.fetch.Request.head",
        ],
        Http,
        FIRST,
    ),
    sink(
        Root::Package(&["rust:yew"]),
        &[
            "services.websocket.WebSocketService.connect",
            "services.websocket.WebSocketService.connect_text",
            "services.websocket.WebSocketService.connect_binary",
        ],
        Socket,
        FIRST,
    ),
];
