//! What a guard does beside its declaration.

use alloc::sync::Arc;
use alloc::vec::Vec;

use csp_core::{Disposition, Origin};

use crate::Observe;
#[cfg(feature = "std")]
use crate::Resolve;

/// What differs from a plain guard. A guard without any has none of this.
#[derive(Clone)]
pub(crate) struct Settings {
    pub(crate) self_origin: Option<Origin>,
    pub(crate) disposition: Disposition,
    pub(crate) public_only: bool,
    pub(crate) observers: Vec<Arc<dyn Observe>>,
    #[cfg(feature = "std")]
    pub(crate) resolver: Option<Arc<dyn Resolve>>,
}

/// The settings of a plain guard.
pub(crate) static PLAIN: Settings = Settings {
    self_origin: None,
    disposition: Disposition::Enforce,
    public_only: false,
    observers: Vec::new(),
    #[cfg(feature = "std")]
    resolver: None,
};
