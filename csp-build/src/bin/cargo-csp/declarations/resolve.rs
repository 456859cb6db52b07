//! What declarations come to in a build, with the declarations that they take in.

use std::collections::BTreeSet;
use std::io;

use csp_core::syntax::{DeclaredEndpoint, DeclaredGate, DeclaredList, DeclaredPolicy, EffectiveValue};
use csp_core::{
    Composition, ConstText, DirectiveName, Disposition, Part, Tokens, allowlist_mistake, connect_directive, contains,
    directive_value, source_list, write_allowlist,
};

use super::written::{Body, Written};
use super::{Allowlist, Build, Declaration, DeclaredSource, invalid};
use crate::workspace::Member;

/// As deep as declarations may take in each other; the compiler would have refused a circle.
const DEEPEST: usize = 32;

/// The declarations among which names are looked up.
pub(crate) struct Resolver<'w> {
    pub(crate) written: &'w [Written],
    /// Those of packages that are not meant themselves.
    pub(crate) others: &'w [Written],
    pub(crate) packages: &'w [&'w Member],
    /// The features of each package.
    pub(crate) features: &'w [BTreeSet<String>],
    pub(crate) build: &'w Build,
}

/// A directive: its name, whether its value is a source list, and what stands in it.
type Directive = (DirectiveName, bool, Vec<String>);

