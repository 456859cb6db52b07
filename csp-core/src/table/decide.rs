//! What guards and browsers decide of a URL that is parsed.

use super::path::Path;
use super::record::{Rule, Slot, mask_bit};
use super::{DEFAULT_PORT, Key, Paths, Table, host, scan};
use crate::guard::{has_path, hides_separator};
use crate::{Refusal, Request, SourceExpression, matching};

impl Table<'_> {
    /// Whether a guard admits the request. It compares paths, whether the request is redirected or not.
    ///
    /// # Errors
    ///
    /// If no source covers the request, or none that may be trusted to.
    pub const fn admit(&self, request: &Request<'_>) -> Result<(), Refusal> {
        self.decide(request, Paths::Guarded)
    }

    /// Whether a browser with these sources lets the request go: [`covering`](crate::covering), packed.
    #[must_use]
    pub const fn covers(&self, request: &Request<'_>) -> bool {
        self.decide(request, if request.redirected { Paths::Ignored } else { Paths::Compared }).is_ok()
    }

    const fn decide(&self, request: &Request<'_>, paths: Paths) -> Result<(), Refusal> {
        let target = &request.target;
        let Some(scheme) = scan::scheme_number(target.scheme) else { return self.decide_other_scheme(request, paths) };
        if self.covers_self(request) {
            return Ok(());
        }
        let port = match target.port {
            Some(port) => port as u32,
            None => DEFAULT_PORT,
        };
        let key = Key {
            bit: mask_bit(scheme, port),
            port,
            path: Path { bytes: target.path.as_bytes(), plain: false },
            paths,
        };
        let host = target.host.as_bytes();
        let mut refusal = Refusal::NoSourceMatched;
        match self.slot_admits(self.find(host, false), key) {
            Ok(()) => return Ok(()),
            Err(found) => refusal = worse(refusal, found),
        }
        let mut before = host;
        while let Some(dot) = host::last_dot(before) {
            let parent = host.split_at(dot + 1).1;
            if self.places.parents >> (if parent.len() < 63 { parent.len() } else { 63 }) & 1 == 1 {
                match self.slot_admits(self.find(parent, true), key) {
                    Ok(()) => return Ok(()),
                    Err(found) => refusal = worse(refusal, found),
                }
            }
            before = before.split_at(dot).0;
        }
        if self.places.everywhere != 0 {
            match self.rules_admit(self.places.everywhere - 1, key) {
                Ok(()) => return Ok(()),
                Err(found) => refusal = worse(refusal, found),
            }
        }
        Err(refusal)
    }

    /// Sources of other schemes than the four of connections are few, and are read one by one.
    const fn decide_other_scheme(&self, request: &Request<'_>, paths: Paths) -> Result<(), Refusal> {
        let mut refusal = Refusal::NoSourceMatched;
        let mut next = self.places.others;
        while next != 0 {
            let rule = Rule::read(self.rules, next - 1);
            if self.is_open(rule)
                && let Some(source) = SourceExpression::parse(rule.path(self.text))
                && matching::difference(&source, request).is_none()
            {
                if !matches!(paths, Paths::Guarded)
                    || !has_path(&source)
                    || !hides_separator(request.target.path.as_bytes())
                {
                    return Ok(());
                }
                refusal = Refusal::HiddenSeparator;
            }
            next = if rule.is_last() { 0 } else { next + 1 };
        }
        Err(refusal)
    }

    const fn covers_self(&self, request: &Request<'_>) -> bool {
        let Some(origin) = request.self_origin else { return false };
        let mut next = self.places.own;
        while next != 0 {
            let rule = Rule::read(self.rules, next - 1);
            if self.is_open(rule) {
                return matching::self_difference(origin, &request.target).is_none();
            }
            next = if rule.is_last() { 0 } else { next + 1 };
        }
        false
    }

    const fn slot_admits(&self, slot: Slot, key: Key<'_>) -> Result<(), Refusal> {
        if !slot.is_simple() {
            return self.rules_admit(slot.first_rule(), key);
        }
        if slot.admits(key.bit) { Ok(()) } else { Err(Refusal::NoSourceMatched) }
    }
}

/// A hidden separator says more than that no source matched.
const fn worse(left: Refusal, right: Refusal) -> Refusal {
    match (left, right) {
        (Refusal::HiddenSeparator, _) | (_, Refusal::HiddenSeparator) => Refusal::HiddenSeparator,
        _ => left,
    }
}
