//! What a declared policy comes to: its own directives, and the defaults that it doesn't replace.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use super::{DeclaredDirective, DeclaredDirectiveValue, DeclaredPolicy, DeclaredWord};
use crate::syntax::{DeclaredGate, DeclaredList};
use crate::{DEFAULT_DIRECTIVES, DirectiveName};

/// A directive of the header that a policy comes to.
pub struct EffectiveDirective<'p> {
    /// Its name.
    pub name: DirectiveName,
    /// Its value.
    pub value: EffectiveValue<'p>,
    /// Where it is there; everywhere if `None`.
    pub gate: Option<&'p DeclaredGate>,
    /// Whether it is there where its gate does not hold.
    pub is_inverted: bool,
}

/// The value of such a directive.
pub enum EffectiveValue<'p> {
    /// A default, as text; empty for none.
    Default(&'static str),
    /// A source list.
    Sources(&'p DeclaredList),
    /// Words; none for a directive without a value.
    Words(&'p [DeclaredWord]),
}

impl DeclaredPolicy {
    /// The directives of the header: defaults at their places, replaced where one is declared, then the others as they are
    /// written. What an extended policy has is not among them, nor what reports.
    #[must_use]
    pub fn effective_directives(&self) -> Vec<EffectiveDirective<'_>> {
        let mut effective = Vec::new();
        if self.use_defaults {
            for (name, value) in DEFAULT_DIRECTIVES {
                let is_ignored = name == DirectiveName::UpgradeInsecureRequests && self.report_only.is_some();
                if is_ignored || self.remove.iter().any(|(removed, _)| *removed == name) {
                    continue;
                }
                let declared = self.directive(name);
                effective.extend(declared.and_then(EffectiveDirective::of));
                let gate = declared.and_then(|declared| declared.gate.as_ref());
                if declared.is_none() || gate.is_some() {
                    let value = EffectiveValue::Default(value);
                    effective.push(EffectiveDirective { name, value, gate, is_inverted: gate.is_some() });
                }
            }
        }
        let is_default = |name| self.use_defaults && DEFAULT_DIRECTIVES.iter().any(|(default, _)| *default == name);
        let others = self.directives.iter().filter(|directive| !is_default(directive.name));
        effective.extend(others.filter_map(EffectiveDirective::of));
        effective
    }

    /// The directives of the header as text, as far as no cfg decides on them; `…` stands for what a list takes in.
    #[must_use]
    pub fn fixed_directives(&self) -> Vec<(DirectiveName, String)> {
        let directives = self.effective_directives();
        let fixed = directives.iter().filter(|directive| directive.gate.is_none());
        let text = |value: &EffectiveValue<'_>| match value {
            EffectiveValue::Default(text) => (*text).to_owned(),
            EffectiveValue::Sources(list) => list.fixed_text(),
            EffectiveValue::Words(words) => words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" "),
        };
        fixed.map(|directive| (directive.name, text(&directive.value))).collect()
    }
}

impl<'p> EffectiveDirective<'p> {
    fn of(declared: &'p DeclaredDirective) -> Option<Self> {
        let value = match &declared.value {
            DeclaredDirectiveValue::Off => return None,
            DeclaredDirectiveValue::On => EffectiveValue::Words(&[]),
            DeclaredDirectiveValue::Sources(list) => EffectiveValue::Sources(list),
            DeclaredDirectiveValue::Words(words) => EffectiveValue::Words(words),
        };
        Some(Self { name: declared.name, value, gate: declared.gate.as_ref(), is_inverted: false })
    }
}
