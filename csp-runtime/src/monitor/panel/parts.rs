//! Small parts of pages.

use alloc::format;
use alloc::string::{String, ToString as _};

use csp_core::Disposition;
use csp_core::report::{Class, PolicyMatch};
use csp_core::visible;
use maud::{Markup, html};

use super::test_violation;
use crate::monitor::{Group, HourCount, NoticedBy, State, Timestamp};

const HOUR: u64 = 60 * 60 * 1000;

/// What was blocked: the newest URL, or what the group says where none is kept.
pub(super) fn blocked_url(group: &Group) -> String {
    let newest = group.samples.first().map(|sample| sample.blocked_url.as_str()).filter(|url| !url.is_empty());
    visible(newest.unwrap_or(&group.key.blocked_origin))
}

/// The page, or the program.
pub(super) fn document_url(group: &Group) -> String {
    let newest = group.samples.first().map(|sample| sample.document_url.as_str()).filter(|url| !url.is_empty());
    visible(newest.unwrap_or(&group.key.document_origin))
}

/// File, line and column, as editors write them.
pub(super) fn position(group: &Group) -> Option<String> {
    let mut text = visible(group.key.source_file.as_deref()?);
    for number in
        [group.key.line, group.samples.first().and_then(|sample| sample.column)].into_iter().map_while(|number| number)
    {
        text.push_str(&format!(":{number}"));
    }
    Some(text)
}

/// How long ago it was; a script keeps it true.
pub(super) fn ago(time: Timestamp, now: Timestamp) -> Markup {
    let full = time.to_string();
    html! { time datetime=(full) title=(full) data-relative { (relative(time, now)) } }
}

fn relative(time: Timestamp, now: Timestamp) -> String {
    let seconds = now.as_millis().saturating_sub(time.as_millis()) / 1000;
    match seconds {
        0 => "now".into(),
        1..60 => format!("{seconds} s ago"),
        60..3600 => format!("{} min ago", seconds / 60),
        3600..86_400 => format!("{} h ago", seconds / 3600),
        _ => format!("{} d ago", seconds / 86_400),
    }
}

/// A number with its thousands apart.
pub(super) fn number(count: u64) -> String {
    let digits = count.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// "1 report", "2 reports".
pub(super) fn counted(count: u64, what: &str) -> String {
    format!("{} {what}{}", number(count), if count == 1 { "" } else { "s" })
}

/// Whether it was stopped.
pub(super) fn disposition(group: &Group) -> Markup {
    let (kind, icon, text) = match (group.disposition(), group.noticed_by) {
        (Disposition::Enforce, NoticedBy::Browser) => ("bad", "✕", "Blocked"),
        (Disposition::Report, NoticedBy::Browser) => ("warn", "○", "Report only"),
        (Disposition::Enforce, NoticedBy::Guard) => ("bad", "✕", "Refused"),
        (Disposition::Report, NoticedBy::Guard) => ("warn", "○", "Audit"),
    };
    html! { span class={ "badge " (kind) } data-icon=(icon) { (text) } }
}

/// What kind it is of, where that says more than that it is a violation.
pub(super) fn class(group: &Group) -> Markup {
    let text = match group.class {
        Class::Violation => None,
        Class::Browser => Some("Browser's own page"),
        Class::Extension => Some("Extension"),
        Class::ForeignDocument => Some("Another site"),
        Class::ForeignPolicy => Some("Another policy"),
        Class::Invalid => Some("Unreadable"),
        Class::Local => Some("Visitor's machine"),
        Class::Redirect => Some("Redirect"),
        Class::SchemeOnly => Some("Scheme only"),
        Class::StalePolicy => Some("Earlier build"),
        other => Some(other.as_str()),
    };
    html! {
        @if group.noticed_by == NoticedBy::Guard { span.badge { "By the server" } }
        @if test_violation::is_one(group) { span.badge.good data-icon="✓" { "Test" } }
        @if let Some(text) = text { span.badge { (text) } }
    }
}

/// What somebody made of it, where somebody did.
pub(super) fn state(state: State) -> Markup {
    let icon = match state {
        State::Open => "●",
        State::Acknowledged => "◐",
        State::Resolved => "✓",
        State::Ignored => "–",
    };
    let text = match state {
        State::Open => "Open",
        State::Acknowledged => "Acknowledged",
        State::Resolved => "Resolved",
        State::Ignored => "Ignored",
    };
    html! { span.badge.good[state == State::Resolved].warn[state == State::Open] data-icon=(icon) { (text) } }
}

pub(super) const fn policy_match(policy: PolicyMatch) -> &'static str {
    match policy {
        PolicyMatch::ThisBuild => "of this build",
        PolicyMatch::Stale => "of an earlier build",
        PolicyMatch::Foreign => "none of this program's: a proxy or an extension set it",
        _ => "not known to be this program's",
    }
}

/// Counts per hour as bars, the present hour last.
pub(super) fn bars(hours: &[HourCount], now: Timestamp, span: u64, class: &str) -> Markup {
    const STEP: u64 = 5;
    const HEIGHT: u64 = 40;
    let last = now.as_millis() / HOUR;
    let first = (last + 1).saturating_sub(span);
    let shown = || {
        hours.iter().filter_map(|hour| {
            let index = hour.hour.as_millis() / HOUR;
            (first..=last).contains(&index).then(|| (index - first, hour.count)).filter(|(_, count)| *count > 0)
        })
    };
    let (most, sum) =
        (shown().map(|(_, count)| count).max().unwrap_or_default(), shown().map(|(_, count)| count).sum());
    let time = if span == 24 { "24 hours".into() } else { format!("{} days", span / 24) };
    let label = format!("Last {time}: {}, at most {} in an hour", number(sum), number(most));
    html! {
        svg class={ "bars " (class) } role="img" aria-label=(label) preserveAspectRatio="none"
            viewBox=(format!("0 0 {} {}", span * STEP, HEIGHT + 1)) {
            title { (label) }
            line x1="0" x2=(span * STEP) y1=(HEIGHT) y2=(HEIGHT) {}
            @for (index, count) in shown() {
                // However few, they are seen.
                @let height = (count * (HEIGHT - 2) / most.max(1)).max(3);
                rect x=(index * STEP) y=(HEIGHT - height) width=(STEP - 1) height=(height) {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_times_are_for_people() {
        for (count, expected) in [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567")] {
            assert_eq!(number(count), expected);
        }
        let now = Timestamp::from_millis(200_000_000);
        for (seconds, expected) in
            [(0, "now"), (59, "59 s ago"), (60, "1 min ago"), (7199, "1 h ago"), (172_800, "2 d ago")]
        {
            let time = now.before(core::time::Duration::from_secs(seconds));
            assert_eq!(relative(time, now), expected);
        }
        assert_eq!(relative(now, Timestamp::default()), "now");
    }

    #[test]
    fn bars_are_the_hours_that_had_some() {
        let now = Timestamp::from_millis(100 * HOUR + 5);
        let hours = [(10, 9), (77, 4), (99, 2), (100, 1_000_000)]
            .map(|(hour, count)| HourCount { hour: Timestamp::from_millis(hour * HOUR), count });
        let drawn = bars(&hours, now, 24, "").into_string();
        assert!(drawn.contains("Last 24 hours: 1,000,006, at most 1,000,000 in an hour"), "{drawn}");
        assert_eq!(drawn.matches("<rect").count(), 3, "{drawn}");
        assert!(bars(&[], now, 168, "").into_string().contains("Last 7 days: 0, at most 0 in an hour"));
    }
}
