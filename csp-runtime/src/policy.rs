use csp_core::{
    ConstText, Disposition, Lookup, Refusal, Request, SourceExpression, SourceList, Table, Tokens, Unsettled, UsualUrl,
    source_list,
};

use crate::response_header::ResponseHeader;
use crate::{ExtendError, ExtendedPolicy, Guard};

/// What [`connect_src!`](crate::connect_src) and [`policy!`](macro@crate::policy) declare: a header, and a guard of what it
/// says of connections.
///
/// Everything is known at compile time. Nothing is built when the program starts, nor for a request.
///
/// ```
/// csp_runtime::connect_src! {
///     pub static SHOP = [self, "https://api.example.com"];
/// }
/// const CSP: &str = SHOP.header();
///
/// assert_eq!(CSP, "connect-src 'self' https://api.example.com");
/// assert!(SHOP.guard().allows("https://api.example.com/v1/users"));
/// ```
#[derive(Debug)]
pub struct Policy {
    name: &'static str,
    file: &'static str,
    line: u32,
    header: &'static str,
    directive: &'static str,
    table: Table<'static>,
    includes: &'static [&'static Policy],
    has_own_sources: bool,
    has_mistakes: bool,
    disposition: Disposition,
    reporting_endpoints: Option<&'static str>,
    connection_allowlist: Option<Allowlist>,
}

/// What the header `Connection-Allowlist` says.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Allowlist {
    pub value: &'static str,
    /// What is declared beside connections.
    pub also: &'static str,
    pub report_only: bool,
}

/// What a macro knows of a declaration.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Parts {
    pub name: &'static str,
    pub file: &'static str,
    pub line: u32,
    /// The whole header, with holes for a nonce.
    pub header: &'static str,
    /// What of it decides for connections.
    pub directive: &'static str,
    /// The sources that stand in the declaration itself.
    pub table: Table<'static>,
    /// Declarations whose sources count too.
    pub includes: &'static [&'static Policy],
    /// Whether the declaration has sources beside those.
    pub has_own_sources: bool,
    /// Whether the declaration didn't compile: nothing is in it then, and no second error should say so.
    pub has_mistakes: bool,
    pub disposition: Disposition,
    pub reporting_endpoints: Option<&'static str>,
    pub connection_allowlist: Option<Allowlist>,
}

impl Policy {
    /// Of what a macro knows.
    #[doc(hidden)]
    #[must_use]
    pub const fn from_parts(parts: Parts) -> Self {
        Self {
            name: parts.name,
            file: parts.file,
            line: parts.line,
            header: parts.header,
            directive: parts.directive,
            table: parts.table,
            includes: parts.includes,
            has_own_sources: parts.has_own_sources,
            has_mistakes: parts.has_mistakes,
            disposition: parts.disposition,
            reporting_endpoints: parts.reporting_endpoints,
            connection_allowlist: parts.connection_allowlist,
        }
    }

    pub(crate) const fn allowlist(&self) -> Option<Allowlist> {
        self.connection_allowlist
    }

    /// What a policy that extends this one has in its allowlist too, and whether it only reports.
    #[doc(hidden)]
    #[must_use]
    pub const fn allowlist_additions(&self) -> Option<(&'static str, bool)> {
        match self.connection_allowlist {
            Some(Allowlist { also, report_only, .. }) => Some((also, report_only)),
            None => None,
        }
    }

    /// What macros take in: of both kinds of policies.
    #[doc(hidden)]
    #[must_use]
    pub const fn as_policy(&self) -> &Self {
        self
    }

    /// Whether this declaration, or one that it takes in, didn't compile. What is in it says nothing then.
    #[doc(hidden)]
    #[must_use]
    pub const fn has_mistakes(&self) -> bool {
        let mut index = 0;
        while index < self.includes.len() {
            if self.includes[index].has_mistakes() {
                return true;
            }
            index += 1;
        }
        self.has_mistakes
    }

