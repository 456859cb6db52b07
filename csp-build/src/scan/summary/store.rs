//! A summary as bytes, and back.
//!
//! Nothing of it is trusted: what can't be read is as if it weren't there.

use std::collections::HashMap;

use super::{Binding, CallSite, Class, Expr, Function, Operator, Parameter, Parsed, Property, Summary};
use crate::scan::prefilter::Glance;
use crate::scan::report::{Reason, ReasonCode};

/// Changes with each change of what a summary holds, or of how it is made.
pub(crate) const FORMAT: u32 = 9;

pub(crate) trait Stored: Sized {
    fn put(&self, bytes: &mut Vec<u8>);
    fn take(bytes: &mut &[u8]) -> Option<Self>;
}

/// The next byte. Summaries are read by build scripts, which aren't optimised: a pattern is no call there.
fn byte(bytes: &mut &[u8]) -> Option<u8> {
    let [byte, rest @ ..] = *bytes else { return None };
    *bytes = rest;
    Some(*byte)
}

impl Stored for u64 {
    /// Seven bits a byte, the lowest first.
    fn put(&self, bytes: &mut Vec<u8>) {
        let mut rest = *self;
        while rest >= 0x80 {
            bytes.push(u8::try_from(rest & 0x7F).unwrap_or(0) | 0x80);
            rest >>= 7;
        }
        bytes.push(u8::try_from(rest).unwrap_or(0));
    }

    fn take(bytes: &mut &[u8]) -> Option<Self> {
        let (mut value, mut shift) = (0_u64, 0_u32);
        loop {
            let byte = u64::from(byte(bytes)?);
            if shift > 63 {
                return None;
            }
            value |= (byte & 0x7F) << shift;
            if byte < 0x80 {
                return Some(value);
            }
            shift += 7;
        }
    }
}

impl Stored for u32 {
    fn put(&self, bytes: &mut Vec<u8>) {
        u64::from(*self).put(bytes);
    }

    fn take(bytes: &mut &[u8]) -> Option<Self> {
        u64::take(bytes)?.try_into().ok()
    }
}

impl Stored for usize {
    fn put(&self, bytes: &mut Vec<u8>) {
        u64::try_from(*self).unwrap_or(u64::MAX).put(bytes);
    }

    fn take(bytes: &mut &[u8]) -> Option<Self> {
        u64::take(bytes)?.try_into().ok()
    }
}

impl Stored for bool {
    fn put(&self, bytes: &mut Vec<u8>) {
        bytes.push(u8::from(*self));
    }

    fn take(bytes: &mut &[u8]) -> Option<Self> {
        let byte = byte(bytes)?;
        (byte < 2).then_some(byte == 1)
    }
}

impl Stored for String {
    fn put(&self, bytes: &mut Vec<u8>) {
        self.len().put(bytes);
        bytes.extend_from_slice(self.as_bytes());
    }

    fn take(bytes: &mut &[u8]) -> Option<Self> {
        let length = usize::take(bytes)?;
        let (text, rest) = bytes.split_at_checked(length)?;
        *bytes = rest;
        String::from_utf8(text.to_vec()).ok()
    }
}

impl<T: Stored> Stored for Option<T> {
    fn put(&self, bytes: &mut Vec<u8>) {
        bytes.push(u8::from(self.is_some()));
        if let Some(value) = self {
            value.put(bytes);
        }
    }

    fn take(bytes: &mut &[u8]) -> Option<Self> {
        let tag = byte(bytes)?;
        match tag {
            0 => Some(None),
            1 => Some(Some(T::take(bytes)?)),
            _ => None,
        }
    }
}

impl<T: Stored> Stored for Vec<T> {
    fn put(&self, bytes: &mut Vec<u8>) {
        self.len().put(bytes);
        for value in self {
            value.put(bytes);
        }
    }

    fn take(bytes: &mut &[u8]) -> Option<Self> {
        let length = usize::take(bytes)?;
        // Each takes a byte at least: no length asks for more memory than there are bytes.
        if length > bytes.len() {
            return None;
        }
        let mut values = Self::with_capacity(length);
        while values.len() < length {
            values.push(T::take(bytes)?);
        }
        Some(values)
    }
}

impl<A: Stored, B: Stored> Stored for (A, B) {
    fn put(&self, bytes: &mut Vec<u8>) {
        self.0.put(bytes);
        self.1.put(bytes);
    }

    fn take(bytes: &mut &[u8]) -> Option<Self> {
        Some((A::take(bytes)?, B::take(bytes)?))
    }
}

impl<A: Stored, B: Stored, C: Stored> Stored for (A, B, C) {
    fn put(&self, bytes: &mut Vec<u8>) {
        self.0.put(bytes);
        self.1.put(bytes);
        self.2.put(bytes);
    }

    fn take(bytes: &mut &[u8]) -> Option<Self> {
        Some((A::take(bytes)?, B::take(bytes)?, C::take(bytes)?))
    }
}

impl<V: Stored + Clone> Stored for HashMap<String, V> {
    fn put(&self, bytes: &mut Vec<u8>) {
        let mut entries: Vec<_> = self.iter().collect();
        entries.sort_by_key(|(key, _)| *key);
        entries.len().put(bytes);
        for (key, value) in entries {
            key.put(bytes);
            value.put(bytes);
        }
    }

    fn take(bytes: &mut &[u8]) -> Option<Self> {
        Some(Vec::<(String, V)>::take(bytes)?.into_iter().collect())
    }
}

