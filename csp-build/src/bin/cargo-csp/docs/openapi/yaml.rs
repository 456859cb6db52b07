//! YAML, as far as OpenAPI takes it, into the values that JSON gives.
//!
//! Scalars keep their text: a version `3.10` or a port `0443` is what its author wrote. Aliases are followed within limits.

use std::collections::HashMap;

use saphyr_parser::{Event, Parser, ScalarStyle, Span};
use serde_json::{Map, Value};

/// How deep values may stand in each other; as of JSON.
const DEEPEST: usize = 128;

/// How many values aliases may add: a short document can come to more than a machine has memory.
const MOST_ALIASED: usize = 200_000;

/// A list or mapping that isn't at its end.
struct Open {
    anchor: usize,
    /// How many values stand in it.
    size: usize,
    value: OpenValue,
}

enum OpenValue {
    List(Vec<Value>),
    Mapping {
        members: Map<String, Value>,
        /// What `<<` takes in; the mapping's own members go first, wherever they stand.
        taken: Vec<Value>,
        /// Whose value comes next.
        key: Option<Key>,
    },
}

struct Key {
    text: String,
    /// `<<`, which takes in the members of its value.
    is_merge: bool,
}

#[derive(Default)]
struct Builder {
    open: Vec<Open>,
    anchors: HashMap<usize, (Value, usize)>,
    aliased: usize,
    root: Option<Value>,
}

/// Reads a document; what is wrong is told with its line.
pub(super) fn parse(text: &str) -> Result<Value, String> {
    let mut builder = Builder::default();
    let mut documents = 0;
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| at(error.marker().line(), error.info()))?;
        documents += usize::from(matches!(event, Event::DocumentStart(_)));
        if documents > 1 {
            return Err(at(span.start.line(), "a second document: write one in a file"));
        }
        builder.take(event, span).map_err(|problem| at(span.start.line(), problem))?;
    }
    Ok(builder.root.unwrap_or(Value::Null))
}

fn at(line: usize, problem: impl std::fmt::Display) -> String {
    format!("line {line}: {problem}")
}

impl Builder {
    fn take(&mut self, event: Event<'_>, _: Span) -> Result<(), String> {
        match event {
            Event::Scalar(text, style, anchor, _) => {
                let is_plain = style == ScalarStyle::Plain;
                let value = match text.as_ref() {
                    "" | "~" | "null" | "Null" | "NULL" if is_plain => Value::Null,
                    text => Value::String(text.to_owned()),
                };
                if self.awaits_key() {
                    return self.key(Key { text: text.into_owned(), is_merge: is_plain && value == "<<" });
                }
                self.add(value, 1, anchor)
            }
            Event::Alias(anchor) => {
                let Some((value, size)) = self.anchors.get(&anchor) else {
                    return Err("an alias that stands in what it is an alias of".to_owned());
                };
                self.aliased += size;
                if self.aliased > MOST_ALIASED {
                    return Err(format!("aliases that come to more than {MOST_ALIASED} values"));
                }
                let (value, size) = (value.clone(), *size);
                match (self.awaits_key(), value) {
                    (true, Value::String(text)) => self.key(Key { text, is_merge: false }),
                    (_, value) => self.add(value, size, 0),
                }
            }
            Event::SequenceStart(anchor, _) => self.open(anchor, OpenValue::List(Vec::new())),
            Event::MappingStart(anchor, _) => {
                self.open(anchor, OpenValue::Mapping { members: Map::new(), taken: Vec::new(), key: None })
            }
            Event::SequenceEnd | Event::MappingEnd => match self.open.pop() {
                Some(Open { anchor, size, value: OpenValue::List(list) }) => {
                    self.add(Value::Array(list), size + 1, anchor)
                }
                Some(Open { anchor, size, value: OpenValue::Mapping { mut members, taken, .. } }) => {
                    for taken in taken {
                        merge(&mut members, taken);
                    }
                    self.add(Value::Object(members), size + 1, anchor)
                }
                None => Ok(()),
            },
            _ => Ok(()),
        }
    }

    fn awaits_key(&self) -> bool {
        matches!(self.open.last(), Some(Open { value: OpenValue::Mapping { key: None, .. }, .. }))
    }

    fn open(&mut self, anchor: usize, value: OpenValue) -> Result<(), String> {
        if self.awaits_key() {
            return Err("a key that is a list or a mapping: write a text".to_owned());
        }
        if self.open.len() >= DEEPEST {
            return Err(format!("values that stand in each other more than {DEEPEST} deep"));
        }
        self.open.push(Open { anchor, size: 0, value });
        Ok(())
    }

    fn key(&mut self, key: Key) -> Result<(), String> {
        if let Some(Open { value: OpenValue::Mapping { members, key: awaited, .. }, .. }) = self.open.last_mut() {
            if members.contains_key(&key.text) {
                return Err(format!("the key `{}` a second time", csp_core::excerpt(&key.text)));
            }
            *awaited = Some(key);
        }
        Ok(())
    }

    /// A value that is complete.
    fn add(&mut self, value: Value, size: usize, anchor: usize) -> Result<(), String> {
        if anchor > 0 {
            self.anchors.insert(anchor, (value.clone(), size));
        }
        let Some(open) = self.open.last_mut() else {
            self.root = Some(value);
            return Ok(());
        };
        open.size += size;
        match &mut open.value {
            OpenValue::List(list) => list.push(value),
            OpenValue::Mapping { members, taken, key } => match key.take() {
                Some(Key { is_merge: true, .. }) => taken.push(value),
                Some(Key { text, .. }) => {
                    members.insert(text, value);
                }
                None => return Err("a key that is a list or a mapping: write a text".to_owned()),
            },
        }
        Ok(())
    }
}

/// What is there already stays.
fn merge(members: &mut Map<String, Value>, taken: Value) {
    match taken {
        Value::Object(taken) => {
            for (key, value) in taken {
                members.entry(key).or_insert(value);
            }
        }
        Value::Array(list) => {
            for taken in list {
                merge(members, taken);
            }
        }
        _ => {}
    }
}
