//! One entry of a batch, in whichever format.

use alloc::borrow::Cow;
use alloc::boxed::Box;

use super::json::{Raw, WrongType, is_object, members, number, text};
use super::{RejectionKind, ViolationReport};
use crate::Disposition;

/// What an entry is.
pub(super) enum Entry<'a> {
    Violation(Box<ViolationReport<'a>>),
    /// A report of another type.
    OtherType,
}

/// The members of a violation, each by its name in the Reporting API and in `csp-report`. No two share a name.
const MEMBERS: [[&str; 2]; 12] = [
    ["documentURL", "document-uri"],
    ["referrer", "referer"],
    ["blockedURL", "blocked-uri"],
    ["effectiveDirective", "effective-directive"],
    ["violatedDirective", "violated-directive"],
    ["originalPolicy", "original-policy"],
    ["disposition", "Disposition"],
    ["statusCode", "status-code"],
    ["sourceFile", "source-file"],
    ["lineNumber", "line-number"],
    ["columnNumber", "column-number"],
    ["sample", "script-sample"],
];

/// The names of [`MEMBERS`] in one row.
const NAMES: [&str; 24] = {
    let mut names = [""; 24];
    let mut index = 0;
    while index < MEMBERS.len() {
        names[2 * index] = MEMBERS[index][0];
        names[2 * index + 1] = MEMBERS[index][1];
        index += 1;
    }
    names
};

/// Reads an entry, which is JSON.
pub(super) fn read(entry: Raw<'_>) -> Result<Entry<'_>, RejectionKind> {
    if !is_object(entry) {
        return Err(RejectionKind::NotAnObject);
    }
    let [legacy, kind, body, url, age, user_agent] =
        members(entry, ["csp-report", "type", "body", "url", "age", "user_agent"])
            .map_err(|_| RejectionKind::Unreadable)?;
    let fields = Fields { url, age, user_agent };
    if let Some(legacy) = legacy {
        return fields.violation("csp-report", legacy);
    }
    let kind = kind.map_or(Ok(None), |kind| optional("type", text(kind)))?;
    match (kind.as_deref(), body) {
        (None, None) => Err(RejectionKind::UnknownShape),
        (None | Some("csp-violation"), Some(body)) => fields.violation("body", body),
        (Some("csp-violation"), None) => Err(RejectionKind::Missing { member: "body" }),
        (Some(_), _) => Ok(Entry::OtherType),
    }
}

/// What stands beside the body.
struct Fields<'a> {
    url: Option<Raw<'a>>,
    age: Option<Raw<'a>>,
    user_agent: Option<Raw<'a>>,
}

impl<'a> Fields<'a> {
    fn violation(self, member: &'static str, body: Raw<'a>) -> Result<Entry<'a>, RejectionKind> {
        if !is_object(body) {
            return Err(RejectionKind::WrongType { member });
        }
        let body = Body { found: members(body, NAMES).map_err(|_| RejectionKind::Unreadable)? };
        let [document, referrer, blocked, effective, violated, policy, disposition, ..] = MEMBERS.map(|[name, _]| name);
        let [.., status, file, line, column, sample] = MEMBERS.map(|[name, _]| name);
        let url = self.url.map_or(Ok(None), |url| optional("url", text(url)))?;
        let effective = non_empty(body.text(effective)?).or(non_empty(body.text(violated)?));
        Ok(Entry::Violation(Box::new(ViolationReport {
            document_url: non_empty(body.text(document)?)
                .or(non_empty(url))
                .ok_or(RejectionKind::Missing { member: document })?,
            referrer: non_empty(body.text(referrer)?),
            blocked_url: body.text(blocked)?.unwrap_or_default(),
            effective_directive: effective
                .map(name_of_directive)
                .ok_or(RejectionKind::Missing { member: "effectiveDirective" })?,
            original_policy: body.text(policy)?.unwrap_or_default(),
            disposition: body.text(disposition)?.and_then(|text| disposition_of(&text)),
            status_code: body.number(status)?.and_then(|number| u16::try_from(number).ok()),
            source_file: non_empty(body.text(file)?),
            line_number: body.place(line)?,
            column_number: body.place(column)?,
            sample: non_empty(body.text(sample)?),
            age: self.age.map_or(Ok(None), |age| optional("age", number(age)))?,
            user_agent: non_empty(self.user_agent.map_or(Ok(None), |agent| optional("user_agent", text(agent)))?),
        })))
    }
}

/// The members that a violation has.
struct Body<'a> {
    found: [Option<Raw<'a>>; NAMES.len()],
}

impl<'a> Body<'a> {
    /// The value of a member, under either of its names, and the name that it has.
    fn value(&self, member: &str) -> Option<(&'static str, Raw<'a>)> {
        let index = MEMBERS.iter().position(|[name, _]| *name == member)?;
        [2 * index, 2 * index + 1].into_iter().find_map(|index| Some((NAMES[index], self.found[index]?)))
    }

    fn text(&self, member: &str) -> Result<Option<Cow<'a, str>>, RejectionKind> {
        self.value(member).map_or(Ok(None), |(name, value)| optional(name, text(value)))
    }

    fn number(&self, member: &str) -> Result<Option<u64>, RejectionKind> {
        self.value(member).map_or(Ok(None), |(name, value)| optional(name, number(value)))
    }

    /// A line or a column. Some browsers write 0 for what they don't know.
    fn place(&self, member: &str) -> Result<Option<u32>, RejectionKind> {
        Ok(self.number(member)?.and_then(|number| u32::try_from(number).ok()).filter(|number| *number > 0))
    }
}

fn optional<T>(member: &'static str, value: Result<Option<T>, WrongType>) -> Result<Option<T>, RejectionKind> {
    value.map_err(|WrongType| RejectionKind::WrongType { member })
}

fn non_empty(text: Option<Cow<'_, str>>) -> Option<Cow<'_, str>> {
    text.filter(|text| !text.is_empty())
}

/// The first word, in lower case: old Firefox sends the whole directive.
fn name_of_directive(text: Cow<'_, str>) -> Cow<'_, str> {
    let name = |text: &str| text.split_ascii_whitespace().next().unwrap_or_default().len();
    let start = text.len() - text.trim_ascii_start().len();
    let end = start + name(&text);
    match text {
        Cow::Borrowed(text) if !text.bytes().any(|byte| byte.is_ascii_uppercase()) => Cow::Borrowed(&text[start..end]),
        text => Cow::Owned(text[start..end].to_ascii_lowercase()),
    }
}

fn disposition_of(text: &str) -> Option<Disposition> {
    [Disposition::Enforce, Disposition::Report].into_iter().find(|known| known.as_str() == text)
}
