use alloc::boxed::Box;
use alloc::format;
use alloc::string::{String, ToString};
use core::error::Error;
use core::fmt;
use core::net::IpAddr;

use csp_core::{AddressKind, ConstText, Difference, Disposition, Refusal, Remedy, excerpt};

use crate::target::sealed::Sealed as _;
use crate::{Guard, Policy};

/// The most of a directive that a refusal quotes, in bytes.
const QUOTED_DIRECTIVE: usize = 400;

/// What stands behind the advice to add a source that a declaration refuses without an attribute.
pub(crate) const ATTRIBUTE: &str = ", where it needs #[cfg(debug_assertions)] or #[insecure(reason = \"…\")]";

/// Why a guard refused a connection: the browsers' sentence, and then the help that they don't give.
///
/// ```
/// csp_runtime::connect_src! {
///     static SHOP = ["https://api.example.com", "https://stream.example.com"];
/// }
/// let blocked = SHOP.guard().check("https://stream.exmple.com/notifications?key=secret").unwrap_err();
/// let lines: Vec<String> = blocked.to_string().lines().map(str::to_owned).collect();
/// assert_eq!(lines[0], "Refused to connect to 'https://stream.exmple.com/notifications' because it violates the \
///     following Content Security Policy directive: \"connect-src https://api.example.com https://stream.example.com\"");
/// assert_eq!(lines[1], "  nearest: https://stream.example.com (host differs)");
/// assert!(lines[2].starts_with("  help: add \"https://stream.exmple.com\" to SHOP at "));
/// ```
///
/// User name, password, query and fragment of the URL are not shown; [`unredacted_url`](Self::unredacted_url) has them.
#[derive(Clone, Debug)]
pub struct Blocked {
    inner: Box<Inner>,
}

#[derive(Clone, Debug)]
struct Inner {
    guard: Guard,
    url: String,
    reason: Reason,
    redirect_count: u32,
    redirected_from: Option<String>,
    /// What the host resolved to, where that was refused.
    address: Option<IpAddr>,
}

/// Why a connection is refused.
///
/// ```
/// use csp_runtime::Reason;
///
/// csp_runtime::connect_src! { static BACKEND = ["https://api.example.com"]; }
/// let reason = |url| BACKEND.guard().check(url).unwrap_err().reason();
/// assert_eq!(reason("https://evil.example/"), Reason::NoSourceMatched);
/// assert_eq!(reason("https://user:password@api.example.com/"), Reason::Credentials);
/// assert_eq!(reason("api.example.com"), Reason::Unparsable);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Reason {
    /// The host is, or resolves to, an address that this guard refuses.
    AddressRefused(AddressKind),
    /// The URL carries a user name or a password.
    Credentials,
    /// No source of the declaration covers the URL.
    NoSourceMatched,
    /// Two programs would read the URL in two ways; or it needs a URL parser, and the feature `url` is off.
    NotCanonical,
    /// There were more redirects than the client follows.
    TooManyRedirects,
    /// The text is no absolute URL.
    Unparsable,
}

impl From<Refusal> for Reason {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Address(kind) => Self::AddressRefused(kind),
            Refusal::Credentials => Self::Credentials,
            Refusal::HiddenSeparator => Self::NotCanonical,
            _ => Self::NoSourceMatched,
        }
    }
}

impl Reason {
    /// The reason in a word, for logs.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AddressRefused(_) => "address-refused",
            Self::Credentials => "credentials",
            Self::NoSourceMatched => "no-source-matched",
            Self::NotCanonical => "not-canonical",
            Self::TooManyRedirects => "too-many-redirects",
            Self::Unparsable => "unparsable",
        }
    }
}

/// The declared source that is nearest to what was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct NearestSource {
    /// The source as declared.
    pub source: String,
    /// The part that differs.
    pub difference: Difference,
}

/// What to do about a URL that no source covers, in texts of its own.
enum Help {
    /// To call it by the encrypted scheme.
    Encrypt { scheme: String, url: String },
    /// To declare a source.
    Add { source: String, needs_attribute: bool },
}

