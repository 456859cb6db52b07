//! The list of what was blocked.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use csp_core::Disposition;
use maud::{Markup, html};

use super::layout::{self, Page};
use super::view::{PAGE_LENGTH, States, View};
use super::{difference, parts};
use crate::monitor::{Filter, Group, Monitor, NoticedBy, Order, State, StoreError, Timestamp, Totals};

/// Of so many groups, the newest, pages and directives are offered as filters, and noise is counted.
const LOOKED_AT: usize = 1000;

/// What there is to choose from.
#[derive(Default)]
struct Choices {
    pages: BTreeSet<String>,
    directives: BTreeSet<String>,
    noise: usize,
    is_empty: bool,
    is_cut: bool,
}

pub(super) async fn render(monitor: &Monitor, view: &View, token: &str) -> Result<Markup, StoreError> {
    let groups = monitor.groups(&view.filter()).await?;
    let all = monitor.groups(&Filter { limit: LOOKED_AT, ..Filter::all() }).await?;
    let totals = monitor.totals().await?;
    let (groups, has_more) = view.select(groups);
    let choices = Choices::of(&all);
    let body = html! {
        header {
            div.top {
                h1 { "What was blocked, and why" }
                (layout::live())
            }
            (sums(&totals))
        }
        main #main {
            (filters(view, &choices))
            div.list-head {
                h2 #list-title { "Violations" }
                p.quiet.small #status role="status" data-live="status" { (status(&groups, has_more, view, &choices)) }
            }
            @if groups.is_empty() {
                (nothing(monitor, view, &choices, token))
            } @else {
                ol #rows.rows.card role="list" aria-labelledby="list-title" data-live="rows" {
                    @for group in &groups { (row(monitor, group)) }
                }
                (more(view, has_more))
            }
        }
    };
    Ok(Page { title: "Violations of the policy", root: "./", body }.render())
}

impl Choices {
    fn of(groups: &[Group]) -> Self {
        Self {
            pages: groups
                .iter()
                .map(|group| group.key.document_origin.clone())
                .filter(|page| !page.is_empty())
                .collect(),
            directives: groups
                .iter()
                .map(|group| group.key.directive.clone())
                .filter(|name| !name.is_empty())
                .collect(),
            noise: groups.iter().filter(|group| group.class.is_noise()).count(),
            is_empty: groups.is_empty(),
            is_cut: groups.len() == LOOKED_AT,
        }
    }
}

/// The counters as the sum that they are.
fn sums(totals: &Totals) -> Markup {
    let counters = &totals.counters;
    let term = |sign: Option<&str>, count: u64, name: &str, what: &str| {
        html! {
            div.is-zero[count == 0] data-sign=[sign] title=(what) { dt { (name) } dd data-counter=(name) { (parts::number(count)) } }
        }
    };
    let apart = |count: u64, name: &str, what: &str| {
        html! {
            div.apart.is-zero[count == 0] title=(what) { dt { (name) } dd data-counter=(name) { (parts::number(count)) } }
        }
    };
    let version = format!("{totals:?}");
    html! {
        dl #totals.totals.card data-live="part" data-version=(version) {
            (term(None, counters.received(), "received", "Reports that came in"))
            (term(Some("="), counters.accepted, "accepted", "Violation reports, noise included"))
            (term(Some("+"), counters.filtered, "filtered", "Reports of other kinds"))
            (term(Some("+"), counters.rejected, "rejected", "What couldn't be read"))
            (term(Some("+"), counters.over_limit, "over limit", "What was too long or too much"))
            (term(Some("+"), counters.shed, "shed", "What there was no room for"))
            (apart(totals.other, "not grouped", "Accepted reports for whose groups there was no room"))
            (apart(totals.refusals, "refused by the server", "What the guards of this program refused"))
        }
    }
}

fn status(groups: &[Group], has_more: bool, view: &View, choices: &Choices) -> String {
    let count: u64 = groups.iter().map(|group| group.count).sum();
    let number = u64::try_from(groups.len()).unwrap_or(u64::MAX);
    let (from, more) = (if view.offset > 0 { " here" } else { "" }, if has_more { ", and more" } else { "" });
    let mut text =
        format!("{}{from} with {}{more}", parts::counted(number, "group"), parts::counted(count, "violation"));
    if !view.noise && choices.noise > 0 {
        let cut = if choices.is_cut { "at least " } else { "" };
        text.push_str(&format!(
            "; {cut}{} of noise hidden",
            parts::counted(u64::try_from(choices.noise).unwrap_or(u64::MAX), "group")
        ));
    }
    text
}

