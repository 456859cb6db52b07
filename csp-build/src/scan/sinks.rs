//! The functions that connect, as data.
//!
//! A row is matched by where the function comes from, a global or a package, never by its name alone.

use Slot::{Argument, Key};
use Transport::{Both, Http, Socket};

/// Which schemes a URL stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Transport {
    /// The scheme as it is written.
    Http,
    /// `https:` is a spelling of `wss:`.
    Socket,
    /// A library that connects over HTTP first, or falls back to it.
    Both,
}

/// Where the URL stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Slot {
    Argument(usize),
    /// A member of an object that is an argument.
    Key(usize, &'static str),
}

/// Where a function comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Root {
    Global,
    Package(&'static [&'static str]),
    /// An object of a class of [`MAKERS`].
    Client(&'static str),
}

/// Functions that connect.
#[derive(Debug)]
pub(crate) struct Sink {
    pub(crate) root: Root,
    /// Names below the root, with dots; the empty one is the root itself, or a package's default export.
    pub(crate) paths: &'static [&'static str],
    pub(crate) transport: Transport,
    pub(crate) urls: &'static [Slot],
    /// What relative URLs of this call are relative to.
    pub(crate) bases: &'static [Slot],
    /// Without an argument it connects to the page's own origin.
    pub(crate) defaults_to_self: bool,
}

/// Functions and classes that make an object with functions that connect.
#[derive(Debug)]
pub(crate) struct Maker {
    pub(crate) root: Root,
    pub(crate) paths: &'static [&'static str],
    pub(crate) class: &'static str,
    pub(crate) bases: &'static [Slot],
}

const fn sink(root: Root, paths: &'static [&'static str], transport: Transport, urls: &'static [Slot]) -> Sink {
    Sink { root, paths, transport, urls, bases: &[], defaults_to_self: false }
}

const fn maker(root: Root, paths: &'static [&'static str], class: &'static str, bases: &'static [Slot]) -> Maker {
    Maker { root, paths, class, bases }
}

const AXIOS: Root = Root::Package(&["axios"]);
const KY: Root = Root::Package(&["ky", "ky-universal"]);
const GOT: Root = Root::Package(&["got"]);
const OFETCH: Root = Root::Package(&["ofetch"]);
const FETCHES: Root = Root::Package(&[
    "cross-fetch",
    "isomorphic-fetch",
    "isomorphic-unfetch",
    "node-fetch",
    "unfetch",
    "whatwg-fetch",
    "fetch-retry",
]);
const JQUERY: Root = Root::Package(&["jquery"]);
const D3: Root = Root::Package(&["d3", "d3-fetch"]);
const SUPERAGENT: Root = Root::Package(&["superagent"]);
const SOCKET_IO: Root = Root::Package(&["socket.io-client"]);
const APOLLO: Root = Root::Package(&[
    "@apollo/client",
    "@apollo/client/core",
    "@apollo/client/link/http",
    "apollo-link-http",
    "apollo-client",
    "apollo-boost",
    "apollo-upload-client",
]);

const VERBS: &[&str] = &["get", "post", "put", "patch", "delete", "head", "options"];
const AXIOS_VERBS: &[&str] =
    &["get", "post", "put", "patch", "delete", "head", "options", "postForm", "putForm", "patchForm"];
const D3_READERS: &[&str] = &["json", "xml", "html", "svg", "text", "csv", "tsv", "dsv", "blob", "buffer", "image"];
const FIRST: &[Slot] = &[Argument(0)];

