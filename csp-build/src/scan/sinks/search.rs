//! Search engines whose servers a page is told: `typesense` 3.1.0 and `typesense-instantsearch-adapter` 2.9.0, whose servers are
//! given in parts; `@meilisearch/instant-meilisearch` 0.31.0.

use super::Implied::Nodes;
use super::Slot::Key;
use super::Transport::Http;
use super::{FIRST, Root, Slot, Spec, sdk, sink};

const NODES: &[Slot] = &[Key(0, "nodes.*"), Key(0, "nearestNode"), Key(0, "masterNode"), Key(0, "readReplicaNodes.*")];
const NODES_OF_SERVER: &[Slot] = &[Key(0, "server.nodes.*"), Key(0, "server.nearestNode")];

pub(super) const ROWS: &[Spec] = &[
    sdk(
        "typesense",
        Root::Package(&["typesense"]),
        &["Client", "SearchClient", "default.Client", "default.SearchClient"],
        &[],
        &[Nodes(NODES)],
    ),
    sdk("typesense", Root::Global, &["Typesense.Client", "Typesense.SearchClient"], &[], &[Nodes(NODES)]),
    sdk("typesense", Root::Package(&["typesense-instantsearch-adapter"]), &[""], &[], &[Nodes(NODES_OF_SERVER)]),
    sdk("typesense", Root::Global, &["TypesenseInstantSearchAdapter"], &[], &[Nodes(NODES_OF_SERVER)]),
    sink(Root::Package(&["@meilisearch/instant-meilisearch"]), &["instantMeiliSearch"], Http, FIRST),
    sink(Root::Global, &["MeiliSearch", "Meilisearch"], Http, &[Key(0, "host")]),
];
