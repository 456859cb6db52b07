//! How a monitor is made.

use alloc::boxed::Box;
use alloc::string::{String, ToString as _};
use alloc::sync::Arc;
use core::error::Error;
use core::fmt;

use csp_core::report::{Limits, OwnPolicies};
use http::request::Parts;

use super::access::Authorize;
use super::suggest::KnownEndpoints;
use super::{Caps, GroupDelta, KnownEndpoint, MemoryStore, Monitor, Store, StoreError};
use crate::ScannedCalls;

/// Makes a [`Monitor`].
#[must_use]
pub struct Builder {
    pub(super) own: OwnPolicies,
    pub(super) limits: Limits,
    pub(super) caps: Caps,
    pub(super) store: Arc<dyn Store>,
    pub(super) base: String,
    pub(super) authorize: Option<Authorize>,
    pub(super) callback: Option<Callback>,
    pub(super) endpoints: Option<KnownEndpoints>,
}

pub(super) type Callback = Box<dyn Fn(&GroupDelta) + Send + Sync>;

impl Default for Builder {
    fn default() -> Self {
        Self {
            own: OwnPolicies::default(),
            limits: Limits::default(),
            caps: Caps::default(),
            store: Arc::new(MemoryStore::new()),
            base: "/__csp".into(),
            authorize: None,
            callback: None,
            endpoints: None,
        }
    }
}

impl Builder {
    /// The policies that this build sends, and one's own pages: by these, reports are told from noise.
    pub fn policies(mut self, own: OwnPolicies) -> Self {
        self.own = own;
        self
    }

    /// How much of a body is read.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// How much is kept.
    pub fn caps(mut self, caps: Caps) -> Self {
        self.caps = caps;
        self
    }

    /// Where violations are kept: in memory by default.
    pub fn store(mut self, store: impl Store) -> Self {
        self.store = Arc::new(store);
        self
    }

    /// Below which path the router answers: `/__csp` by default. An empty one is the root.
    pub fn base(mut self, base: impl Into<String>) -> Self {
        self.base = base.into();
        self
    }

    /// Who may see the panel and the interfaces for programs, the endpoint for reports excepted, which is always open.
    ///
    /// Without it, a debug build admits requests from this machine only ([`from_loopback`](super::from_loopback)), and a
    /// release build has neither panel nor interfaces: they are answered with 404.
    pub fn authorize(mut self, authorize: impl Fn(&Parts) -> bool + Send + Sync + 'static) -> Self {
        self.authorize = Some(Box::new(authorize));
        self
    }

    /// Is called with what was added to each group, once per flush, before it is written. It should be quick.
    pub fn on_violations(mut self, callback: impl Fn(&GroupDelta) + Send + Sync + 'static) -> Self {
        self.callback = Some(Box::new(callback));
        self
    }

    /// Where the build-time scan found calls: with these, suggestions say whether one's own sources connect there.
    ///
    /// # Errors
    ///
    /// If an origin is none.
    pub fn known_endpoints(mut self, endpoints: impl IntoIterator<Item = KnownEndpoint>) -> Result<Self, StartError> {
        self.endpoints = Some(KnownEndpoints::new(endpoints)?);
        Ok(self)
    }

    /// What the build script found, as [`known_endpoints`](Self::known_endpoints): suggestions then say whether one's own
    /// sources connect there, and whether there are calls of which the scan doesn't know.
    ///
    /// ```ignore
    /// let monitor = Monitor::builder().scanned(csp_runtime::scanned_calls!())?.start().await?;
    /// ```
    ///
    /// # Errors
    ///
    /// If an origin is none, or a place has no line.
    pub fn scanned(mut self, calls: ScannedCalls) -> Result<Self, StartError> {
        self.endpoints = Some(KnownEndpoints::scanned(calls)?);
        Ok(self)
    }

    /// Starts the monitor: what comes in is written each second, by a task of the tokio runtime that calls this.
    ///
    /// # Errors
    ///
    /// If the base path is none, the store can't be read, or there is no runtime.
    pub async fn start(self) -> Result<Monitor, StartError> {
        let base = self.base.as_str();
        let is_path = base.is_empty() || base.starts_with('/') && !base.ends_with('/');
        let is_plain = base.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/-_.~".contains(&byte));
        if !is_path || !is_plain || base.contains("//") {
            return Err(StartError::new(alloc::format!(
                "expected a base path such as \"/__csp\", found \"{}\"",
                csp_core::excerpt(base)
            )));
        }
        if tokio::runtime::Handle::try_current().is_err() {
            return Err(StartError::new("a monitor must be started within a tokio runtime"));
        }
        let known = self.store.ids().await.map_err(StartError::of_store)?;
        Ok(Monitor::new(self, known))
    }
}

impl fmt::Debug for Builder {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Builder")
            .field("own", &self.own)
            .field("limits", &self.limits)
            .field("caps", &self.caps)
            .field("base", &self.base)
            .finish_non_exhaustive()
    }
}

/// A monitor can't be started.
#[derive(Debug)]
pub struct StartError {
    what: String,
    source: Option<StoreError>,
}

impl StartError {
    pub(super) fn new(what: impl Into<String>) -> Self {
        Self { what: what.into(), source: None }
    }

    fn of_store(error: StoreError) -> Self {
        Self { what: error.to_string(), source: Some(error) }
    }
}

impl fmt::Display for StartError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.what)
    }
}

impl Error for StartError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_ref().and_then(Error::source)
    }
}
