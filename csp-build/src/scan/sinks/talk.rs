//! Chats, calls, games and networks of relays: `@pusher/chatkit-client` 1.14.1, `@andyet/simplewebrtc` 1.32.0, `colyseus.js`
//! 0.16.22, `livekit-client` 2.23.0, `stream-chat` 9.53.0, `pubnub` 11.0.2, `@liveblocks/core` 3.24.2, `@deepgram/sdk` 5.13.0,
//! `@vapi-ai/web` 2.7.1, `nostr-tools` 2.25.2, `@nostr-dev-kit/ndk` 3.0.3, `gun` 0.2020.1241, `ngx-socket-io` 4.11.1,
//! `vue-socket.io` 3.0.10, `paho-mqtt` 1.1.0, `signalr` 2.4.3.

use super::Implied::{FilledBy, FilledOr, Origin, Otherwise, Server};
use super::Slot::{Argument, Key};
use super::Transport::{Both, Http, Socket};
use super::{Condition, FIRST, Implied, Root, Slot, Spec, maker, sdk, sink};

const CHATKIT: Root = Root::Package(&["@pusher/chatkit", "@pusher/chatkit-client"]);
const CHATKIT_HOSTS: &[Implied] =
    &[FilledBy(Key(0, "instanceLocator"), chatkit), FilledBy(Key(0, "instanceLocator"), chatkit_socket)];
const STREAM_HOSTS: &[Implied] =
    &[Otherwise("https://chat.stream-io-api.com"), Otherwise("wss://chat.stream-io-api.com")];
const STREAM_URLS: &[Slot] = &[Key(1, "baseURL"), Key(2, "baseURL")];
const LIVEBLOCKS_HOSTS: &[Implied] = &[Origin("https://api.liveblocks.io"), Origin("wss://api.liveblocks.io")];
const DEEPGRAM_HOSTS: &[Implied] = &[Origin("https://api.deepgram.com"), Origin("wss://api.deepgram.com")];
const GUN_PEERS: &[Slot] =
    &[Argument(0), Key(0, "0"), Key(0, "1"), Key(0, "2"), Key(0, "3"), Key(0, "peers"), Key(0, "peers.*")];
/// A client is given a host and a port, or a URL.
const PAHO: &[Implied] = &[Server(&[Argument(0)], &[Argument(1)], "")];
const RELAYS: &[&str] =
    &["get", "list", "publish", "querySync", "sub", "subscribe", "subscribeEose", "subscribeMany", "subscribeManyEose"];

/// The cluster is the second part of the locator.
fn chatkit(locator: &str) -> Option<String> {
    locator.split(':').nth(1).map(|cluster| format!("https://{cluster}.pusherplatform.io"))
}

fn chatkit_socket(locator: &str) -> Option<String> {
    locator.split(':').nth(1).map(|cluster| format!("wss://{cluster}.pusherplatform.io"))
}

/// Without a scheme, and unencrypted on this machine.
fn party(host: &str) -> Option<String> {
    let host = host.split_once("://").map_or(host, |(_, host)| host).trim_end_matches('/');
    let is_local = host.starts_with("localhost") || host.starts_with("127.");
    (!host.is_empty()).then(|| format!("{}://{host}", if is_local { "http" } else { "https" }))
}

