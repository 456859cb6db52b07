use alloc::string::ToString;

use http::{Request, Uri};
use tower_http::follow_redirect::FollowRedirect;
use tower_http::follow_redirect::policy::{Action, Attempt, FilterCredentials, Policy};
use tower_layer::Layer;

use super::{GuardError, GuardLayer, GuardService};
use crate::{Blocked, Guard, Reason};

/// How many redirects a guarded client follows, as reqwest does.
const MAX_REDIRECTS: u32 = 10;

/// A client that follows redirects, every hop guarded.
pub type GuardedRedirects<S, P = Action> = FollowRedirect<GuardService<S>, RedirectPolicy<P>>;

impl<S> GuardService<S> {
    /// Follows redirects above the guard, which so sees every hop. At most 10 are followed; `authorization` and cookies
    /// don't go to another origin.
    ///
    /// Where a request with a body is to be repeated, the response is handed out instead: see
    /// [`follow_redirects_with`](Self::follow_redirects_with).
    #[must_use]
    pub fn follow_redirects(self) -> GuardedRedirects<S> {
        self.follow_redirects_with(Action::Follow)
    }

    /// As [`follow_redirects`](Self::follow_redirects), where a policy has its say too, such as on copies of bodies.
    #[must_use]
    pub fn follow_redirects_with<P>(self, policy: P) -> GuardedRedirects<S, P>
    where
        P: Clone,
    {
        let policy = RedirectPolicy::new(self.guard().clone(), policy);
        FollowRedirect::with_policy(self, policy)
    }
}

impl GuardLayer {
    /// The layer of [`GuardService::follow_redirects`].
    #[must_use]
    pub const fn follow_redirects(self) -> GuardRedirectsLayer {
        GuardRedirectsLayer { guard: self }
    }
}

/// Guards the clients below it, and follows redirects above the guard: see the [module](crate::tower).
#[derive(Clone, Debug)]
pub struct GuardRedirectsLayer {
    guard: GuardLayer,
}

impl<S> Layer<S> for GuardRedirectsLayer {
    type Service = GuardedRedirects<S>;

    fn layer(&self, inner: S) -> Self::Service {
        self.guard.layer(inner).follow_redirects()
    }
}

/// Counts redirects for the guard, which decides on them; and lets no credentials go to another origin.
#[derive(Clone, Debug)]
pub struct RedirectPolicy<P> {
    guard: Guard,
    credentials: FilterCredentials,
    inner: P,
    /// How the request about to be made came to be, if by a redirect.
    hop: Option<Hop>,
}

impl<P> RedirectPolicy<P> {
    fn new(guard: Guard, inner: P) -> Self {
        Self { guard, credentials: FilterCredentials::new(), inner, hop: None }
    }
}

impl<B, P> Policy<B, GuardError> for RedirectPolicy<P>
where
    P: Policy<B, GuardError>,
{
    fn redirect(&mut self, attempt: &Attempt<'_>) -> Result<Action, GuardError> {
        let followed = self.hop.as_ref().map_or(0, |hop| hop.count);
        let hop = Hop { count: followed.saturating_add(1), from: attempt.previous().clone() };
        if followed >= MAX_REDIRECTS {
            let blocked = self.guard.blocked(attempt.location().to_string(), Reason::TooManyRedirects);
            self.guard.refuse(blocked.redirected(hop.count, hop.from.to_string()))?;
            // Where the guard only audits, the limit is that of a client: it hands the response out.
            return Ok(Action::Stop);
        }
        <FilterCredentials as Policy<B, GuardError>>::redirect(&mut self.credentials, attempt)?;
        let action = self.inner.redirect(attempt)?;
        self.hop = Some(hop);
        Ok(action)
    }

    fn on_request(&mut self, request: &mut Request<B>) {
        self.inner.on_request(request);
        <FilterCredentials as Policy<B, GuardError>>::on_request(&mut self.credentials, request);
        // Last, since the filter drops extensions.
        match &self.hop {
            Some(hop) => request.extensions_mut().insert(hop.clone()),
            None => request.extensions_mut().remove::<Hop>(),
        };
    }

    fn clone_body(&self, body: &B) -> Option<B> {
        self.inner.clone_body(body)
    }
}

/// Among a request's extensions: it comes of a redirect.
#[derive(Clone, Debug)]
pub(super) struct Hop {
    /// From 1.
    count: u32,
    from: Uri,
}

impl Hop {
    pub(super) fn of<B>(request: &Request<B>) -> Option<&Self> {
        request.extensions().get()
    }

    pub(super) fn check(&self, guard: &Guard, target: &Uri) -> Result<(), Blocked> {
        guard.check_redirect(target, self.count, &self.from.to_string())
    }
}
