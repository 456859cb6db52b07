//! Methods of texts, and of URLs.

use std::rc::Rc;

use super::combined::bounded;
use super::origin::{PAGE_HOST, PAGE_SCHEME, has_origin, is_absolute, is_path, without_path};
use super::value::{MOST_VALUES, Made, Text, Value};
use super::{Resolver, pattern, unresolved};
use crate::scan::report::{Reason, ReasonCode};

impl Resolver<'_> {
    /// `text.slice(start)`, `text.slice(0, -1)`
    pub(super) fn cut(&mut self, text: Text, made: &Made) -> Value {
        let mut number = |index| {
            let values = self.argument(made, index);
            match values.as_slice() {
                [Value::Text(text)] if text.hole.is_none() => text.known.parse::<usize>().ok(),
                _ => None,
            }
        };
        let (start, is_all) = (number(0), made.arguments.len() < 2);
        let rest = start.filter(|_| is_all).and_then(|start| text.known.get(start..));
        match rest {
            Some(rest) => Value::Text(Text { known: rest.to_owned(), ..text }),
            // The end is cut, and the host is before it.
            None if start == Some(0) && has_origin(&text.known) && text.hole.is_some() => Value::Text(text),
            None => unresolved("a part of a text"),
        }
    }

    /// Methods of texts and of URLs.
    pub(super) fn text_method(&mut self, objects: Vec<Value>, method: &str, made: &Made) -> Vec<Value> {
        let mut values = Vec::new();
        for object in objects {
            match (object, method) {
                (Value::Text(text), "toString" | "trim" | "valueOf" | "toJSON" | "trimEnd" | "trimStart") => {
                    values.push(Value::Text(text));
                }
                // A signal of Rust is read; a URL is joined with a relative one.
                (Value::Text(text), "get" | "read" | "with") if made.arguments.is_empty() => {
                    values.push(Value::Text(text));
                }
                (Value::Text(base), "join") => {
                    let ends: Vec<_> = self.argument(made, 0).into_iter().map(Value::into_text).collect();
                    let base = [Value::Text(base)];
                    values.extend(ends.into_iter().flat_map(|end| based(end, &base)).map(Value::Text));
                }
                (Value::Text(text), "toLowerCase") => values.push(Value::Text(text)),
                (Value::Text(text), "concat") => {
                    let mut beginnings = vec![text];
                    for place in 0..made.arguments.len() {
                        if beginnings.iter().all(|text| text.hole.is_some() || has_origin(&text.known)) {
                            break;
                        }
                        let ends: Vec<_> = self.argument(made, place).into_iter().map(Value::into_text).collect();
                        let longer = |text: &Text| ends.iter().map(|end| joined(text, end)).collect::<Vec<_>>();
                        beginnings = beginnings.iter().flat_map(longer).take(MOST_VALUES).collect();
                    }
                    values.extend(beginnings.into_iter().map(Value::Text));
                }
                (Value::Text(text), "replace" | "replaceAll") => {
                    let patterns = self.argument(made, 0);
                    let by: Vec<_> = self.argument(made, 1).into_iter().map(Value::into_text).collect();
                    for pattern in &patterns {
                        values.extend(by.iter().map(|by| replaced(&text, pattern, by, method == "replaceAll")));
                        bounded(&mut values);
                    }
                }
                // `location.protocol.slice(4)`: what tells `https:` from `http:`.
                (Value::Text(text), "slice" | "substring" | "substr") if text.known == PAGE_SCHEME => {
                    values.extend(["s:", ":"].map(Value::text));
                }
                (Value::Text(text), "slice" | "substring") => values.push(self.cut(text, made)),
                (Value::Text(text), "split") => {
                    let separators = self.argument(made, 0);
                    values.extend(separators.iter().map(|separator| split(&text, separator)));
                }
                (Value::Text(_), _) => values.push(unresolved(&format!("the result of `.{method}()`"))),
                (object, _) => {
                    let members = self.member(object, method);
                    values.extend(members.into_iter().flat_map(|member| self.call(member, made)));
                }
            }
        }
        values
    }
}

/// The pieces of a text.
fn split(text: &Text, separator: &Value) -> Value {
    let known = text.known.as_str();
    let of_page = known.contains(PAGE_HOST) || known.contains(PAGE_SCHEME);
    let pieces: Option<Vec<&str>> = match separator {
        // Of which names the page's own host is made nobody knows.
        Value::Text(by) if of_page && !matches!(by.known.as_str(), "/" | "?" | "#" | "&") => None,
        Value::Text(by) if by.hole.is_none() && !by.known.is_empty() => {
            Some(known.split(by.known.as_str()).take(MOST_VALUES).collect())
        }
        Value::Pattern(by, flags) if !of_page && text.hole.is_none() => {
            pattern::compiled(by, flags).map(|by| by.split(known).take(MOST_VALUES).collect())
        }
        _ => None,
    };
    let Some(pieces) = pieces else { return unresolved("the result of `.split()`") };
    let last = pieces.len() - 1;
    let piece = |(place, piece): (usize, &&str)| {
        let hole = text.hole.clone().filter(|_| place == last);
        Value::Text(Text { known: (*piece).to_owned(), hole, resolution: text.resolution })
    };
    let mut row: Vec<_> = pieces.iter().enumerate().map(piece).collect();
    // What comes behind isn't known, nor how many pieces it has.
    if let Some(hole) = &text.hole {
        row.extend(std::iter::repeat_n(Value::Unknown(hole.clone()), 2));
    }
    Value::Row(Rc::new(row))
}

