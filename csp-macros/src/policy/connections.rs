use csp_core::DirectiveName;
use csp_core::syntax::DeclaredPolicy;
use quote::quote;

use super::Expansion;
use crate::list::{Connections, List};

impl Expansion<'_> {
    /// What decides for connections: `connect-src`, or the `default-src` that stands in for it.
    pub(super) fn connections(&self, policy: &DeclaredPolicy, name: &str) -> Option<Connections> {
        let private = self.private;
        let is_default =
            policy.use_defaults && policy.remove.iter().all(|(name, _)| *name != DirectiveName::DefaultSrc);
        let connect = self.list(DirectiveName::ConnectSrc);
        let list = match (connect, self.list(DirectiveName::DefaultSrc)) {
            (Some(list), _) | (None, Some(list)) => list.urls(),
            (None, None) if is_default => List::own_origin(),
            (None, None) => List::default(),
        };
        let mut connections = list.connections(name, None, private)?;
        let Connections { table, includes, has_own_sources, .. } = &mut connections;
        *includes = match &policy.extends {
            None => quote!(&[#includes]),
            Some((base, _)) if connect.is_some() => quote!(&[#includes #base.as_policy()]),
            Some((base, _)) => {
                let nothing = List::default().connections(name, None, private)?.table;
                let own = core::mem::take(table);
                // What is added to default-src is no addition to a connect-src of the base.
                *table = quote!(if CSP_HAS_CONNECT_SRC { #nothing } else { #own });
                *has_own_sources = quote!(!CSP_HAS_CONNECT_SRC && #has_own_sources);
                let is_removed = policy.remove.iter().any(|(name, _)| *name == DirectiveName::DefaultSrc);
                if is_removed {
                    quote!(if CSP_HAS_CONNECT_SRC { &[#base.as_policy()] } else { &[] })
                } else {
                    quote!(&[#base.as_policy()])
                }
            }
        };
        Some(connections)
    }
}