/// All that is known to connect.
pub(crate) const SINKS: &[Sink] = &[
    // The platform.
    sink(Root::Global, &["fetch", "fetchLater"], Http, FIRST),
    sink(Root::Global, &["EventSource"], Http, FIRST),
    sink(Root::Global, &["WebSocket"], Socket, FIRST),
    sink(Root::Global, &["WebTransport"], Http, FIRST),
    sink(Root::Global, &["navigator.sendBeacon"], Http, FIRST),
    sink(Root::Client("XMLHttpRequest"), &["open"], Http, &[Argument(1)]),
    sink(Root::Client("Cache"), &["add", "addAll"], Http, FIRST),
    // fetch by other names.
    sink(FETCHES, &["", "fetch"], Http, FIRST),
    sink(Root::Global, &["$fetch", "useFetch", "useLazyFetch"], Http, FIRST),
    sink(OFETCH, &["$fetch", "ofetch", "$fetch.raw", "ofetch.raw"], Http, FIRST),
    sink(Root::Client("ofetch"), &["", "raw"], Http, FIRST),
    // HTTP clients.
    Sink {
        bases: &[Key(0, "baseURL"), Key(1, "baseURL")],
        ..sink(AXIOS, &["", "request"], Http, &[Argument(0), Key(0, "url")])
    },
    Sink { bases: &[Key(1, "baseURL"), Key(2, "baseURL")], ..sink(AXIOS, AXIOS_VERBS, Http, FIRST) },
    Sink {
        bases: &[Key(0, "baseURL"), Key(1, "baseURL")],
        ..sink(Root::Client("axios"), &["", "request"], Http, &[Argument(0), Key(0, "url")])
    },
    Sink { bases: &[Key(1, "baseURL"), Key(2, "baseURL")], ..sink(Root::Client("axios"), AXIOS_VERBS, Http, FIRST) },
    Sink { bases: &[Key(1, "prefixUrl")], ..sink(KY, &[""], Http, FIRST) },
    Sink { bases: &[Key(1, "prefixUrl")], ..sink(KY, VERBS, Http, FIRST) },
    Sink { bases: &[Key(1, "prefixUrl")], ..sink(Root::Client("ky"), &[""], Http, FIRST) },
    Sink { bases: &[Key(1, "prefixUrl")], ..sink(Root::Client("ky"), VERBS, Http, FIRST) },
    Sink { bases: &[Key(1, "prefixUrl")], ..sink(GOT, &["", "stream"], Http, &[Argument(0), Key(0, "url")]) },
    Sink { bases: &[Key(1, "prefixUrl")], ..sink(GOT, VERBS, Http, FIRST) },
    Sink { bases: &[Key(1, "prefixUrl")], ..sink(Root::Client("got"), &[""], Http, FIRST) },
    Sink { bases: &[Key(1, "prefixUrl")], ..sink(Root::Client("got"), VERBS, Http, FIRST) },
    sink(SUPERAGENT, &["", "get", "post", "put", "patch", "del", "delete", "head"], Http, FIRST),
    sink(Root::Client("wretch"), &["url"], Http, FIRST),
    sink(
        Root::Package(&["request", "request-promise", "needle"]),
        &["", "get", "post", "put", "delete"],
        Http,
        &[Argument(0), Key(0, "url"), Key(0, "uri")],
    ),
    sink(Root::Global, &["$.ajax", "jQuery.ajax"], Http, &[Argument(0), Key(0, "url")]),
    sink(
        Root::Global,
        &["$.get", "$.post", "$.getJSON", "jQuery.get", "jQuery.post", "jQuery.getJSON"],
        Http,
        &[Argument(0), Key(0, "url")],
    ),
    sink(JQUERY, &["ajax", "get", "post", "getJSON"], Http, &[Argument(0), Key(0, "url")]),
    sink(D3, D3_READERS, Http, FIRST),
    sink(Root::Global, &["d3.json", "d3.xml", "d3.text", "d3.csv", "d3.tsv"], Http, FIRST),
    sink(
        Root::Client("HttpClient"),
        &["get", "post", "put", "patch", "delete", "head", "options", "jsonp"],
        Http,
        FIRST,
    ),
    sink(Root::Client("HttpClient"), &["request"], Http, &[Argument(1)]),
    sink(
        Root::Package(&["@reduxjs/toolkit/query", "@reduxjs/toolkit/query/react"]),
        &["fetchBaseQuery"],
        Http,
        &[Key(0, "baseUrl")],
    ),
    sink(
        Root::Package(&["@trpc/client"]),
        &["httpBatchLink", "httpLink", "httpBatchStreamLink"],
        Http,
        &[Key(0, "url")],
    ),
    // Sockets.
    Sink { defaults_to_self: true, ..sink(SOCKET_IO, &["", "io", "connect", "io.connect"], Both, FIRST) },
    Sink { defaults_to_self: true, ..sink(Root::Global, &["io"], Both, FIRST) },
    sink(
        Root::Package(&["reconnecting-websocket", "partysocket/ws", "isomorphic-ws", "ws"]),
        &["", "WebSocket"],
        Socket,
        FIRST,
    ),
    sink(Root::Global, &["ReconnectingWebSocket"], Socket, FIRST),
    sink(Root::Package(&["sockjs-client"]), &[""], Both, FIRST),
    sink(Root::Global, &["SockJS"], Both, FIRST),
    sink(Root::Package(&["@stomp/stompjs"]), &["Client"], Socket, &[Key(0, "brokerURL")]),
    sink(Root::Package(&["phoenix"]), &["Socket"], Socket, FIRST),
    sink(Root::Package(&["centrifuge"]), &["", "Centrifuge"], Socket, FIRST),
    sink(Root::Package(&["mqtt"]), &["", "connect"], Socket, FIRST),
    sink(Root::Client("HubConnectionBuilder"), &["withUrl"], Both, FIRST),
    sink(Root::Package(&["@microsoft/fetch-event-source"]), &["fetchEventSource"], Http, FIRST),
    // GraphQL.
    sink(
        APOLLO,
        &["HttpLink", "createHttpLink", "ApolloClient", "createUploadLink", "BatchHttpLink", ""],
        Http,
        &[Key(0, "uri")],
    ),
    sink(Root::Package(&["graphql-ws"]), &["createClient"], Socket, &[Key(0, "url")]),
    sink(Root::Package(&["graphql-sse"]), &["createClient"], Http, &[Key(0, "url")]),
    sink(Root::Package(&["subscriptions-transport-ws"]), &["SubscriptionClient"], Socket, FIRST),
    sink(Root::Package(&["apollo-link-ws", "@apollo/client/link/ws"]), &["WebSocketLink"], Socket, &[Key(0, "uri")]),
    sink(
        Root::Package(&["urql", "@urql/core", "@urql/vue", "@urql/svelte"]),
        &["createClient", "Client"],
        Http,
        &[Key(0, "url")],
    ),
    sink(Root::Package(&["graphql-request"]), &["GraphQLClient", "request", "rawRequest"], Http, FIRST),
];

