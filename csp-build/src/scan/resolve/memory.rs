//! What is remembered of expressions, and of what around them it is independent.
//!
//! An expression can be looked at in many calls, under tests, and while others are open that it leads back to. What was found
//! is as good elsewhere where nothing of that had a say.

use std::rc::Rc;

use super::Resolver;
use super::value::{Context, FileId, Value};
use crate::scan::summary::ExprId;

/// The most values that are remembered; a large front end has a tenth of them.
const MOST_KNOWN: usize = 1 << 18;

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
    is_same_in_any_call: bool,
    is_same_whatever_is_assumed: bool,
}

#[derive(Debug)]
pub(super) struct Memory {
    /// By the file, and by the expression.
    known: Vec<Vec<Option<Rc<Known>>>>,
    count: usize,
    leaning: Leaning,
}

impl Default for Memory {
    fn default() -> Self {
        Self { known: Vec::new(), count: 0, leaning: ON_NOTHING }
    }
}

impl Memory {
    /// Forgets all, once more is known of what expressions lean on.
    pub(super) fn clear(&mut self) {
        self.known.clear();
        self.count = 0;
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
}

impl Resolver<'_> {
    /// What is known of an expression that is the same here.
    pub(super) fn remembered(&mut self, file: FileId, id: ExprId, context: &Context) -> Option<Vec<Value>> {
        if !self.narrowings.is_empty() {
            return None;
        }
        let known = Rc::clone(self.memory.find(file, id)?);
        if context.is_some() && !known.is_same_in_any_call
            || !self.assumed.is_empty() && !known.is_same_whatever_is_assumed
        {
            return None;
        }
        if !known.is_same_whatever_is_assumed {
            self.memory.lean_on_assumed();
        }
        Some(known.values.clone())
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
        let is_whole = own.depth >= self.depth;
        let is_same_in_any_call = own.call >= calls;
        if is_whole
            && (context.is_none() || is_same_in_any_call)
            && (self.assumed.is_empty() || !own.assumed)
            && self.memory.find(file, id).is_none()
        {
            let is_same_whatever_is_assumed = !own.assumed;
            let known = Known { values: values.to_vec(), is_same_in_any_call, is_same_whatever_is_assumed };
            self.memory.keep(file, id, known);
        }
        if !is_whole {
            self.memory.lean_on(own.depth);
        }
        // What is looked at in no call doesn't lean on those around it.
        if context.is_some() {
            self.memory.lean_on_call(own.call);
        }
        if own.assumed {
            self.memory.lean_on_assumed();
        }
    }
}
