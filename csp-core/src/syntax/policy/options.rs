//! What stands between the braces: options and directives.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};
use syn::Lit;

use super::directive::parse_switch;
use super::{
    DeclaredAllowlist, DeclaredDirective, DeclaredDirectiveValue, DeclaredEndpoint, DeclaredPolicy, DeclaredWord,
};
use crate::syntax::attributes::Attributes;
use crate::syntax::tokens::{between_commas, flatten, is_ident, is_punct, parse_path, span_of, text_of};
use crate::syntax::{DeclaredGate, DeclaredList, Errors};
use crate::{DirectiveName, ValueGrammar, suggest};

/// What is no directive.
const OPTIONS: [&str; 6] = ["connection_allowlist", "extends", "remove", "report_only", "report_to", "use_defaults"];

/// `key: value` and the attributes before it.
struct Member<'t> {
    key: Ident,
    gate: Option<DeclaredGate>,
    value: &'t [TokenTree],
}

impl DeclaredPolicy {
    /// `tokens` stand between the braces.
    pub(super) fn parse(tokens: TokenStream, errors: &mut Errors) -> Self {
        let tokens = flatten(tokens);
        let mut policy = Self::default();
        let mut seen: Vec<String> = Vec::new();
        for chunk in members(&tokens, errors) {
            let Some(member) = Member::parse(chunk, errors) else { continue };
            let key = member.key.to_string();
            if seen.contains(&key) {
                let why = match (OPTIONS.contains(&key.as_str()), member.gate.is_some()) {
                    (_, true) => {
                        ", and a #[cfg] doesn't tell the two apart: declare two policies, each below its #[cfg]"
                    }
                    (true, false) => ": remove one of the two",
                    (false, false) => ": browsers would ignore the second",
                };
                errors.push(member.key.span(), format!("`{key}` is declared twice{why}"));
                continue;
            }
            seen.push(key);
            policy.take(member, errors);
        }
        policy
    }

    fn take(&mut self, member: Member<'_>, errors: &mut Errors) {
        let Member { key, gate, value } = member;
        let name = key.to_string();
        let is_option = OPTIONS.contains(&name.as_str());
        if is_option && name != "report_to" && gate.is_some() {
            errors.push(key.span(), format!("`{name}` can't depend on a #[cfg]: declare two policies"));
            return;
        }
        match name.as_str() {
            "use_defaults" => self.use_defaults = parse_switch(&key, value, errors).unwrap_or_default(),
            "report_only" => {
                self.report_only = parse_switch(&key, value, errors).unwrap_or_default().then(|| key.span());
            }
            "extends" => match parse_path(value) {
                Some(path) => self.extends = Some((path, span_of(value, key.span()))),
                None => errors.push(span_of(value, key.span()), "expected the path of a policy: `extends: PAGE`"),
            },
            "remove" => self.remove = parse_remove(&key, value, errors),
            "report_to" => self.report_to = DeclaredEndpoint::parse(&key, gate, value, errors),
            "connection_allowlist" => self.connection_allowlist = DeclaredAllowlist::parse(&key, value, errors),
            _ => self.directives.extend(parse_directive(&key, gate, value, errors)),
        }
    }
}

/// What stands between the commas. A trailing comma is none too many; another one without anything before it is.
fn members<'t>(tokens: &'t [TokenTree], errors: &mut Errors) -> Vec<&'t [TokenTree]> {
    let mut members: Vec<&[TokenTree]> = tokens.split(|token| is_punct(Some(token), ',')).collect();
    let commas = tokens.iter().filter(|token| is_punct(Some(token), ','));
    for (comma, _) in commas.zip(&members).filter(|(_, member)| member.is_empty()) {
        errors.push(comma.span(), "expected a directive before this comma");
    }
    members.retain(|member| !member.is_empty());
    members
}

