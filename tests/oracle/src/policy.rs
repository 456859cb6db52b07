use csp_core::{
    Disposition, FindingCode, HostPart, Origin, Policy, PolicyList, PortPart, Request, SourceExpression, SourceList,
    Verdict, difference, nearest,
};
use url::Url;

use crate::{Outcome, ensure};

/// URLs that some policy or other decides on.
const URLS: [&str; 4] =
    ["https://a.test/", "wss://page.test:8443/x", "http://127.0.0.1:3000/a%2fb", "data:text/plain,x"];

/// What holds of any value of a header.
///
/// - It reads the same with findings and without, and each finding is about a part of it.
/// - Its canonical text reads back as the same, and nothing is dropped from it.
/// - A verdict is the one of all its policies, and the order of sources decides nothing.
///
/// # Errors
///
/// If one of these doesn't hold.
pub fn check_policy(header: &str) -> Outcome {
    let (policies, findings) = PolicyList::parse_with_findings(header);
    ensure!(PolicyList::parse(header) == policies, "{header:?} reads otherwise with findings");
    for finding in &findings {
        let (whole, part) = (header.as_bytes().as_ptr_range(), finding.text.as_bytes().as_ptr_range());
        ensure!(whole.start <= part.start && part.end <= whole.end, "{header:?}: {:?} is no part", finding.text);
        ensure!(!finding.message.contains(char::is_control), "{header:?}: {:?}", finding.message);
    }
    let canonical = policies.to_string();
    let (again, findings) = PolicyList::parse_with_findings(&canonical);
    ensure!(again == policies, "{header:?}: `{canonical}` reads back as {again:?}");
    ensure!(again.to_string() == canonical, "{header:?}: `{canonical}` changes to `{again}`");
    let lost = findings.iter().find(|finding| finding.code != FindingCode::NoEffect);
    ensure!(lost.is_none(), "{header:?}: `{canonical}` has {lost:?}");
    let whole = Policy::parse(header);
    ensure!(Policy::parse(&whole.to_string()) == whole, "{header:?}: `{whole}` reads back as another policy");
    let first = policies.policies.first().map_or(&[][..], |policy| &policy.directives);
    ensure!(header.contains(',') || whole.directives == first, "{header:?}: `{whole}` is not `{policies}`");

    let page = Origin::parse("https://page.test:8443");
    let near = policies.policies.iter().filter_map(connect_sources).flatten().filter_map(url_of);
    for url in near.chain(URLS.map(str::to_owned)).take(32) {
        let Ok(url) = Url::parse(&url) else { continue };
        let request = Request::new((&url).into());
        check_decisions(&policies, &request)?;
        if let Some(page) = &page {
            check_decisions(&policies, &request.from_origin(page).redirected(url.path().len() % 2 == 0))?;
        }
    }
    Ok(())
}

fn check_decisions(policies: &PolicyList<'_>, request: &Request<'_>) -> Outcome {
    let url = request.target();
    let mut allowed = true;
    for policy in &policies.policies {
        let decision = policy.decide_connect(request);
        let Some(list) = connect_sources(policy) else {
            ensure!(decision.verdict == Verdict::Allow && decision.directive.is_none(), "`{policy}` blocks {url}");
            continue;
        };
        let covered = decision.source.is_some_and(|source| difference(source, request).is_none());
        ensure!(covered == (decision.verdict == Verdict::Allow), "`{policy}` for {url}: {decision:?}");
        ensure!(decision.directive.is_some(), "`{policy}` for {url} has no directive");
        let has_nearest = nearest(list.sources(), request).is_some();
        ensure!(!(covered && has_nearest), "`{policy}` covers {url}, and has a nearest source");
        let mut reversed = policy.clone();
        for directive in &mut reversed.directives {
            if let csp_core::DirectiveValue::Sources(sources) = &mut directive.value {
                *sources = sources.iter().rev().copied().collect();
            }
        }
        ensure!(
            reversed.decide_connect(request).verdict == decision.verdict,
            "the order of `{policy}` counts for {url}"
        );
        let redirected = policy.decide_connect(&request.redirected(true)).verdict;
        ensure!(!covered || redirected == Verdict::Allow, "`{policy}` blocks {url} only after a redirect");
        allowed &= covered || policy.disposition == Disposition::Report;
    }
    let decision = policies.decide_connect(request);
    ensure!((decision.verdict == Verdict::Allow) == allowed, "`{policies}` for {url}: {decision:?}");
    let own = policies.policies.get(decision.policy).and_then(Policy::effective_connect_directive);
    ensure!(decision.directive.is_none() || decision.directive == own, "`{policies}` for {url}: {decision:?}");
    Ok(())
}

/// The list that decides for connections.
fn connect_sources<'p, 'a>(policy: &'p Policy<'a>) -> Option<&'p SourceList<'a>> {
    policy.effective_connect_directive().and_then(|directive| directive.sources())
}

/// A URL that the source may cover.
fn url_of(source: &SourceExpression<'_>) -> Option<String> {
    let SourceExpression::Host(source) = source else { return None };
    let scheme = source.scheme().map_or_else(|| "https".to_owned(), |scheme| scheme.to_string());
    let host = match source.host() {
        HostPart::Exact(host) => host.to_owned(),
        HostPart::Subdomains(parent) => format!("b.{parent}"),
        _ => "a.test".to_owned(),
    };
    let port = match source.port() {
        PortPart::Number(port) => format!(":{port}"),
        _ => String::new(),
    };
    Some(format!("{scheme}://{host}{port}{}", source.path()))
}
