//! What servers and frameworks take, each with its own rules for quotes.
//!
//! A canonical header has no quotes but `'`, no backslash, no braces and no control characters.

use crate::arguments::EmitForm;

/// More than this Cloudflare doesn't take in a line.
const CLOUDFLARE_LINE: usize = 2000;

/// The text for a configuration file, with its last line ended.
///
/// # Errors
///
/// If the form can't hold the policy.
pub(super) fn write(form: EmitForm, header: &str, sources: &[String]) -> Result<String, String> {
    Ok(match form {
        EmitForm::Apache => {
            // A percent sign begins a format.
            let value = header.replace('%', "%%");
            format!("Header always set Content-Security-Policy \"{value}\"\n")
        }
        EmitForm::Caddy => format!("header Content-Security-Policy \"{header}\"\n"),
        EmitForm::Cloudflare => {
            let line = format!("  Content-Security-Policy: {header}");
            if line.len() > CLOUDFLARE_LINE {
                return Err(format!(
                    "the line has {} characters, and Cloudflare takes {CLOUDFLARE_LINE}: set the header in a function",
                    line.len()
                ));
            }
            format!("/*\n{line}\n")
        }
        EmitForm::Header => format!("Content-Security-Policy: {header}\n"),
        EmitForm::Helmet => {
            let none = ["'none'".to_owned()];
            let sources = if sources.is_empty() { &none[..] } else { sources };
            let list: Vec<String> = sources.iter().map(|source| format!("\"{source}\"")).collect();
            let directives = format!("connectSrc: [{}]", list.join(", "));
            format!("helmet({{ contentSecurityPolicy: {{ useDefaults: false, directives: {{ {directives} }} }} }})\n")
        }
        EmitForm::Json => format!("{header}\n"),
        EmitForm::Meta => {
            let value = header.replace('&', "&amp;");
            format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{value}\">\n")
        }
        EmitForm::Netlify => format!("/*\n  Content-Security-Policy: {header}\n"),
        EmitForm::Nginx => {
            // It begins a variable, and nothing takes that away; browsers decode paths before they compare them.
            let value = header.replace('$', "%24");
            format!("add_header Content-Security-Policy \"{value}\" always;\n")
        }
    })
}
