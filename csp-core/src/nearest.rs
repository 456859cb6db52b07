//! Which source did the author probably mean?

use crate::{Difference, HostPart, Keyword, Request, SourceExpression, Tokens, matching};

/// The longest host name that DNS has; longer ones are compared by their beginning.
const LONGEST_HOST: usize = 253;

/// The source of a list that is nearest to a request that none covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Nearest {
    /// Its place in the list.
    pub index: usize,
    /// The part that differs.
    pub difference: Difference,
}

/// The source nearest to the request: one that differs only in the path before one that differs in the port, then in
/// the scheme, then in the host by the least edit distance; among equals the first.
///
/// `None` where the list has neither hosts nor schemes, or covers the request.
#[must_use]
pub const fn nearest(sources: &[SourceExpression<'_>], request: &Request<'_>) -> Option<Nearest> {
    let mut search = Search::new();
    let mut index = 0;
    while index < sources.len() {
        search.look_at(&sources[index], index, request);
        index += 1;
    }
    search.nearest()
}

/// As [`nearest`], of a list in its canonical text; gives the source's text.
///
/// ```
/// use csp_core::{Difference, Request, Target, nearest_in};
///
/// let request = Request::new(Target::canonical("https://stream.exmple.com/news").unwrap());
/// let nearest = nearest_in("'self' https://api.example.com https://stream.example.com", &request);
/// assert_eq!(nearest, Some(("https://stream.example.com", Difference::Host)));
/// ```
#[must_use]
pub const fn nearest_in<'a>(list: &'a str, request: &Request<'_>) -> Option<(&'a str, Difference)> {
    let (search, text) = Search::through(list, request);
    match search.nearest() {
        Some(Nearest { difference, .. }) => Some((text, difference)),
        None => None,
    }
}

/// Whether a source of a list covers the request, or all of it but the path.
pub(crate) const fn is_near(list: &str, request: &Request<'_>) -> bool {
    let (search, _) = Search::through(list, request);
    search.covered || matches!(search.best, Some(Nearest { difference: Difference::Path, .. }))
}

struct Search {
    best: Option<Nearest>,
    least: usize,
    covered: bool,
}

impl Search {
    const fn new() -> Self {
        Self { best: None, least: usize::MAX, covered: false }
    }

    /// Looks at a list in its canonical text; gives the nearest source's text, too.
    const fn through<'a>(list: &'a str, request: &Request<'_>) -> (Self, &'a str) {
        let mut search = Self::new();
        let mut tokens = Tokens::new(list);
        let mut index = 0;
        let mut text = "";
        while let Some(token) = tokens.next_token() {
            if let Some(source) = SourceExpression::parse(token)
                && search.look_at(&source, index, request)
            {
                text = token;
            }
            index += 1;
        }
        (search, text)
    }

    /// Whether this source is the nearest so far.
    const fn look_at(&mut self, source: &SourceExpression<'_>, index: usize, request: &Request<'_>) -> bool {
        if !has_place(source, request) {
            return false;
        }
        let Some(difference) = matching::difference(source, request) else {
            self.covered = true;
            return false;
        };
        let distance = match (source, difference) {
            (SourceExpression::Scheme(_), _) => usize::MAX - 1,
            (_, Difference::Path) => 0,
            (_, Difference::Port) => 1,
            (_, Difference::Scheme) => 2,
            (_, Difference::Subdomain) => 3,
            (source, Difference::Host) => 4 + host_distance(source, request),
        };
        if distance >= self.least {
            return false;
        }
        self.least = distance;
        self.best = Some(Nearest { index, difference });
        true
    }

    const fn nearest(&self) -> Option<Nearest> {
        if self.covered { None } else { self.best }
    }
}

/// Whether the source names a place at all.
const fn has_place(source: &SourceExpression<'_>, request: &Request<'_>) -> bool {
    match source {
        SourceExpression::Host(_) | SourceExpression::Scheme(_) => true,
        SourceExpression::Keyword(Keyword::SelfOrigin) => request.self_origin.is_some(),
        SourceExpression::Keyword(_) | SourceExpression::Nonce(_) | SourceExpression::Hash(_) => false,
    }
}

/// Twice the edit distance of the hosts, and one more where the scheme differs too.
const fn host_distance(source: &SourceExpression<'_>, request: &Request<'_>) -> usize {
    let target = &request.target;
    let (host, scheme) = match (source, request.self_origin) {
        (SourceExpression::Host(source), _) => match source.host {
            HostPart::Exact(host) | HostPart::Subdomains(host) => (host, source.scheme),
            HostPart::Any => ("", source.scheme),
        },
        (SourceExpression::Keyword(Keyword::SelfOrigin), Some(origin)) => (origin.host(), Some(origin.scheme())),
        _ => ("", None),
    };
    let other_scheme = match scheme {
        Some(scheme) => !scheme.is(target.scheme),
        None => false,
    };
    2 * edit_distance(host.as_bytes(), target.host.as_bytes()) + other_scheme as usize
}

/// The Levenshtein distance, but for ASCII case, of the first [`LONGEST_HOST`] bytes.
pub(crate) const fn edit_distance(left: &[u8], right: &[u8]) -> usize {
    let rows = if left.len() < LONGEST_HOST { left.len() } else { LONGEST_HOST };
    let columns = if right.len() < LONGEST_HOST { right.len() } else { LONGEST_HOST };
    let mut row = [0; LONGEST_HOST + 1];
    let mut column = 0;
    while column <= columns {
        row[column] = column;
        column += 1;
    }
    let mut line = 1;
    while line <= rows {
        let mut diagonal = row[0];
        row[0] = line;
        column = 1;
        while column <= columns {
            let same = left[line - 1].eq_ignore_ascii_case(&right[column - 1]);
            let replaced = diagonal + !same as usize;
            diagonal = row[column];
            let moved = 1 + if row[column] < row[column - 1] { row[column] } else { row[column - 1] };
            row[column] = if replaced < moved { replaced } else { moved };
            column += 1;
        }
        line += 1;
    }
    row[columns]
}
