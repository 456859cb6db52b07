//! Which groups are asked for?

use alloc::string::String;
use alloc::vec::Vec;

use csp_core::Disposition;
use csp_core::report::Class;

use super::{Group, NoticedBy, State, Timestamp};

/// Which groups are asked for. By default all that are no noise and that nobody ignores or has resolved.
///
/// ```
/// use csp_runtime::monitor::{Filter, Order, State};
///
/// let mut resolved = Filter::default();
/// resolved.states = vec![State::Resolved];
/// resolved.order = Order::Count;
/// resolved.limit = 10;
/// assert!(resolved.classes.iter().all(|class| !class.is_noise()) && Filter::all().classes.len() > resolved.classes.len());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Filter {
    /// Of these classes.
    pub classes: Vec<Class>,
    /// In these states.
    pub states: Vec<State>,
    /// Of a policy that blocks, or of one that reports.
    pub disposition: Option<Disposition>,
    /// Noticed by it.
    pub noticed_by: Option<NoticedBy>,
    /// On pages of this origin.
    pub document_origin: Option<String>,
    /// Of this directive.
    pub directive: Option<String>,
    /// With a violation since then.
    pub since: Timestamp,
    /// The most groups of an answer.
    pub limit: usize,
    /// How many groups are left out before.
    pub offset: usize,
    /// What comes first.
    pub order: Order,
}

/// Which groups come first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Order {
    /// Those with the newest violation.
    #[default]
    Newest,
    /// Those with the most violations.
    Count,
}

impl Default for Filter {
    fn default() -> Self {
        Self {
            classes: Class::ALL.iter().copied().filter(|class| !class.is_noise()).collect(),
            states: alloc::vec![State::Open, State::Acknowledged],
            limit: 200,
            ..Self::all()
        }
    }
}

impl Filter {
    /// Every group.
    #[must_use]
    pub fn all() -> Self {
        Self {
            classes: Class::ALL.to_vec(),
            states: State::ALL.to_vec(),
            disposition: None,
            noticed_by: None,
            document_origin: None,
            directive: None,
            since: Timestamp::default(),
            limit: usize::MAX,
            offset: 0,
            order: Order::Newest,
        }
    }

    /// Whether a group is asked for.
    #[must_use]
    pub fn admits(&self, group: &Group) -> bool {
        self.classes.contains(&group.class)
            && self.states.contains(&group.state)
            && self.disposition.is_none_or(|disposition| disposition == group.disposition())
            && self.noticed_by.is_none_or(|noticed_by| noticed_by == group.noticed_by)
            && self.document_origin.as_ref().is_none_or(|origin| *origin == group.key.document_origin)
            && self.directive.as_ref().is_none_or(|directive| *directive == group.key.directive)
            && group.last_seen >= self.since
    }
}
