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
    /// The call, to assume it.
    pub(super) frame: Rc<Frame>,
}

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
        (self.values(file, callee, &None), made)
    }

    /// Notes who calls the functions of the project.
    pub(super) fn find_callers(&mut self, file: FileId, site: &CallSite) {
        let (callees, made) = self.callees(file, site);
        let is_new = self
            .project
            .summary(file)
            .is_some_and(|parsed| matches!(parsed.summary.expression(site.expression), Expr::New(..)));
        for callee in callees {
            if let Some(row) = self.row(&callee).filter(|row| row.keeps_options)
                && let Some(class) = row.makes
            {
                let options = self.argument(&made, 0);
                self.kept.entry(class).or_default().extend(options);
                continue;
            }
            let class = match callee {
                Value::Function(file, function, _) if is_new => {
                    self.project.summary(file).and_then(|parsed| parsed.summary.function(function)?.makes)
                }
                _ => None,
            };
            let callee = match (callee, class) {
                (Value::Function(file, _, outer), Some(class)) => Value::Class(file, class, outer),
                (callee, _) => callee,
            };
            let (file_of, function, instance, outer) = match callee {
                Value::Function(file, function, outer) => (file, function, None, outer),
                Value::Class(file, class, outer) => {
                    let instance = Instance::new(file, class, Some(made.clone()));
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
            let frame = Rc::new(Frame { file: file_of, function, made: frame_made, instance, outer });
            let from = Caller { file, offset: site.offset, frame };
            self.callers.entry((file_of, function)).or_default().push(from);
        }
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
