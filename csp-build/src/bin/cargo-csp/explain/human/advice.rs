//! What to write so that the URL is allowed.

use csp_core::{
    Directive, Remedy, SourceExpression, SourceList, SuggestedSource, Target, Verdict, excerpt, suggested_entry,
};
use url::Url;

use super::words::listed;
use crate::explain::Delivery;
use crate::explain::answer::{Answer, Circumstances, Reason};
use crate::explain::rules::{Page, Rules};

/// The longest directive that is written out whole.
const LONGEST_DIRECTIVE: usize = 200;

/// Advice about a blocked URL; an item may have several lines.
pub(super) fn advise(
    rules: &Rules<'_>,
    answers: &[Answer<'_>],
    url: &Url,
    circumstances: &Circumstances,
) -> Vec<String> {
    let refused = answers.iter().find(|answer| answer.decision == Verdict::Block);
    match refused.map(|answer| answer.reason) {
        Some(Reason::Address(_)) => {
            return vec!["no declaration allows it; only code that asks no guard can connect there".to_owned()];
        }
        Some(Reason::Credentials) => {
            return vec!["leave them out of the URL, and send them in a header".to_owned()];
        }
        Some(Reason::HiddenSeparator) => {
            return vec!["send the path without encoded separators, or allow the host without a path".to_owned()];
        }
        _ => {}
    }
    let target = Target::from(url);
    let request = match rules {
        Rules::Page(_) => circumstances.page_request(url),
        Rules::Guard(_) => circumstances.request(url),
    };
    let blocking = answers.iter().filter(|answer| answer.decision == Verdict::Block);
    let remedies: Vec<_> = blocking.map(|answer| Remedy::find(&decisive(rules, answer), &request)).collect();
    let added = remedies.iter().find_map(|remedy| match remedy {
        Remedy::Add(source) => Some(source),
        _ => None,
    });
    // By a scheme that another policy blocks nothing is gained.
    if let (None, Some(Remedy::Encrypt(encrypted))) = (added, remedies.first()) {
        return vec![format!(
            "call it by its encrypted scheme, which is declared:\n  {}",
            excerpt(&encrypted.to_string())
        )];
    }
    let Some(source) = added.and_then(SuggestedSource::declared) else { return vec![not_suggested(&target)] };
    let mut advice = vec![format!("in connect_src!, add\n  {}", suggested_entry(&source))];
    if let Rules::Page(page) = rules {
        advice.extend(for_header(page, answers, &source, circumstances.delivery));
    }
    advice
}

/// The sources that an answer is about, in their canonical text.
fn decisive(rules: &Rules<'_>, answer: &Answer<'_>) -> String {
    let sources = match rules {
        Rules::Page(page) => {
            let policy = page.policies.policies.get(answer.policy);
            let directive = policy.zip(answer.directive).and_then(|(policy, name)| policy.directive(name));
            directive.and_then(Directive::sources).map_or(&[][..], SourceList::sources)
        }
        Rules::Guard(sources) => &sources.list,
    };
    SourceList::new(sources.to_vec()).to_string()
}

fn not_suggested(target: &Target<'_>) -> String {
    let scheme = target.scheme();
    if target.host().is_empty() || !scheme.is_network() {
        return format!(
            "only the source {scheme}: could cover it, and it would cover every `{scheme}:` URL, whoever made it"
        );
    }
    let port = target.port().map_or_else(String::new, |port| format!(":{port}"));
    let source = format!("{scheme}://{}{port}", target.host());
    match SourceExpression::declare(&source) {
        Ok(_) => format!("an address says little of who is there: allow a host name, or {source} if it must be"),
        Err(error) => match error.help() {
            Some(help) => format!("{error}; {help}"),
            None => format!("{error}: {}", error.reason()),
        },
    }
}

/// What to write into the policies that block.
fn for_header(page: &Page<'_>, answers: &[Answer<'_>], source: &str, delivery: Delivery) -> Vec<String> {
    let place = match delivery {
        Delivery::Header => "the header",
        Delivery::Meta => "the <meta> element",
        Delivery::ReportOnly => "the report-only header",
    };
    let blocking = answers.iter().filter(|answer| answer.decision == Verdict::Block);
    let mut groups: Vec<(String, Vec<String>)> = Vec::new();
    for answer in blocking {
        let text = correction(page, answer, source);
        let number = (answer.policy + 1).to_string();
        match groups.iter_mut().find(|(other, _)| *other == text) {
            Some((_, numbers)) => numbers.push(number),
            None => groups.push((text, vec![number])),
        }
    }
    let is_one = page.texts.len() == 1;
    let say = |(text, numbers): (String, Vec<String>)| {
        let noun = if numbers.len() == 1 { "policy" } else { "policies" };
        let which = if is_one { String::new() } else { format!(", {noun} {}", listed(&numbers)) };
        format!("in {place}{which}, {text}")
    };
    groups.into_iter().map(say).collect()
}

fn correction(page: &Page<'_>, answer: &Answer<'_>, source: &str) -> String {
    let directive = answer.directive.and_then(|name| Some((name, page.written_directive(answer.policy, name)?)));
    let Some((name, written)) = directive else { return format!("add\n  {source}") };
    let is_fallback = name != csp_core::DirectiveName::ConnectSrc;
    if !is_fallback && answer.reason != Reason::EmptyList {
        return format!("add to connect-src\n  {source}");
    }
    // Sources that count, and none that don't.
    let kept: Vec<_> =
        written.tokens.iter().skip(1).copied().filter(|token| SourceExpression::parse(token).is_some()).collect();
    let list = if kept.is_empty() { source.to_owned() } else { format!("{} {source}", kept.join(" ")) };
    let verb = if is_fallback { "add a directive" } else { "write" };
    if list.len() > LONGEST_DIRECTIVE {
        return format!("{verb}: connect-src with the sources of {name} and\n  {source}");
    }
    format!("{verb}\n  connect-src {list}")
}
