use csp_core::{SourceExpression, SourceList, Table, Tokens};

use crate::{ExtendError, ExtendedPolicy, Guard};

/// What [`connect_src!`](crate::connect_src) declares: a header and a guard of one list of sources.
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
    table: Table<'static>,
}

/// What a macro knows of a declaration.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Parts {
    pub name: &'static str,
    pub file: &'static str,
    pub line: u32,
    pub header: &'static str,
    pub table: Table<'static>,
}

/// The table holds the sources of the header.
#[doc(hidden)]
#[must_use]
pub const fn policy(parts: Parts) -> Policy {
    let Parts { name, file, line, header, table } = parts;
    Policy { name, file, line, header, table }
}

/// What stands behind the name of the only directive of a header; empty for `'none'`.
#[must_use]
pub(crate) const fn source_list(header: &str) -> &str {
    let mut tokens = Tokens::new(header);
    let name = match tokens.next_token() {
        Some(name) => name.len() + 1,
        None => 0,
    };
    let list = header.split_at(name).1;
    if matches!(list.as_bytes(), b"'none'") { "" } else { list }
}

impl Policy {
    /// The value of the `Content-Security-Policy` header.
    #[must_use]
    pub const fn header(&self) -> &'static str {
        self.header
    }

    /// The sources that count in this build.
    #[must_use]
    pub fn sources(&self) -> SourceList<'static> {
        Tokens::new(self.source_list()).filter_map(SourceExpression::parse).collect()
    }

    /// The text of the sources, without the directive's name; empty for none.
    pub(crate) const fn source_list(&self) -> &'static str {
        source_list(self.header)
    }

    #[inline]
    pub(crate) const fn table(&self) -> &Table<'static> {
        &self.table
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

    /// The guard that obeys this declaration.
    #[must_use]
    pub const fn guard(&'static self) -> Guard {
        Guard::of(self)
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
