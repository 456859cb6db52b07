//! Code in the attributes of Alpine: `x-data`, `x-init`, `@click`.

use oxc_span::SourceType;

use super::code::Piece;
use super::summary::is_script;

/// Directives whose values are expressions; the others that count hold statements.
const EXPRESSIONS: &[&str] = &["x-data", "x-html", "x-if", "x-model", "x-show", "x-text"];

/// The code of an attribute that may call something. What can't be parsed is of something else.
pub(crate) fn code_of(name: &[u8], value: &str) -> Option<Piece> {
    let name = std::str::from_utf8(name).ok()?;
    let is_handler = name.starts_with('@') || name.starts_with("x-on:") || matches!(name, "x-effect" | "x-init");
    let is_expression = EXPRESSIONS.contains(&name) || name.starts_with("x-bind:");
    if !(is_handler || is_expression) || !value.contains('(') {
        return None;
    }
    let source_type = SourceType::unambiguous();
    if is_expression {
        return is_script(&format!("({value})"), source_type).then(|| Piece::expression(0..value.len()));
    }
    is_script(value, source_type).then(|| Piece::statements(0..value.len()))
}
