//! The public servers of Solana, by the names of their networks: `clusterApiUrl("devnet")`.

use super::value::{Made, Value};
use super::{Resolver, unresolved};

const PACKAGES: &[&str] = &["@solana/web3.js", "@solana/kit"];

/// How an enum of the adapters of wallets calls them.
const NETWORKS: &[(&str, &str)] = &[
    ("WalletAdapterNetwork.Devnet", "devnet"),
    ("WalletAdapterNetwork.Mainnet", "mainnet-beta"),
    ("WalletAdapterNetwork.Testnet", "testnet"),
];

/// Whether a call asks for one of them.
pub(super) fn is_cluster(callee: &Value) -> bool {
    matches!(callee, Value::External { source, path } if path == "clusterApiUrl" && PACKAGES.contains(&source.as_str()))
}

impl Resolver<'_> {
    pub(super) fn cluster(&mut self, made: &Made) -> Vec<Value> {
        let of_network = |network: &str| Value::text(format!("https://api.{network}.solana.com"));
        let values = self.argument(made, 0);
        if values.is_empty() {
            return vec![of_network("devnet")];
        }
        let server = |value: Value| match value {
            Value::Text(text) if text.hole.is_none() => of_network(&text.known),
            Value::External { path, .. } => NETWORKS
                .iter()
                .find(|(name, _)| *name == path)
                .map_or_else(|| unresolved("the network of `clusterApiUrl`"), |(_, network)| of_network(network)),
            Value::Unknown(hole) => Value::Unknown(hole),
            _ => unresolved("the network of `clusterApiUrl`"),
        };
        values.into_iter().map(server).collect()
    }
}
