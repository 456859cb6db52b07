//! The reference as one page of Markdown, for mdBook and for reading as it is.

use std::fmt::Write as _;

use csp_core::visible;

use super::policies::Availability;
use super::reference::{Allowance, Endpoint, Reference, Status, Use};
use super::words;

/// The page.
pub(super) fn write(reference: &Reference) -> String {
    format!(
        "# External endpoints\n\n<!-- Written by `cargo csp docs`: edits are lost. -->\n\n{}",
        write_section(reference)
    )
}

/// What stands below the title.
pub(super) fn write_section(reference: &Reference) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "{}\n", text(&words::introduction(reference)));
    out.push_str("| status | endpoints | |\n|---|--:|---|\n");
    for status in Status::ALL {
        let (word, title, count) = (status.word(), status.title(), reference.summary.count(status));
        let title = if count == 0 { title.to_owned() } else { format!("[{title}](#csp-{word})") };
        let _ = writeln!(out, "| {title} | {count} | {} |", status.meaning());
    }
    for status in Status::ALL {
        let endpoints = || reference.endpoints.iter().filter(|endpoint| endpoint.status == status);
        if endpoints().next().is_none() {
            continue;
        }
        let _ = write!(out, "\n<a id=\"csp-{}\"></a>\n\n## {}\n\n", status.word(), capital(status.title()));
        out.push_str(match status {
            Status::Unresolved => "| used by | because |\n|---|---|\n",
            Status::Unused => "| source | declared |\n|---|---|\n",
            Status::NotCovered => "| endpoint | used by | allowed by |\n|---|---|---|\n",
            Status::Covered => "| endpoint | allowed by | used by |\n|---|---|---|\n",
        });
        for endpoint in endpoints() {
            let _ = writeln!(out, "| {} |", row(endpoint).join(" | "));
        }
    }
    policies(&mut out, reference);
    out
}

fn row(endpoint: &Endpoint) -> Vec<String> {
    let uses = || lines(endpoint.used_by.iter().map(|used| usage(used, endpoint)));
    let allowances =
        || lines(endpoint.allowed_by.iter().map(|allowance| source(allowance, endpoint.origin.as_deref())));
    let name = || {
        let origin = endpoint.origin.as_deref().unwrap_or_default();
        let remark = words::remark(endpoint).map(|remark| format!("<br>*{remark}*")).unwrap_or_default();
        format!("<a id=\"{}\"></a>{}{remark}", words::anchor(endpoint), code(origin))
    };
    match endpoint.status {
        Status::Unresolved => vec![uses(), spans(endpoint.reason.as_deref().unwrap_or_default())],
        Status::Unused => vec![name(), allowances()],
        Status::NotCovered => {
            let help = endpoint.help.as_deref().map(|help| format!(": {}", spans(help))).unwrap_or_default();
            let lack = std::iter::once(format!("*{}*{help}", words::lack(endpoint)));
            let has_some = !endpoint.allowed_by.is_empty();
            vec![name(), uses(), lines(lack.chain(has_some.then(allowances)))]
        }
        Status::Covered => vec![name(), allowances(), uses()],
    }
}

fn lines(lines: impl Iterator<Item = String>) -> String {
    lines.collect::<Vec<_>>().join("<br>")
}

fn source(allowance: &Allowance, origin: Option<&str>) -> String {
    let mut out = String::new();
    if origin != Some(&allowance.source) {
        let _ = write!(out, "{} in ", code(&allowance.source));
    }
    let _ = write!(
        out,
        "{} ({})",
        code(&allowance.policies.join(", ")),
        code(&format!("{}:{}", allowance.file, allowance.line))
    );
    if let Some(through) = words::through(allowance) {
        let _ = write!(out, ", {}", spans(&through));
    }
    match (&allowance.condition, allowance.available) {
        (Some(condition), Availability::Conditional) => {
            let _ = write!(out, ", not in this build: {}", code(condition));
        }
        (Some(condition), _) => {
            let _ = write!(out, ", where {}", code(condition));
        }
        (None, _) => {}
    }
    if let Some(reason) = &allowance.reason {
        let _ = write!(out, ": {}", text(reason));
    }
    out
}

fn usage(used: &Use, endpoint: &Endpoint) -> String {
    let words::Described { place, what, more } = words::describe(&used.place);
    let mut out = format!("{} {}", code(&place), spans(&what));
    if !more.is_empty() {
        let _ = write!(out, ": {}", text(&words::listed(&more)));
    }
    if let Some(coverage) = words::coverage(used, endpoint) {
        let _ = write!(out, " (*{coverage}*)");
    }
    out
}

fn policies(out: &mut String, reference: &Reference) {
    if reference.policies.is_empty() {
        return;
    }
    out.push_str("\n## Policies\n\n| policy | declared | header |\n|---|---|---|\n");
    for policy in &reference.policies {
        let name = code(policy.name.as_deref().unwrap_or("connect_src!"));
        let place = code(&format!("{}:{}", policy.file, policy.line));
        let _ = writeln!(out, "| {name}{} | {place} | {} |", words::policy_remark(policy), code(&policy.header));
    }
}

fn capital(title: &str) -> String {
    let mut characters = title.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

/// Text that nothing reads as markup: not Markdown, not HTML, not mdBook.
fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in visible(text).chars() {
        if "&<>`*_[]|\\~${}".contains(character) {
            let _ = write!(out, "&#{};", u32::from(character));
        } else {
            out.push(character);
        }
    }
    out
}

/// Text as code. Where backticks would not keep it as it is, as an element.
fn code(content: &str) -> String {
    let content = visible(content);
    let is_kept = |character: char| !matches!(character, '`' | '|' | '\\');
    // What mdBook takes for a command, it takes in code too.
    if !content.is_empty() && content.trim() == content && content.chars().all(is_kept) && !content.contains("{{") {
        format!("`{content}`")
    } else {
        format!("<code>{}</code>", text(&content))
    }
}

/// Text in which backticks mark code.
fn spans(marked: &str) -> String {
    let parts = marked.split('`').enumerate();
    parts.map(|(index, part)| if index % 2 == 1 { code(part) } else { text(part) }).collect()
}