/// A declaration that a list takes in.
struct Taken {
    /// How many entries stand before it.
    position: usize,
    /// Where it is written, from 1.
    line: usize,
    declaration: Declaration,
}

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
            member: written.member,
            file: written.file.clone(),
            line: written.line,
            is_there: self.counts(written.gate.as_ref(), written),
            header: String::new(),
            disposition: Disposition::Enforce,
            reporting_endpoints: None,
            connection_allowlist: None,
            sources: Vec::new(),
            scanned: written.scanned.clone(),
            inherited: Vec::new(),
        };
        if !declaration.is_there {
            return Ok(declaration);
        }
        match &written.body {
            Body::Connections(list) => {
                let taken = self.taken_in(list, written, depth)?;
                let segments = self.segments(list, &taken, written);
                declaration.header = compose("", &[], &[(DirectiveName::ConnectSrc, true, segments)]);
                declaration.sources = self.sources(list, written);
                declaration.inherited = sources_of(taken);
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
        let list_of = |name| policy.lists().find(|(directive, _)| directive.name == name).map(|(_, list)| list);
        let connections = list_of(DirectiveName::ConnectSrc);
        let taken = connections.map(|list| self.taken_in(list, written, depth)).transpose()?.unwrap_or_default();
        let directives = self.directives(policy, &taken, written);
        let removed = policy.removed().filter(|(_, gate)| self.counts(*gate, written)).map(|(name, _)| name);
        let removed: Vec<DirectiveName> = removed.collect();
        declaration.header = compose(base.as_ref().map_or("", |base| &base.header), &removed, &directives);
        if base.is_some() {
            refuse_open(policy, &declaration.header, written)?;
        }
        let endpoint = policy.report_to.as_ref().filter(|endpoint| self.counts(endpoint.gate.as_ref(), written));
        declaration.reporting_endpoints =
            endpoint.map(|DeclaredEndpoint { name, url, .. }| format!("{}=\"{}\"", name.text, url.text));
        if policy.report_only.is_some() {
            declaration.disposition = Disposition::Report;
        }
        if let Some(list) = connections {
            declaration.sources = self.sources(list, written);
        }
        declaration.inherited = sources_of(taken);
        let fallback = list_of(DirectiveName::DefaultSrc).map(|list| self.sources(list, written));
        let mut additions = None;
        if let Some(base) = base {
            declaration.inherited.extend(base.sources.into_iter().chain(base.inherited));
            if base.disposition == Disposition::Report {
                declaration.disposition = Disposition::Report;
            }
            declaration.reporting_endpoints = declaration.reporting_endpoints.take().or(base.reporting_endpoints);
            additions = base.connection_allowlist.map(|allowlist| (allowlist.also, allowlist.report_only));
        }
        declaration.inherited.extend(fallback.into_iter().flatten());
        if let Some(allowlist) = &policy.connection_allowlist {
            additions = Some((self.segments(&allowlist.also, &[], written).join(" "), allowlist.report_only));
        }
        if let Some((also, report_only)) = additions {
            declaration.connection_allowlist = Some(allowlist(&declaration.header, also, report_only, written)?);
        }
        Ok(())
    }

    /// The directives that are there in the build.
    fn directives(&self, policy: &DeclaredPolicy, taken: &[Taken], written: &Written) -> Vec<Directive> {
        let mut directives = Vec::new();
        for directive in policy.effective_directives() {
            let name = directive.name;
            if self.counts(directive.gate, written) == directive.is_inverted {
                continue;
            }
            directives.push(match directive.value {
                EffectiveValue::Default(text) => (name, name.has_source_list(), vec![text.to_owned()]),
                EffectiveValue::Sources(list) if name == DirectiveName::ConnectSrc => {
                    (name, true, self.segments(list, taken, written))
                }
                EffectiveValue::Sources(list) => (name, true, self.segments(list, &[], written)),
                EffectiveValue::Words(words) => (name, false, words.iter().map(|word| word.text.clone()).collect()),
            });
        }
        if let Some(DeclaredEndpoint { name, url, gate }) = &policy.report_to
            && self.counts(gate.as_ref(), written)
        {
            directives.push((DirectiveName::ReportTo, false, vec![name.text.clone()]));
            directives.push((DirectiveName::ReportUri, false, vec![url.text.clone()]));
        }
        directives
    }

    /// What a list takes in; only that of `connect_src` can.
    fn taken_in(&self, list: &DeclaredList, written: &Written, depth: usize) -> io::Result<Vec<Taken>> {
        let counting = list.includes.iter().filter(|include| self.counts(include.gate.as_ref(), written));
        let taken = counting.map(|include| {
            let found = self.find(&include.path.to_string(), written)?;
            let line = include.span.start().line;
            Ok(Taken { position: include.position, line, declaration: self.resolve_at(found, depth + 1)? })
        });
        let taken: Vec<Taken> = taken.collect::<io::Result<_>>()?;
        self.refuse_conflicts(list, &taken, written)?;
        Ok(taken)
    }

    /// What fails to compile: a source that stands in a list, and in what it takes in.
    fn refuse_conflicts(&self, list: &DeclaredList, taken: &[Taken], written: &Written) -> io::Result<()> {
        // Of all builds at once, two may be of different ones.
        if self.build.is_any() {
            return Ok(());
        }
        let own = self.sources(list, written);
        for Taken { line, declaration, .. } in taken {
            let Some(source) = own.iter().find(|source| contains(declaration.connections(), &source.text)) else {
                continue;
            };
            return Err(invalid(&format!(
                "{}:{line}: source `{}` stands in the list of {}, and in {} at {}:{}, which the list takes in\nhelp: remove \
                 one of the two",
                written.file,
                source.text,
                written.name.as_deref().unwrap_or("connect_src!"),
                declaration.name.as_deref().unwrap_or("connect_src!"),
                declaration.file,
                declaration.line
            )));
        }
        Ok(())
    }

    /// The sources of a list that count, and those of what it takes in, in their order.
    fn segments(&self, list: &DeclaredList, taken: &[Taken], written: &Written) -> Vec<String> {
        let mut segments = Vec::new();
        // What two of them have is there once.
        let only_new = |index: usize| {
            let is_new = |token: &&str| {
                taken[..index].iter().all(|before: &Taken| !contains(before.declaration.connections(), token))
            };
            let connections = Tokens::new(taken[index].declaration.connections());
            connections.filter(is_new).collect::<Vec<_>>().join(" ")
        };
        let mut indices = (0..taken.len()).peekable();
        for (position, entry) in list.to_entries().iter().enumerate() {
            while let Some(index) = indices.next_if(|index| taken[*index].position <= position) {
                segments.push(only_new(index));
            }
            if self.counts(list.entries[position].gate.as_ref(), written) {
                segments.push(entry.value.text().to_owned());
            }
        }
        segments.extend(indices.map(only_new));
        segments
    }

    /// The sources that stand in a list itself and count.
    fn sources(&self, list: &DeclaredList, written: &Written) -> Vec<DeclaredSource> {
        let counting = list.entries.iter().zip(list.to_entries()).filter(|(declared, entry)| {
            self.counts(declared.gate.as_ref(), written) && !entry.value.text().eq_ignore_ascii_case("'none'")
        });
        let sources = counting.map(|(declared, entry)| DeclaredSource {
            text: entry.value.text().to_owned(),
            declaration: written.name.clone(),
            file: written.file.clone(),
            line: declared.value.span().start().line,
            column: declared.value.span().start().column + 1,
            reason: declared.reason.clone().or_else(|| declared.insecure.clone()),
            predicate: declared.gate.as_ref().map(|gate| gate.gate.predicate.clone()),
        });
        sources.collect()
    }

    /// Whether what has this gate is there in the build.
    fn counts(&self, gate: Option<&DeclaredGate>, written: &Written) -> bool {
        gate.is_none_or(|gate| self.build.holds(gate, &self.features[written.member]))
    }

    /// The declaration that a path means: of those with its last name the nearest one. No module is looked up, so that what
    /// is as near as another one is refused.
    fn find(&self, path: &str, from: &Written) -> io::Result<&Written> {
        let path: Vec<&str> = path.split("::").map(str::trim).collect();
        let name = path.last().copied().unwrap_or_default();
        let modules = path.get(..path.len() - 1).unwrap_or_default();
        let nearness = |written: &Written| {
            let is_own = written.member == from.member;
            let package = self.packages.get(written.member).map(|member| member.name.replace('-', "_"));
            let is_of_package = modules.first().is_some_and(|first| package.as_deref() == Some(*first));
            let is_of_module = modules.last().is_some_and(|last| written.is_in_module(last));
            let is_same_file = written.file == from.file;
            (is_own || is_of_package, is_of_package, is_of_module, is_same_file)
        };
        let all = self.written.iter().chain(self.others);
        let named = all.filter(|each| each.name.as_deref() == Some(name) && self.counts(each.gate.as_ref(), each));
        let mut named: Vec<&Written> = named.collect();
        named.sort_by_key(|written| core::cmp::Reverse(nearness(written)));
        let problem = match named.as_slice() {
            [] => "which is not declared in these packages",
            [one] => return Ok(one),
            [first, second, ..] if nearness(first) > nearness(second) => return Ok(first),
            // Of all builds at once, two may be of different ones.
            [first, ..] if self.build.is_any() && first.gate.is_some() => return Ok(first),
            _ => "and there are several of that name: give one another name",
        };
        Err(invalid(&format!("{} takes in `{name}`, {problem}", from.title())))
    }
}

/// What fails to compile: a list that is written as empty, and adds to one that isn't.
fn refuse_open(policy: &DeclaredPolicy, header: &str, written: &Written) -> io::Result<()> {
    for (directive, _) in policy.lists().filter(|(_, list)| list.written_empty()) {
        if directive_value(header, directive.name.as_str()).is_some_and(|value| !contains(value, "'none'")) {
            return Err(invalid(&format!(
                "{}:{}: {} declares {} as empty, and it is not: a policy that extends another adds to what that one \
                 allows\nhelp: remove the line, or declare the policy whole",
                written.file,
                directive.span.start().line,
                written.name.as_deref().unwrap_or("policy!"),
                directive.name
            )));
        }
    }
    Ok(())
}

fn sources_of(taken: Vec<Taken>) -> Vec<DeclaredSource> {
    taken
        .into_iter()
        .flat_map(|Taken { declaration, .. }| declaration.sources.into_iter().chain(declaration.inherited))
        .collect()
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
