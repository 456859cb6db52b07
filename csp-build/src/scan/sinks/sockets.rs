//! Sockets and event streams.

use super::Slot::{Argument, Key};
use super::Transport::{Both, Http, Socket};
use super::{FIRST, Implied, Root, Spec, maker, sdk, sink};

const SOCKET_IO: Root = Root::Package(&["socket.io-client"]);
const STOMP: Root = Root::Package(&["@stomp/stompjs", "stompjs", "webstomp-client", "@stomp/rx-stomp"]);

const PEER_SERVER: &[Implied] =
    &[Implied::Server(&[Key(0, "host"), Key(1, "host")], &[Key(0, "port"), Key(1, "port")], "0.peerjs.com")];

const ECHO_SERVER: &[Implied] = &[Implied::Server(&[Key(0, "wsHost")], &[Key(0, "wssPort"), Key(0, "wsPort")], "")];

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
    Spec { transport: Both, ..sdk("peerjs", Root::Package(&["peerjs"]), &["", "Peer"], &[], PEER_SERVER) },
    Spec { transport: Both, ..sdk("peerjs", Root::Global, &["Peer"], &[], PEER_SERVER) },
    // Documents that are edited together: y-websocket 3.1.0, y-webrtc 10.3.0, @hocuspocus/provider 4.8.0.
    sink(Root::Package(&["y-websocket"]), &["WebsocketProvider"], Socket, FIRST),
    Spec {
        transport: Socket,
        ..sdk(
            "y-webrtc",
            Root::Package(&["y-webrtc"]),
            &["WebrtcProvider"],
            &[Key(2, "signaling.*")],
            &[Implied::Otherwise("wss://y-webrtc-eu.fly.dev")],
        )
    },
    sink(
        Root::Package(&["@hocuspocus/provider"]),
        &["HocuspocusProvider", "HocuspocusProviderWebsocket"],
        Socket,
        &[Key(0, "url")],
    ),
    // laravel-echo 2.5.0, by the library that its broadcaster names; convex 1.48.0, which also sends reports over HTTP.
    Spec { transport: Socket, ..sdk("laravel-echo", Root::Package(&["laravel-echo"]), &[""], &[], ECHO_SERVER) },
    sink(Root::Package(&["convex/react"]), &["ConvexReactClient"], Both, FIRST),
    sink(Root::Package(&["convex/browser"]), &["ConvexClient"], Both, FIRST),
    sink(Root::Package(&["convex/browser"]), &["ConvexHttpClient"], Http, FIRST),
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