pub(super) const ROWS: &[Spec] = &[
    sdk("chatkit", CHATKIT, &["ChatManager", "default.ChatManager"], &[], CHATKIT_HOSTS),
    sink(CHATKIT, &["TokenProvider", "default.TokenProvider"], Http, &[Key(0, "url")]),
    sdk("chatkit", Root::Global, &["Chatkit.ChatManager"], &[], CHATKIT_HOSTS),
    sink(Root::Global, &["Chatkit.TokenProvider"], Http, &[Key(0, "url")]),
    sdk(
        "chatkit",
        Root::Package(&["@pusher/chatkit-server"]),
        &["", "default"],
        &[],
        &[FilledBy(Key(0, "instanceLocator"), chatkit)],
    ),
    sink(Root::Package(&["@andyet/simplewebrtc"]), &["Provider"], Http, &[Key(0, "configUrl")]),
    sink(Root::Package(&["@andyet/simplewebrtc"]), &["Actions.connect"], Http, FIRST),
    Spec {
        defaults_to_self: true,
        ..sink(Root::Package(&["colyseus.js", "@colyseus/sdk"]), &["Client", "ColyseusSDK"], Both, FIRST)
    },
    Spec { defaults_to_self: true, ..sink(Root::Global, &["Colyseus.Client"], Both, FIRST) },
    maker(Root::Package(&["livekit-client"]), &["Room"], "livekit.Room", &[]),
    sink(Root::Client("livekit.Room"), &["connect", "prepareConnection"], Both, FIRST),
    sink(Root::Package(&["@livekit/components-react"]), &["LiveKitRoom"], Both, &[Key(0, "serverUrl")]),
    sdk(
        "stream-chat",
        Root::Package(&["stream-chat"]),
        &["StreamChat", "StreamChat.getInstance"],
        STREAM_URLS,
        STREAM_HOSTS,
    ),
    sdk("stream-chat", Root::Package(&["stream-chat-react"]), &["useCreateChatClient"], &[], STREAM_HOSTS),
    sdk(
        "pubnub",
        Root::Package(&["pubnub"]),
        &["", "PubNub"],
        &[],
        &[FilledOr(Key(0, "origin"), "*.pndsn.com", "https://{}")],
    ),
    sdk("pubnub", Root::Global, &["PubNub"], &[], &[FilledOr(Key(0, "origin"), "*.pndsn.com", "https://{}")]),
    Spec {
        only_texts: true,
        ..sdk(
            "liveblocks",
            Root::Package(&["@liveblocks/client"]),
            &["createClient"],
            &[Key(0, "authEndpoint")],
            LIVEBLOCKS_HOSTS,
        )
    },
    Spec {
        only_texts: true,
        ..sdk(
            "liveblocks",
            Root::Package(&["@liveblocks/react", "@liveblocks/react/suspense"]),
            &["LiveblocksProvider"],
            &[Key(0, "authEndpoint")],
            LIVEBLOCKS_HOSTS,
        )
    },
    sdk("deepgram", Root::Package(&["@deepgram/sdk"]), &["DeepgramClient", "createClient"], &[], DEEPGRAM_HOSTS),
    sdk("vapi", Root::Package(&["@vapi-ai/web"]), &["", "Vapi"], &[Argument(1)], &[Otherwise("https://api.vapi.ai")]),
    // Networks of relays and of peers.
    maker(Root::Package(&["nostr-tools", "nostr-tools/pool"]), &["SimplePool"], "nostr.pool", &[]),
    sink(Root::Client("nostr.pool"), RELAYS, Socket, FIRST),
    sink(Root::Client("nostr.pool"), &["ensureRelay"], Socket, FIRST),
    sink(Root::Package(&["nostr-tools", "nostr-tools/relay"]), &["Relay", "Relay.connect", "relayInit"], Socket, FIRST),
    sink(Root::Package(&["@nostr-dev-kit/ndk"]), &["", "NDK"], Socket, &[Key(0, "explicitRelayUrls.*")]),
    Spec { only_texts: true, ..sink(Root::Package(&["gun", "gun/gun"]), &["", "Gun"], Both, GUN_PEERS) },
    Spec { only_texts: true, ..sink(Root::Global, &["GUN", "Gun"], Both, GUN_PEERS) },
    // Sockets in frameworks.
    sink(
        Root::Package(&["ngx-socket-io"]),
        &["Socket", "SocketIoModule.forRoot", "provideSocketIo"],
        Both,
        &[Key(0, "url")],
    ),
    Spec { only_texts: true, ..sink(Root::Package(&["vue-socket.io"]), &[""], Both, &[Key(0, "connection")]) },
    Spec {
        condition: Some(Condition::Package(
            Argument(0),
            &["vue-native-websocket", "vue-native-websocket-vue3", "vue-socket.io"],
        )),
        only_texts: true,
        ..sink(Root::Package(&["vue"]), &["use"], Socket, &[Argument(1)])
    },
    Spec { transport: Socket, ..sdk("paho", Root::Package(&["paho-mqtt"]), &["Client", "default.Client"], &[], PAHO) },
    Spec { transport: Socket, ..sdk("paho", Root::Global, &["Paho.Client", "Paho.MQTT.Client"], &[], PAHO) },
    Spec { defaults_to_self: true, ..sink(Root::Global, &["$.hubConnection", "jQuery.hubConnection"], Both, FIRST) },
    // partysocket 1.3.0, whose host has no scheme.
    Spec {
        transport: Both,
        ..sdk(
            "partysocket",
            Root::Package(&["partysocket", "partysocket/react"]),
            &["", "PartySocket", "default", "usePartySocket"],
            &[],
            &[FilledBy(Key(0, "host"), party)],
        )
    },
    sink(Root::Global, &["Phoenix.Socket"], Socket, FIRST),
    sink(Root::Global, &["Centrifuge"], Socket, &[Argument(0), Key(0, "*.endpoint")]),
    sink(Root::Global, &["RobustWebSocket"], Socket, FIRST),
    sink(Root::Package(&["robust-websocket"]), &[""], Socket, FIRST),
];
