//! Whether the future of one layer runs within that of another.
//!
//! A policy that an inner layer sets has to be told from one of somebody else, and a mark on the response costs
//! allocations. So it is made only where an outer layer will look for it: where its future polls the inner one. Where the
//! inner one runs in a task of its own there is no mark, and browsers get both policies, which is never less strict.

use core::cell::Cell;

std::thread_local! {
    static IS_INSIDE: Cell<bool> = const { Cell::new(false) };
}

/// While it lives, futures that this thread polls are within a layer.
pub(crate) struct Nesting {
    is_nested: bool,
}

impl Nesting {
    pub(crate) fn enter() -> Self {
        Self { is_nested: IS_INSIDE.replace(true) }
    }

    /// Whether there is a layer around this one.
    pub(crate) const fn is_nested(&self) -> bool {
        self.is_nested
    }
}

impl Drop for Nesting {
    fn drop(&mut self) {
        IS_INSIDE.set(self.is_nested);
    }
}

/// Whether what runs is within a layer.
#[cfg(feature = "tower")]
pub(crate) fn is_inside() -> bool {
    IS_INSIDE.get()
}
