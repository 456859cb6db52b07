//! What is legal in a declaration, and risky.

use alloc::format;
use alloc::string::ToString;
use alloc::vec::Vec;

use super::public_suffix::is_public_suffix;
use super::scheme::LOCAL_SCHEMES;
use crate::address::is_loopback;
use crate::{DirectiveName, Finding, FindingCode, HostPart, HostSource, PortPart, SchemePart, SourceExpression};

/// Whether a source must say why it is there, by `#[cfg]` or by `#[insecure(reason = "…")]`: it allows plain text on the
/// network, or a server on the user's own machine.
///
/// ```
/// use csp_core::{SourceExpression, needs_justification};
///
/// let needs = |source| needs_justification(&SourceExpression::parse(source).unwrap());
/// assert!(needs("http://api.example.com") && needs("https://localhost:8443"));
/// assert!(!needs("https://api.example.com"));
/// ```
#[must_use]
pub const fn needs_justification(source: &SourceExpression<'_>) -> bool {
    match source {
        SourceExpression::Scheme(scheme) => is_plain(*scheme),
        SourceExpression::Host(HostSource { scheme: Some(scheme), .. }) if is_plain(*scheme) => true,
        SourceExpression::Host(HostSource { host: HostPart::Exact(host) | HostPart::Subdomains(host), .. }) => {
            is_loopback(host.as_bytes())
        }
        SourceExpression::Host(HostSource { host: HostPart::Any, .. })
        | SourceExpression::Keyword(_)
        | SourceExpression::Nonce(_)
        | SourceExpression::Hash(_) => false,
    }
}

const fn is_media(directive: DirectiveName) -> bool {
    matches!(directive, DirectiveName::FontSrc | DirectiveName::ImgSrc | DirectiveName::MediaSrc)
}

const fn is_plain(scheme: SchemePart<'_>) -> bool {
    matches!(scheme, SchemePart::Http | SchemePart::Ws)
}

/// What is risky about one source; `text` is what was written.
pub(super) fn risks<'a>(directive: DirectiveName, text: &'a str, source: &SourceExpression<'a>) -> Vec<Finding<'a>> {
    let mut findings = Vec::new();
    let mut add = |code, message: &str, help: Option<&str>| {
        findings.push(Finding {
            code,
            text,
            message: format!("source `{text}` {message}"),
            help: help.map(ToString::to_string),
        });
    };
    match source {
        SourceExpression::Scheme(scheme) if scheme.is_network() => {
            add(FindingCode::SchemeOnly, "allows every host, so that it stops no exfiltration", Some("list the hosts"));
        }
        // What is seen or heard runs nothing.
        SourceExpression::Scheme(scheme) if LOCAL_SCHEMES.contains(&scheme.as_str()) && is_media(directive) => {}
        SourceExpression::Scheme(scheme) if LOCAL_SCHEMES.contains(&scheme.as_str()) => {
            add(
                FindingCode::LocalScheme,
                "allows URLs that carry or name their own content, whoever made it",
                Some("remove it unless the page fetches such URLs"),
            );
        }
        SourceExpression::Scheme(_) => {
            add(
                FindingCode::CustomScheme,
                "allows every URL of a scheme that only some applications know",
                Some("keep it only if the page runs in such an application"),
            );
        }
        SourceExpression::Host(source) => host_risks(source, &mut add),
        SourceExpression::Keyword(_) | SourceExpression::Nonce(_) | SourceExpression::Hash(_) => {}
    }
    findings
}

fn host_risks(source: &HostSource<'_>, add: &mut dyn FnMut(FindingCode, &str, Option<&str>)) {
    match source.host {
        HostPart::Any => {
            add(FindingCode::AnyHost, "allows every host, so that it stops no exfiltration", Some("list the hosts"));
        }
        HostPart::Subdomains(parent) if is_public_suffix(parent) => {
            add(
                FindingCode::PublicSuffix,
                &format!("allows every host below `{parent}`, where anybody can have one"),
                Some("name the hosts that are yours"),
            );
        }
        HostPart::Subdomains(_) | HostPart::Exact(_) => {}
    }
    if let (PortPart::Number(port), Some(scheme)) = (source.port, source.scheme)
        && scheme.default_port() == Some(port)
    {
        let short = HostSource { port: PortPart::Default, ..*source };
        add(FindingCode::DefaultPort, "writes out the default port of its scheme", Some(&format!("write \"{short}\"")));
    }
    let path = source.path.as_str();
    if path.is_empty() {
        return;
    }
    if path.contains('*') {
        add(
            FindingCode::LiteralAsterisk,
            "has an asterisk in its path, which stands for itself there",
            Some("end the path in `/` for everything below it"),
        );
    } else if is_probably_a_prefix(path) {
        add(
            FindingCode::ExactPath,
            &format!("covers the URL `{path}` and nothing below it"),
            Some(&format!("write \"{source}/\" for everything below it")),
        );
    }
}

/// Whether the last segment is a version or a word under which an API usually has its resources.
fn is_probably_a_prefix(path: &str) -> bool {
    let last = path.rsplit('/').next().unwrap_or_default();
    let version = last.strip_prefix('v').is_some_and(|rest| {
        rest.starts_with(|first: char| first.is_ascii_digit())
            && rest.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
    });
    version || matches!(last, "api" | "apis" | "rest" | "service" | "services" | "gateway" | "public" | "latest")
}
