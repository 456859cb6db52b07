//! Which functions are called where.

use std::rc::Rc;

use super::Resolver;
use super::value::{FileId, Frame, Instance, Made, Value};
use crate::scan::summary::{CallSite, Expr, ExprId};

/// A call of a function of the project.
#[derive(Clone, Debug)]
pub(super) struct Caller {
    pub(super) file: FileId,
    pub(super) offset: usize,
    /// The function that it is written in.
    pub(super) within: Option<u32>,
    /// Whether the page itself never makes it.
    pub(super) is_on_server: bool,
    /// The call, to assume it.
    pub(super) frame: Rc<Frame>,
    /// The call that handed the function in, where the function is a parameter there.
    pub(super) through: Option<Rc<Frame>>,
}

/// The most calls of functions that are handed in.
const MOST_HANDED_IN: usize = 4_096;

/// The most steps to such a function: it is a parameter, or a member of one.
const MOST_STEPS: usize = 500;

impl Resolver<'_> {
    /// All that a call may call, and what it gives along.
    pub(super) fn callees(&mut self, file: FileId, site: &CallSite) -> (Vec<Value>, Made) {
        let mut made = Made { file, arguments: Vec::new(), context: None };
        let Some(parsed) = self.project.summary(file) else { return (Vec::new(), made) };
        let (callee, arguments): (ExprId, &[ExprId]) = match parsed.summary.expression(site.expression) {
            Expr::Call(callee, arguments) | Expr::New(callee, arguments) => (*callee, arguments),
            _ => return (Vec::new(), made),
        };
        made.arguments = arguments.to_vec();
        let callees = self.values(file, callee, &None);
        (callees.into_iter().flat_map(|callee| self.whole_module(callee)).collect(), made)
    }

    /// A module that is called is what it exports as a whole.
    pub(super) fn whole_module(&mut self, callee: Value) -> Vec<Value> {
        let Value::Module(file) = callee else { return vec![callee] };
        match self.project.summary(file).and_then(|parsed| parsed.summary.whole) {
            Some(whole) => self.eval(file, whole, &None),
            None => vec![callee],
        }
    }

    /// Notes who calls the functions of the project.
    pub(super) fn find_callers(&mut self, file: FileId, site: &CallSite) {
        let (callees, made) = self.callees(file, site);
        for callee in &callees {
            if let Some(function) = callee.parameter()
                && self.deferred.len() < MOST_HANDED_IN
            {
                self.deferred.push((file, site.clone(), function));
            }
        }
        let found = self.called_functions(file, site, callees, &made);
        for frame in found {
            let key = (frame.file, frame.function);
            let (within, is_on_server) = (site.within, site.is_on_server);
            let caller = Caller { file, offset: site.offset, within, is_on_server, frame, through: None };
            self.callers.entry(key).or_default().push(caller);
        }
    }

    /// Calls of functions that are parameters: those who call around them say which functions these are.
    pub(super) fn find_handed_in(&mut self) {
        self.most_steps = MOST_STEPS;
        self.find_handed_in_here();
        self.most_steps = usize::MAX;
    }

    fn find_handed_in_here(&mut self) {
        let mut count = 0;
        for (file, site, function) in std::mem::take(&mut self.deferred) {
            for outer in self.callers.get(&function).cloned().unwrap_or_default() {
                if count >= MOST_HANDED_IN {
                    return;
                }
                count += 1;
                let found = self.assuming([Rc::clone(&outer.frame)], |resolver| {
                    let (callees, made) = resolver.callees(file, &site);
                    resolver.called_functions(file, &site, callees, &made)
                });
                for frame in found.into_iter().filter(|frame| (frame.file, frame.function) != function) {
                    let key = (frame.file, frame.function);
                    let through = Some(Rc::clone(&outer.frame));
                    let is_on_server = site.is_on_server || outer.is_on_server;
                    let (offset, within) = (outer.offset, outer.within);
                    let caller = Caller { file: outer.file, offset, within, is_on_server, frame, through };
                    self.callers.entry(key).or_default().push(caller);
                }
            }
        }
    }

    /// The calls of the project's own functions among those that a call may make.
    fn called_functions(&mut self, file: FileId, site: &CallSite, callees: Vec<Value>, made: &Made) -> Vec<Rc<Frame>> {
        let mut frames = Vec::new();
        let is_new = self
            .project
            .summary(file)
            .is_some_and(|parsed| matches!(parsed.summary.expression(site.expression), Expr::New(..)));
        for callee in callees {
            if let Some(row) = self.row(&callee).filter(|row| row.keeps_options)
                && let Some(class) = row.makes
            {
                let options = self.argument(made, 0);
                self.kept.entry(class).or_default().extend(options);
                continue;
            }
            let class = self.class_of(&callee).filter(|_| is_new);
            let callee = match (callee, class) {
                (Value::Function(_, _, outer), Some((file, class))) => Value::Class(file, class, outer),
                (callee, _) => callee,
            };
            let (file_of, function, instance, outer) = match callee {
                Value::Function(file, function, outer) => (file, function, None, outer),
                Value::Class(file, class, outer) => {
                    let instance = Instance::new(file, class, made.clone());
                    let Some((holder, constructor)) = self.constructor(&instance, 0) else { continue };
                    (holder.file, constructor, Some(holder), outer)
                }
                // `super(…)`
                Value::Instance(parent) => {
                    let Some((holder, constructor)) = self.constructor(&parent, 0) else { continue };
                    (holder.file, constructor, Some(holder), None)
                }
                _ => continue,
            };
            let frame_made =
                instance.as_ref().and_then(|instance| instance.made.clone()).unwrap_or_else(|| made.clone());
            frames.push(self.frame((file_of, function), frame_made, instance, outer));
        }
        frames
    }

    /// The constructor that `new` runs: the class's own, or an inherited one. An own one passes on what it wants to.
    fn constructor(&mut self, instance: &Rc<Instance>, level: usize) -> Option<(Rc<Instance>, u32)> {
        let parsed = self.project.summary(instance.file)?;
        if let Some(constructor) = parsed.summary.class(instance.class)?.constructor {
            return Some((Rc::clone(instance), constructor));
        }
        if level > 8 {
            return None;
        }
        let parent = self.parent(instance).into_iter().next()?;
        self.constructor(&parent, level + 1)
    }
}