impl Blocked {
    pub(crate) fn new(guard: Guard, url: String, reason: Reason) -> Self {
        Self { inner: Box::new(Inner { guard, url, reason, redirect_count: 0, redirected_from: None, address: None }) }
    }

    /// Says what the host resolved to.
    #[cfg(feature = "std")]
    pub(crate) fn at_address(mut self, address: IpAddr) -> Self {
        self.inner.address = Some(address);
        self
    }

    /// Says that the refused URL is the target of a redirect.
    pub(crate) fn redirected(mut self, redirect_count: u32, from: String) -> Self {
        self.inner.redirect_count = redirect_count;
        self.inner.redirected_from = Some(from);
        self
    }

    /// Finds the refusal in the error of a client: in the error itself, in its sources, and in the boxes that aren't
    /// among them.
    ///
    /// ```
    /// csp_runtime::connect_src! { static BACKEND = ["https://api.example.com"]; }
    /// let blocked = BACKEND.guard().check("https://evil.example/").unwrap_err();
    /// let error = std::io::Error::other(blocked);
    /// assert_eq!(csp_runtime::Blocked::find(&error).unwrap().blocked_url(), "https://evil.example/");
    /// ```
    #[must_use]
    pub fn find<'e>(error: &'e (dyn Error + 'static)) -> Option<&'e Self> {
        let mut next = Some(error);
        while let Some(error) = next {
            if let Some(blocked) = error.downcast_ref::<Self>() {
                return Some(blocked);
            }
            if let Some(blocked) = crate::client::hidden_source(error).and_then(Self::find) {
                return Some(blocked);
            }
            next = error.source();
        }
        None
    }

    /// Why the connection was refused.
    #[must_use]
    pub fn reason(&self) -> Reason {
        self.inner.reason
    }

    /// Whether the connection was stopped, or is only told of.
    #[must_use]
    pub fn disposition(&self) -> Disposition {
        match self.inner.reason {
            // That is a limit of the client, which an audit doesn't lift.
            Reason::TooManyRedirects => Disposition::Enforce,
            _ => self.inner.guard.disposition(),
        }
    }

    /// The address that was refused, where the host resolved to it.
    #[must_use]
    pub fn address(&self) -> Option<IpAddr> {
        self.inner.address
    }

    /// The refused URL, without user name, password, query and fragment; as written, where it is not canonical.
    #[must_use]
    pub fn blocked_url(&self) -> String {
        match self.inner.reason {
            Reason::NotCanonical => redact_text(&self.inner.url),
            _ => redact(&self.inner.url),
        }
    }

    /// The refused URL as it was given. It may hold secrets: not for logs.
    #[must_use]
    pub fn unredacted_url(&self) -> &str {
        &self.inner.url
    }

    /// How many redirects led to the refused URL.
    #[must_use]
    pub fn redirect_count(&self) -> u32 {
        self.inner.redirect_count
    }

    /// The URL that redirected to the refused one, without user name, password, query and fragment.
    #[must_use]
    pub fn redirected_from(&self) -> Option<String> {
        self.inner.redirected_from.as_deref().map(redact)
    }

    /// The directive that was violated, whole.
    #[must_use]
    pub fn directive(&self) -> &str {
        self.inner.guard.directive()
    }

    /// The declaration that was obeyed; it knows its name, file and line.
    #[must_use]
    pub fn policy(&self) -> &'static Policy {
        self.inner.guard.policy().declared()
    }

    /// The declared source that is nearest to the refused URL.
    #[must_use]
    pub fn nearest(&self) -> Option<NearestSource> {
        if self.inner.reason != Reason::NoSourceMatched {
            return None;
        }
        self.inner.url.view(|view| {
            let (source, difference) = self.inner.guard.nearest(view.ok()?.target)?;
            Some(NearestSource { source: source.to_string(), difference })
        })
    }

