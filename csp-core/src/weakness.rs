//! What a whole policy leaves open.
//!
//! A policy can be well-formed and protect nothing. These findings say what an attacker who can inject markup still has,
//! and by which ways data can leave a page: connections are one of several.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::{
    Directive, DirectiveName, DirectiveValue, Finding, FindingCode, HostPart, HostSource, Keyword, Policy, SchemePart,
    SourceExpression, address_of_host,
};

/// Nonces of 16 bytes have this many characters of base64, without padding.
const NONCE_LENGTH: usize = 22;

/// How data can leave a page, the directive that governs it, and what happens without one.
const CHANNELS: [(DirectiveName, &str); 7] = [
    (DirectiveName::ConnectSrc, "connections by fetch, WebSocket and their like"),
    (DirectiveName::ImgSrc, "the URLs of images"),
    (DirectiveName::MediaSrc, "the URLs of audio and video"),
    (DirectiveName::FontSrc, "the URLs of fonts"),
    (DirectiveName::StyleSrc, "the URLs of style sheets"),
    (DirectiveName::FrameSrc, "the URLs of frames"),
    (DirectiveName::FormAction, "forms"),
];

impl<'a> Policy<'a> {
    /// What the policy leaves open, whatever its page is: see [`FindingCode`].
    ///
    /// A policy without `script-src` and `default-src` may be meant for connections alone; then ask for what concerns
    /// [`ways out`](FindingCode::OpenChannel) only.
    ///
    /// ```
    /// use csp_core::{FindingCode, Policy};
    ///
    /// let policy = Policy::parse("script-src 'self' 'unsafe-inline'; object-src 'none'");
    /// let codes: Vec<_> = policy.weaknesses().iter().map(|finding| finding.code).collect();
    /// assert!(codes.contains(&FindingCode::UnsafeInline) && codes.contains(&FindingCode::MissingBaseUri));
    /// ```
    #[must_use]
    pub fn weaknesses(&self) -> Vec<Finding<'a>> {
        let mut findings = Vec::new();
        scripts(self, &mut findings);
        styles(self, &mut findings);
        missing(self, &mut findings);
        sources(self, &mut findings);
        for Directive { name, .. } in &self.directives {
            if let Some(advice) = name.deprecation() {
                let message = format!("{name} is given up");
                findings.push(finding(FindingCode::DeprecatedDirective, *name, message, advice));
            }
        }
        channels(self, &mut findings);
        findings
    }

    fn effective_sources(&self, name: DirectiveName) -> Option<(DirectiveName, &[SourceExpression<'a>])> {
        let directive = self.effective_directive(name)?;
        Some((directive.name, directive.sources()?.sources()))
    }
}

fn finding<'a>(
    code: FindingCode,
    directive: DirectiveName,
    message: impl Into<String>,
    help: impl Into<String>,
) -> Finding<'a> {
    Finding { code, text: directive.as_str(), message: message.into(), help: Some(help.into()) }
}

fn has(sources: &[SourceExpression<'_>], keyword: Keyword) -> bool {
    sources.contains(&SourceExpression::Keyword(keyword))
}

/// A nonce or a hash: browsers then ignore `'unsafe-inline'`.
fn has_nonce_or_hash(sources: &[SourceExpression<'_>]) -> bool {
    sources.iter().any(|source| matches!(source, SourceExpression::Nonce(_) | SourceExpression::Hash(_)))
}

fn scripts<'a>(policy: &Policy<'a>, findings: &mut Vec<Finding<'a>>) {
    let Some((name, sources)) = policy.effective_sources(DirectiveName::ScriptSrc) else {
        findings.push(finding(
            FindingCode::MissingScriptSrc,
            DirectiveName::ScriptSrc,
            "neither script-src nor default-src is there: every script runs",
            "add script-src with a nonce: `script_src: [nonce, strict_dynamic]`",
        ));
        return;
    };
    let trusted = has_nonce_or_hash(sources);
    let strict = has(sources, Keyword::StrictDynamic);
    if has(sources, Keyword::UnsafeInline) && !trusted && !strict {
        findings.push(finding(
            FindingCode::UnsafeInline,
            name,
            format!("'unsafe-inline' in {name}: an injected script runs"),
            "give each of your inline scripts a nonce or a hash",
        ));
    }
    if strict && !trusted {
        findings.push(finding(
            FindingCode::LoneStrictDynamic,
            name,
            format!("'strict-dynamic' in {name} without a nonce or a hash: no script runs"),
            "add `nonce`, or the hashes of your scripts",
        ));
    }
    if has(sources, Keyword::UnsafeEval) {
        findings.push(finding(
            FindingCode::UnsafeEval,
            name,
            format!("'unsafe-eval' in {name}: text becomes script"),
            "remove it; WebAssembly alone needs 'wasm-unsafe-eval'",
        ));
    }
    if has(sources, Keyword::UnsafeHashes) {
        findings.push(finding(
            FindingCode::UnsafeHashes,
            name,
            format!("'unsafe-hashes' in {name}: a script that is allowed once can be put at any event"),
            "move event handlers into scripts",
        ));
    }
    // With 'strict-dynamic' and a nonce, hosts are ignored.
    if !(strict && trusted) {
        wide(name, sources, "a script of any host runs", findings);
    }
    for source in sources {
        if let SourceExpression::Nonce(nonce) = source
            && nonce.value().trim_end_matches('=').len() < NONCE_LENGTH
        {
            findings.push(finding(
                FindingCode::ShortNonce,
                name,
                format!("the nonce in {name} has fewer than 128 bits"),
                "take 16 bytes of a cryptographic random source, new for each response",
            ));
        }
    }
}

/// Sources that allow every host where that is as good as no restriction.
fn wide<'a>(name: DirectiveName, sources: &[SourceExpression<'a>], so: &str, findings: &mut Vec<Finding<'a>>) {
    for source in sources.iter().filter(|source| is_any_host(source) || is_local(source)) {
        findings.push(finding(
            FindingCode::WideScripts,
            name,
            format!("{source} in {name}: {so}"),
            "list the hosts that are yours, or use a nonce",
        ));
    }
}

