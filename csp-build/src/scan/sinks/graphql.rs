//! GraphQL clients.

use super::Slot::{Argument, Key};
use super::Transport::{Http, Socket};
use super::{FIRST, Root, Spec, maker, sink};

const APOLLO: Root = Root::Package(&[
    "@apollo/client",
    "@apollo/client/core",
    "@apollo/client/link/batch-http",
    "@apollo/client/link/http",
    "apollo-boost",
    "apollo-client",
    "apollo-link-batch-http",
    "apollo-link-http",
    "apollo-upload-client",
    "apollo-upload-client/createUploadLink.mjs",
]);

pub(super) const ROWS: &[Spec] = &[
    sink(
        APOLLO,
        &["HttpLink", "createHttpLink", "ApolloClient", "createUploadLink", "BatchHttpLink", "UploadHttpLink", ""],
        Http,
        &[Key(0, "uri")],
    ),
    maker(Root::Package(&["apollo-angular/http"]), &["HttpLink"], "apollo-angular", &[]),
    sink(Root::Package(&["graphql-hooks"]), &["GraphQLClient"], Http, &[Key(0, "url")]),
    sink(Root::Package(&["villus"]), &["createClient", "useClient"], Http, &[Key(0, "url")]),
    sink(Root::Client("apollo-angular"), &["create"], Http, &[Key(0, "uri")]),
    sink(Root::Package(&["graphql-ws"]), &["createClient"], Socket, &[Key(0, "url")]),
    sink(Root::Package(&["graphql-sse"]), &["createClient"], Http, &[Key(0, "url")]),
    sink(Root::Package(&["subscriptions-transport-ws"]), &["SubscriptionClient"], Socket, FIRST),
    sink(Root::Package(&["apollo-link-ws", "@apollo/client/link/ws"]), &["WebSocketLink"], Socket, &[Key(0, "uri")]),
    sink(
        Root::Package(&["urql", "@urql/core", "@urql/vue", "@urql/svelte", "@urql/preact", "@urql/solid"]),
        &["createClient", "Client"],
        Http,
        &[Key(0, "url")],
    ),
    sink(
        Root::Package(&["graphql-request"]),
        &["GraphQLClient", "request", "rawRequest", "batchRequests", ""],
        Http,
        &[Argument(0), Key(0, "url")],
    ),
];