    /// The header, with holes where it takes a nonce.
    #[doc(hidden)]
    #[must_use]
    pub const fn template(&self) -> &'static str {
        self.header
    }

    /// The value of the header: of `Content-Security-Policy`, or of the one that [`header_name`](Self::header_name) tells.
    #[must_use]
    pub const fn header(&self) -> &'static str {
        self.header
    }

    /// `Content-Security-Policy`, or `Content-Security-Policy-Report-Only` if the policy only reports.
    #[must_use]
    pub const fn header_name(&self) -> &'static str {
        ResponseHeader::Policy(self.disposition).as_str()
    }

    /// Whether browsers block what violates the policy, or only report it. Guards enforce it all the same, unless they are
    /// told to [audit](Guard::audit).
    #[must_use]
    pub const fn disposition(&self) -> Disposition {
        self.disposition
    }

    /// The value of the header `Reporting-Endpoints`, which says where the name in `report-to` is
    /// ([Reporting API, 3.2](https://www.w3.org/TR/reporting-1/#header)).
    #[must_use]
    pub const fn reporting_endpoints(&self) -> Option<&'static str> {
        self.reporting_endpoints
    }

    /// Name and value of the header [`Connection-Allowlist`](https://wicg.github.io/connection-allowlists/), or of
    /// `Connection-Allowlist-Report-Only`, if `connection_allowlist` is declared. **Experimental**: one browser knows it.
    ///
    /// Unlike `connect-src` it governs requests of every kind, images and prefetches too. It names the page's own origin,
    /// what the policy allows to connect to, and what is declared in `also`.
    #[must_use]
    pub const fn connection_allowlist(&self) -> Option<(&'static str, &'static str)> {
        match self.connection_allowlist {
            Some(Allowlist { value, report_only: false, .. }) => Some(("Connection-Allowlist", value)),
            Some(Allowlist { value, report_only: true, .. }) => Some(("Connection-Allowlist-Report-Only", value)),
            None => None,
        }
    }

    /// The directive that decides for connections, whole: `connect-src …`, or the `default-src …` that it falls back to;
    /// empty where a policy has neither, and browsers allow every connection. A guard allows none then.
    ///
    /// ```
    /// csp_runtime::policy! { static PAGE = { default_src: [self], img_src: [self, "data:"] }; }
    /// assert_eq!(PAGE.directive(), "default-src 'self'");
    /// ```
    #[must_use]
    pub const fn directive(&self) -> &'static str {
        self.directive
    }

    /// The sources of connections that count in this build.
    ///
    /// ```
    /// csp_runtime::connect_src! { static SHOP = [self, "https://api.example.com"]; }
    /// let hosts = SHOP.sources().iter().filter(|source| matches!(source, csp_core::SourceExpression::Host(_))).count();
    /// assert_eq!(hosts, 1);
    /// ```
    #[must_use]
    pub fn sources(&self) -> SourceList<'static> {
        Tokens::new(self.source_list()).filter_map(SourceExpression::parse).collect()
    }

    /// The text of the sources, without the directive's name; empty for none.
    #[doc(hidden)]
    #[must_use]
    pub const fn source_list(&self) -> &'static str {
        source_list(self.directive)
    }

    /// What a look at the own table settles.
    #[expect(clippy::inline_always, reason = "one decision is one function, without calls")]
    #[inline(always)]
    pub(crate) fn glance(&self, url: &UsualUrl<'_>) -> Result<(), Unsettled> {
        self.table.glance(url)
    }

    /// What the tables say of a URL that a glance didn't settle: the own one, then those of what is taken in.
    #[expect(clippy::inline_always, reason = "a step of a decision, without a call")]
    #[inline(always)]
    pub(crate) fn look_further(&self, url: &UsualUrl<'_>, unsettled: Unsettled) -> Lookup {
        match self.table.look_further(url, unsettled) {
            Lookup::Refused(refusal) if !self.includes.is_empty() => self.look_up_included(url, refusal),
            found => found,
        }
    }

    #[inline(never)]
    fn look_up_included(&self, url: &UsualUrl<'_>, refusal: Refusal) -> Lookup {
        for policy in self.includes {
            let found = match policy.glance(url) {
                Ok(()) => Lookup::Admitted,
                Err(unsettled) => policy.look_further(url, unsettled),
            };
            if !matches!(found, Lookup::Refused(_)) {
                return found;
            }
        }
        Lookup::Refused(refusal)
    }

    /// What a guard says of a target.
    pub(crate) const fn admit(&self, request: &Request<'_>) -> Result<(), Refusal> {
        let mut answer = self.table.admit(request);
        let mut index = 0;
        while index < self.includes.len() && answer.is_err() {
            // The refusal that tells most stays: that no source matches is said of every list.
            match (self.includes[index].admit(request), answer) {
                (Err(_), Err(Refusal::HiddenSeparator)) => {}
                (next, _) => answer = next,
            }
            index += 1;
        }
        answer
    }

    /// Whether browsers with this policy let a request go.
    #[cfg(any(feature = "reqwest-middleware", feature = "tonic"))]
    pub(crate) fn covers(&self, request: &Request<'_>) -> bool {
        self.table.covers(request) || self.includes.iter().any(|policy| policy.covers(request))
    }

    /// The name of the declaration, `connect_src!` for one without.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The source file of the declaration, as `file!()` gives it.
    #[must_use]
    pub const fn file(&self) -> &'static str {
        self.file
    }

    /// The line of the declaration's macro, from 1.
    #[must_use]
    pub const fn line(&self) -> u32 {
        self.line
    }

    /// Where people find it: `SHOP at src/csp.rs:3`.
    pub(crate) const fn write_place(&self, text: &mut ConstText<'_>) {
        text.push(self.name);
        text.push(" at ");
        text.push(self.file);
        text.push(":");
        text.push_number(self.line);
    }

    /// The guard that obeys this declaration.
    ///
    /// Where `policy!` takes its connections from another declaration alone (`connect_src: SHOP`), it is that one's guard.
    ///
    /// ```
    /// csp_runtime::connect_src! { static BACKEND = ["https://api.example.com"]; }
    /// static GUARD: std::sync::LazyLock<csp_runtime::Guard> = std::sync::LazyLock::new(|| BACKEND.guard().public_only());
    /// assert!(GUARD.allows("https://api.example.com/v1/users"));
    /// ```
    #[must_use]
    pub const fn guard(&'static self) -> Guard {
        match self.includes {
            [only] if !self.has_own_sources => only.guard(),
            _ => Guard::of(self),
        }
    }

    /// This declaration and the sources that an operator adds when the program starts, such as from its configuration.
    ///
    /// The additions are read as strictly as the macro reads its entries: canonical, with a scheme, no source twice.
    /// `http:`, `ws:` and loopback sources are refused; see [`extend_insecure`](Self::extend_insecure). `'self'` and
    /// `'none'` are written with their quotes here.
    ///
    /// ```
    /// # csp_runtime::connect_src! { static SHOP = [self, "https://api.example.com"]; }
    /// let extended = SHOP.extend(["https://search.example.net"])?;
    /// assert_eq!(extended.header(), "connect-src 'self' https://api.example.com https://search.example.net");
    ///
    /// let error = SHOP.extend(["search.example.net", "https://api.example.com"]).unwrap_err();
    /// assert_eq!(error.errors().len(), 2);
    /// # Ok::<(), csp_runtime::ExtendError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Every addition that is refused, with what to write instead. Nothing is added then.
    pub fn extend<I>(&'static self, additions: I) -> Result<ExtendedPolicy, ExtendError>
    where
        I: IntoIterator,
        I::Item: AsRef<str>,
    {
        ExtendedPolicy::new(self, additions, false)
    }

    /// Like [`extend`](Self::extend), and admits sources without encryption or on the user's own machine. `reason` is for
    /// the people who read the code.
    ///
    /// # Errors
    ///
    /// As [`extend`](Self::extend).
    pub fn extend_insecure<I>(&'static self, additions: I, reason: &str) -> Result<ExtendedPolicy, ExtendError>
    where
        I: IntoIterator,
        I::Item: AsRef<str>,
    {
        let _ = reason;
        ExtendedPolicy::new(self, additions, true)
    }
}
