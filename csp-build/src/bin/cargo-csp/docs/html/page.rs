//! The page's markup. All text from outside goes through [`escaped`].

use std::fmt::Write as _;

use csp_core::visible;

use crate::docs::policies::Availability;
use crate::docs::reference::{Allowance, Endpoint, Reference, Status, Use};
use crate::docs::words;

pub(super) fn write(reference: &Reference, policy: &str, style: &str, script: &str) -> String {
    let mut out = format!(
        "<!doctype html>\n\
         <html lang=\"en\">\n\
         <meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <!-- Written by `cargo csp docs`: edits are lost. -->\n\
         <title>External endpoints</title>\n\
         <style>{style}</style>\n\
         <main>\n<h1>External endpoints</h1>\n<p>{}</p>\n",
        escaped(policy),
        escaped(&words::introduction(reference))
    );
    tools(&mut out, reference);
    endpoints(&mut out, reference);
    legend(&mut out, reference);
    policies(&mut out, reference);
    let _ = write!(out, "</main>\n<script>{script}</script>\n</html>\n");
    out
}

/// What the script shows once it can serve it.
fn tools(out: &mut String, reference: &Reference) {
    out.push_str(
        "<div id=\"tools\" class=\"tools\" role=\"search\" hidden>\n\
         <input id=\"search\" type=\"search\" placeholder=\"Search origins, files, reasons  (press /)\" \
         aria-label=\"Search\" aria-controls=\"endpoints\" autocomplete=\"off\" spellcheck=\"false\">\n",
    );
    for status in Status::ALL {
        let (word, title, count) = (status.word(), status.title(), reference.summary.count(status));
        let _ = writeln!(
            out,
            "<button type=\"button\" class=\"{word}\" data-filter=\"{word}\" aria-pressed=\"false\">{title} \
             <span class=\"count\">{count}</span></button>"
        );
    }
    out.push_str("<output id=\"shown\"></output>\n</div>\n");
}

fn endpoints(out: &mut String, reference: &Reference) {
    if reference.endpoints.is_empty() {
        out.push_str("<p>Nothing connects, and nothing is declared.</p>\n");
        return;
    }
    out.push_str(
        "<div class=\"frame\">\n<table id=\"endpoints\">\n\
         <thead><tr><th scope=\"col\">status</th><th scope=\"col\">endpoint</th><th scope=\"col\">allowed by</th>\
         <th scope=\"col\">used by</th></tr></thead>\n<tbody>\n",
    );
    for endpoint in &reference.endpoints {
        row(out, endpoint);
    }
    out.push_str("</tbody>\n</table>\n</div>\n");
}

fn row(out: &mut String, endpoint: &Endpoint) {
    let word = endpoint.status.word();
    let id = endpoint.origin.as_ref().map(|_| format!(" id=\"{}\"", words::anchor(endpoint))).unwrap_or_default();
    let key = Status::ALL.iter().position(|status| *status == endpoint.status).unwrap_or_default();
    let _ = write!(
        out,
        "<tr{id} data-status=\"{word}\"><td data-key=\"{key}\"><span class=\"status {word}\">{}</span>{}</td>",
        endpoint.status.title(),
        words::remark(endpoint).map(|text| format!("<span class=\"remark\">{text}</span>")).unwrap_or_default()
    );
    match &endpoint.origin {
        Some(origin) => {
            let host = origin.split_once("://").map_or(origin.as_str(), |(_, host)| host);
            let host = escaped(host);
            let _ = write!(
                out,
                "<th scope=\"row\" data-key=\"{host}\"><code class=\"origin\">{}</code></th>",
                breakable(origin)
            );
        }
        None => out.push_str("<th scope=\"row\" data-key=\"~\"><span class=\"soft\">not known</span></th>"),
    }
    let mut allowed: Vec<String> = endpoint.allowed_by.iter().map(|allowed| source(allowed, endpoint)).collect();
    if endpoint.status == Status::NotCovered {
        let help = endpoint.help.as_deref().map(|help| format!("<span class=\"remark\">{}</span>", spans(help)));
        allowed.insert(0, format!("<span class=\"lack\">{}</span>{}", words::lack(endpoint), help.unwrap_or_default()));
    }
    if let Some(reason) = &endpoint.reason {
        allowed.push(spans(reason));
    }
    cell(out, if endpoint.reason.is_some() { "because" } else { "allowed by" }, &allowed);
    cell(out, "used by", &endpoint.used_by.iter().map(|used| usage(used, endpoint)).collect::<Vec<_>>());
    out.push_str("</tr>\n");
}

