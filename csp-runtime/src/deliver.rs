//! How a policy comes onto a response that may have one already: the same rules for every framework.

use csp_core::Disposition;

use crate::delivery::{Delivery, Value};
use crate::response_header::ResponseHeader;
#[cfg(feature = "nonce")]
use crate::{Nonce, ResponsePolicy, response_policy::Template};

/// What becomes of policies of somebody else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// They stay, and ours is another one.
    Append,
    /// They take in our directives.
    Merge,
    /// They go.
    Override,
}

/// The headers of a response, in the types of a framework.
pub(crate) trait ResponseHeaders {
    type Value: Value;

    /// Whether one of ours has set a policy of this disposition already.
    fn is_marked(&self, disposition: Disposition) -> bool;

    fn mark(&mut self, disposition: Disposition);

    /// Adds a value, unless there is an equal one.
    fn add(&mut self, header: ResponseHeader, value: Self::Value);

    /// Puts our directives into the policies that are there, as [`csp_core::merge_policies`] does; `false` if there is none.
    fn merge(&mut self, header: ResponseHeader, declared: &Self::Value) -> bool;

    fn replace(&mut self, header: ResponseHeader, value: Self::Value);
}

impl<V> Delivery<V> {
    /// `marks` says whether somebody of ours may look at the response after this.
    pub(crate) fn deliver<H: ResponseHeaders<Value = V>>(self, headers: &mut H, mode: Mode, marks: bool) {
        let Self { disposition, value, others } = self;
        // The inner of two, which knows more of what it answers.
        if headers.is_marked(disposition) {
            return;
        }
        let header = ResponseHeader::Policy(disposition);
        match mode {
            Mode::Override => headers.replace(header, value),
            Mode::Merge if headers.merge(header, &value) => {}
            Mode::Append | Mode::Merge => headers.add(header, value),
        }
        for (header, value) in others.into_iter().flatten() {
            headers.add(header, value);
        }
        if marks {
            headers.mark(disposition);
        }
    }
}

/// What a layer does to every response.
#[derive(Clone, Debug)]
pub(crate) struct Plan<V> {
    source: PlanSource<V>,
    pub(crate) mode: Mode,
}

#[derive(Clone, Debug)]
enum PlanSource<V> {
    /// The same for all responses.
    Fixed(Delivery<V>),
    #[cfg(feature = "nonce")]
    Nonce(Template),
}

impl<V> Plan<V> {
    pub(crate) const fn fixed(delivery: Delivery<V>) -> Self {
        Self { source: PlanSource::Fixed(delivery), mode: Mode::Append }
    }

    #[cfg(feature = "nonce")]
    pub(crate) const fn with_nonce(template: Template) -> Self {
        Self { source: PlanSource::Nonce(template), mode: Mode::Append }
    }
}

impl<V: Value> Plan<V> {
    /// For a request, which has the nonce.
    pub(crate) fn begin(&self, #[cfg(feature = "nonce")] nonce: impl FnOnce() -> Nonce) -> Pending<V> {
        let source = match &self.source {
            PlanSource::Fixed(delivery) => PendingSource::Fixed(delivery.clone()),
            #[cfg(feature = "nonce")]
            PlanSource::Nonce(template) => PendingSource::Nonce(ResponsePolicy::new(template.clone(), nonce())),
        };
        Pending { source, mode: self.mode }
    }
}

/// A plan that waits for its response.
#[derive(Clone, Debug)]
pub(crate) struct Pending<V> {
    source: PendingSource<V>,
    mode: Mode,
}

#[derive(Clone, Debug)]
enum PendingSource<V> {
    Fixed(Delivery<V>),
    #[cfg(feature = "nonce")]
    Nonce(ResponsePolicy),
}

impl<V: Value> Pending<V> {
    #[cfg_attr(
        not(feature = "nonce"),
        expect(clippy::infallible_destructuring_match, reason = "nonces are the other case")
    )]
    pub(crate) fn deliver(self, response: &mut impl ResponseHeaders<Value = V>, marks: bool) {
        let delivery = match self.source {
            PendingSource::Fixed(delivery) => delivery,
            #[cfg(feature = "nonce")]
            PendingSource::Nonce(policy) => policy.delivery(),
        };
        delivery.deliver(response, self.mode, marks);
    }
}
