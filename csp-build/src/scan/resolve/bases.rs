//! What relative URLs are below where the call itself doesn't say: options that are handed on, bases that are set in functions,
//! and bases that aren't known.

use std::rc::Rc;

use super::Resolver;
use super::calls::Caller;
use super::hits::Hit;
use super::origin::origins;
use super::report::{MOST_CALLERS, MOST_LEVELS, MOST_WAYS};
use super::value::{FileId, Text, Value};
use crate::scan::listed::BELOW;
use crate::scan::report::{Reason, Report};
use crate::scan::summary::ExprId;

impl Resolver<'_> {
    /// Those who call a function in the page, as many as are asked.
    pub(super) fn callers_of(&self, function: (FileId, u32)) -> Vec<Caller> {
        let callers = self.callers.get(&function).into_iter().flatten();
        callers.filter(|caller| !caller.is_on_server).take(MOST_CALLERS).cloned().collect()
    }

    /// What an expression can be, with its parameters as those give them who call.
    pub(super) fn values_of_callers(&mut self, file: FileId, id: ExprId) -> Vec<Value> {
        let mut values = Vec::new();
        for value in self.values(file, id, &None) {
            let parameter = match &value {
                Value::Unknown(hole) | Value::Text(Text { hole: Some(hole), .. }) => hole.parameter,
                _ => None,
            };
            let is_lost = self.ways > MOST_WAYS || self.assumed.len() >= MOST_LEVELS || values.len() > MOST_CALLERS;
            let callers = match parameter.filter(|&function| !is_lost && !self.is_assumed(function)) {
                Some(function) => self.callers_of(function),
                None => Vec::new(),
            };
            if callers.is_empty() {
                values.push(value);
            }
            for caller in callers {
                self.ways += 1;
                values.extend(self.under(caller, |resolver| resolver.values_of_callers(file, id)));
            }
        }
        values
    }

    /// The call that made a client, where what isn't known of a call is the client's base: that is listed there.
    pub(super) fn listed_at_maker(
        &self,
        hit: &Hit,
        reason: &Reason,
        parameter: Option<(FileId, u32)>,
    ) -> Option<(FileId, ExprId)> {
        let (file, id) = hit.made_by?;
        let is_scanned = self.project.files.get(file).is_some_and(|file| file.is_scanned);
        let is_of_base = |base: &Value| {
            let base = base.clone().into_text();
            let of = base.hole.as_ref().and_then(|hole| hole.parameter);
            of == parameter && origins(&base, hit.row.transport).is_err_and(|of_base| of_base == *reason)
        };
        (is_scanned && hit.bases.iter().any(is_of_base)).then_some((file, id))
    }

    /// Names the calls below a base that isn't known in the chain of the call that has it.
    pub(super) fn list_below(&mut self, report: &mut Report) {
        let mut all: Vec<_> = std::mem::take(&mut self.below).into_iter().collect();
        all.sort_by_key(|(maker, _)| *maker);
        for ((file, id), mut calls) in all {
            let site = self.project.summary(file).and_then(|parsed| {
                parsed.summary.calls.iter().find(|site| site.expression == id).map(|site| site.offset)
            });
            let place = site.map(|offset| self.project.place(file, offset));
            let listed = report.unresolved.iter_mut().find(|listed| {
                place.as_ref().is_some_and(|place| listed.place == *place || listed.sink_call() == place)
            });
            let Some(listed) = listed else {
                report.unresolved.append(&mut calls);
                continue;
            };
            calls.sort();
            calls.dedup_by(|next, first| next.place == first.place);
            for call in &calls {
                listed.lead_to(call, BELOW);
            }
        }
    }

    /// Reports the calls that hand in options with a base. Says whether all that there are do.
    pub(super) fn report_options(&mut self, hit: &Hit, report: &mut Report) -> bool {
        let (mut count, mut all_say) = (0, true);
        for &function in &hit.options_of {
            if self.is_assumed(function) || self.ways > MOST_WAYS || self.assumed.len() >= MOST_LEVELS {
                return false;
            }
            for caller in self.callers_of(function) {
                count += 1;
                self.ways += 1;
                let place = self.project.place(caller.file, caller.offset);
                all_say &= self.under(caller, |resolver| match resolver.based_anew(hit) {
                    Some(hit) if hit.has_own_base => {
                        resolver.report_hit(&hit, &place, &mut Vec::new(), report);
                        true
                    }
                    Some(hit) => resolver.report_options(&hit, report),
                    None => false,
                });
            }
        }
        count > 0 && all_say
    }

    /// A call with its bases as the calls that are assumed give them.
    pub(super) fn based_anew(&mut self, hit: &Hit) -> Option<Hit> {
        let is_open = |base: &Value| matches!(base, Value::Unknown(_) | Value::Text(Text { hole: Some(_), .. }));
        if hit.options_of.is_empty() && !hit.bases.iter().any(is_open) {
            return None;
        }
        self.steps = 0;
        let (file, site) = (hit.site.0, &hit.site.1);
        let (callees, made) = self.callees(file, site);
        let callee = callees.iter().find(|callee| self.row(callee).is_some_and(|row| Rc::ptr_eq(&row, &hit.row)))?;
        Some(self.hit(Rc::clone(&hit.row), callee, &made, (file, site), &hit.at))
    }
}
