//! Sockets and event streams.

use super::Slot::{Argument, Key};
use super::Transport::{Both, Http, Socket};
use super::{FIRST, Implied, Root, Spec, maker, sdk, sink};

const SOCKET_IO: Root = Root::Package(&["socket.io-client"]);
const STOMP: Root = Root::Package(&["@stomp/stompjs", "stompjs", "webstomp-client", "@stomp/rx-stomp"]);

const PEER_SERVER: &[Implied] =
    &[Implied::Server(&[Key(0, "host"), Key(1, "host")], &[Key(0, "port"), Key(1, "port")], "0.peerjs.com")];

pub(super) const ROWS: &[Spec] = &[
    Spec { defaults_to_self: true, ..sink(SOCKET_IO, &["", "io", "connect", "io.connect", "lookup"], Both, FIRST) },
    sink(SOCKET_IO, &["Manager"], Both, FIRST),
    Spec { defaults_to_self: true, ..sink(Root::Global, &["io", "io.connect"], Both, FIRST) },
    sink(
        Root::Package(&[
            "reconnecting-websocket",
            "partysocket/ws",
            "isomorphic-ws",
            "isomorphic-websocket",
            "ws",
            "websocket-as-promised",
            "sockette",
        ]),
        &["", "WebSocket", "ReconnectingWebSocket"],
        Socket,
        FIRST,
    ),
    sink(Root::Package(&["websocket"]), &["w3cwebsocket"], Socket, FIRST),
    sink(Root::Package(&["websocket-ts"]), &["Websocket", "WebsocketBuilder"], Socket, FIRST),
    sink(Root::Package(&["react-use-websocket"]), &["", "useWebSocket", "useEventSource"], Socket, FIRST),
    sink(Root::Package(&["@vueuse/core", "ahooks"]), &["useWebSocket"], Socket, FIRST),
    sink(Root::Package(&["rxjs/webSocket"]), &["webSocket", "WebSocketSubject"], Socket, &[Argument(0), Key(0, "url")]),
    sink(Root::Global, &["ReconnectingWebSocket"], Socket, FIRST),
    sink(Root::Package(&["sockjs-client", "sockjs-client/dist/sockjs"]), &[""], Both, FIRST),
    sink(Root::Global, &["SockJS"], Both, FIRST),
    sink(STOMP, &["Client"], Socket, &[Key(0, "brokerURL")]),
    sink(STOMP, &["client", "Stomp.client", "default.client"], Socket, FIRST),
    sink(Root::Global, &["Stomp.client"], Socket, FIRST),
    maker(STOMP, &["RxStomp"], "RxStomp", &[]),
    sink(Root::Client("RxStomp"), &["configure"], Socket, &[Key(0, "brokerURL")]),
    sink(Root::Package(&["phoenix"]), &["Socket"], Socket, FIRST),
    sink(Root::Package(&["phoenix_live_view"]), &["", "LiveSocket"], Socket, FIRST),
    sink(
        Root::Package(&["centrifuge", "centrifuge/build/protobuf"]),
        &["", "Centrifuge"],
        Socket,
        &[Argument(0), Key(0, "*.endpoint")],
    ),
    sink(
        Root::Package(&["mqtt", "mqtt/dist/mqtt", "mqtt/dist/mqtt.esm"]),
        &["", "connect", "connectAsync"],
        Socket,
        FIRST,
    ),
    sink(Root::Global, &["mqtt.connect"], Socket, FIRST),
    sink(Root::Package(&["nats.ws"]), &["connect"], Socket, &[Key(0, "servers"), Key(0, "servers.*")]),
    sink(Root::Package(&["@rails/actioncable", "actioncable"]), &["createConsumer"], Socket, FIRST),
    sink(Root::Package(&["faye"]), &["Client"], Both, FIRST),
    sink(Root::Package(&["autobahn", "autobahn-browser"]), &["Connection"], Socket, &[Key(0, "url")]),
    sink(Root::Package(&["@trpc/client"]), &["createWSClient"], Socket, &[Key(0, "url")]),
    maker(
        Root::Package(&["@microsoft/signalr", "@aspnet/signalr"]),
        &["HubConnectionBuilder"],
        "HubConnectionBuilder",
        &[],
    ),
    Spec {
        makes: Some("HubConnectionBuilder"),
        ..sink(Root::Client("HubConnectionBuilder"), &["withUrl"], Both, FIRST)
    },
    maker(
        Root::Client("HubConnectionBuilder"),
        &["configureLogging", "withAutomaticReconnect", "withHubProtocol", "withStatefulReconnect"],
        "HubConnectionBuilder",
        &[],
    ),
    maker(Root::Global, &["signalR.HubConnectionBuilder"], "HubConnectionBuilder", &[]),
    // Peers, by the server that brings them together; peerjs 1.5.5.
    sdk("peerjs", Root::Package(&["peerjs"]), &["", "Peer"], &[], PEER_SERVER),
    sdk("peerjs", Root::Global, &["Peer"], &[], PEER_SERVER),
    // Event streams.
    sink(Root::Package(&["@microsoft/fetch-event-source"]), &["fetchEventSource"], Http, FIRST),
    sink(
        Root::Package(&[
            "event-source-polyfill",
            "eventsource",
            "reconnecting-eventsource",
            "extended-eventsource",
            "sse.js",
        ]),
        &["", "EventSourcePolyfill", "NativeEventSource", "EventSource", "ReconnectingEventSource", "SSE"],
        Http,
        FIRST,
    ),
    sink(Root::Global, &["EventSourcePolyfill"], Http, FIRST),
];