fn is_any_host(source: &SourceExpression<'_>) -> bool {
    match source {
        SourceExpression::Scheme(scheme) => scheme.is_network(),
        SourceExpression::Host(host) => host.host() == HostPart::Any,
        _ => false,
    }
}

/// `data:`, `blob:` and their like.
fn is_local(source: &SourceExpression<'_>) -> bool {
    matches!(source, SourceExpression::Scheme(scheme) if matches!(scheme.as_str(), "data" | "blob" | "filesystem"))
}

fn styles<'a>(policy: &Policy<'a>, findings: &mut Vec<Finding<'a>>) {
    if let Some((name, sources)) = policy.effective_sources(DirectiveName::StyleSrc)
        && has(sources, Keyword::UnsafeInline)
        && !has_nonce_or_hash(sources)
    {
        findings.push(finding(
            FindingCode::UnsafeInlineStyle,
            name,
            format!("'unsafe-inline' in {name}: injected styles can read what is on the page"),
            "give inline styles a nonce, or move them into a file",
        ));
    }
}

fn missing<'a>(policy: &Policy<'a>, findings: &mut Vec<Finding<'a>>) {
    match policy.effective_sources(DirectiveName::ObjectSrc) {
        None => findings.push(finding(
            FindingCode::MissingObjectSrc,
            DirectiveName::ObjectSrc,
            "neither object-src nor default-src is there: plugins run scripts",
            "add `object_src: [none]`",
        )),
        Some((name, sources)) => wide(name, sources, "a plugin of any host runs", findings),
    }
    match policy.directive(DirectiveName::BaseUri).and_then(Directive::sources) {
        None => findings.push(finding(
            FindingCode::MissingBaseUri,
            DirectiveName::BaseUri,
            "base-uri is missing: an injected <base> leads relative URLs elsewhere, those of scripts too",
            "add `base_uri: [none]`, or `[self]`",
        )),
        Some(sources) => {
            wide(DirectiveName::BaseUri, sources.sources(), "<base> leads relative URLs to any host", findings);
        }
    }
    for (name, code, message, help) in [
        (
            DirectiveName::FormAction,
            FindingCode::MissingFormAction,
            "form-action is missing, and falls back to nothing: forms may be sent anywhere",
            "add `form_action: [self]`",
        ),
        (
            DirectiveName::FrameAncestors,
            FindingCode::MissingFrameAncestors,
            "frame-ancestors is missing, and falls back to nothing: any site may frame the page",
            "add `frame_ancestors: [none]`, or `[self]`",
        ),
        (
            DirectiveName::RequireTrustedTypesFor,
            FindingCode::MissingTrustedTypes,
            "require-trusted-types-for is missing: text can become script by the document's own methods",
            "add `require_trusted_types_for: [script]` once the page's scripts are ready for it",
        ),
    ] {
        if policy.directive(name).is_none() {
            findings.push(finding(code, name, message, help));
        }
    }
}

/// Sources that are weak wherever they stand.
fn sources<'a>(policy: &Policy<'a>, findings: &mut Vec<Finding<'a>>) {
    for Directive { name, value } in &policy.directives {
        let DirectiveValue::Sources(list) = value else { continue };
        for source in list.sources() {
            let scheme = match source {
                SourceExpression::Scheme(scheme) => Some(*scheme),
                SourceExpression::Host(host) => host.scheme(),
                _ => None,
            };
            if matches!(scheme, Some(SchemePart::Http | SchemePart::Ws)) {
                findings.push(finding(
                    FindingCode::PlainText,
                    *name,
                    format!("{source} in {name}: anybody on the network can read and change what goes over it"),
                    "use https or wss",
                ));
            }
            if let SourceExpression::Host(host) = source
                && is_address(host)
            {
                findings.push(finding(
                    FindingCode::AddressSource,
                    *name,
                    format!("{source} in {name}: an address has no owner that a browser could check"),
                    "use a name",
                ));
            }
        }
    }
}

fn is_address(source: &HostSource<'_>) -> bool {
    matches!(source.host(), HostPart::Exact(host) if address_of_host(host).is_some())
}

/// The ways by which data can leave the page.
fn channels<'a>(policy: &Policy<'a>, findings: &mut Vec<Finding<'a>>) {
    for (name, what) in CHANNELS {
        // Its absence has a finding of its own.
        if name == DirectiveName::FormAction && policy.directive(name).is_none() {
            continue;
        }
        let why = match policy.effective_sources(name) {
            None => format!("neither {name} nor default-src is there"),
            Some((effective, sources)) => match sources.iter().find(|source| is_any_host(source)) {
                Some(source) => format!("{source} in {effective}"),
                None => continue,
            },
        };
        findings.push(finding(
            FindingCode::OpenChannel,
            name,
            format!("{why}: data can leave by {what}"),
            format!("list the hosts in {name}"),
        ));
    }
    if policy
        .directive(DirectiveName::DefaultSrc)
        .and_then(Directive::sources)
        .is_none_or(|list| list.sources().iter().any(is_any_host))
    {
        findings.push(finding(
            FindingCode::OpenChannel,
            DirectiveName::DefaultSrc,
            "default-src does not restrict hosts: data can leave by <link rel=prefetch>, which nothing else governs",
            "add `default_src: [self]`, or `[none]`",
        ));
    }
}
