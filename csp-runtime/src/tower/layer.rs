use http::HeaderValue;
use tower_layer::Layer;

use super::PolicyService;
use crate::{ExtendedPolicy, Policy};

/// Sets the header on the responses of the services below it: see the [module](super).
#[derive(Clone, Debug)]
pub struct PolicyLayer {
    value: HeaderValue,
}

impl Policy {
    /// The layer that sets this policy's header.
    #[must_use]
    pub const fn layer(&self) -> PolicyLayer {
        PolicyLayer { value: self.header_value() }
    }
}

impl ExtendedPolicy {
    /// The layer that sets this policy's header.
    #[must_use]
    pub fn layer(&self) -> PolicyLayer {
        PolicyLayer { value: self.header_value() }
    }
}

impl<S> Layer<S> for PolicyLayer {
    type Service = PolicyService<S>;

    fn layer(&self, inner: S) -> Self::Service {
        PolicyService::new(inner, self.value.clone())
    }
}
