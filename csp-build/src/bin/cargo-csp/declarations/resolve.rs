//! What declarations come to in a build, with the declarations that they take in.

use std::io;

use csp_core::syntax::{DeclaredEndpoint, DeclaredGate, DeclaredInclude, DeclaredList, DeclaredPolicy, EffectiveValue};
use csp_core::{
    Composition, ConstText, DirectiveName, Disposition, Part, Tokens, allowlist_mistake, connect_directive,
    directive_value, source_list, write_allowlist,
};

use super::written::{Body, Written};
use super::{Allowlist, Build, Declaration, DeclaredSource, invalid};

/// As deep as declarations may take in each other; the compiler would have refused a circle.
const DEEPEST: usize = 32;

/// The declarations among which names are looked up.
pub(crate) struct Resolver<'w> {
    pub(crate) written: &'w [Written],
    pub(crate) build: &'w Build,
}

/// A directive: its name, whether its value is a source list, and what stands in it.
type Directive = (DirectiveName, bool, Vec<String>);

impl Resolver<'_> {
    /// What a declaration comes to.
    ///
    /// # Errors
    ///
    /// If it takes in one that isn't there.
    pub(crate) fn resolve(&self, written: &Written) -> io::Result<Declaration> {
        self.resolve_at(written, 0)
    }

    fn resolve_at(&self, written: &Written, depth: usize) -> io::Result<Declaration> {
        if depth > DEEPEST {
            return Err(invalid(&format!("{} takes itself in", written.title())));
        }
        let mut declaration = Declaration {
            name: written.name.clone(),
            file: written.file.clone(),
            line: written.line,
            header: String::new(),
            disposition: Disposition::Enforce,
            reporting_endpoints: None,
            connection_allowlist: None,
            sources: Vec::new(),
            scanned: written.scanned.clone(),
        };
        match &written.body {
            Body::Connections(list) => {
                let segments = self.segments(list, written, depth)?;
                declaration.header = compose("", &[], &[(DirectiveName::ConnectSrc, true, segments)]);
                declaration.sources = self.sources(list);
            }
            Body::Policy(policy) => self.resolve_policy(policy, written, depth, &mut declaration)?,
        }
        Ok(declaration)
    }

    fn resolve_policy(
        &self,
        policy: &DeclaredPolicy,
        written: &Written,
        depth: usize,
        declaration: &mut Declaration,
    ) -> io::Result<()> {
        let base = match &policy.extends {
            Some((path, _)) => Some(self.resolve_at(self.find(&path.to_string(), written)?, depth + 1)?),
            None => None,
        };
        let directives = self.directives(policy, written, depth)?;
        let removed = policy.removed().filter(|(_, gate)| self.counts(*gate)).map(|(name, _)| name);
        let removed: Vec<DirectiveName> = removed.collect();
        declaration.header = compose(base.as_ref().map_or("", |base| &base.header), &removed, &directives);
        declaration.reporting_endpoints =
            policy.report_to.as_ref().map(|DeclaredEndpoint { name, url }| format!("{}=\"{}\"", name.text, url.text));
        if policy.report_only.is_some() {
            declaration.disposition = Disposition::Report;
        }
        if let Some((_, list)) = policy.lists().find(|(directive, _)| directive.name == DirectiveName::ConnectSrc) {
            declaration.sources = self.sources(list);
        }
        let mut additions = None;
        if let Some(base) = base {
            if base.disposition == Disposition::Report {
                declaration.disposition = Disposition::Report;
            }
            declaration.reporting_endpoints = declaration.reporting_endpoints.take().or(base.reporting_endpoints);
            additions = base.connection_allowlist.map(|allowlist| (allowlist.also, allowlist.report_only));
        }
        if let Some(allowlist) = &policy.connection_allowlist {
            additions = Some((self.segments(&allowlist.also, written, depth)?.join(" "), allowlist.report_only));
        }
        if let Some((also, report_only)) = additions {
            declaration.connection_allowlist = Some(allowlist(&declaration.header, also, report_only, written)?);
        }
        Ok(())
    }

    /// The directives that are there in the build.
    fn directives(&self, policy: &DeclaredPolicy, written: &Written, depth: usize) -> io::Result<Vec<Directive>> {
        let mut directives = Vec::new();
        for directive in policy.effective_directives() {
            let name = directive.name;
            if self.counts(directive.gate) == directive.is_inverted {
                continue;
            }
            directives.push(match directive.value {
                EffectiveValue::Default(text) => (name, name.has_source_list(), vec![text.to_owned()]),
                EffectiveValue::Sources(list) => (name, true, self.segments(list, written, depth)?),
                EffectiveValue::Words(words) => (name, false, words.iter().map(|word| word.text.clone()).collect()),
            });
        }
        if let Some(DeclaredEndpoint { name, url }) = &policy.report_to {
            directives.push((DirectiveName::ReportTo, false, vec![name.text.clone()]));
            directives.push((DirectiveName::ReportUri, false, vec![url.text.clone()]));
        }
        Ok(directives)
    }

    /// The sources of a list that count, and those of what it takes in, in their order.
    fn segments(&self, list: &DeclaredList, written: &Written, depth: usize) -> io::Result<Vec<String>> {
        let mut segments = Vec::new();
        let mut includes = list.includes.iter().peekable();
        for (position, entry) in list.to_entries().iter().enumerate() {
            while let Some(include) = includes.next_if(|include| include.position <= position) {
                segments.extend(self.included(include, written, depth)?);
            }
            if self.counts(list.entries[position].gate.as_ref()) {
                segments.push(entry.value.text().to_owned());
            }
        }
        for include in includes {
            segments.extend(self.included(include, written, depth)?);
        }
        Ok(segments)
    }

    /// The sources of a declaration that is taken in, if it counts.
    fn included(&self, include: &DeclaredInclude, written: &Written, depth: usize) -> io::Result<Option<String>> {
        if !self.counts(include.gate.as_ref()) {
            return Ok(None);
        }
        let taken = self.resolve_at(self.find(&include.path.to_string(), written)?, depth + 1)?;
        Ok(Some(taken.connections().to_owned()))
    }

    /// The sources that stand in a list itself and count.
    fn sources(&self, list: &DeclaredList) -> Vec<DeclaredSource> {
        let counting = list.entries.iter().zip(list.to_entries()).filter(|(declared, entry)| {
            self.counts(declared.gate.as_ref()) && !entry.value.text().eq_ignore_ascii_case("'none'")
        });
        let sources = counting.map(|(declared, entry)| DeclaredSource {
            text: entry.value.text().to_owned(),
            line: declared.value.span().start().line,
            column: declared.value.span().start().column + 1,
            reason: declared.reason.clone().or_else(|| declared.insecure.clone()),
            predicate: declared.gate.as_ref().map(|gate| gate.gate.predicate.clone()),
        });
        sources.collect()
    }

    /// Whether what has this gate is there in the build.
    fn counts(&self, gate: Option<&DeclaredGate>) -> bool {
        gate.is_none_or(|gate| self.build.holds(gate))
    }

    /// The declaration that a path means: the one with its last name.
    fn find(&self, path: &str, from: &Written) -> io::Result<&Written> {
        let name = path.rsplit(':').next().unwrap_or_default().trim();
        let mut named = self.written.iter().filter(|written| written.name.as_deref() == Some(name));
        let problem = match (named.next(), named.next()) {
            (Some(found), None) => return Ok(found),
            (None, _) => "which is not declared in these packages",
            (Some(_), Some(_)) => "and there are several of that name: give one another name",
        };
        Err(invalid(&format!("{} takes in `{name}`, {problem}", from.title())))
    }
}

fn compose(base: &str, removed: &[DirectiveName], directives: &[Directive]) -> String {
    let segments: Vec<Vec<&str>> =
        directives.iter().map(|(_, _, segments)| segments.iter().map(String::as_str).collect()).collect();
    let parts: Vec<Part<'_>> = directives
        .iter()
        .zip(&segments)
        .map(|((name, is_list, _), segments)| Part { name: *name, is_list: *is_list, segments })
        .collect();
    Composition { base, removed, parts: &parts }.to_text()
}

fn allowlist(header: &str, also: String, report_only: bool, written: &Written) -> io::Result<Allowlist> {
    let lists = [source_list(connect_directive(header)), also.as_str()];
    for token in lists.iter().flat_map(|list| Tokens::new(list)) {
        if let Some(mistake) = allowlist_mistake(token) {
            return Err(invalid(&format!("{}: source `{token}` {mistake}", written.title())));
        }
    }
    let endpoint = directive_value(header, "report-to").unwrap_or_default();
    let value = ConstText::collect(|out| write_allowlist(out, &lists, endpoint));
    Ok(Allowlist { value, also, report_only })
}
