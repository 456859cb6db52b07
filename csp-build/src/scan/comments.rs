//! Comments that answer for a call: `csp-connect: https://…` and `csp-ignore`.

/// What a comment says.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Directive {
    /// The sources, as they are written.
    Connect(Vec<String>),
    Ignore,
}

/// Reads the text of a comment, without its marks.
pub(crate) fn read(comment: &str) -> Option<Directive> {
    let text = comment.trim_start_matches(['*', ' ', '\t', '!']).trim();
    if let Some(rest) = text.strip_prefix("csp-connect:") {
        let words = rest.split(|character: char| character.is_whitespace() || character == ',');
        return Some(Directive::Connect(words.filter(|word| !word.is_empty()).map(str::to_owned).collect()));
    }
    let rest = text.strip_prefix("csp-ignore")?;
    rest.chars().next().is_none_or(|next| !next.is_alphanumeric() && next != '-').then_some(Directive::Ignore)
}