/// All that makes a client. A base is where the client connects to, so that a maker with one counts as a call, too.
pub(crate) const MAKERS: &[Maker] = &[
    maker(Root::Global, &["XMLHttpRequest"], "XMLHttpRequest", &[]),
    maker(Root::Global, &["caches.open"], "Cache", &[]),
    maker(AXIOS, &["create"], "axios", &[Key(0, "baseURL")]),
    maker(AXIOS, &["Axios"], "axios", &[Key(0, "baseURL")]),
    maker(KY, &["create", "extend"], "ky", &[Key(0, "prefixUrl")]),
    maker(Root::Client("ky"), &["extend"], "ky", &[Key(0, "prefixUrl")]),
    maker(GOT, &["extend"], "got", &[Key(0, "prefixUrl")]),
    maker(OFETCH, &["$fetch.create", "ofetch.create"], "ofetch", &[Key(0, "baseURL")]),
    maker(Root::Package(&["wretch"]), &[""], "wretch", FIRST),
    maker(Root::Package(&["@angular/common/http"]), &["HttpClient"], "HttpClient", &[]),
    maker(Root::Package(&["@microsoft/signalr"]), &["HubConnectionBuilder"], "HubConnectionBuilder", &[]),
];

impl Root {
    /// The class of a client; globals and packages have their own names.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Client(class) => class,
            Self::Global | Self::Package(_) => "",
        }
    }

    fn words(self, paths: &'static [&'static str]) -> Vec<String> {
        match self {
            Self::Package(packages) => packages.iter().map(|&package| package.to_owned()).collect(),
            Self::Client(_) => Vec::new(),
            // `navigator?.sendBeacon` is one, too; of `$.get` the end says nothing.
            Self::Global => {
                let last = |path: &&str| match path.rsplit_once('.') {
                    Some(("$" | "d3", _)) | None => (*path).to_owned(),
                    Some((_, last)) => last.to_owned(),
                };
                paths.iter().map(last).collect()
            }
        }
    }
}

/// Words of which a file that connects has at least one.
pub(crate) fn words() -> Vec<String> {
    let sinks = SINKS.iter().flat_map(|sink| sink.root.words(sink.paths));
    let makers = MAKERS.iter().flat_map(|maker| maker.root.words(maker.paths));
    let others = ["ping", "preload", "csp-connect", "\"json\"", "'json'"].map(str::to_owned);
    sinks.chain(makers).chain(others).filter(|word| !word.is_empty()).collect()
}
