use csp_core::{FindingCode, Policy, with_some_nonce};

use super::Expansion;
use crate::diagnostic::warning;

impl Expansion<'_> {
    /// What the policy leaves open as a whole, as far as no cfg decides on it. What it takes from others isn't known.
    pub(super) fn warn_of_weaknesses(&mut self) {
        const TOLD: [FindingCode; 4] = [
            FindingCode::LoneStrictDynamic,
            FindingCode::MissingBaseUri,
            FindingCode::MissingObjectSrc,
            FindingCode::MissingScriptSrc,
        ];
        if self.policy.extends.is_some() {
            return;
        }
        let text = self.fixed_text();
        for finding in Policy::parse(&text).weaknesses().iter().filter(|finding| TOLD.contains(&finding.code)) {
            let directive = self.policy.directives.iter().find(|directive| directive.name.as_str() == finding.text);
            let span = directive.map_or(self.name.span(), |directive| directive.span);
            self.warnings.extend(warning(finding.code, &finding.report(), span));
        }
    }

    /// The policy as far as no cfg decides on it, as a browser could receive it.
    fn fixed_text(&self) -> String {
        let directives = self.policy.fixed_directives().into_iter();
        let lines = directives.map(|(name, value)| format!("{name} {}", with_some_nonce(&value)));
        lines.collect::<Vec<_>>().join("; ")
    }
}