impl<'t> Member<'t> {
    fn parse(tokens: &'t [TokenTree], errors: &mut Errors) -> Option<Self> {
        let (attributes, rest) = Attributes::parse(tokens, errors)?;
        if attributes.insecure.is_some() {
            errors.push(attributes.last, "#[insecure] belongs on a source, not on a directive");
        }
        let gate = attributes.gate();
        if let Some(message) = separator_mistake(rest) {
            let (place, message) = message;
            errors.push(place, message);
            return None;
        }
        let colon = rest.iter().position(|token| is_punct(Some(token), ':'));
        let (key, value) = match colon {
            Some(colon) => (&rest[..colon], &rest[colon + 1..]),
            None => (rest, &[][..]),
        };
        match (key, colon) {
            ([TokenTree::Ident(key)], Some(_)) => Some(Self { key: key.clone(), gate, value }),
            ([TokenTree::Ident(key)], None) => {
                let is_switch = directive_of(key).is_some_and(|name| matches!(name.grammar(), ValueGrammar::Nothing))
                    || matches!(key.to_string().as_str(), "use_defaults" | "report_only" | "connection_allowlist");
                let value = if is_switch { "true" } else { "…" };
                errors.push(key.span(), format!("expected `{key}: {value}`"));
                None
            }
            ([TokenTree::Ident(key), TokenTree::Punct(equals), ..], None) if equals.as_char() == '=' => {
                errors.push(equals.span(), format!("expected `:`, found `=`: write `{key}: …`"));
                None
            }
            ([TokenTree::Punct(first), TokenTree::Punct(second), path @ ..], None)
                if first.as_char() == '.' && second.as_char() == '.' =>
            {
                let path = text_of(path);
                errors.push(
                    first.span(),
                    format!("write `extends: {path}` for the directives of another policy, or `use_defaults: true`"),
                );
                None
            }
            ([TokenTree::Ident(key), ..], None) if is_known(key) => {
                errors.push(key.span(), format!("expected `:` behind `{key}`: write `{key}: …`"));
                None
            }
            _ => {
                // `script-src` and "script-src" are several tokens, or none that is a name.
                let written = text_of(key);
                errors.push(span_of(key, Span::call_site()), unknown(written.trim_matches('"')));
                None
            }
        }
    }
}

/// What separates two members in the wrong way, or is missing between them.
fn separator_mistake(tokens: &[TokenTree]) -> Option<(Span, String)> {
    if let Some(semicolon) = tokens.iter().find(|token| is_punct(Some(token), ';')) {
        return Some((semicolon.span(), "directives are separated by commas".to_string()));
    }
    // A second name with a colon: of a path the colons are two.
    let is_name = |index: &usize| match &tokens[*index..] {
        [TokenTree::Ident(_), colon, rest @ ..] => {
            is_punct(Some(colon), ':')
                && !is_punct(rest.first(), ':')
                && index.checked_sub(1).is_none_or(|before| !is_punct(tokens.get(before), ':'))
        }
        _ => false,
    };
    let second = (2..tokens.len()).filter(|index| !is_punct(tokens.get(index - 1), '-')).find(is_name)?;
    Some((tokens[second].span(), format!("expected `,` before `{}`", tokens[second])))
}

fn parse_directive(
    key: &Ident,
    gate: Option<DeclaredGate>,
    value: &[TokenTree],
    errors: &mut Errors,
) -> Option<DeclaredDirective> {
    let Some(name) = directive_of(key) else {
        errors.push(key.span(), unknown(&key.to_string()));
        return None;
    };
    if gate.is_some() && name.has_source_list() {
        errors.push(key.span(), format!("put the #[cfg] on the sources of `{key}`, not on the directive"));
        return None;
    }
    let value = DeclaredDirectiveValue::parse(name, key, value, errors)?;
    Some(DeclaredDirective { name, span: key.span(), gate, value })
}

/// Whether a word is the name of a directive or of an option.
fn is_known(word: &Ident) -> bool {
    directive_of(word).is_some() || OPTIONS.iter().any(|option| word == option)
}

/// The directive by its name with underscores, and by no other spelling.
fn directive_of(key: &Ident) -> Option<DirectiveName> {
    let key = key.to_string();
    DirectiveName::ALL.iter().copied().find(|name| name.as_str().replace('-', "_") == key)
}