/// Fields, one after the other.
macro_rules! stored_struct {
    ($($name:ident { $($field:ident),* $(,)? })*) => {$(
        impl Stored for $name {
            fn put(&self, bytes: &mut Vec<u8>) {
                $(self.$field.put(bytes);)*
            }

            fn take(bytes: &mut &[u8]) -> Option<Self> {
                Some(Self { $($field: Stored::take(bytes)?),* })
            }
        }
    )*};
}

/// A number for the variant, then its fields.
macro_rules! stored_enum {
    ($($name:ident { $($tag:literal = $variant:ident ( $($field:ident),* )),* $(,)? })*) => {$(
        impl Stored for $name {
            fn put(&self, bytes: &mut Vec<u8>) {
                match self {
                    $(Self::$variant($($field),*) => {
                        bytes.push($tag);
                        $($field.put(bytes);)*
                    })*
                    other => other.put_named(bytes),
                }
            }

            fn take(bytes: &mut &[u8]) -> Option<Self> {
                let tag = byte(bytes)?;
                match tag {
                    $($tag => {
                        $(let $field = Stored::take(bytes)?;)*
                        Some(Self::$variant($($field),*))
                    })*
                    tag => Self::take_named(tag, bytes),
                }
            }
        }
    )*};
}

stored_enum! {
    Expr {
        0 = Text(text),
        1 = Concat(parts),
        2 = Either(choices),
        3 = Coalesce(first, second),
        4 = Symbol(symbol),
        5 = Global(name),
        6 = Member(object, name),
        7 = Element(object, key),
        8 = Call(callee, arguments),
        9 = New(callee, arguments),
        10 = Object(properties),
        11 = Array(elements),
        12 = Function(function),
        13 = Class(class),
        14 = This(class),
        15 = Super(class),
        16 = Pattern(pattern, flags),
        21 = Test(operator, parts),
    }
}

impl Expr {
    fn put_named(&self, bytes: &mut Vec<u8>) {
        match self {
            Self::Parameter { function, index } => {
                bytes.push(17);
                function.put(bytes);
                index.put(bytes);
            }
            Self::Import { source, name } => {
                bytes.push(18);
                source.put(bytes);
                name.put(bytes);
            }
            Self::ImportMeta => bytes.push(19),
            Self::When { test, holds, value } => {
                bytes.push(if *holds { 22 } else { 23 });
                test.put(bytes);
                value.put(bytes);
            }
            _ => bytes.push(20),
        }
    }

    fn take_named(tag: u8, bytes: &mut &[u8]) -> Option<Self> {
        match tag {
            17 => Some(Self::Parameter { function: Stored::take(bytes)?, index: Stored::take(bytes)? }),
            18 => Some(Self::Import { source: Stored::take(bytes)?, name: Stored::take(bytes)? }),
            19 => Some(Self::ImportMeta),
            20 => Some(Self::Opaque),
            22 | 23 => Some(Self::When { test: Stored::take(bytes)?, holds: tag == 22, value: Stored::take(bytes)? }),
            _ => None,
        }
    }
}

impl Stored for Property {
    fn put(&self, bytes: &mut Vec<u8>) {
        let (tag, name, value) = match self {
            Self::Named(name, value) => (0, Some(name), value),
            Self::Spread(value) => (1, None, value),
            Self::Computed(value) => (2, None, value),
        };
        bytes.push(tag);
        if let Some(name) = name {
            name.put(bytes);
        }
        value.put(bytes);
    }

    fn take(bytes: &mut &[u8]) -> Option<Self> {
        let tag = byte(bytes)?;
        match tag {
            0 => Some(Self::Named(Stored::take(bytes)?, Stored::take(bytes)?)),
            1 => Some(Self::Spread(Stored::take(bytes)?)),
            2 => Some(Self::Computed(Stored::take(bytes)?)),
            _ => None,
        }
    }
}

stored_struct! {
    Binding { name, offset, values, dead, appended, annotation, members }
    Function { name, offset, parameters, returns, class, makes, merged, outer, awaits_elements }
    Parameter { name, annotation }
    Class { parent, constructor, members, statics }
    CallSite { expression, offset, when, method, within, is_on_server }
    Summary {
        expressions, bindings, functions, classes, calls, direct, exports, stars, whole, assignments, globals, excluded, typed,
        comments,
    }
    Parsed { summary, problem }
    Glance { connects, imports, names }
    Reason { code, detail }
}

impl Stored for Operator {
    fn put(&self, bytes: &mut Vec<u8>) {
        bytes.push(match self {
            Self::Not => 0,
            Self::And => 1,
            Self::Or => 2,
            Self::Same => 3,
            Self::TypeOf => 4,
        });
    }

    fn take(bytes: &mut &[u8]) -> Option<Self> {
        let (&tag, rest) = bytes.split_first()?;
        *bytes = rest;
        [Self::Not, Self::And, Self::Or, Self::Same, Self::TypeOf].get(usize::from(tag)).copied()
    }
}

impl Stored for ReasonCode {
    fn put(&self, bytes: &mut Vec<u8>) {
        let place = Self::ALL.iter().position(|code| code == self).unwrap_or(usize::MAX);
        place.put(bytes);
    }

    fn take(bytes: &mut &[u8]) -> Option<Self> {
        Self::ALL.get(usize::take(bytes)?).copied()
    }
}
