//! What a guard decides, and what it knows of a URL that it refuses.

use csp_core::{
    AddressKind, Difference, Lookup, Refusal, Remedy, Request, Target, Unsettled, UsualUrl, address_of_host,
    nearest_in, source_list,
};

use super::Guard;
use super::policy_ref::PolicyRef;
use crate::Reason;
use crate::target::View;

impl Guard {
    /// Whether a source covers something of a URL's origin, whatever the path.
    #[cfg(feature = "reqwest-middleware")]
    pub(crate) fn allows_origin(&self, url: &url::Url) -> bool {
        use crate::target::sealed::Sealed as _;

        url.view(|view| self.decide_origin(view?)).is_ok()
    }

    pub(crate) fn refuses_address(&self, kind: AddressKind) -> bool {
        kind.is_always_refused() || (kind != AddressKind::Public && self.settings().public_only)
    }

    /// Whether the table admits a URL by its host alone. It is looked at where it lies: nothing is copied that this
    /// doesn't need.
    #[expect(clippy::inline_always, reason = "one decision is one function, without calls")]
    #[inline(always)]
    pub(crate) fn glance(&self, url: &UsualUrl<'_>) -> Result<(), Unsettled> {
        match &self.policy {
            PolicyRef::Declared(policy) => policy.glance(url),
            PolicyRef::Extended(policy) => policy.data().glance(url),
        }
    }

    /// The decision on a URL that a [glance](Self::glance) didn't settle, if the table alone tells.
    ///
    /// The URL is a copy, so that it lies in memory for this alone.
    #[expect(clippy::inline_always, reason = "the decision without the copy")]
    #[inline(always)]
    pub(crate) fn look_further(&self, url: UsualUrl<'_>, unsettled: Unsettled) -> Option<Result<(), Reason>> {
        let url = &url;
        let found = match &self.policy {
            PolicyRef::Declared(policy) => policy.look_further(url, unsettled),
            PolicyRef::Extended(policy) => policy.table().look_further(url, unsettled),
        };
        match found {
            Lookup::Admitted => Some(Ok(())),
            // The table doesn't know what `'self'` covers.
            Lookup::Refused(_) if self.has_origin() => None,
            // What a refusal mostly is, without a jump by its kind.
            Lookup::Refused(Refusal::NoSourceMatched) => Some(Err(Reason::NoSourceMatched)),
            Lookup::Refused(refusal) => Some(Err(refusal.into())),
            Lookup::Unusual => None,
        }
    }

    /// The decision on the parts of a parsed URL.
    pub(crate) fn decide(&self, view: View<'_>) -> Result<(), Reason> {
        let View { target, credentials } = view;
        if credentials {
            return Err(Reason::Credentials);
        }
        self.policy.admit(&self.request(target))?;
        self.decide_host(target)
    }

    /// The decision on a URL that has no path yet: as browsers decide after a redirect, when they leave paths out.
    #[cfg(any(feature = "reqwest-middleware", feature = "tonic"))]
    pub(super) fn decide_origin(&self, view: View<'_>) -> Result<(), Reason> {
        let View { target, credentials } = view;
        if credentials {
            return Err(Reason::Credentials);
        }
        if !self.policy.covers(&self.request(target).redirected(true)) {
            return Err(Reason::NoSourceMatched);
        }
        self.decide_host(target)
    }

    /// The decision on a host that is an address.
    fn decide_host(&self, target: Target<'_>) -> Result<(), Reason> {
        match address_of_host(target.host()).map(AddressKind::of) {
            Some(kind) if self.refuses_address(kind) => Err(Reason::AddressRefused(kind)),
            _ => Ok(()),
        }
    }

    pub(crate) fn has_origin(&self) -> bool {
        self.settings.as_ref().is_some_and(|settings| settings.self_origin.is_some())
    }

    /// The source that is nearest to a URL that none covers, and the part that differs.
    pub(crate) fn nearest(&self, target: Target<'_>) -> Option<(&str, Difference)> {
        nearest_in(source_list(self.directive()), &self.request(target))
    }

    /// What to do about a URL that none covers.
    pub(crate) fn remedy<'a>(&'a self, target: Target<'a>) -> Remedy<'a> {
        Remedy::find(source_list(self.directive()), &self.request(target))
    }

    fn request<'a>(&'a self, target: Target<'a>) -> Request<'a> {
        match &self.settings().self_origin {
            Some(origin) => Request::new(target).from_origin(origin),
            None => Request::new(target),
        }
    }
}
