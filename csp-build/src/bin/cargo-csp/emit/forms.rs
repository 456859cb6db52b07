//! What servers and frameworks take, each with its own rules for quotes.
//!
//! A canonical policy has no quotes but `'`, no backslash, no braces but those of its nonce, and no control characters. The
//! headers beside it have `"` and backslashes.

use csp_core::directives;

use super::arguments::EmitForm;
use super::headers::Headers;

/// More than this Cloudflare doesn't take in a line.
const CLOUDFLARE_LINE: usize = 2000;

/// What browsers ignore in `<meta>` ([HTML, 4.2.5.3](https://html.spec.whatwg.org/multipage/semantics.html#attr-meta-http-equiv-content-security-policy)).
const NOT_IN_META: [&str; 4] = ["frame-ancestors", "report-to", "report-uri", "sandbox"];

/// A text for a configuration file, and what had to be left out.
pub(super) struct Written {
    /// With its last line ended.
    pub(super) text: String,
    pub(super) omitted: Vec<String>,
}

/// The text for a configuration file.
///
/// # Errors
///
/// If the form can't hold the policy.
pub(super) fn write(form: EmitForm, headers: &Headers<'_>) -> Result<Written, String> {
    if headers.takes_nonce() && form != EmitForm::Helmet {
        return Err(format!(
            "{} takes a nonce, which is another one for each response: a fixed text has none. Let the program set the header",
            headers.title
        ));
    }
    let line = |write: fn(&str, &str) -> String| {
        headers.list.iter().map(|(name, value)| write(name, value) + "\n").collect::<String>()
    };
    let text = match form {
        EmitForm::Apache => line(|name, value| {
            // A percent sign begins a format.
            format!("Header always set {name} \"{}\"", escaped(value).replace('%', "%%"))
        }),
        EmitForm::Caddy => line(|name, value| {
            let quote = if value.contains('"') { '`' } else { '"' };
            format!("header {name} {quote}{value}{quote}")
        }),
        EmitForm::Cloudflare => {
            let lines = line(|name, value| format!("  {name}: {value}"));
            if let Some(long) = lines.lines().map(str::len).find(|length| *length > CLOUDFLARE_LINE) {
                return Err(format!(
                    "the line has {long} characters, and Cloudflare takes {CLOUDFLARE_LINE}: set the header in a function"
                ));
            }
            format!("/*\n{lines}")
        }
        EmitForm::Header => line(|name, value| format!("{name}: {value}")),
        EmitForm::Helmet => return Ok(helmet(headers)),
        // It is written elsewhere, for all policies.
        EmitForm::Json => String::new(),
        EmitForm::Meta => return meta(headers),
        EmitForm::Netlify => format!("/*\n{}", line(|name, value| format!("  {name}: {value}"))),
        EmitForm::Nginx => line(|name, value| {
            // It begins a variable, and nothing takes that away; browsers decode paths before they compare them.
            format!("add_header {name} \"{}\" always;", escaped(value).replace('$', "%24"))
        }),
    };
    Ok(Written { text, omitted: Vec::new() })
}

/// Within double quotes.
fn escaped(value: &str) -> String {
    value.replace('\\', "\\\\").replace('"', "\\\"")
}

fn meta(headers: &Headers<'_>) -> Result<Written, String> {
    if headers.is_report_only {
        return Err(format!("{} only reports, which browsers ignore in <meta>: it needs a header", headers.title));
    }
    let mut omitted: Vec<String> = headers.list.iter().skip(1).map(|(name, _)| (*name).to_owned()).collect();
    let mut kept = Vec::new();
    for (name, value) in directives(headers.policy()) {
        if NOT_IN_META.contains(&name) {
            omitted.push(name.to_owned());
        } else if value.is_empty() {
            kept.push(name.to_owned());
        } else {
            kept.push(format!("{name} {value}"));
        }
    }
    let value = kept.join("; ").replace('&', "&amp;");
    let text = format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{value}\">\n");
    Ok(Written { text, omitted })
}

/// The options of helmet, which sets no other header of ours.
fn helmet(headers: &Headers<'_>) -> Written {
    let mut members = Vec::new();
    for (name, value) in directives(headers.policy()) {
        let words = value.split_ascii_whitespace().map(|word| match word {
            // As in helmet's own example.
            csp_core::NONCE_HOLE => "(req, res) => `'nonce-${res.locals.cspNonce}'`".to_owned(),
            word => format!("\"{word}\""),
        });
        members.push(format!("{}: [{}]", camel(name), words.collect::<Vec<_>>().join(", ")));
    }
    if !directives(headers.policy()).any(|(name, _)| name == "default-src") {
        // Without this it refuses.
        members.insert(0, "defaultSrc: helmet.contentSecurityPolicy.dangerouslyDisableDefaultSrc".to_owned());
    }
    let report_only = if headers.is_report_only { " reportOnly: true," } else { "" };
    let text = format!(
        "helmet({{ contentSecurityPolicy: {{ useDefaults: false,{report_only} directives: {{ {} }} }} }})\n",
        members.join(", ")
    );
    Written { text, omitted: headers.list.iter().skip(1).map(|(name, _)| (*name).to_owned()).collect() }
}

/// `connectSrc`
fn camel(name: &str) -> String {
    let mut words = name.split('-');
    let mut text = words.next().unwrap_or_default().to_owned();
    for word in words {
        let (first, rest) = word.split_at(1);
        text += &first.to_ascii_uppercase();
        text += rest;
    }
    text
}
