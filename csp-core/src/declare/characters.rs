//! Characters that no source has.

use alloc::format;
use alloc::string::ToString;

use super::SourceErrorKind as Kind;
use super::keyword::without_quotes;
use super::mistake::{Mistake, Parsed};
use super::separators::{of_whole_policy, separately};
use crate::{DirectiveName, suggest};

/// Empty text, and characters that no source has.
pub(super) fn check_characters(directive: DirectiveName, text: &str) -> Parsed<()> {
    let trimmed = text.trim_matches(|character: char| character.is_whitespace() || character == '\0');
    if trimmed.is_empty() {
        let headline = if text.is_empty() { "is empty" } else { "is blank" };
        return Err(Mistake::new(Kind::Empty, 0..text.len(), headline, "an empty source says nothing")
            .advice("remove it, or write `none` to allow nothing"));
    }
    for (position, character) in text.char_indices() {
        let range = position..position + character.len_utf8();
        match character {
            '\r' | '\n' => {
                let mistake = Mistake::new(
                    Kind::LineBreak,
                    range,
                    "has a line break",
                    "a line break ends the header: what follows would be a header of its own",
                );
                return Err(if trimmed.contains(['\r', '\n']) {
                    mistake.advice(
                        of_whole_policy(directive, text)
                            .unwrap_or_else(|| separately(directive, text.split(['\r', '\n']))),
                    )
                } else {
                    mistake.fix(trimmed.to_string()).advice("write each source in a string of its own")
                });
            }
            '\t' => {}
            _ if character.is_control() => {
                return Err(Mistake::new(
                    Kind::ControlCharacter,
                    range,
                    format!("has the control character {}", character.escape_unicode()),
                    "browsers drop or cut a source with a control character",
                )
                .fix(text.replace(char::is_control, "")));
            }
            '\u{2018}'..='\u{201f}'
            | '\u{ab}'
            | '\u{bb}'
            | '\u{b4}'
            | '\u{2032}'
            | '\u{2033}'
            | '\u{2039}'
            | '\u{203a}'
            | '\u{300c}'
            | '\u{300d}'
            | '\u{ff02}'
            | '\u{ff07}' => {
                return Err(Mistake::new(
                    Kind::SmartQuote,
                    range,
                    format!("has a typographic quote {character}"),
                    "browsers drop the whole directive because of a non-ASCII character",
                )
                .fix(without_quotes(text)));
            }
            _ if suggest::is_invisible(character) => {
                return Err(Mistake::new(
                    Kind::InvisibleCharacter,
                    range,
                    format!("has the invisible character {}", character.escape_unicode()),
                    "it can't be seen, and browsers drop the whole directive because of it",
                )
                .fix(text.replace(suggest::is_invisible, "")));
            }
            _ => {}
        }
    }
    if trimmed.len() != text.len() {
        let start = if text.starts_with(trimmed) { trimmed.len() } else { 0 };
        return Err(Mistake::new(Kind::Blank, start..start + 1, "has a blank at its edge", "blanks separate sources")
            .fix(trimmed.to_string()));
    }
    Ok(())
}