/// A URL below each of its bases; an absolute one as it is.
pub(super) fn based(url: Text, bases: &[Value]) -> Vec<Text> {
    if bases.is_empty() || is_absolute(&url.known) {
        return vec![url];
    }
    // What is all unknown may be absolute: nothing says that the base counts.
    if url.known.is_empty() && url.hole.is_some() {
        return vec![url];
    }
    let bases = bases.iter().cloned().map(Value::into_text);
    bases
        .map(|base| {
            let resolution = url.resolution.max(base.resolution);
            match base.hole {
                Some(_) if !has_origin(&base.known) => Text { resolution, ..base },
                _ => {
                    let known = format!("{}/{}", base.known.trim_end_matches('/'), url.known.trim_start_matches('/'));
                    Text { known, hole: url.hole.clone(), resolution }
                }
            }
        })
        .collect()
}

pub(super) fn joined(text: &Text, end: &Text) -> Text {
    match text.hole {
        Some(_) => text.clone(),
        None => Text {
            known: format!("{}{}", text.known, end.known),
            hole: end.hole.clone(),
            resolution: text.resolution.max(end.resolution),
        },
    }
}

/// A replacement of a text or of what a regular expression finds.
pub(super) fn replaced(text: &Text, pattern: &Value, by: &Text, all: bool) -> Value {
    // What is replaced behind the host may be by anything.
    if by.hole.is_some()
        && let Some(start) = first_found(text, pattern)
        && let Some(before) = text.known.get(..start)
        && (has_origin(before) || is_path(before) || (before.len() == text.known.len() && text.hole.is_none()))
    {
        // What isn't found is not replaced.
        if before.len() == text.known.len() && text.hole.is_none() {
            return Value::Text(text.clone());
        }
        let resolution = text.resolution.max(by.resolution);
        return Value::Text(Text { known: before.to_owned(), hole: by.hole.clone(), resolution });
    }
    let known = match pattern {
        _ if by.hole.is_some() => None,
        Value::Text(pattern) if pattern.hole.is_none() && text.known.contains(&pattern.known) => {
            let count = if all { usize::MAX } else { 1 };
            Some(text.known.replacen(&pattern.known, &by.known, count))
        }
        Value::Text(pattern) if pattern.hole.is_none() && (text.hole.is_none() || has_origin(&text.known)) => {
            Some(text.known.clone())
        }
        Value::Pattern(pattern, flags) => replaced_pattern(text, pattern, flags, &by.known),
        _ => None,
    };
    match known {
        Some(known) => {
            let resolution = text.resolution.max(by.resolution);
            Value::Text(Text { known, hole: text.hole.clone(), resolution })
        }
        None => Value::unknown(Reason::new(ReasonCode::UnresolvedUrl, "the result of a replacement")),
    }
}

/// Where the first match begins; the end of what is known, where there is none before.
pub(super) fn first_found(text: &Text, pattern: &Value) -> Option<usize> {
    let found = match pattern {
        Value::Text(pattern) if pattern.hole.is_none() => text.known.find(&pattern.known),
        Value::Pattern(pattern, flags) => {
            pattern::compiled(pattern, flags)?.find(&text.known).map(|found| found.start())
        }
        _ => return None,
    };
    Some(found.unwrap_or(text.known.len()))
}

pub(super) fn replaced_pattern(text: &Text, pattern: &str, flags: &str, by: &str) -> Option<String> {
    // What is anchored at the end doesn't reach the host of a text that goes on.
    if pattern.ends_with('$') && !pattern.ends_with("\\$") && text.hole.is_some() && has_origin(&text.known) {
        return Some(text.known.clone());
    }
    let regex = pattern::compiled(pattern, flags)?;
    // Beyond what is known there may be more to find.
    if text.hole.is_some() {
        let first = regex.find(&text.known);
        let is_settled = match first {
            Some(found) => found.end() < text.known.len() && !flags.contains('g'),
            None => pattern.starts_with('^') && !text.known.is_empty(),
        };
        // A pattern without a colon or two slashes doesn't reach a host, nor does what stands in their place.
        let reaches = |part: &str| part.contains(':') || part.contains("//");
        if !is_settled && (is_path(&text.known) || has_origin(&text.known)) && !reaches(pattern) && !reaches(by) {
            return Some(without_path(text.clone()).known);
        }
        if !is_settled {
            return None;
        }
    }
    // `$1` is followed by what it is followed by; to the library a name may go on.
    let mut replacement = String::new();
    let mut characters = by.chars().peekable();
    while let Some(character) = characters.next() {
        match (character, characters.peek().copied()) {
            ('$', Some(digit)) if digit.is_ascii_digit() => {
                replacement.push_str(&format!("${{{digit}}}"));
                characters.next();
            }
            ('$', Some('&')) => {
                replacement.push_str("${0}");
                characters.next();
            }
            ('$', _) => replacement.push_str("$$"),
            (other, _) => replacement.push(other),
        }
    }
    let most = usize::from(!flags.contains('g'));
    Some(regex.replacen(&text.known, most, replacement.as_str()).into_owned())
}
