//! Objects, texts and numbers of JSON, as leniently as reports need it.
//!
//! Values are kept as they stand until they are asked for, so that whatever else stands in an entry costs nothing: it is
//! skipped without recursion, however deep it is nested.

use alloc::borrow::{Cow, ToOwned as _};
use alloc::string::String;
use core::fmt;

use serde::de::{Deserializer as _, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

/// A value as it stands, without blanks around it.
pub(super) type Raw<'a> = &'a str;

/// A value is of another type.
pub(super) struct WrongType;

/// The members of an object that have these names; of a name that stands twice, the last. `Err` if a name can't be read.
pub(super) fn members<'a, const N: usize>(
    object: Raw<'a>,
    names: [&'static str; N],
) -> Result<[Option<Raw<'a>>; N], serde_json::Error> {
    let mut json = serde_json::Deserializer::from_str(object);
    let members = json.deserialize_map(Members { names })?;
    json.end()?;
    Ok(members)
}

struct Members<const N: usize> {
    names: [&'static str; N],
}

impl<'a, const N: usize> Visitor<'a> for Members<N> {
    type Value = [Option<Raw<'a>>; N];

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("an object")
    }

    fn visit_map<A: MapAccess<'a>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut found = [None; N];
        while let Some(Name(name)) = map.next_key::<Name<'a>>()? {
            match self.names.iter().position(|known| *known == name) {
                Some(index) => found[index] = Some(map.next_value::<&'a RawValue>()?.get()),
                None => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(found)
    }
}

/// A member's name, borrowed where it has no escapes.
struct Name<'a>(Cow<'a, str>);

impl<'de> serde::Deserialize<'de> for Name<'de> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Text).map(Self)
    }
}

struct Text;

impl<'de> Visitor<'de> for Text {
    type Value = Cow<'de, str>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a string")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(text))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(text.to_owned()))
    }

    fn visit_borrowed_bytes<E>(self, bytes: &'de [u8]) -> Result<Self::Value, E> {
        Ok(String::from_utf8_lossy(bytes))
    }

    fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Self::Value, E> {
        Ok(Cow::Owned(String::from_utf8_lossy(bytes).into_owned()))
    }
}

/// The text of a string; `None` for `null`.
///
/// Browsers cut samples at 40 UTF-16 units, through the middle of a character too: half a character is read as U+FFFD.
pub(super) fn text(value: Raw<'_>) -> Result<Option<Cow<'_, str>>, WrongType> {
    match value.as_bytes().first() {
        Some(b'"') => {
            let mut json = serde_json::Deserializer::from_str(value);
            json.deserialize_bytes(Text).map(Some).map_err(|_| WrongType)
        }
        Some(b'n') => Ok(None),
        _ => Err(WrongType),
    }
}

/// A number, or a string that says one; `None` for `null`, and for what is no whole number from 0.
pub(super) fn number(value: Raw<'_>) -> Result<Option<u64>, WrongType> {
    let digits = match value.as_bytes().first() {
        Some(b'"') => text(value)?.unwrap_or_default(),
        Some(b'n') => return Ok(None),
        Some(b'-' | b'0'..=b'9') => Cow::Borrowed(value),
        _ => return Err(WrongType),
    };
    let digits = digits.trim();
    let whole = digits.strip_suffix(".0").unwrap_or(digits);
    // `parse` takes a sign too.
    Ok(whole.bytes().all(|byte| byte.is_ascii_digit()).then(|| whole.parse().ok()).flatten())
}

/// Whether the value is an object.
pub(super) fn is_object(value: Raw<'_>) -> bool {
    value.starts_with('{')
}
