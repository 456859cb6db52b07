//! The `endpoint!` literals of the crate's sources.

use std::fs;
use std::io;
use std::path::Path;

use csp_core::syntax::{EndpointCall, Errors, Invocation};
use csp_core::visible;
use proc_macro2::TokenStream;
use url::Url;

use super::destination::Destination;
use super::policies::Policy;
use super::usage::{Place, Usage, UsageTarget};
use crate::files::unreadable;
use crate::workspace::Workspace;

/// The literals, each with the declaration that it names.
///
/// # Errors
///
/// If a file can't be read.
pub(super) fn usages(workspace: &Workspace, policies: &[Policy]) -> io::Result<Vec<Usage>> {
    let mut usages = Vec::new();
    for (path, member) in workspace.files()? {
        let file = workspace.relative(&path);
        let text = fs::read_to_string(&path).map_err(|error| unreadable(Path::new(&file), &error))?;
        if !text.contains("endpoint!") {
            continue;
        }
        let tokens = text.parse::<TokenStream>();
        let tokens = tokens.map_err(|error| io::Error::other(format!("{file} is no Rust: {error}")))?;
        for invocation in Invocation::find(tokens, "endpoint") {
            // Another macro of that name is not ours to judge; the compiler refuses mistakes in our own.
            if let Some(call) = EndpointCall::parse(invocation.arguments, &mut Errors::default()) {
                let start = invocation.span.start();
                let policy = call.policy.to_string().replace(' ', "");
                let target = target(&call.url, &policy, policies);
                // `BACKEND` of `crate::csp::BACKEND`.
                let policy = policy.rsplit(':').next().unwrap_or_default().to_owned();
                let named = policy.clone();
                let url = match &target {
                    UsageTarget::Known(known) => known.first().map_or_else(String::new, Destination::shown),
                    UsageTarget::Unresolved(_) => call.url,
                };
                let place = Place::Rust { file: file.clone(), line: start.line, column: start.column + 1, policy, url };
                // Its own package's declaration, where that has one of the name.
                let is_own = |known: &&Policy| known.member == member && known.name.as_deref() == Some(&named);
                let members = policies.iter().find(is_own).map(|_| member).into_iter().collect();
                usages.push(Usage { place, members, pages: Vec::new(), target });
            }
        }
    }
    Ok(usages)
}

fn target(url: &str, path: &str, policies: &[Policy]) -> UsageTarget {
    let name = path.rsplit(':').next().unwrap_or_default();
    if !policies.iter().any(|policy| policy.name.as_deref() == Some(name)) {
        return UsageTarget::Unresolved(format!("`{}` is not declared in these packages", visible(name)));
    }
    match Url::parse(url) {
        Ok(url) => UsageTarget::Known(vec![Destination::whole(url)]),
        Err(error) => UsageTarget::Unresolved(format!("not a URL: {error}")),
    }
}
