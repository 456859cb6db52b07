//! Decisions in sentences.

use csp_core::{Difference, HostPart, Keyword, Origin, PortPart, SchemePart, SourceExpression, Target};

/// How the URL differs from the source.
pub(super) fn how_it_differs(
    source: &SourceExpression<'_>,
    difference: Difference,
    target: &Target<'_>,
    page: Option<&Origin>,
) -> String {
    match difference {
        Difference::Host => host(source, target, page),
        Difference::Subdomain => {
            let host = target.host();
            format!("`*.{host}` covers the hosts below `{host}`, and not `{host}` itself")
        }
        Difference::Scheme => scheme(source, target, page),
        Difference::Port => port(source, target, page),
        Difference::Path => path(source, target),
        other => other.as_str().to_owned(),
    }
}

fn host(source: &SourceExpression<'_>, target: &Target<'_>, page: Option<&Origin>) -> String {
    let host = target.host();
    if host.is_empty() {
        return format!("a `{}:` URL has no host", target.scheme());
    }
    match (source, page) {
        (SourceExpression::Keyword(Keyword::SelfOrigin), Some(page)) => {
            format!("the host `{host}` is not the page's, `{}`", page.host())
        }
        (SourceExpression::Host(source), _) => match source.host() {
            HostPart::Subdomains(_) => format!("the host `{host}` does not match `{}`", source.host()),
            own => format!("the host `{host}` is not `{own}`"),
        },
        _ => format!("the host `{host}` differs"),
    }
}

fn scheme(source: &SourceExpression<'_>, target: &Target<'_>, page: Option<&Origin>) -> String {
    let scheme = target.scheme();
    if let SourceExpression::Host(host) = source
        && host.scheme().is_none()
    {
        if !scheme.is_network() && matches!(host.host(), HostPart::Any) {
            return format!("`{source}` covers `http`, `https`, `ws` and `wss`, and not `{scheme}`");
        }
        let Some(page) = page else {
            return format!("`{source}` has no scheme and takes the page's, which is not known");
        };
        let own = page.scheme();
        return format!("`{source}` has no scheme and takes the page's, `{own}`, {}", is_not(own, scheme));
    }
    match own_scheme(source, page) {
        Some(own) => format!("the scheme `{scheme}` is not `{own}`{}", hint(own, scheme)),
        None => format!("the scheme `{scheme}` differs"),
    }
}

fn is_not(own: SchemePart<'_>, scheme: SchemePart<'_>) -> String {
    format!("which does not cover `{scheme}`{}", hint(own, scheme))
}

/// What people stumble over.
fn hint(own: SchemePart<'_>, scheme: SchemePart<'_>) -> &'static str {
    match (own, scheme) {
        (SchemePart::Http | SchemePart::Https, SchemePart::Ws | SchemePart::Wss) => {
            "; WebSockets need a source of their own"
        }
        (SchemePart::Ws | SchemePart::Wss, SchemePart::Http | SchemePart::Https) => {
            "; a source for WebSockets covers nothing else"
        }
        (SchemePart::Https, SchemePart::Http) | (SchemePart::Wss, SchemePart::Ws) => {
            "; an encrypted source never covers plain text"
        }
        _ => "",
    }
}

fn port(source: &SourceExpression<'_>, target: &Target<'_>, page: Option<&Origin>) -> String {
    let scheme = target.scheme();
    let found = match (target.port(), target.effective_port()) {
        (None, Some(default)) => format!("the port {default}, the default of `{scheme}`,"),
        (_, Some(port)) => format!("the port {port}"),
        (_, None) => "the port".to_owned(),
    };
    let own = own_scheme(source, page);
    let expected = match source {
        SourceExpression::Host(source) => match source.port() {
            PortPart::Number(port) => Some(port),
            _ => None,
        },
        _ => page.and_then(Origin::port),
    };
    if let (SourceExpression::Host(_), Some(own)) = (source, own)
        && !own.is(scheme)
    {
        return format!("a source with `{own}` covers `{scheme}` only from one default port to the other");
    }
    match (expected, own.and_then(SchemePart::default_port)) {
        (Some(port), _) => format!("{found} is not {port}"),
        (None, Some(default)) => format!("{found} is not {default}, the default of `{}`", own.unwrap_or(scheme)),
        (None, None) => format!("{found} differs"),
    }
}

fn path(source: &SourceExpression<'_>, target: &Target<'_>) -> String {
    let SourceExpression::Host(source) = source else { return "the path differs".to_owned() };
    let (own, path) = (source.path().as_str(), target.path());
    if own.ends_with('/') {
        format!("the path `{path}` is not below `{own}`")
    } else if path.strip_prefix(own).is_some_and(|rest| rest.starts_with('/')) {
        format!("a path without `/` at its end covers `{own}` alone, and nothing below it")
    } else {
        format!("the path `{path}` is not `{own}`")
    }
}

/// The scheme that the source stands for.
pub(super) fn own_scheme<'a>(source: &SourceExpression<'a>, page: Option<&'a Origin>) -> Option<SchemePart<'a>> {
    match source {
        SourceExpression::Scheme(scheme) => Some(*scheme),
        SourceExpression::Host(source) => source.scheme().or_else(|| page.map(Origin::scheme)),
        _ => page.map(Origin::scheme),
    }
}

/// Whether what the source covers depends on the page.
pub(super) fn needs_page(source: &SourceExpression<'_>) -> bool {
    match source {
        SourceExpression::Keyword(keyword) => *keyword == Keyword::SelfOrigin,
        SourceExpression::Host(host) => host.scheme().is_none() && source.to_string() != "*",
        _ => false,
    }
}

/// `a`, `a and b`, `a, b and c`.
pub(super) fn listed(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
