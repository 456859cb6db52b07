//! Pages that are templates of a server: `{{ … }}` of Jinja, Tera, askama and Handlebars, `<% … %>` of ERB and EJS.

use super::summary::{Expr, ExprId, Summary};

/// How its tags begin and end, and whether a value takes their place. What begins like another one comes before it.
const TAGS: [(&str, &str, bool); 6] = [
    ("{{{", "}}}", true),
    ("{{", "}}", true),
    ("{%", "%}", false),
    ("{#", "#}", false),
    ("<%=", "%>", true),
    ("<%", "%>", false),
];

/// Finds tags in a text.
struct Tags<'t> {
    text: &'t str,
    /// Where the last end of each kind stands: nothing is looked for that isn't there.
    last: [Option<usize>; TAGS.len()],
}

impl<'t> Tags<'t> {
    fn of(text: &'t str) -> Self {
        Self { text, last: TAGS.map(|(_, close, _)| text.rfind(close)) }
    }

    /// The tag that stands here: its length, and whether a value takes its place.
    fn at(&self, at: usize) -> Option<(usize, bool)> {
        let rest = self.text.get(at..)?;
        TAGS.iter().zip(&self.last).find_map(|((open, close, is_value), last)| {
            let inner = rest.strip_prefix(open).filter(|_| last.is_some_and(|last| last >= at + open.len()))?;
            Some((open.len() + inner.find(close)? + close.len(), *is_value))
        })
    }
}

/// A script with names that nobody knows where values are put in, and blanks where other tags stand; lengths and places stay.
/// Tags in strings are text. `None` where there are no tags.
pub(crate) fn mask(script: &str) -> Option<String> {
    let tags = Tags::of(script);
    let mut masked = script.as_bytes().to_vec();
    let mut has_tags = false;
    let mut quote = None;
    let mut at = 0;
    while let Some(&byte) = script.as_bytes().get(at) {
        let rest = script.get(at..).unwrap_or_default();
        match (byte, quote) {
            (b'\\', Some(_)) => at += 1,
            (byte, Some(open)) if byte == open => quote = None,
            // Only a template literal goes on.
            (b'\n', Some(b'"' | b'\'')) => quote = None,
            (b'"' | b'\'' | b'`', None) => quote = Some(byte),
            (b'/', None) if rest.starts_with("//") => at += rest.find('\n').unwrap_or(rest.len()) - 1,
            (b'/', None) if rest.starts_with("/*") => at += rest.find("*/").map_or(rest.len(), |end| end + 2) - 1,
            (b'{' | b'<', None) => {
                if let Some((length, is_value)) = tags.at(at) {
                    has_tags = true;
                    let written = masked.get_mut(at..at + length).unwrap_or_default();
                    written.iter_mut().filter(|byte| **byte != b'\n').for_each(|byte| *byte = b' ');
                    if let (true, [first, ..]) = (is_value, written) {
                        *first = b'_';
                    }
                    at += length - 1;
                }
            }
            _ => {}
        }
        at += 1;
    }
    has_tags.then(|| String::from_utf8(masked).ok()).flatten()
}

/// A text into which values may be put: `/users/{{ id }}`.
pub(crate) fn text(summary: &mut Summary, text: &str) -> ExprId {
    let tags = Tags::of(text);
    let mut parts = Vec::new();
    let mut done = 0;
    for (start, _) in text.match_indices(['{', '<']) {
        if let Some((length, _)) = tags.at(start).filter(|_| start >= done) {
            parts.push(summary.add(Expr::Text(text[done..start].to_owned())));
            parts.push(summary.add(Expr::Opaque));
            done = start + length;
        }
    }
    let last = summary.add(Expr::Text(text[done..].to_owned()));
    if parts.is_empty() {
        return last;
    }
    parts.push(last);
    summary.add(Expr::Concat(parts))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_in_code_are_masked() {
        for (script, masked) in [
            ("let x = {{ y }};", Some("let x = _      ;")),
            ("let x = {{{ y }}};", Some("let x = _        ;")),
            ("{% if a %}\nf()\n{% endif %}", Some("          \nf()\n           ")),
            ("let x = <%= y %>; <% z %>", Some("let x = _       ;        ")),
            ("f('{{ y }}', \"it's {{ z }}\", `{{ a }}`)", None),
            ("// {{ y }}\n/* {{ z }} */", None),
            ("f('\\'{{ y }}', {{ z }})", Some("f('\\'{{ y }}', _      )")),
            ("f(\"é\", {{ é\n }})", Some("f(\"é\", _    \n   )")),
            ("let a = {b: {c: 1}}; a < b", None),
            ("let a = {{", None),
            ("let a = {{{ b }}", Some("let a = _       ")),
        ] {
            assert_eq!(mask(script).as_deref(), masked, "{script}");
        }
    }
}
