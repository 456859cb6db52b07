//! What is remembered of expressions, and of what around them it is independent.
//!
//! An expression can be looked at in many calls, under tests, and while others are open that it leads back to. What was found
//! is as good elsewhere where nothing of that had a say.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::Resolver;
use super::calls::Caller;
use super::value::{Context, FileId, Frame, Value};
use crate::scan::summary::ExprId;

/// The most values that are remembered; a large front end has a tenth of them.
const MOST_KNOWN: usize = 1 << 19;
/// The most expressions in calls of which that is remembered.
const MOST_IN_CALLS: usize = 1 << 16;

/// What had a say in a value from around its expression.
#[derive(Clone, Copy, Debug)]
pub(super) struct Leaning {
    /// The lowest depth of what is open that it leads back to, or that cut it short.
    depth: usize,
    /// The number of the oldest call whose arguments or objects it read.
    call: u64,
    /// Whether the calls that are assumed were asked.
    assumed: bool,
}

const ON_NOTHING: Leaning = Leaning { depth: usize::MAX, call: u64::MAX, assumed: false };

#[derive(Debug)]
struct Known {
    values: Vec<Value>,
    /// What the values lean on outside of the expression.
    call: u64,
    assumed: bool,
}

#[derive(Debug)]
pub(super) struct Memory {
    /// By the file, and by the expression: what is the same in any call, or was looked at in none, with nothing assumed.
    known: Vec<Vec<Option<Rc<Known>>>>,
    count: usize,
    /// What is so in a call, and under an assumption, by their numbers; 0 is none.
    in_calls: FxHashMap<(FileId, ExprId, u64), (u64, Rc<Known>)>,
    leaning: Leaning,
}

impl Default for Memory {
    fn default() -> Self {
        Self { known: Vec::new(), count: 0, in_calls: FxHashMap::default(), leaning: ON_NOTHING }
    }
}

impl Memory {
    /// Forgets all, once more is known of what expressions lean on.
    pub(super) fn clear(&mut self) {
        self.known.clear();
        self.count = 0;
        self.in_calls.clear();
    }

    /// Begins with an expression: gives back what those around it lean on.
    pub(super) const fn begin(&mut self) -> Leaning {
        std::mem::replace(&mut self.leaning, ON_NOTHING)
    }

    /// What is being worked out leads to something that is open at a depth.
    pub(super) fn lean_on(&mut self, depth: usize) {
        self.leaning.depth = self.leaning.depth.min(depth);
    }

    /// It was cut short, as it wouldn't be elsewhere.
    pub(super) fn lean_on_all(&mut self) {
        self.lean_on(0);
    }

    /// It has to do with a call; 0 is one that nobody knows.
    pub(super) fn lean_on_call(&mut self, number: u64) {
        self.leaning.call = self.leaning.call.min(number);
    }

    /// It has to do with the calls that are assumed.
    pub(super) const fn lean_on_assumed(&mut self) {
        self.leaning.assumed = true;
    }

    fn find(&self, file: FileId, id: ExprId) -> Option<&Rc<Known>> {
        self.known.get(file)?.get(id as usize)?.as_ref()
    }

    fn keep(&mut self, file: FileId, id: ExprId, known: Known) {
        let (count, id) = (known.values.len() + 1, id as usize);
        if self.count > MOST_KNOWN {
            return;
        }
        self.count += count;
        if self.known.len() <= file {
            self.known.resize_with(file + 1, Vec::new);
        }
        if let Some(of_file) = self.known.get_mut(file) {
            if of_file.len() <= id {
                of_file.resize_with((id + 1).max(of_file.len() * 2), || None);
            }
            if let Some(place) = of_file.get_mut(id) {
                *place = Some(Rc::new(known));
            }
        }
    }

    fn keep_in_call(&mut self, key: (FileId, ExprId, u64), assumption: u64, known: Known) {
        if self.in_calls.len() > MOST_IN_CALLS {
            self.in_calls.clear();
        }
        self.in_calls.insert(key, (assumption, Rc::new(known)));
    }
}

/// The number of a call; of none, 0.
pub(super) fn number(context: &Context) -> u64 {
    context.as_ref().map_or(0, |frame| frame.number)
}

impl Resolver<'_> {
    /// What is known of an expression that is the same here.
    pub(super) fn remembered(&mut self, file: FileId, id: ExprId, context: &Context) -> Option<Vec<Value>> {
        if !self.narrowings.is_empty() {
            return None;
        }
        if let Some(known) = self.memory.find(file, id)
            && (context.is_none() || known.call == u64::MAX)
            && (self.assumed.is_empty() || !known.assumed)
        {
            let known = Rc::clone(known);
            self.lean_as(context, known.call, known.assumed);
            return Some(known.values.clone());
        }
        let (assumption, known) = self.memory.in_calls.get(&(file, id, number(context)))?;
        if known.assumed && *assumption != self.assumption {
            return None;
        }
        let known = Rc::clone(known);
        self.lean_as(context, known.call, known.assumed);
        Some(known.values.clone())
    }

    /// What is around an expression leans on the calls that it leans on.
    fn lean_as(&mut self, context: &Context, call: u64, assumed: bool) {
        // What is looked at in no call doesn't lean on those around it.
        let is_alike = |around: u64| context.is_some() || around == 0;
        if self.open.last().is_none_or(|((.., around), _)| is_alike(*around)) {
            self.memory.lean_on_call(call);
        }
        if assumed {
            self.memory.lean_on_assumed();
        }
    }

    /// Ends with an expression that began at a number of calls, and remembers what can be known of it.
    pub(super) fn remember(
        &mut self,
        (file, id): (FileId, ExprId),
        context: &Context,
        (around, calls): (Leaning, u64),
        values: &[Value],
    ) {
        let own = std::mem::replace(&mut self.memory.leaning, around);
        if own.depth >= self.depth {
            // A call that was looked into since is a part of the expression.
            let call = if own.call > calls { u64::MAX } else { own.call };
            let known = Known { values: values.to_vec(), call, assumed: own.assumed };
            let is_plain = (context.is_none() || call == u64::MAX) && (self.assumed.is_empty() || !own.assumed);
            if is_plain {
                self.memory.keep(file, id, known);
            } else {
                self.memory.keep_in_call((file, id, number(context)), self.assumption, known);
            }
        } else {
            self.memory.lean_on(own.depth);
        }
        self.lean_as(context, own.call, own.assumed);
    }

    /// Whether a call of a function is assumed already.
    pub(super) fn is_assumed(&self, function: (FileId, u32)) -> bool {
        self.assumed.iter().any(|frame| (frame.file, frame.function) == function)
    }

    /// Looks at something as a caller has it: with its call assumed, and on the way that a chain shows.
    pub(super) fn under<T>(&mut self, caller: Caller, look: impl FnOnce(&mut Self) -> T) -> T {
        self.way.push((caller.file, caller.offset));
        let result = self.assuming(caller.through.into_iter().chain([caller.frame]), look);
        self.way.pop();
        result
    }

    /// Looks at something with calls assumed.
    pub(super) fn assuming<T>(
        &mut self,
        calls: impl IntoIterator<Item = Rc<Frame>>,
        look: impl FnOnce(&mut Self) -> T,
    ) -> T {
        let (count, before) = (self.assumed.len(), self.assumption);
        self.assumed.extend(calls);
        self.assumptions += 1;
        self.assumption = self.assumptions;
        let result = look(self);
        self.assumed.truncate(count);
        self.assumption = before;
        result
    }
}
