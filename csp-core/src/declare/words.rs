//! The values of directives that are no source lists: words, each of a grammar of its own.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::{DirectiveName, SANDBOX_FLAGS, ValueGrammar, suggest};

/// What is wrong with a word of a directive's value.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct WordError {
    /// The word, by its place; `None` where it is the value.
    pub word: Option<usize>,
    /// What is wrong, why, and what to write instead: several lines.
    pub report: String,
}

/// Checks the words of a directive that has no source list: each as it stands in the header.
///
/// ```
/// use csp_core::{DirectiveName, check_words};
///
/// assert!(check_words(DirectiveName::Sandbox, &["allow-scripts", "allow-forms"]).is_empty());
/// let errors = check_words(DirectiveName::Sandbox, &["allow-script"]);
/// assert_eq!(errors[0].report, "sandbox has no flag `allow-script`\nhelp: did you mean `allow_scripts`?");
/// ```
#[must_use]
pub fn check_words(directive: DirectiveName, words: &[&str]) -> Vec<WordError> {
    let mut errors = Vec::new();
    for (index, word) in words.iter().enumerate() {
        let known = words[..index].iter().position(|earlier| earlier.eq_ignore_ascii_case(word));
        let report = match known {
            Some(first) => Some(format!(
                "`{}` is declared twice: it is entry {} of this list already\nhelp: remove one of the two",
                suggest::excerpt(word),
                first + 1
            )),
            None => mistake(directive, word),
        };
        errors.extend(report.map(|report| WordError { word: Some(index), report }));
    }
    let has = |wanted: &str| words.iter().position(|word| *word == wanted);
    let whole = match directive.grammar() {
        ValueGrammar::TrustedTypesPolicies => {
            has("'none'").filter(|_| words.len() > 1).map(|index| (Some(index), NONE_WITH_OTHERS.to_string()))
        }
        ValueGrammar::TrustedTypesSinks if words.is_empty() => {
            Some((None, "require-trusted-types-for says for what\nhelp: write [script]".to_string()))
        }
        ValueGrammar::UriReferences if words.is_empty() => {
            Some((None, "report-uri has no URL\nhelp: write [\"/csp\"], or remove it".to_string()))
        }
        _ => None,
    };
    errors.extend(whole.map(|(word, report)| WordError { word, report }));
    errors
}

const NONE_WITH_OTHERS: &str =
    "`none` stands beside other names: browsers ignore it there\nhelp: remove it, or every other name";

/// What is wrong with one word.
fn mistake(directive: DirectiveName, word: &str) -> Option<String> {
    let excerpt = suggest::excerpt(word);
    match directive.grammar() {
        ValueGrammar::SandboxFlags => {
            if SANDBOX_FLAGS.contains(&word) {
                return None;
            }
            let help = match suggest::closest(&word.to_ascii_lowercase(), SANDBOX_FLAGS) {
                Some(flag) => format!("did you mean `{}`?", flag.replace('-', "_")),
                None => "the flags give back what a sandbox takes: `allow_scripts`, `allow_forms`, …".to_string(),
            };
            Some(format!("sandbox has no flag `{excerpt}`\nhelp: {help}"))
        }
        ValueGrammar::TrustedTypesSinks => (word != "'script'").then(|| {
            format!("require-trusted-types-for knows no `{excerpt}`\nhelp: write [script]: there is no other")
        }),
        ValueGrammar::TrustedTypesPolicies => trusted_types_name(word, &excerpt),
        ValueGrammar::WebrtcRule => (!matches!(word, "'allow'" | "'block'"))
            .then(|| format!("webrtc knows no `{excerpt}`\nhelp: write `block` or `allow`")),
        ValueGrammar::UriReferences => endpoint_url_mistake(word),
        ValueGrammar::EndpointName => endpoint_name_mistake(word),
        ValueGrammar::MediaTypes => (!is_media_type(word))
            .then(|| format!("`{excerpt}` is no media type\nhelp: write it as \"application/pdf\"")),
        ValueGrammar::Nothing | ValueGrammar::SourceList(_) | ValueGrammar::AncestorSourceList => {
            Some(format!("`{excerpt}` has no place in {directive}\nhelp: remove it"))
        }
    }
}

