//! All that is known of one group.

use alloc::format;
use alloc::string::{String, ToString as _};

use csp_core::report::{Class, Explanation};
use csp_core::{Difference, DirectiveName, visible};
use maud::{Markup, html};

use super::layout::{self, Page};
use super::{difference, parts};
use crate::monitor::{Evidence, Group, Monitor, NoticedBy, State, Suggestion, Timestamp};

const WEEK: u64 = 7 * 24;

pub(super) fn render(monitor: &Monitor, group: &Group, token: &str) -> Markup {
    let Suggestion { explanation, evidence } = monitor.suggest(group);
    let version = format!("{}-{}-{}", group.count, group.last_seen.as_millis(), group.state.as_str());
    let url = parts::blocked_url(group);
    let body = html! {
        header.top {
            a.back href="../" { "← All violations" }
            (layout::live())
        }
        main #main {
            header #subject data-live="part" data-version=(group.state.as_str()) {
                div.badges { (parts::disposition(group)) (parts::class(group)) }
                h1.subject { (url) }
                p.reason { mark.directive { (csp_core::excerpt(&group.key.directive)) } " " (sentence(&explanation)) }
                (states(group, token))
            }
            div.columns {
                div {
                    (compared(&explanation, &url))
                    (advice(group, &explanation, &evidence))
                    (policy(group, &explanation))
                }
                div {
                    (place(group))
                    (frequency(group, &version))
                }
            }
            (samples(group, &version))
        }
    };
    Page { title: &format!("{url} was blocked"), root: "../", body }.render()
}

/// As a sentence.
fn sentence(explanation: &Explanation) -> String {
    let text = explanation.to_string();
    // The name of a directive begins one as it is.
    if explanation.is_fallback { format!("{text}.") } else { format!("{}.", begun(&text)) }
}

/// With a capital at its beginning.
fn begun(text: &str) -> String {
    let text = visible(text);
    let mut characters = text.chars();
    characters.next().map(|first| format!("{}{}", first.to_uppercase(), characters.as_str())).unwrap_or_default()
}

