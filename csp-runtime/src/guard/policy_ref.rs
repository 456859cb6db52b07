use csp_core::{Refusal, Request};

use crate::{ExtendedPolicy, Policy};

/// What a guard obeys.
#[derive(Clone)]
pub(crate) enum PolicyRef {
    Declared(&'static Policy),
    Extended(ExtendedPolicy),
}

impl PolicyRef {
    pub(crate) fn declared(&self) -> &'static Policy {
        match self {
            Self::Declared(policy) => policy,
            Self::Extended(policy) => policy.base(),
        }
    }

    pub(crate) fn directive(&self) -> &str {
        match self {
            Self::Declared(policy) => policy.directive(),
            Self::Extended(policy) => policy.directive(),
        }
    }

    pub(super) fn admit(&self, request: &Request<'_>) -> Result<(), Refusal> {
        match self {
            Self::Declared(policy) => policy.admit(request),
            Self::Extended(policy) => policy.table().admit(request),
        }
    }

    #[cfg(any(feature = "reqwest-middleware", feature = "tonic"))]
    pub(super) fn covers(&self, request: &Request<'_>) -> bool {
        match self {
            Self::Declared(policy) => policy.covers(request),
            Self::Extended(policy) => policy.table().covers(request),
        }
    }
}