/// `tt-policy-name` and the keywords beside it.
fn trusted_types_name(word: &str, excerpt: &str) -> Option<String> {
    if matches!(word, "*" | "'none'" | "'allow-duplicates'") {
        return None;
    }
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b"-#=_/@.%".contains(&byte);
    match word {
        "" => Some("the name of a trusted types policy is empty\nhelp: remove it".to_string()),
        _ if word.bytes().all(is_name) => None,
        _ => {
            let bare = word.trim_matches('\'');
            let help = match suggest::closest(bare, ["none", "allow-duplicates"]) {
                Some(meant) => format!("did you mean `{}`, without quotes?", meant.replace('-', "_")),
                None => "a name has letters, digits and - # = _ / @ . %".to_string(),
            };
            Some(format!("`{excerpt}` is no name of a trusted types policy\nhelp: {help}"))
        }
    }
}

fn is_media_type(word: &str) -> bool {
    let is_token = |part: &str| {
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$&^_.+-".contains(&byte))
    };
    word.split_once('/').is_some_and(|(kind, subtype)| is_token(kind) && is_token(subtype))
}

/// What is wrong with the name of an endpoint: a key of the header `Reporting-Endpoints`
/// ([Structured Fields, 3.1.2](https://www.rfc-editor.org/rfc/rfc9651#key)), and a token of `report-to`.
pub(crate) fn endpoint_name_mistake(name: &str) -> Option<String> {
    let is_first = |byte: &u8| byte.is_ascii_lowercase() || *byte == b'*';
    let is_next = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"_-.*".contains(&byte);
    if name.as_bytes().first().is_some_and(is_first) && name.bytes().all(is_next) {
        return None;
    }
    Some(format!(
        "`{}` is no name of an endpoint\nhelp: begin with a lower-case letter, then letters, digits and _ - . *, such as \
         \"csp-endpoint\"",
        suggest::excerpt(name)
    ))
}

/// What is wrong with the URL of an endpoint: an absolute one of https, or a path on the page's own server.
pub(crate) fn endpoint_url_mistake(url: &str) -> Option<String> {
    let excerpt = suggest::excerpt(url);
    let refuse = |what: &str, help: &str| Some(format!("endpoint `{excerpt}` {what}\nhelp: {help}"));
    if let Some(character) = url.chars().find(|character| !character.is_ascii_graphic()) {
        let shown = suggest::visible(character.encode_utf8(&mut [0; 4]));
        return refuse(
            &format!("has a character that ends or breaks the header: `{shown}`"),
            "percent-encode it in UTF-8, or remove it",
        );
    }
    if let Some(character) = url.chars().find(|character| r#",;"\<>^`{|}'"#.contains(*character)) {
        let code = u32::from(character);
        return refuse(
            &format!("has `{character}`, which ends or breaks the header"),
            &format!("write `%{code:02X}` instead"),
        );
    }
    if url.contains('#') {
        return refuse("has a fragment, which is never sent", "remove it");
    }
    if url.starts_with("//") {
        return refuse("has no scheme", &format!("write \"https:{url}\""));
    }
    if url.starts_with('/') {
        return None;
    }
    let Some((scheme, rest)) = url.split_once("://") else {
        if url.contains('.') && !url.contains(':') {
            return refuse("has no scheme", &format!("write \"https://{url}\""));
        }
        return refuse("is no URL", "write \"https://…\", or a path of this server: \"/csp\"");
    };
    let (authority, _) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
    let source = format!("{scheme}://{authority}");
    if scheme.eq_ignore_ascii_case("http") && !is_loopback_url(authority) {
        return refuse(
            "is not encrypted: browsers send no report there from a page that is",
            &format!("write \"https://{rest}\", or a path of this server"),
        );
    }
    if authority.contains('*') {
        return refuse("has a wildcard: reports go to one server", "name the server");
    }
    if !matches!(scheme, "https" | "http") {
        return refuse("has a scheme by which no report is sent", &format!("write \"https://{rest}\""));
    }
    match crate::SourceExpression::declare(&source) {
        Ok(_) => None,
        Err(error) => Some(error.report()),
    }
}

fn is_loopback_url(authority: &str) -> bool {
    let host = authority.split_once(':').map_or(authority, |(host, _)| host);
    super::authority::is_loopback(host)
}
