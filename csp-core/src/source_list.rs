use alloc::vec::Vec;
use core::fmt;

use crate::{Keyword, SourceExpression};

/// A source list: `serialized-source-list`
/// ([CSP3, 2.3.1](https://www.w3.org/TR/CSP3/#framework-directive-source-list)).
///
/// The empty list matches nothing and is written `'none'`.
///
/// ```
/// use csp_core::{SourceExpression, SourceList};
///
/// let list: SourceList = ["'self'", "https://api.example.com"].into_iter().filter_map(SourceExpression::parse).collect();
/// assert_eq!((list.len(), list.has_self()), (2, true));
/// assert_eq!(list.to_string(), "'self' https://api.example.com");
/// assert_eq!(SourceList::default().to_string(), "'none'");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceList<'a> {
    sources: Vec<SourceExpression<'a>>,
}

impl<'a> SourceList<'a> {
    /// A list of these sources, in this order.
    #[must_use]
    pub const fn new(sources: Vec<SourceExpression<'a>>) -> Self {
        Self { sources }
    }

    /// The sources, in the order in which they were written.
    #[must_use]
    pub fn sources(&self) -> &[SourceExpression<'a>] {
        &self.sources
    }

    /// The sources, in the order in which they were written.
    pub fn iter(&self) -> core::slice::Iter<'_, SourceExpression<'a>> {
        self.sources.iter()
    }

    /// How many sources there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.sources.len()
    }

    /// Whether there is no source: the list `'none'`.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.sources.is_empty()
    }

    /// Whether the list has `'self'`.
    #[must_use]
    pub fn has_self(&self) -> bool {
        self.sources.contains(&SourceExpression::Keyword(Keyword::SelfOrigin))
    }
}

impl<'a> FromIterator<SourceExpression<'a>> for SourceList<'a> {
    fn from_iter<I: IntoIterator<Item = SourceExpression<'a>>>(sources: I) -> Self {
        Self::new(sources.into_iter().collect())
    }
}

impl<'a, 'list> IntoIterator for &'list SourceList<'a> {
    type Item = &'list SourceExpression<'a>;
    type IntoIter = core::slice::Iter<'list, SourceExpression<'a>>;

    fn into_iter(self) -> Self::IntoIter {
        self.sources.iter()
    }
}

impl fmt::Display for SourceList<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.sources.is_empty() {
            return out.write_str("'none'");
        }
        for (index, source) in self.sources.iter().enumerate() {
            if index > 0 {
                out.write_str(" ")?;
            }
            source.fmt(out)?;
        }
        Ok(())
    }
}