fn unknown(written: &str) -> String {
    let meant = suggest::directive_name(written).map(|name| name.replace('-', "_"));
    let meant = meant.or_else(|| suggest::closest(&written.to_lowercase(), OPTIONS).map(ToString::to_string));
    // `img` is short of its end.
    let whole = || {
        let name = format!("{}-src", written.to_lowercase());
        DirectiveName::ALL.iter().find(|known| known.as_str() == name).map(|_| name.replace('-', "_"))
    };
    match meant.or_else(whole) {
        Some(meant) if meant == written => format!("write `{meant}` without quotes"),
        Some(meant) if meant.replace('_', "-") == written => {
            format!("directives are written in snake_case: `{meant}`")
        }
        Some(meant) => format!("no directive is named `{}`; did you mean `{meant}`?", suggest::excerpt(written)),
        None => format!(
            "no directive is named `{}`\nhelp: write a directive of CSP Level 3 in snake_case, such as `connect_src`, or one \
             of the options {}",
            suggest::excerpt(written),
            OPTIONS.join(", ")
        ),
    }
}

/// `[script_src_attr, …]`
fn parse_remove(key: &Ident, value: &[TokenTree], errors: &mut Errors) -> Vec<(DirectiveName, Span)> {
    let group = match value {
        [TokenTree::Group(group)] if group.delimiter() == Delimiter::Bracket => group,
        _ => {
            errors.push(span_of(value, key.span()), "expected names of directives in brackets: `remove: [img_src]`");
            return Vec::new();
        }
    };
    let tokens = flatten(group.stream());
    let mut removed = Vec::new();
    for chunk in between_commas(&tokens) {
        let span = span_of(chunk, key.span());
        if let [TokenTree::Ident(word)] = chunk
            && let Some(name) = directive_of(word)
        {
            removed.push((name, span));
            continue;
        }
        let written = text_of(chunk);
        errors.push(span, unknown(written.trim_matches('"')));
    }
    removed
}

impl DeclaredEndpoint {
    fn parse(key: &Ident, gate: Option<DeclaredGate>, value: &[TokenTree], errors: &mut Errors) -> Option<Self> {
        if let [TokenTree::Literal(name), TokenTree::Punct(equals), TokenTree::Punct(greater), TokenTree::Literal(url)] =
            value
            && equals.as_char() == '='
            && greater.as_char() == '>'
            && let (Lit::Str(name_text), Lit::Str(url_text)) = (Lit::new(name.clone()), Lit::new(url.clone()))
        {
            return Some(Self {
                name: DeclaredWord { text: name_text.value(), span: name.span() },
                url: DeclaredWord { text: url_text.value(), span: url.span() },
                gate,
            });
        }
        errors.push(
            span_of(value, key.span()),
            "expected a name and where it is: `report_to: \"csp\" => \"https://reports.example.com/csp\"`",
        );
        None
    }
}

impl DeclaredAllowlist {
    fn parse(key: &Ident, value: &[TokenTree], errors: &mut Errors) -> Option<Self> {
        let mut allowlist = Self { span: key.span(), also: DeclaredList::default(), report_only: false };
        let group = match value {
            [word] if is_ident(Some(word), "true") => return Some(allowlist),
            [word] if is_ident(Some(word), "false") => return None,
            [TokenTree::Group(group)] if group.delimiter() == Delimiter::Brace => group,
            _ => {
                let message = "expected `connection_allowlist: true`, or { also: [\"https://…\"], report_only: true }";
                errors.push(span_of(value, key.span()), message);
                return None;
            }
        };
        let tokens = flatten(group.stream());
        for chunk in between_commas(&tokens) {
            let Some(Member { key, gate, value }) = Member::parse(chunk, errors) else { continue };
            if gate.is_some() {
                errors.push(key.span(), "put the #[cfg] on the sources");
            }
            match (key.to_string().as_str(), value) {
                ("also", [TokenTree::Group(list)]) if list.delimiter() == Delimiter::Bracket => {
                    // What a page may load is asked by the same rules as images.
                    allowlist.also = DeclaredList::parse(DirectiveName::ImgSrc, list.stream(), errors);
                }
                ("also", value) => {
                    errors.push(span_of(value, key.span()), "expected a list in brackets: `also: [\"https://…\"]`");
                }
                ("report_only", value) => {
                    allowlist.report_only = parse_switch(&key, value, errors).unwrap_or_default();
                }
                _ => errors.push(key.span(), "expected `also` or `report_only`"),
            }
        }
        Some(allowlist)
    }
}
