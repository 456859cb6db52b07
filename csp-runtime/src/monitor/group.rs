//! Violations that tell of the same breach.

use alloc::borrow::Cow;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;
use core::fmt;
use core::str::FromStr;

use csp_core::Disposition;
use csp_core::report::{Class, Classification, GroupKey, PolicyMatch, RedactedReport, ViolationReport, redact};
use serde::{Serialize, Serializer};
use sha2::{Digest as _, Sha256};

use super::Timestamp;

/// How many samples of a group are kept, the newest.
pub const MOST_SAMPLES: usize = 5;

/// Violations that tell of the same breach. All texts are redacted.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Group {
    /// The group's name.
    pub id: GroupId,
    /// What its violations have in common.
    pub key: GroupKey,
    /// What kind they are of.
    pub class: Class,
    /// Whose policy they quote.
    pub policy: PolicyMatch,
    /// Who noticed them.
    pub noticed_by: NoticedBy,
    /// What somebody made of it.
    pub state: State,
    /// When the first of them happened.
    pub first_seen: Timestamp,
    /// When the last of them happened.
    pub last_seen: Timestamp,
    /// How many there were. They are no number of users: of equal breaches on a page, Chromium reports one, Firefox each.
    pub count: u64,
    /// How many there were in each hour that had some, the oldest hour first.
    pub hours: Vec<HourCount>,
    /// The newest violations, the newest first; at most [`MOST_SAMPLES`]. May be empty: see
    /// [`Caps::sample_bytes`](super::Caps::sample_bytes).
    pub samples: Vec<Sample>,
}

/// What the violations of an hour count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct HourCount {
    /// The beginning of the hour.
    pub hour: Timestamp,
    /// How many there were.
    pub count: u64,
}

/// One violation: what isn't in the key of its group.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Sample {
    /// When it happened.
    pub time: Timestamp,
    /// The page, without its query; of a guard's refusal the program.
    pub document_url: String,
    /// Where the user came from.
    pub referrer: Option<String>,
    /// What was blocked, without its query.
    pub blocked_url: String,
    /// The column in the line of the source file.
    pub column: Option<u32>,
    /// The HTTP status of the page.
    pub status_code: Option<u16>,
    /// The first characters of an inline script or style.
    pub sample: Option<String>,
    /// The browser, in its own words.
    pub user_agent: Option<String>,
}

impl Sample {
    /// A report, which happened at a time.
    pub(crate) fn of(report: &RedactedReport, time: Timestamp) -> Self {
        let text = |text: &Option<Cow<'static, str>>| text.as_deref().map(Into::into);
        Self {
            time,
            document_url: report.document_url.clone().into_owned(),
            referrer: text(&report.referrer),
            blocked_url: report.blocked_url.clone().into_owned(),
            column: report.column_number,
            status_code: report.status_code,
            sample: text(&report.sample),
            user_agent: text(&report.user_agent),
        }
    }

    /// About how many bytes it takes.
    pub(crate) fn bytes(&self) -> usize {
        let optional = |text: &Option<String>| text.as_ref().map_or(0, String::len);
        size_of::<Self>()
            + self.document_url.len()
            + self.blocked_url.len()
            + optional(&self.referrer)
            + optional(&self.sample)
            + optional(&self.user_agent)
    }
}

macro_rules! words {
    ($(#[doc = $doc:literal])+ $name:ident: $($(#[doc = $variant_doc:literal])+ $variant:ident $text:literal,)+) => {
        $(#[doc = $doc])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[doc = $variant_doc])+ $variant,)+
        }

        impl $name {
            /// Every one.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// It in a word.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)+
                }
            }

            /// The one of this word.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|known| known.as_str() == word)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
    };
}

words! {
    /// What somebody made of a group. The words are stable.
    State:
    /// Nobody has looked at it.
    Open "open",
    /// Somebody knows of it.
    Acknowledged "acknowledged",
    /// It is mended: a violation that happens later opens it again.
    Resolved "resolved",
    /// Nobody wants to know of it, whatever comes.
    Ignored "ignored",
}

