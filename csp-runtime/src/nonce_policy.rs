#[cfg(feature = "nonce")]
use alloc::string::String;

use csp_core::Disposition;

use crate::policy::Parts;
use crate::{Guard, Policy};
#[cfg(feature = "nonce")]
use crate::{Nonce, ResponsePolicy};

/// What stands for the nonce in a template.
#[cfg(feature = "nonce")]
const HOLE: &str = "{nonce}";

/// As many directives can have a nonce: `default-src`, and three each for scripts and for styles.
const MOST_HOLES: usize = 7;

/// What [`policy!`](crate::policy) declares where a list has `nonce`: a policy whose header is another one for each
/// response.
///
/// It has no `header()`: a nonce that doesn't change protects nothing. With the feature `nonce`, a layer makes one for each
/// response; handlers and templates read it from the request.
///
/// ```
/// csp_runtime::policy! {
///     pub static PAGE = {
///         use_defaults: true,
///         script_src: [nonce, strict_dynamic],
///     };
/// }
/// assert!(PAGE.template().contains("script-src 'nonce-{nonce}' 'strict-dynamic'"));
/// ```
#[derive(Debug)]
pub struct NoncePolicy {
    policy: Policy,
    #[cfg_attr(not(feature = "nonce"), expect(dead_code, reason = "without nonces, nobody fills them"))]
    holes: Holes,
}

#[derive(Debug)]
struct Holes {
    /// Where holes begin, in bytes of the template.
    starts: [usize; MOST_HOLES],
    count: usize,
}

impl NoncePolicy {
    /// Of what a macro knows.
    #[doc(hidden)]
    #[must_use]
    pub const fn from_parts(parts: Parts) -> Self {
        let mut holes = Holes { starts: [0; MOST_HOLES], count: 0 };
        let bytes = parts.header.as_bytes();
        let mut index = 0;
        while index < bytes.len() {
            // Braces are no part of the language.
            if bytes[index] == b'{' {
                holes.starts[holes.count] = index;
                holes.count += 1;
            }
            index += 1;
        }
        Self { policy: Policy::from_parts(parts), holes }
    }

    /// What macros take in: of both kinds of policies.
    #[doc(hidden)]
    #[must_use]
    pub const fn as_policy(&self) -> &Policy {
        &self.policy
    }

    /// The header with `{nonce}` where each response has its own.
    #[must_use]
    pub const fn template(&self) -> &'static str {
        self.policy.template()
    }

    /// As [`Policy::header_name`].
    #[must_use]
    pub const fn header_name(&self) -> &'static str {
        self.policy.header_name()
    }

    /// As [`Policy::disposition`].
    #[must_use]
    pub const fn disposition(&self) -> Disposition {
        self.policy.disposition()
    }

    /// As [`Policy::reporting_endpoints`].
    #[must_use]
    pub const fn reporting_endpoints(&self) -> Option<&'static str> {
        self.policy.reporting_endpoints()
    }

    /// As [`Policy::connection_allowlist`].
    #[must_use]
    pub const fn connection_allowlist(&self) -> Option<(&'static str, &'static str)> {
        self.policy.connection_allowlist()
    }

    /// As [`Policy::directive`].
    #[must_use]
    pub const fn directive(&self) -> &'static str {
        self.policy.directive()
    }

    /// The name of the declaration.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.policy.name()
    }

    /// The source file of the declaration, as `file!()` gives it.
    #[must_use]
    pub const fn file(&self) -> &'static str {
        self.policy.file()
    }

    /// The line of the declaration's macro, from 1.
    #[must_use]
    pub const fn line(&self) -> u32 {
        self.policy.line()
    }

    /// The guard that obeys what this declaration says of connections.
    #[must_use]
    pub const fn guard(&'static self) -> Guard {
        self.policy.guard()
    }

    /// The policy of one response: with a nonce that belongs to it.
    #[cfg(feature = "nonce")]
    #[must_use]
    pub const fn with_nonce(&'static self, nonce: Nonce) -> ResponsePolicy {
        ResponsePolicy::new(self, nonce)
    }

    /// The value of the header of a response with this nonce.
    ///
    /// ```
    /// # csp_runtime::policy! { static PAGE = { use_defaults: true, script_src: [nonce] }; }
    /// let nonce = csp_runtime::Nonce::generate();
    /// let header = PAGE.header(&nonce);
    /// assert!(header.contains(&format!("script-src 'nonce-{nonce}'")));
    /// ```
    #[cfg(feature = "nonce")]
    #[must_use]
    pub fn header(&self, nonce: &Nonce) -> String {
        let mut header = String::with_capacity(self.header_length());
        for piece in self.pieces() {
            if !header.is_empty() {
                header.push_str(nonce.as_str());
            }
            header.push_str(piece);
        }
        header
    }

    /// How long the header is with a nonce in each hole.
    #[cfg(feature = "nonce")]
    pub(crate) const fn header_length(&self) -> usize {
        self.template().len() - self.holes.count * HOLE.len() + self.holes.count * Nonce::LENGTH
    }

    /// The texts between the holes, in their order; the first is never empty.
    #[cfg(feature = "nonce")]
    pub(crate) fn pieces(&self) -> impl Iterator<Item = &'static str> {
        let template = self.template();
        let holes = &self.holes.starts[..self.holes.count];
        let starts = core::iter::once(0).chain(holes.iter().map(|hole| hole + HOLE.len()));
        let ends = holes.iter().copied().chain([template.len()]);
        starts.zip(ends).map(move |(start, end)| &template[start..end])
    }
}
