//! The packed table against the `url` crate and the plain algorithms.

use csp_core::{
    HostPart, Keyword, Lookup, Refusal, Request, SourceExpression, SourceList, Table, TableData, Target, UsualUrl,
    admit, admit_url, covering, refused_address,
};
use url::Url;

use crate::{Case, Outcome, check_canonical, ensure};

/// Longer names are not for tables.
const LONGEST_NAME: usize = 2047;

impl Case {
    /// Every way to decide gives the same verdict: the table's, the plain algorithms', and both of the list reversed.
    /// Of a text that is no URL, or an unusual one, the table admits nothing.
    ///
    /// # Errors
    ///
    /// If two of them differ.
    pub fn check(&self) -> Outcome {
        check_canonical(&self.url)?;
        self.in_order(&self.tokens)?;
        let reversed: Vec<String> = self.tokens.iter().rev().cloned().collect();
        if self.gates.is_empty() { self.in_order(&reversed) } else { Ok(()) }
    }

    /// How the fast path answers a URL in its usual spelling: not with a shrug.
    ///
    /// # Errors
    ///
    /// If it takes one for unusual.
    pub fn check_reach(&self) -> Outcome {
        let sources = read(&self.tokens);
        let Some(data) = TableData::new(&sources, &self.gates_of(&sources), self.page.as_ref()) else { return Ok(()) };
        if data.table(&self.open).look_up(&self.url) != Lookup::Unusual {
            return Ok(());
        }
        let Some(target) = Target::canonical(&self.url) else { return Ok(()) };
        let host = target.host();
        let counting = without_self(&self.counting(&sources));
        let hides = admit(&counting, &self.plain(target)) == Err(Refusal::HiddenSeparator);
        let excused = host.contains("--") || host.ends_with(|last: char| last.is_ascii_digit()) || host.len() > 64;
        ensure!(excused || hides || target.path().contains("%2f"), "{self:?}: not unusual");
        Ok(())
    }

    fn in_order(&self, tokens: &[String]) -> Outcome {
        let sources = read(tokens);
        let Some(data) = TableData::new(&sources, &self.gates_of(&sources), self.page.as_ref()) else {
            ensure!(sources.iter().any(has_long_name), "{self:?}: no table");
            return Ok(());
        };
        if !sources.is_empty() {
            let list = SourceList::new(sources.clone()).to_string();
            ensure!(data.text() == list, "{self:?}: the table's text is {:?}", data.text());
        }
        let table = data.table(&self.open);
        let counting = self.counting(&sources);
        let parsed = Url::parse(&self.url).ok();
        if let Some(url) = &parsed {
            self.whole(&table, &counting, url)?;
        }
        self.agrees(table.look_up(&self.url), &counting, parsed.as_ref())?;
        if let Some(url) = UsualUrl::read(&self.url) {
            ensure!(data.glance(&url).is_ok() == table.glance(&url).is_ok(), "{self:?}: two glances differ");
        }
        if let Some((scheme, authority, path)) = split(&self.url) {
            let cut = UsualUrl::of_parts(scheme, authority, path);
            let found = cut.map_or(Lookup::Unusual, |url| table.look_up_usual(url));
            self.agrees(found, &counting, parsed.as_ref())?;
        }
        Ok(())
    }

    /// Of a parsed URL, the table decides as the plain algorithms do.
    fn whole(&self, table: &Table<'_>, counting: &[SourceExpression<'_>], url: &Url) -> Outcome {
        let request = self.plain(Target::from(url));
        let browser = request.redirected(self.redirected);
        let covered = covering(counting, &browser);
        ensure!(table.covers(&browser) == covered.is_some(), "{self:?}: the table does not cover as the list does");
        let admitted = admit(counting, &request);
        ensure!(table.admit(&request) == admitted.map(drop), "{self:?}: the list says {admitted:?}");
        ensure!(admitted.is_err() || self.redirected || covered.is_some(), "{self:?}: admitted, and not covered");
        let expected = match refused_address(request.target()) {
            _ if csp_core::has_credentials(url) => Err(Refusal::Credentials),
            Some(kind) if admitted.is_ok() => Err(Refusal::Address(kind)),
            _ => admitted,
        };
        let found = admit_url(counting, url, self.page.as_ref());
        ensure!(found == expected, "{self:?}: {found:?} for {expected:?}");
        Ok(())
    }

    /// Of a text, the table says nothing, or the same as the plain algorithms of what a URL parser reads in it. A text
    /// that no parser takes for a URL is never admitted.
    fn agrees(&self, found: Lookup, counting: &[SourceExpression<'_>], parsed: Option<&Url>) -> Outcome {
        let counting = without_self(counting);
        let expected = parsed.map(|url| admit_url(&counting, url, self.page.as_ref()).map(drop));
        let agrees = match (found, expected) {
            (Lookup::Unusual, _) | (Lookup::Refused(_), None) => true,
            (Lookup::Admitted, expected) => expected == Some(Ok(())),
            (Lookup::Refused(refusal), Some(expected)) => expected == Err(refusal),
        };
        ensure!(agrees, "{self:?}: {found:?} where the list says {expected:?}");
        Ok(())
    }

    /// The sources whose gates are open.
    fn counting<'t>(&self, sources: &[SourceExpression<'t>]) -> Vec<SourceExpression<'t>> {
        let is_open = |gate: u16| usize::from(gate).checked_sub(1).is_none_or(|gate| self.open[gate]);
        let gates = self.gates_of(sources);
        sources.iter().zip(gates).filter(|(_, gate)| is_open(*gate)).map(|(source, _)| *source).collect()
    }

    fn gates_of(&self, sources: &[SourceExpression<'_>]) -> Vec<u16> {
        let gates = if self.gates.is_empty() { &[0][..] } else { &self.gates };
        gates.iter().copied().cycle().take(sources.len()).collect()
    }

    fn plain<'t>(&'t self, target: Target<'t>) -> Request<'t> {
        let request = Request::new(target);
        self.page.as_ref().map_or(request, |page| request.from_origin(page))
    }
}

fn read(tokens: &[String]) -> Vec<SourceExpression<'_>> {
    tokens.iter().filter_map(|token| SourceExpression::parse(token)).collect()
}

/// The sources of which a text is looked up: `'self'` covers nothing there.
fn without_self<'t>(sources: &[SourceExpression<'t>]) -> Vec<SourceExpression<'t>> {
    let own = SourceExpression::Keyword(Keyword::SelfOrigin);
    sources.iter().filter(|source| **source != own).copied().collect()
}

fn has_long_name(source: &SourceExpression<'_>) -> bool {
    match source {
        SourceExpression::Host(host) => {
            matches!(host.host(), HostPart::Exact(name) | HostPart::Subdomains(name) if name.len() > LONGEST_NAME)
        }
        _ => false,
    }
}

/// Scheme, authority and path as a parser that changes nothing splits them.
fn split(url: &str) -> Option<(&str, &str, &str)> {
    let (scheme, rest) = url.split_once("://")?;
    let (authority, rest) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let path = rest.split(['?', '#']).next().unwrap_or_default();
    Some((scheme, authority, path))
}