words! {
    /// Who noticed a violation. The words are stable.
    NoticedBy:
    /// A browser, or whoever claims to be one: anybody can send a report.
    Browser "browser",
    /// A guard of this program.
    Guard "guard",
}

/// The name of a group: the same for the same violations, in every store. 32 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GroupId([u8; 16]);

impl GroupId {
    /// The name of the group of this key.
    pub(crate) fn of(key: &GroupKey, class: Class, noticed_by: NoticedBy) -> Self {
        let mut hash = Sha256::new();
        let mut add = |text: &str| {
            hash.update(u64::try_from(text.len()).unwrap_or(u64::MAX).to_le_bytes());
            hash.update(text);
        };
        let line = key.line.map(|line| line.to_string());
        add(noticed_by.as_str());
        add(class.as_str());
        add(if key.is_enforced { "enforce" } else { "report" });
        add(&key.policy);
        add(&key.document_origin);
        add(&key.directive);
        add(&key.blocked_origin);
        // An empty one is none.
        add(key.source_file.as_deref().unwrap_or_default());
        add(line.as_deref().unwrap_or_default());
        let mut id = [0; 16];
        id.copy_from_slice(&hash.finalize()[..16]);
        Self(id)
    }
}

impl fmt::Display for GroupId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(out, "{byte:02x}"))
    }
}

impl fmt::Debug for GroupId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "GroupId({self})")
    }
}

impl Serialize for GroupId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A text is no name of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GroupIdError;

impl fmt::Display for GroupIdError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("expected 32 hexadecimal digits in lower case")
    }
}

impl core::error::Error for GroupIdError {}

impl FromStr for GroupId {
    type Err = GroupIdError;

    fn from_str(text: &str) -> Result<Self, GroupIdError> {
        let digit = |byte: u8| match byte {
            b'0'..=b'9' => Ok(byte - b'0'),
            b'a'..=b'f' => Ok(byte - b'a' + 10),
            _ => Err(GroupIdError),
        };
        let mut id = [0; 16];
        if text.len() != 2 * id.len() {
            return Err(GroupIdError);
        }
        for (byte, digits) in id.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
            *byte = digit(digits[0])? << 4 | digit(digits[1])?;
        }
        Ok(Self(id))
    }
}

impl Group {
    /// Whether it is one of a browser's policy that blocks, or of one that only reports.
    #[must_use]
    pub const fn disposition(&self) -> Disposition {
        if self.key.is_enforced { Disposition::Enforce } else { Disposition::Report }
    }

    /// Its class, and whose policy it is about.
    #[must_use]
    pub fn classification(&self) -> Classification {
        Classification::new(self.class, self.policy)
    }

    /// A report of this group: its newest sample, or what the key says where there is none.
    #[must_use]
    pub fn report(&self) -> RedactedReport {
        let mut report = ViolationReport::default();
        let newest = self.samples.first();
        let text = |text: &Option<String>| text.as_deref().map(|text| text.to_string().into());
        report.document_url = newest.map_or(&self.key.document_origin, |sample| &sample.document_url).clone().into();
        report.blocked_url = newest.map_or(&self.key.blocked_origin, |sample| &sample.blocked_url).clone().into();
        report.effective_directive = self.key.directive.clone().into();
        report.original_policy = self.key.policy.clone().into();
        report.disposition = Some(self.disposition());
        report.source_file = text(&self.key.source_file);
        report.line_number = self.key.line;
        if let Some(sample) = newest {
            report.referrer = text(&sample.referrer);
            report.column_number = sample.column;
            report.status_code = sample.status_code;
            report.sample = text(&sample.sample);
            report.user_agent = text(&sample.user_agent);
        }
        redact(&report)
    }
}
