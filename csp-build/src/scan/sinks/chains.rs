//! Clients of block chains, of identities and of data that belongs to people: all are told where to connect.
//!
//! Read in `ethers` 6.17.0 and 5.8.0, `web3` 4.16.0, `viem` 2.57.20, `@solana/web3.js` 1, `keycloak-js` 26.2.4, `better-auth`
//! 1.7.25, `@inrupt/solid-client-authn-browser` 5.0.0 and `@comunica/query-sparql`.

use super::Implied::OtherwiseElsewhere;
use super::Slot::{Argument, Key};
use super::Transport::{Both, Http, Socket};
use super::{FIRST, Root, Spec, maker, sdk, sink};

const ETHERS: Root = Root::Package(&["ethers", "@ethersproject/providers"]);
const JSON_RPC: &[&str] = &[
    "JsonRpcProvider",
    "StaticJsonRpcProvider",
    "ethers.JsonRpcProvider",
    "ethers.providers.JsonRpcProvider",
    "ethers.providers.StaticJsonRpcProvider",
    "providers.JsonRpcProvider",
    "providers.StaticJsonRpcProvider",
];
const OF_SOCKETS: &[&str] = &[
    "WebSocketProvider",
    "ethers.WebSocketProvider",
    "ethers.providers.WebSocketProvider",
    "providers.WebSocketProvider",
];
const OF_WEB3: &[&str] = &[
    "HttpProvider",
    "WebSocketProvider",
    "WebsocketProvider",
    "Web3.providers.HttpProvider",
    "Web3.providers.WebsocketProvider",
    "providers.HttpProvider",
    "providers.WebsocketProvider",
];

pub(super) const ROWS: &[Spec] = &[
    sdk(
        "ethers",
        ETHERS,
        JSON_RPC,
        &[Argument(0), Key(0, "url")],
        &[super::Implied::Otherwise("http://localhost:8545")],
    ),
    sink(ETHERS, OF_SOCKETS, Socket, FIRST),
    // A provider that is handed in connects by itself.
    Spec { only_texts: true, ..sink(Root::Package(&["web3"]), &["", "Web3"], Http, FIRST) },
    Spec { makes: Some("web3.provider"), ..sink(Root::Package(&["web3"]), OF_WEB3, Http, FIRST) },
    Spec {
        makes: Some("web3.provider"),
        ..sink(Root::Package(&["web3-providers-http"]), &["", "HttpProvider"], Http, FIRST)
    },
    sdk(
        "viem",
        Root::Package(&["viem", "wagmi", "@wagmi/core"]),
        &["http", "webSocket"],
        FIRST,
        &[OtherwiseElsewhere("the public server of the chain")],
    ),
    sink(Root::Package(&["@solana/web3.js"]), &["Connection"], Both, FIRST),
    sink(Root::Package(&["@solana/wallet-adapter-react"]), &["ConnectionProvider"], Both, &[Key(0, "endpoint")]),
    sink(Root::Package(&["keycloak-js"]), &["", "Keycloak"], Http, &[Argument(0), Key(0, "url")]),
    Spec {
        defaults_to_self: true,
        ..sink(
            Root::Package(&[
                "better-auth/client",
                "better-auth/react",
                "better-auth/solid",
                "better-auth/svelte",
                "better-auth/vue",
            ]),
            &["createAuthClient"],
            Http,
            &[Key(0, "baseURL")],
        )
    },
    sink(Root::Package(&["@inrupt/solid-client-authn-browser"]), &["login"], Http, &[Key(0, "oidcIssuer")]),
    maker(
        Root::Package(&["@inrupt/solid-client-authn-browser"]),
        &["Session", "getDefaultSession"],
        "solid.session",
        &[],
    ),
    sink(Root::Client("solid.session"), &["login"], Http, &[Key(0, "oidcIssuer")]),
    maker(
        Root::Package(&[
            "@comunica/query-sparql",
            "@comunica/query-sparql-solid",
            "@comunica/query-sparql-link-traversal",
        ]),
        &["QueryEngine"],
        "comunica",
        &[],
    ),
    sink(
        Root::Client("comunica"),
        &["query", "queryBindings", "queryBoolean", "queryQuads", "queryVoid"],
        Http,
        &[Key(1, "sources.*"), Key(1, "sources.*.value")],
    ),
];
