//! What is listed as not known, and how often.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::report::{Place, Reason, ReasonCode, Report, Step, Unresolved};

impl Unresolved {
    /// Where the call is that connects, which may be far from where its URL comes from.
    pub(crate) fn sink_call(&self) -> &Place {
        self.chain.first().filter(|step| step.what.starts_with(SINK_CALL)).map_or(&self.place, |step| &step.place)
    }

    /// Names another call in the chain, and the one that connects for it.
    pub(crate) fn lead_to(&mut self, call: &Self, which: &str) {
        let what = format!("a call of `{}` {which}", call.sink);
        self.lead(&Step { place: call.place.clone(), what });
        self.connect_as(call);
    }

    /// Names in the chain what connects for another call that is listed as this one.
    fn connect_as(&mut self, call: &Self) {
        if let Some(step) = call.chain.first().filter(|step| step.what.starts_with(SINK_CALL)) {
            self.lead(step);
        }
    }

    /// Lists a further call that comes to the same by the same call that connects: by that one.
    fn join(&mut self, call: &Self) {
        let at = self.sink_call().clone();
        if at != self.place {
            let caller = Step::hands_on(std::mem::replace(&mut self.place, at));
            if let Some(first) = self.chain.first_mut() {
                *first = caller;
            }
        }
        let at = self.chain.iter().position(|step| !step.is_call()).unwrap_or(self.chain.len());
        let steps = call.chain.iter().filter(|step| step.what == HANDS_ON).cloned();
        let steps: Vec<_> = [Step::hands_on(call.place.clone())].into_iter().chain(steps).collect();
        for step in steps {
            self.insert(at, step);
        }
    }

    fn lead(&mut self, step: &Step) {
        self.insert(self.chain.len(), step.clone());
    }

    /// Names a place in the chain that it doesn't name yet.
    fn insert(&mut self, at: usize, step: Step) {
        let is_known = step.place == self.place || self.chain.iter().any(|known| known.place == step.place);
        if !is_known && self.chain.len() < MOST_STEPS {
            self.chain.insert(at, step);
        }
    }
}

impl Report {
    /// Lists once what several calls lack: a variable that isn't set, by the first of them; anything else that they come to by
    /// the same call that connects, by that one. The others are in the chain.
    pub(crate) fn group(&mut self) {
        let mut first: HashMap<Lacking, usize> = HashMap::new();
        let mut listed: Vec<Unresolved> = Vec::new();
        for call in self.unresolved.drain(..) {
            let Some(lacking) = Lacking::of(&call) else {
                listed.push(call);
                continue;
            };
            match first.entry(lacking) {
                Entry::Vacant(entry) => {
                    entry.insert(listed.len());
                    listed.push(call);
                }
                Entry::Occupied(entry) => {
                    let Some(own) = listed.get_mut(*entry.get()) else { continue };
                    match entry.key() {
                        Lacking::Variable(_) => {
                            own.lead_to(&call, "that misses it, too");
                            call.chain.iter().filter(|step| step.what.ends_with(BELOW)).for_each(|step| own.lead(step));
                        }
                        Lacking::Value { .. } => own.join(&call),
                    }
                }
            }
        }
        self.unresolved = listed;
        self.unresolved.sort();
    }

    pub(crate) fn sort(&mut self) {
        self.endpoints.sort();
        self.endpoints.dedup_by(|next, first| {
            (&next.place, &next.origin, &next.sink) == (&first.place, &first.origin, &first.sink)
        });
        self.unresolved.sort();
        self.unresolved.dedup_by(|next, first| {
            let is_same =
                is_same_call(next, first) && next.reason == first.reason && next.sink_call() == first.sink_call();
            // Of several ways the one with the most steps tells the most.
            if is_same && next.chain.len() > first.chain.len() {
                std::mem::swap(next, first);
            }
            is_same
        });
        // Of what nobody can make out a few reasons say as much as all. What somebody can mend is named each time. Where several
        // calls connect to what is handed in here, each is one.
        let mut few: Vec<Unresolved> = Vec::new();
        for calls in self.unresolved.chunk_by(is_same_call) {
            let mut of_kinds: Vec<(&Place, ReasonCode, usize)> = Vec::new();
            for call in calls {
                let (sink_call, code) = (call.sink_call(), call.reason.code);
                let known = of_kinds.iter().position(|(place, kind, _)| *place == sink_call && *kind == code);
                let place = known.unwrap_or_else(|| {
                    of_kinds.push((sink_call, code, 0));
                    of_kinds.len() - 1
                });
                let most = match code {
                    ReasonCode::TooComplex => 1,
                    ReasonCode::DynamicHost | ReasonCode::Parameter | ReasonCode::UnresolvedUrl => MOST_REASONS,
                    _ => usize::MAX,
                };
                if let Some((.., count)) = of_kinds.get_mut(place).filter(|(.., count)| *count < most) {
                    *count += 1;
                    few.push(call.clone());
                }
            }
        }
        self.unresolved = few;
    }
}

/// What isn't known of a call, so that other calls may lack the same.
#[derive(PartialEq, Eq, Hash)]
enum Lacking {
    Variable(Reason),
    Value {
        sink: String,
        /// The call that connects.
        at: Place,
        reason: Reason,
        /// Where the value that isn't known comes from.
        root: Place,
    },
}

impl Lacking {
    fn of(call: &Unresolved) -> Option<Self> {
        if call.reason.code == ReasonCode::EnvMissing {
            return Some(Self::Variable(call.reason.clone()));
        }
        let root = call.chain.last().filter(|step| !step.is_call())?;
        Some(Self::Value {
            sink: call.sink.clone(),
            at: call.sink_call().clone(),
            reason: call.reason.clone(),
            root: root.place.clone(),
        })
    }
}

/// How a chain names a call below a base that isn't known.
pub(crate) const BELOW: &str = "below it";

/// How a chain names the call that connects, and a call between it and the place that is listed.
const SINK_CALL: &str = "the call of ";
const HANDS_ON: &str = "a call that hands it on";

impl Step {
    pub(crate) fn sink_call(place: Place, sink: &str) -> Self {
        Self { place, what: format!("{SINK_CALL}`{sink}`") }
    }

    pub(crate) fn hands_on(place: Place) -> Self {
        Self { place, what: HANDS_ON.to_owned() }
    }

    fn is_call(&self) -> bool {
        self.what.starts_with(SINK_CALL) || self.what == HANDS_ON
    }
}

/// The most steps of a chain.
const MOST_STEPS: usize = 256;

/// The most reasons of a kind that are given for a call.
const MOST_REASONS: usize = 2;

fn is_same_call(one: &Unresolved, other: &Unresolved) -> bool {
    (&one.place, &one.sink) == (&other.place, &other.sink)
}