    /// The source that would cover the URL, if it may be suggested: not for addresses, credentials and what can't be
    /// read in one way, nor where the same host is covered by `https` or `wss`.
    ///
    /// It is the URL's origin; where a source of that origin differs in the path only, it has the URL's directory too: see
    /// [`Remedy::find`]. A source with `http:` or `ws:`, or of this machine, is refused without `#[cfg(…)]` or
    /// `#[insecure(…)]`.
    #[must_use]
    pub fn suggestion(&self) -> Option<String> {
        match self.help()? {
            Help::Add { source, .. } => Some(source),
            Help::Encrypt { .. } => None,
        }
    }

    fn help(&self) -> Option<Help> {
        if self.inner.reason != Reason::NoSourceMatched {
            return None;
        }
        self.inner.url.view(|view| match self.inner.guard.remedy(view.ok()?.target) {
            Remedy::Encrypt(target) => {
                Some(Help::Encrypt { scheme: target.scheme().to_string(), url: excerpt(&target.to_string()) })
            }
            Remedy::Add(source) => {
                Some(Help::Add { needs_attribute: source.needs_attribute(), source: source.declared()? })
            }
            _ => None,
        })
    }
}

impl fmt::Display for Blocked {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Refused to connect to '{}' because it ", self.blocked_url())?;
        match self.inner.reason {
            Reason::AddressRefused(kind) => match self.inner.address {
                Some(address) => write!(out, "resolves to {address}, {kind}")?,
                None => write!(out, "is at {kind}")?,
            },
            Reason::Credentials => out.write_str("carries a user name or a password")?,
            Reason::NoSourceMatched => {
                out.write_str("violates the following Content Security Policy directive: \"")?;
                let directive = self.directive();
                match directive.split_at_checked(QUOTED_DIRECTIVE) {
                    Some((start, rest)) if !rest.is_empty() => write!(out, "{start}…\"")?,
                    _ => write!(out, "{directive}\"")?,
                }
            }
            Reason::NotCanonical => out.write_str("is not canonical: two programs could read it in two ways")?,
            Reason::TooManyRedirects => {
                write!(out, "is one redirect too many, after {}", self.inner.redirect_count.saturating_sub(1))?;
            }
            Reason::Unparsable => out.write_str("is no absolute URL")?,
        }
        if let Some(from) = self.redirected_from() {
            write!(out, "\n  redirected from: {from}")?;
        }
        if let Some(nearest) = self.nearest() {
            write!(out, "\n  nearest: {} ({})", nearest.source, nearest.difference.as_str())?;
        }
        match self.help() {
            Some(Help::Encrypt { scheme, url }) => write!(out, "\n  help: call it by {scheme}: \"{url}\"")?,
            Some(Help::Add { source, needs_attribute }) => {
                let policy = self.policy();
                let place = ConstText::collect(|text| policy.write_place(text));
                write!(out, "\n  help: add \"{source}\" to {place}")?;
                if needs_attribute {
                    out.write_str(ATTRIBUTE)?;
                }
            }
            None => {}
        }
        Ok(())
    }
}

impl Error for Blocked {}

/// Scheme, host, port and path of a URL; of what is none, what stands before the query, without credentials.
pub(crate) fn redact(url: &str) -> String {
    url.view(|view| match view {
        // As in browsers' reports: what has no host is its own content, and may be anything.
        Ok(view) if view.target.host().is_empty() => excerpt(&format!("{}:", view.target.scheme())),
        Ok(view) => excerpt(&view.target.to_string()),
        Err(_) => redact_text(url),
    })
}

/// The text before the query, without what may be credentials.
fn redact_text(url: &str) -> String {
    let text = &url[..url.find(['?', '#']).unwrap_or(url.len())];
    let Some((scheme, rest)) = text.split_once("//") else {
        return excerpt(text.rsplit('@').next().unwrap_or_default());
    };
    let rest = rest.trim_start_matches(['/', '\\']);
    let (authority, path) = rest.split_at(rest.find(['/', '\\']).unwrap_or(rest.len()));
    let host = authority.rsplit('@').next().unwrap_or_default();
    excerpt(&format!("{scheme}//{host}{path}"))
}