fn states(group: &Group, token: &str) -> Markup {
    let to = |state: State, text: &str, id: &str| {
        html! { @if group.state != state { button #(id) type="submit" name="state" value=(state.as_str()) { (text) } } }
    };
    html! {
        form.states.note method="post" action={ (group.id) "/state" } aria-label="State of this group" {
            input type="hidden" name="token" value=(token);
            (parts::state(group.state))
            (to(State::Open, "Open again", "to-open"))
            (to(State::Acknowledged, "Acknowledge", "to-acknowledged"))
            (to(State::Resolved, "Resolve", "to-resolved"))
            (to(State::Ignored, "Ignore", "to-ignored"))
        }
    }
}

fn compared(explanation: &Explanation, url: &str) -> Markup {
    let Some(nearest) = &explanation.nearest else { return Markup::default() };
    let [blocked, source] = difference::both(url, &nearest.source, nearest.difference);
    html! {
        section.card.padded aria-labelledby="compared" {
            h2 #compared { "What differs: " (part(nearest.difference)) }
            dl.difference {
                dt { "Blocked" } dd { code #blocked { (blocked) } }
                dt { "Nearest source" } dd { code #nearest { (source) } }
            }
            p.quiet.small.note { (difference::sentence(nearest.difference)) }
        }
    }
}

const fn part(difference: Difference) -> &'static str {
    match difference {
        Difference::Host => "the host",
        Difference::Subdomain => "the subdomain",
        Difference::Scheme => "the scheme",
        Difference::Port => "the port",
        Difference::Path => "the path",
        other => other.as_str(),
    }
}

fn advice(group: &Group, explanation: &Explanation, evidence: &Evidence) -> Markup {
    let (kind, icon) = match evidence {
        Evidence::Found(_) | Evidence::Guard => ("good", "✓"),
        Evidence::NotInSources => ("warn", "!"),
        Evidence::Unresolved(_) | Evidence::Unverified => ("", "?"),
    };
    html! {
        section.card.padded aria-labelledby="advice" {
            h2 #advice { @if explanation.entry.is_some() { "If it is meant to be allowed" } @else { "What to do" } }
            @if let Some(entry) = &explanation.entry {
                (suggestion(&html! { "Add this line to the declaration:" }, entry))
            } @else if let Some(source) = &explanation.source {
                (suggestion(&html! { "Add this source to " code { (csp_core::excerpt(&group.key.directive)) } ":" }, source))
            } @else if let Some(url) = &explanation.encrypted {
                (suggestion(&html! { "Call it by its encrypted scheme, which the policy has:" }, url))
            } @else {
                p.note { (what_to_do(group)) }
            }
            p.evidence.note {
                span class={ "badge icon " (kind) } aria-hidden="true" { (icon) }
                span #evidence data-evidence=(evidence.as_str()) { (begun(&evidence.to_string())) "." }
            }
        }
    }
}

/// Text to be copied, and what to do with it.
fn suggestion(task: &Markup, text: &str) -> Markup {
    html! {
        p.quiet.small { (task) }
        div.suggestion {
            code #entry { (text) }
            button #copy type="button" data-copy="entry" aria-live="polite" hidden { "Copy" }
        }
    }
}

/// Where there is nothing to add.
fn what_to_do(group: &Group) -> &'static str {
    match group.class {
        Class::Redirect => {
            "This URL is allowed by your policy; a redirect target was blocked. Browsers don't say which. Ask for the URL \
             yourself, see where it leads, and declare that too or call it directly."
        }
        Class::Extension | Class::Browser | Class::Local => {
            "Nothing: it comes from the visitor's machine, and no policy of yours can or should change it."
        }
        Class::ForeignPolicy => "Look who sets that policy: a proxy before the server, or an extension of the browser.",
        Class::StalePolicy => "Nothing, if the next build allows it: pages that were loaded before keep their policy.",
        Class::ForeignDocument => {
            "Nothing: another site names this endpoint in its policy, or somebody sends what isn't so."
        }
        Class::Invalid => "Nothing: what the report names is neither a directive nor a URL.",
        Class::SchemeOnly => "Name the scheme in the directive, if all that has it is meant to be allowed.",
        _ if group.noticed_by == NoticedBy::Guard => {
            "No line is suggested: the address is one that a declaration shouldn't lead to, or its host is no name."
        }
        _ => {
            "No line is suggested: what was blocked has no origin that a declaration could name, or one that it shouldn't."
        }
    }
}

fn policy(group: &Group, explanation: &Explanation) -> Markup {
    let says = if explanation.is_fallback {
        format!("decides, for want of {}", csp_core::excerpt(&group.key.directive))
    } else {
        "decides".into()
    };
    let decides = explanation.decided_by.map(DirectiveName::as_str);
    let nearest = explanation.nearest.as_ref().map(|nearest| nearest.source.as_str());
    html! {
        section.card.padded aria-labelledby="policy" {
            h2 #policy { "The policy" }
            p.quiet.small { "It is " (parts::policy_match(group.policy)) ". Where it reports to is left out." }
            @if group.key.policy.is_empty() {
                p.note { "The report quotes none." }
            } @else {
                (difference::policy(&group.key.policy, decides, &says, nearest))
            }
        }
    }
}

fn place(group: &Group) -> Markup {
    let is_guard = group.noticed_by == NoticedBy::Guard;
    let newest = group.samples.first();
    html! {
        section.card.padded aria-labelledby="place" {
            h2 #place { "Where" }
            dl.facts {
                dt { @if is_guard { "Program" } @else { "Page" } } dd #document { (parts::document_url(group)) }
                @if let Some(position) = parts::position(group) {
                    dt { @if is_guard { "Declared" } @else { "Script" } } dd #position { code { (position) } }
                }
                dt { "Directive" } dd { code { (csp_core::excerpt(&group.key.directive)) } }
                dt { "Effect" } dd { @if group.key.is_enforced { "blocked" } @else { "reported, not blocked" } }
                dt { "Class" } dd { (group.class.as_str()) }
                @if let Some(status) = newest.and_then(|sample| sample.status_code) {
                    dt { "Status" } dd.number { (status) }
                }
                @if let Some(referrer) = newest.and_then(|sample| sample.referrer.as_deref()).filter(|text| !text.is_empty()) {
                    dt { "Referrer" } dd { (visible(referrer)) }
                }
            }
        }
    }
}

fn frequency(group: &Group, version: &str) -> Markup {
    let now = Timestamp::now();
    html! {
        section #frequency.card.padded aria-labelledby="often" data-live="part" data-version=(version) {
            h2 #often { "How often" }
            dl.facts {
                dt { "Count" } dd.number data-count=(group.count) { (parts::number(group.count)) }
                dt { "First seen" } dd { (parts::ago(group.first_seen, now)) }
                dt { "Last seen" } dd { (parts::ago(group.last_seen, now)) }
            }
            div.note { (parts::bars(&group.hours, now, WEEK, "wide")) }
            p.quiet.small { "Per hour, in the last 7 days. They are no number of users: of equal breaches on a page, Chromium reports one, Firefox each." }
        }
    }
}

fn samples(group: &Group, version: &str) -> Markup {
    let now = Timestamp::now();
    let (has_browser, has_code) = (
        group.samples.iter().any(|sample| sample.user_agent.is_some()),
        group.samples.iter().any(|sample| sample.sample.is_some()),
    );
    html! {
        section #samples.card.padded aria-labelledby="newest" data-live="part" data-version=(version) {
            h2 #newest { "The newest" }
            @if group.samples.is_empty() {
                p.quiet.note { "No sample is kept." }
            } @else {
                table.samples {
                    thead { tr { th scope="col" { "Time" } th scope="col" { "Blocked" } th scope="col" { "On" } @if has_browser { th scope="col" { "Browser" } } @if has_code { th scope="col" { "Code" } } } }
                    tbody {
                        @for sample in &group.samples {
                            tr {
                                td.time.number data-label="Time" { (parts::ago(sample.time, now)) }
                                td data-label="Blocked" { code { (visible(&sample.blocked_url)) } }
                                td data-label="On" {
                                    div {
                                        (visible(&sample.document_url))
                                        @if let Some(column) = sample.column { span.quiet { ", column " (column) } }
                                    }
                                }
                                @if has_browser {
                                    td data-label="Browser" title=[sample.user_agent.as_deref().map(visible)] { (browser(sample.user_agent.as_deref())) }
                                }
                                @if has_code {
                                    td data-label="Code" { @if let Some(code) = &sample.sample { code { (visible(code)) } } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The name of a browser out of what it says of itself; all of that where no name is known.
fn browser(user_agent: Option<&str>) -> String {
    const NAMES: [(&str, &str); 7] = [
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("HeadlessChrome/", "Chromium, headless"),
        ("Chrome/", "Chromium"),
        ("Version/", "Safari"),
        ("curl/", "curl"),
    ];
    let text = user_agent.unwrap_or_default();
    let known = NAMES.iter().find_map(|(mark, name)| {
        let version = text.split_once(mark)?.1;
        let digits = version.len() - version.trim_start_matches(|digit: char| digit.is_ascii_digit()).len();
        Some(format!("{name} {}", &version[..digits]))
    });
    known.unwrap_or_else(|| visible(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_are_named() {
        for (user_agent, expected) in [
            ("Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0", "Firefox 153"),
            ("Mozilla/5.0 (X11) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36", "Chromium 156"),
            ("Mozilla/5.0 (X11) AppleWebKit/537.36 Chrome/156.0.0.0 Safari/537.36 Edg/156.1", "Edge 156"),
            ("Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 Version/26.1 Safari/605.1.15", "Safari 26"),
            ("a\u{202e}b", "a\\u{202e}b"),
            ("", ""),
        ] {
            assert_eq!(browser(Some(user_agent)), expected);
        }
    }
}
