//! What is wrong with a policy as a whole, its source lists left out.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use proc_macro2::Span;

use super::{DeclaredDirectiveValue, DeclaredPolicy};
use crate::declare::{default_value, endpoint_name_mistake, endpoint_url_mistake};
use crate::syntax::{DeclaredGate, Errors};
use crate::{DirectiveName, FindingCode, check_words};

impl DeclaredPolicy {
    /// Sends what is refused to `errors`; what is legal and risky is returned. `name` is where the policy is named.
    ///
    /// Source lists are checked apart, by [`check_in`](crate::check_in).
    pub fn check(&self, name: Span, errors: &mut Errors) -> Vec<(Span, FindingCode, String)> {
        self.check_base(name, errors);
        self.check_removals(errors);
        self.check_values(errors);
        self.check_reporting(errors);
        let deprecated = self.directives.iter().filter_map(|directive| {
            let advice = directive.name.deprecation()?;
            let message = format!("{} is given up: {advice}\nhelp: remove it", directive.name);
            Some((directive.span, FindingCode::DeprecatedDirective, message))
        });
        deprecated.chain(self.sandbox_escape()).collect()
    }

    /// Chromium warns of this pair in its console.
    fn sandbox_escape(&self) -> Option<(Span, FindingCode, String)> {
        let sandbox = self.directive(DirectiveName::Sandbox)?;
        let DeclaredDirectiveValue::Words(flags) = &sandbox.value else { return None };
        let find = |wanted: &str| flags.iter().find(|flag| flag.text == wanted);
        let (_, same_origin) = find("allow-scripts").zip(find("allow-same-origin"))?;
        let message = "with allow_scripts and allow_same_origin, a framed page can take its own sandbox off\n\
                       help: remove one of the two";
        Some((same_origin.span, FindingCode::SandboxEscape, message.into()))
    }

    fn check_base(&self, name: Span, errors: &mut Errors) {
        if let Some((_, span)) = &self.extends
            && self.use_defaults
        {
            errors
                .push(*span, "`extends` and `use_defaults` both give the directives to begin with: remove one of them");
        }
        if self.directives.is_empty() && !self.use_defaults && self.extends.is_none() && errors.is_empty() {
            errors.push(
                name,
                "a policy without directives restricts nothing\nhelp: write `use_defaults: true`, or directives",
            );
        }
    }

    fn check_removals(&self, errors: &mut Errors) {
        for (index, (name, span)) in self.remove.iter().enumerate() {
            let is_there = self.extends.is_some() || (self.use_defaults && default_value(*name).is_some());
            if self.remove[..index].iter().any(|(earlier, _)| earlier == name) {
                errors.push(*span, format!("{name} is removed twice"));
            } else if self.directive(*name).is_some() {
                errors.push(*span, format!("{name} is declared here: remove the declaration, or this"));
            } else if *name == DirectiveName::ConnectSrc && self.extends.is_some() {
                errors.push(
                    *span,
                    "connect_src can't be removed from a policy that is extended: declare `connect_src` in a policy of its own",
                );
            } else if !is_there {
                errors.push(
                    *span,
                    format!(
                        "{name} is not there: only a default, or a directive of the extended policy, can be removed"
                    ),
                );
            }
        }
    }

    fn check_values(&self, errors: &mut Errors) {
        for directive in &self.directives {
            let words = match &directive.value {
                DeclaredDirectiveValue::Words(words) => words,
                DeclaredDirectiveValue::Off if !self.use_defaults && self.extends.is_none() => {
                    errors
                        .push(directive.span, format!("{} is not there without this line: remove it", directive.name));
                    continue;
                }
                _ => continue,
            };
            let texts: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
            for error in check_words(directive.name, &texts) {
                errors.push(error.word.map_or(directive.span, |word| words[word].span), error.report);
            }
        }
    }

    fn check_reporting(&self, errors: &mut Errors) {
        let uri = self.directive(DirectiveName::ReportUri);
        if let Some(endpoint) = &self.report_to {
            for (word, mistake) in [
                (&endpoint.name, endpoint_name_mistake(&endpoint.name.text)),
                (&endpoint.url, endpoint_url_mistake(&endpoint.url.text)),
            ] {
                if let Some(mistake) = mistake {
                    errors.push(word.span, mistake);
                }
            }
            if let Some(uri) = uri
                && !exclude_each_other(uri.gate.as_ref(), endpoint.gate.as_ref())
            {
                errors.push(
                    uri.span,
                    "`report_to` writes report-uri too, for browsers that read no other\nhelp: remove this line, or let each \
                     of the two be there where the other isn't: #[cfg(not(debug_assertions))] and #[cfg(debug_assertions)]",
                );
            }
        }
        if let Some(allowlist) = &self.connection_allowlist
            && allowlist.report_only
            && self.report_to.is_none()
            && self.extends.is_none()
        {
            errors.push(
                allowlist.span,
                "nobody hears of a report-only allowlist without an endpoint\nhelp: add `report_to: \"csp\" => \"https://…\"`",
            );
        }
        let Some(span) = self.report_only else { return };
        if let Some(endpoint) = &self.report_to
            && endpoint.gate.is_some()
            && uri.is_none()
        {
            errors.push(
                span,
                "in some builds nobody hears of this report-only policy\nhelp: add `report_uri` for where `report_to` isn't",
            );
        }
        if self.report_to.is_none() && uri.is_none() && self.extends.is_none() {
            errors.push(
                span,
                "nobody hears of a report-only policy without an endpoint\nhelp: add `report_to: \"csp\" => \"https://…\"`",
            );
        }
        for directive in &self.directives {
            if matches!(directive.name, DirectiveName::Sandbox | DirectiveName::UpgradeInsecureRequests)
                && !matches!(directive.value, DeclaredDirectiveValue::Off)
            {
                errors.push(
                    directive.span,
                    format!("browsers ignore {} in a report-only policy: remove it", directive.name),
                );
            }
        }
    }
}

/// Whether of two gates one holds just where the other doesn't, as far as their texts tell.
fn exclude_each_other(left: Option<&DeclaredGate>, right: Option<&DeclaredGate>) -> bool {
    let (Some(left), Some(right)) = (left, right) else { return false };
    let is_not =
        |one: &DeclaredGate, other: &DeclaredGate| one.gate.predicate == format!("not({})", other.gate.predicate);
    is_not(left, right) || is_not(right, left)
}
