use http::{Extensions, HeaderValue};
use tower_layer::Layer;

use super::{PendingPolicy, PolicyService};
use crate::deliver::{Mode, Plan};
#[cfg(feature = "nonce")]
use crate::{ExtendedNoncePolicy, Nonce, NoncePolicy, response_policy::Template};
use crate::{ExtendedPolicy, Policy};

/// Sets the headers on the responses of the services below it: see the [module](super).
#[derive(Clone, Debug)]
pub struct PolicyLayer {
    plan: Plan<HeaderValue>,
}

impl Policy {
    /// The layer that sets this policy's headers.
    #[must_use]
    pub const fn layer(&self) -> PolicyLayer {
        PolicyLayer { plan: Plan::fixed(self.delivery()) }
    }
}

#[cfg(feature = "nonce")]
impl NoncePolicy {
    /// The layer that makes a nonce for each request, leaves it among the request's extensions as a [`Nonce`], and sets this
    /// policy's headers.
    #[must_use]
    pub const fn layer(&'static self) -> PolicyLayer {
        PolicyLayer { plan: Plan::with_nonce(Template::Declared(self)) }
    }
}

#[cfg(feature = "nonce")]
impl ExtendedNoncePolicy {
    /// As [`NoncePolicy::layer`].
    #[must_use]
    pub fn layer(&self) -> PolicyLayer {
        PolicyLayer { plan: Plan::with_nonce(Template::Extended(self.clone())) }
    }
}

impl ExtendedPolicy {
    /// The layer that sets this policy's headers.
    #[must_use]
    pub fn layer(&self) -> PolicyLayer {
        PolicyLayer { plan: Plan::fixed(self.delivery()) }
    }
}

impl PolicyLayer {
    /// Puts the directives into a policy of somebody else's, instead of adding a second policy: see the
    /// [module](super#somebody-elses-policy).
    ///
    /// What the declaration names is then as it says, also where the other policy was stricter.
    ///
    /// ```
    /// csp_runtime::connect_src! { static SHOP = [self, "https://api.example.com"]; }
    /// const LAYER: csp_runtime::tower::PolicyLayer = SHOP.layer().merging();
    ///
    /// // A framework's preset, which doesn't restrict connections.
    /// let response = http::Response::builder().header("content-security-policy", "img-src 'self'").body(())?;
    /// let (mut parts, ()) = response.into_parts();
    /// let mut request = http::Request::new(());
    /// LAYER.on_request(request.extensions_mut()).on_response(&mut parts.headers, &mut parts.extensions);
    /// assert_eq!(
    ///     parts.headers["content-security-policy"],
    ///     "img-src 'self'; connect-src 'self' https://api.example.com"
    /// );
    /// # Ok::<(), http::Error>(())
    /// ```
    #[must_use]
    pub const fn merging(mut self) -> Self {
        self.plan.mode = Mode::Merge;
        self
    }

    /// Removes what policies somebody else has set, of the same disposition. Whatever they restrict and this one does not is
    /// open then. `reason` is for the people who read the code.
    #[must_use]
    pub const fn insecure_overriding(mut self, reason: &str) -> Self {
        let _ = reason;
        self.plan.mode = Mode::Override;
        self
    }

    /// What the layer does when a request comes in, for middleware that is none of tower's: makes a nonce, if the policy has
    /// one, and leaves it among the request's extensions. What comes back is for the response.
    ///
    /// ```
    /// # csp_runtime::policy! { static PAGE = { use_defaults: true }; }
    /// # let (mut request, mut response) = (http::Request::new(()), http::Response::new(()));
    /// const LAYER: csp_runtime::tower::PolicyLayer = PAGE.layer();
    ///
    /// let pending = LAYER.on_request(request.extensions_mut());
    /// // … the response is made …
    /// let (mut parts, body) = response.into_parts();
    /// pending.on_response(&mut parts.headers, &mut parts.extensions);
    /// # assert!(parts.headers.contains_key("content-security-policy"));
    /// # drop(body);
    /// ```
    pub fn on_request(&self, extensions: &mut Extensions) -> PendingPolicy {
        #[cfg(feature = "nonce")]
        // A response has one nonce, whichever of our layers around it need it.
        let pending = self.plan.begin(|| *extensions.get_or_insert_with(Nonce::generate));
        #[cfg(not(feature = "nonce"))]
        let (pending, _) = (self.plan.begin(), extensions);
        PendingPolicy { pending }
    }
}

impl<S> Layer<S> for PolicyLayer {
    type Service = PolicyService<S>;

    fn layer(&self, inner: S) -> Self::Service {
        PolicyService::new(inner, self.clone())
    }
}
