//! Which part of the violations does somebody want to see?

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use csp_core::Disposition;
use csp_core::report::Class;
use url::form_urlencoded;

use crate::monitor::{Filter, Group, NoticedBy, Order, State};

/// How many groups a page shows.
pub(super) const PAGE_LENGTH: usize = 100;

/// What the form above the list says; the default is what is not in the query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct View {
    pub(super) text: String,
    pub(super) page: String,
    pub(super) directive: String,
    pub(super) disposition: Option<Disposition>,
    pub(super) noticed_by: Option<NoticedBy>,
    pub(super) states: States,
    pub(super) order: Order,
    pub(super) noise: bool,
    pub(super) offset: usize,
}

/// Groups of which states?
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum States {
    /// Those that somebody should still look at: open and acknowledged ones.
    #[default]
    Unsettled,
    All,
    One(State),
}

impl View {
    /// What a query says. Names that nobody knows say nothing.
    pub(super) fn parse(query: &str) -> Result<Self, String> {
        let mut view = Self::default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let value = value.trim();
            match name.as_ref() {
                "q" => view.text = value.into(),
                "page" => view.page = value.into(),
                "directive" => view.directive = value.to_ascii_lowercase(),
                "disposition" => {
                    view.disposition =
                        choose(&name, value, &[("enforce", Disposition::Enforce), ("report", Disposition::Report)])?;
                }
                "by" => {
                    view.noticed_by =
                        choose(&name, value, &[("browser", NoticedBy::Browser), ("guard", NoticedBy::Guard)])?;
                }
                "state" => {
                    let one = State::ALL.iter().map(|state| (state.as_str(), States::One(*state)));
                    let choices: Vec<_> = [("all", States::All)].into_iter().chain(one).collect();
                    view.states = choose(&name, value, &choices)?.unwrap_or_default();
                }
                "order" => {
                    let choices = [("newest", Order::Newest), ("count", Order::Count)];
                    view.order = choose(&name, value, &choices)?.unwrap_or_default();
                }
                "noise" => view.noise = choose(&name, value, &[("1", true), ("0", false)])?.unwrap_or_default(),
                "offset" => {
                    view.offset = value.parse().map_err(|_| expected(&name, value, "a number"))?;
                }
                _ => {}
            }
        }
        Ok(view)
    }

    /// The query that says the same, from another place in the list.
    pub(super) fn query(&self, offset: usize) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        let mut add = |name: &str, value: Cow<'_, str>| {
            if !value.is_empty() {
                query.append_pair(name, &value);
            }
        };
        add("q", self.text.as_str().into());
        add("page", self.page.as_str().into());
        add("directive", self.directive.as_str().into());
        add("disposition", self.disposition.map_or("", word_of).into());
        add("by", self.noticed_by.map_or("", NoticedBy::as_str).into());
        add("state", self.states.word().into());
        add("order", if self.order == Order::Count { "count" } else { "" }.into());
        add("noise", if self.noise { "1" } else { "" }.into());
        add("offset", if offset > 0 { offset.to_string() } else { String::new() }.into());
        query.finish()
    }

    /// Whether it is what is seen without choosing.
    pub(super) fn is_default(&self) -> bool {
        *self == Self { offset: self.offset, order: self.order, ..Self::default() }
    }

    /// What a store is asked: one group more than is shown, to know whether there are more. It doesn't know of words.
    pub(super) fn filter(&self) -> Filter {
        let any = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
        let known = Filter::default();
        let is_searched = !self.text.is_empty();
        Filter {
            classes: if self.noise { Class::ALL.to_vec() } else { known.classes },
            states: match self.states {
                States::Unsettled => known.states,
                States::All => State::ALL.to_vec(),
                States::One(state) => alloc::vec![state],
            },
            disposition: self.disposition,
            noticed_by: self.noticed_by,
            document_origin: any(&self.page),
            directive: any(&self.directive),
            order: self.order,
            limit: if is_searched { usize::MAX } else { PAGE_LENGTH + 1 },
            offset: if is_searched { 0 } else { self.offset },
            ..Filter::all()
        }
    }

    /// The groups of those that [`filter`](Self::filter) found that have the words too, and whether there are more.
    pub(super) fn select(&self, groups: Vec<Group>) -> (Vec<Group>, bool) {
        let mut shown: Vec<_> = if self.text.is_empty() {
            groups
        } else {
            let words: Vec<_> = self.text.split_whitespace().map(str::to_lowercase).collect();
            let found = groups.into_iter().filter(|group| words.iter().all(|word| mentions(group, word)));
            found.skip(self.offset).take(PAGE_LENGTH + 1).collect()
        };
        let has_more = shown.len() > PAGE_LENGTH;
        shown.truncate(PAGE_LENGTH);
        (shown, has_more)
    }
}

impl States {
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Unsettled => "",
            Self::All => "all",
            Self::One(state) => state.as_str(),
        }
    }
}

const fn word_of(disposition: Disposition) -> &'static str {
    match disposition {
        Disposition::Enforce => "enforce",
        Disposition::Report => "report",
    }
}

/// Whether a word is somewhere in what is told of a group.
fn mentions(group: &Group, word: &str) -> bool {
    let has = |text: &str| text.to_lowercase().contains(word);
    let key = &group.key;
    [&key.blocked_origin, &key.document_origin, &key.directive].into_iter().any(|text| has(text))
        || key.source_file.as_deref().is_some_and(has)
        || group.samples.iter().any(|sample| has(&sample.blocked_url) || has(&sample.document_url))
}

/// The choice of a word; an empty one chooses nothing.
fn choose<T: Copy>(name: &str, value: &str, choices: &[(&str, T)]) -> Result<Option<T>, String> {
    if value.is_empty() {
        return Ok(None);
    }
    let choice = choices.iter().find(|(word, _)| *word == value).map(|(_, choice)| *choice);
    let words: Vec<_> = choices.iter().map(|(word, _)| *word).collect();
    choice.map(Some).ok_or_else(|| expected(name, value, &format!("one of {}", words.join(", "))))
}

fn expected(name: &str, value: &str, what: &str) -> String {
    format!("Expected `{name}` to be {what}, found `{}`.", csp_core::excerpt(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_is_its_query() {
        for query in [
            "",
            "q=stream+exmple&page=https%3A%2F%2Fshop.example&directive=connect-src&disposition=report&by=browser&state=ignored&noise=1",
            "disposition=enforce&by=guard&state=all&order=count&offset=100",
        ] {
            let view = View::parse(query).unwrap_or_else(|mistake| panic!("{mistake}"));
            assert_eq!(view.query(view.offset), query);
        }
        assert_eq!(View::parse("q=&page=&state=&noise=&order=&unknown=1"), Ok(View::default()));
    }

    #[test]
    fn what_is_no_view_is_named() {
        for (query, expected) in [
            ("state=close", "Expected `state` to be one of all, open, acknowledged, resolved, ignored, found `close`."),
            ("disposition=both", "Expected `disposition` to be one of enforce, report, found `both`."),
            ("by=x%0Ay", "Expected `by` to be one of browser, guard, found `x\\ny`."),
            ("offset=-1", "Expected `offset` to be a number, found `-1`."),
            ("noise=yes", "Expected `noise` to be one of 1, 0, found `yes`."),
        ] {
            assert_eq!(View::parse(query), Err(expected.into()), "{query}");
        }
    }
}