fn cell(out: &mut String, label: &str, items: &[String]) {
    match items {
        [] => out.push_str("<td class=\"who\"></td>"),
        items => {
            let items = items.join("</li><li>");
            let _ = write!(out, "<td class=\"who\" data-label=\"{label}\"><ul><li>{items}</li></ul></td>");
        }
    }
}

fn source(allowance: &Allowance, endpoint: &Endpoint) -> String {
    let mut out = String::new();
    if endpoint.origin.as_deref() != Some(&allowance.source) {
        let _ = write!(out, "{} in ", code(&allowance.source));
    }
    let policies = allowance.policies.join(", ");
    let _ =
        write!(out, "{} <span class=\"soft\">{}:{}</span>", code(&policies), escaped(&allowance.file), allowance.line);
    if let Some(through) = words::through(allowance) {
        let _ = write!(out, ", {}", spans(&through));
    }
    if let Some(condition) = &allowance.condition {
        let when = if allowance.available == Availability::Conditional { "not in this build:" } else { "where" };
        let _ = write!(out, ", {when} {}", code(condition));
    }
    if let Some(reason) = &allowance.reason {
        let _ = write!(out, "<span class=\"remark\">{}</span>", escaped(reason));
    }
    out
}

fn usage(used: &Use, endpoint: &Endpoint) -> String {
    let words::Described { place, what, more } = words::describe(&used.place);
    let mut out = format!("{} <span class=\"soft\">{}</span>", code(&place), spans(&what));
    if let Some(coverage) = words::coverage(used, endpoint) {
        let _ = write!(out, " <strong>{coverage}</strong>");
    }
    if !more.is_empty() {
        let title = escaped(&more.join("\n"));
        let _ = write!(out, "<span class=\"remark\" title=\"{title}\">{}</span>", escaped(&words::listed(&more)));
    }
    out
}

fn legend(out: &mut String, reference: &Reference) {
    out.push_str("<h2>What the statuses say</h2>\n<dl>\n");
    for status in Status::ALL {
        let (word, title, count) = (status.word(), status.title(), reference.summary.count(status));
        let _ = writeln!(
            out,
            "<dt><span class=\"status {word}\">{title} <span class=\"count\">{count}</span></span></dt><dd>{}</dd>",
            status.meaning()
        );
    }
    out.push_str("</dl>\n");
}

fn policies(out: &mut String, reference: &Reference) {
    if reference.policies.is_empty() {
        return;
    }
    out.push_str(
        "<h2>Policies</h2>\n<div class=\"frame\">\n<table>\n<thead><tr><th scope=\"col\">policy</th>\
         <th scope=\"col\">declared</th><th scope=\"col\">header</th></tr></thead>\n<tbody>\n",
    );
    for policy in &reference.policies {
        let name = policy.name.as_deref().unwrap_or("connect_src!");
        let _ = writeln!(
            out,
            "<tr><th scope=\"row\"><code class=\"origin\">{}</code>{}</th><td data-label=\"declared\">{}:{}</td>\
             <td data-label=\"header\">{}</td></tr>",
            escaped(name),
            words::policy_remark(policy),
            escaped(&policy.file),
            policy.line,
            code(&policy.header)
        );
    }
    out.push_str("</tbody>\n</table>\n</div>\n");
}

/// A host that breaks where a part of it ends, if it must.
fn breakable(origin: &str) -> String {
    escaped(origin).replace("//", "//<wbr>").replace('.', "<wbr>.")
}

fn code(content: &str) -> String {
    format!("<code>{}</code>", escaped(content))
}

/// Text in which backticks mark code.
fn spans(marked: &str) -> String {
    let parts = marked.split('`').enumerate();
    parts.map(|(index, part)| if index % 2 == 1 { code(part) } else { escaped(part) }).collect()
}

/// Text that is text between tags and between quotes.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.split('\n').map(visible).collect::<Vec<_>>().join("\n").chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            character => out.push(character),
        }
    }
    out
}