fn filters(view: &View, choices: &Choices) -> Markup {
    let option = |value: &str, text: &str, chosen: bool| html! { option value=(value) selected[chosen] { (text) } };
    // What is chosen is offered, even where it isn't there any more.
    let offered = |known: &BTreeSet<String>, chosen: &str| {
        let mut all: BTreeSet<_> = known.iter().map(String::as_str).collect();
        all.insert(chosen);
        all.remove("");
        html! {
            (option("", "Any", chosen.is_empty()))
            @for value in all { option value=(value) selected[value == chosen] { (csp_core::excerpt(value)) } }
        }
    };
    let disposition = |value| view.disposition == Some(value);
    let noticed_by = |value| view.noticed_by == Some(value);
    let states = [
        (States::Unsettled, "Unsettled"),
        (States::All, "All"),
        (States::One(State::Open), "Open"),
        (States::One(State::Acknowledged), "Acknowledged"),
        (States::One(State::Resolved), "Resolved"),
        (States::One(State::Ignored), "Ignored"),
    ];
    html! {
        form #filters.filters method="get" action="./" role="search" aria-label="Filter the violations" {
            div {
                label.search { "Search" input type="search" name="q" value=(view.text) placeholder="host, path, file …" autocomplete="off"; }
                label.check { input type="checkbox" name="noise" value="1" checked[view.noise]; "Show noise" }
                button type="submit" { "Filter" }
                @if !view.is_default() { a.again.small href="./" { "Show all again" } }
            }
            div.choices {
                label { "Page" select name="page" { (offered(&choices.pages, &view.page)) } }
                label { "Directive" select name="directive" { (offered(&choices.directives, &view.directive)) } }
                label { "Effect"
                    select name="disposition" {
                        (option("", "Any", view.disposition.is_none()))
                        (option("enforce", "Blocked", disposition(Disposition::Enforce)))
                        (option("report", "Report only", disposition(Disposition::Report)))
                    }
                }
                label { "Noticed by"
                    select name="by" {
                        (option("", "Anybody", view.noticed_by.is_none()))
                        (option("browser", "Browsers", noticed_by(NoticedBy::Browser)))
                        (option("guard", "The server", noticed_by(NoticedBy::Guard)))
                    }
                }
                label { "State"
                    select name="state" { @for (value, text) in states { (option(value.word(), text, view.states == value)) } }
                }
                label { "Order"
                    select name="order" {
                        (option("", "Newest first", view.order == Order::Newest))
                        (option("count", "Most first", view.order == Order::Count))
                    }
                }
            }
        }
    }
}

fn row(monitor: &Monitor, group: &Group) -> Markup {
    let now = Timestamp::now();
    let key = &group.key;
    let explanation = monitor.suggest(group).explanation;
    let version = format!("{}-{}-{}", group.count, group.last_seen.as_millis(), group.state.as_str());
    let is_settled = matches!(group.state, State::Resolved | State::Ignored);
    html! {
        li #{ "g" (group.id) }.row.is-quiet[group.class.is_noise() || is_settled] data-version=(version)
            data-group=(group.id) data-class=(group.class.as_str()) data-directive=(key.directive)
            data-disposition=(if key.is_enforced { "enforce" } else { "report" })
            data-by=(group.noticed_by.as_str()) data-reason=(explanation.reason.as_str()) data-state=(group.state.as_str()) {
            div.when {
                span.quiet.small.number { (parts::ago(group.last_seen, now)) }
                div.badges {
                    (parts::disposition(group)) (parts::class(group))
                    @if group.state != State::Open { (parts::state(group.state)) }
                }
            }
            div.what {
                a #{ "a" (group.id) }.url.clamp.mono href={ "group/" (group.id) } { (parts::blocked_url(group)) }
                p.why { mark.directive { (csp_core::excerpt(&key.directive)) } " " span.reason-text { (explanation) } }
                @if let Some(entry) = &explanation.entry {
                    p.where { "Add " code.entry { (entry) } @if !explanation.verified { " – unverified" } }
                } @else if let Some(url) = &explanation.encrypted {
                    p.where { "Call " code.entry { (url) } " instead" }
                }
                p.where.clamp {
                    "on " (parts::document_url(group))
                    @if let Some(position) = parts::position(group) { " · " code { (position) } }
                }
            }
            div.how-often {
                span.count data-count=(group.count) { small { "×" } (parts::number(group.count)) }
                (parts::bars(&group.hours, now, 24, ""))
            }
        }
    }
}

/// Another list than the newest is in no order that a live page could keep: its links lead on and back.
fn more(view: &View, has_more: bool) -> Markup {
    let link =
        |offset: usize, text: &str, rel: &str| html! { a href={ "?" (view.query(offset)) } rel=(rel) { (text) } };
    html! {
        nav.more aria-label="Other parts of the list" {
            span { @if view.offset > 0 { (link(view.offset.saturating_sub(PAGE_LENGTH), "← Before these", "prev")) } }
            span { @if has_more { (link(view.offset + PAGE_LENGTH, "After these →", "next")) } }
        }
    }
}

fn nothing(monitor: &Monitor, view: &View, choices: &Choices, token: &str) -> Markup {
    let policies: Vec<&str> = monitor.own().policies().collect();
    html! {
        section #rows.empty.card data-live="part" data-version="empty" {
            @if choices.is_empty {
                h2 { "Nothing was blocked so far" }
                p {
                    "Browsers report here what they stop, as long as the policy names this endpoint: "
                    code { "report-uri " (monitor.base()) "/report" } ". It appears on this page within a second or two."
                }
                form method="post" action="test" {
                    input type="hidden" name="token" value=(token);
                    button.main type="submit" { "Send a test violation" }
                }
                h3 { @if policies.len() == 1 { "The policy in force" } @else { "The policies in force" } }
                @for policy in &policies { (difference::header(policy)) }
                @if policies.is_empty() {
                    p { "None is known: tell the monitor's builder, and reports of other policies are told from those of this one." }
                }
            } @else {
                h2 { "Nothing fits" }
                @if view.is_default() && choices.noise > 0 {
                    p { "What there is, is noise, or settled already. " a href="?noise=1&state=all" { "Show all of it" } }
                } @else {
                    p { "There are violations, but none that these filters let through. " a href="./" { "Show all again" } }
                }
            }
        }
    }
}
