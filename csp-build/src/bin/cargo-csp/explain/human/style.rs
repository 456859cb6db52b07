//! Colours. They never say anything that the text doesn't.

use anstyle::{AnsiColor, Effects, Style};

const fn color(color: AnsiColor) -> Style {
    Style::new().fg_color(Some(anstyle::Color::Ansi(color)))
}

pub(super) const PLAIN: Style = Style::new();
pub(super) const STRONG: Style = Style::new().effects(Effects::BOLD);
/// What takes no part in the decision.
pub(super) const FAINT: Style = Style::new().effects(Effects::DIMMED);
pub(super) const GUTTER: Style = color(AnsiColor::BrightBlue).effects(Effects::BOLD);
pub(super) const ALLOWED: Style = color(AnsiColor::BrightGreen).effects(Effects::BOLD);
pub(super) const BLOCKED: Style = color(AnsiColor::BrightRed).effects(Effects::BOLD);
pub(super) const DOUBTFUL: Style = color(AnsiColor::Yellow).effects(Effects::BOLD);
pub(super) const DIRECTIVE: Style = color(AnsiColor::BrightCyan).effects(Effects::BOLD);
