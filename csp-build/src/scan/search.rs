//! A search for many short patterns at once, made for build scripts: they are compiled without optimisation, where each step
//! of a loop costs nanoseconds and each call of a small function as much again.
//!
//! It is Wu and Manber's, over pairs of bytes: of each pattern four bytes count, and a table says for each pair how far the
//! next place is where they could end. Most pairs are in no pattern, so that it looks at every third byte.

use std::collections::HashMap;

/// What may stand at a place of a pattern.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Class {
    Any,
    Byte(u8),
    /// No part of an identifier; also before the text, and after it.
    Outside,
    /// One of these.
    Of(&'static [u8]),
}

/// How many bytes of a pattern are looked for.
const WINDOW: usize = 4;
/// How far the next window ends at most, where a pair is in none.
const FAR: u8 = 3;
/// The group of the pairs that no number is left for: all patterns.
const ALL: u8 = u8::MAX;

#[derive(Debug)]
struct Pattern {
    classes: Vec<Class>,
    /// Where the last byte of its window is in it.
    end: usize,
    /// Its longest row of bytes, which are compared at once, and where that is in it.
    bytes: (usize, Vec<u8>),
    /// Its other places.
    others: Vec<(usize, Class)>,
}

#[derive(Debug)]
pub(crate) struct Search {
    patterns: Vec<Pattern>,
    /// By the two last bytes of a window: how far to go, or the group of patterns that it may be.
    table: Vec<u8>,
    /// The patterns of each group, from `FAR + 1` on.
    groups: Vec<Vec<usize>>,
}

impl Class {
    const fn has(self, byte: u8) -> bool {
        match self {
            Self::Any => true,
            Self::Byte(own) => own == byte,
            Self::Outside => is_outside(byte),
            Self::Of(bytes) => {
                let mut at = 0;
                while at < bytes.len() {
                    if bytes[at] == byte {
                        return true;
                    }
                    at += 1;
                }
                false
            }
        }
    }

    fn bytes(self) -> Vec<u8> {
        match self {
            Self::Byte(byte) => vec![byte],
            class => (0..=u8::MAX).filter(|&byte| class.has(byte)).collect(),
        }
    }

    /// How often it is met, of some thousand bytes of code.
    fn frequency(self) -> u32 {
        let of = |byte: u8| match byte {
            b' ' => 160,
            b'e' | b't' => 70,
            b'a' | b'i' | b'n' | b'o' | b'r' | b's' => 45,
            b'c' | b'd' | b'l' | b'm' | b'p' | b'u' => 25,
            b'\n' | b'(' | b')' | b'.' | b',' | b'\'' | b'"' | b'=' | b';' | b':' | b'f' | b'g' | b'h' => 15,
            b'b' | b'v' | b'y' | b'{' | b'}' | b'[' | b']' | b'/' => 9,
            _ => 2,
        };
        match self {
            Self::Byte(byte) => of(byte),
            Self::Any => 1_000,
            Self::Outside => 400,
            Self::Of(bytes) => bytes.iter().map(|&byte| of(byte)).sum(),
        }
    }
}

/// Whether a byte is no part of an identifier. Bytes of other characters than ASCII's may be a letter's, or a space's: a
/// name beside one is rather found than missed.
pub(crate) const fn is_outside(byte: u8) -> bool {
    !(byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'$')
}

impl Search {
    /// A search for these, in their order. A pattern has four places at least.
    pub(crate) fn of(patterns: impl IntoIterator<Item = Vec<Class>>) -> Self {
        let patterns: Vec<_> = patterns
            .into_iter()
            .map(|mut classes| {
                while classes.len() < WINDOW {
                    classes.insert(0, Class::Any);
                }
                let end = rarest(&classes);
                let (start, bytes) = longest_row(&classes);
                let is_other = |(place, _): &(usize, Class)| !(start..start + bytes.len()).contains(place);
                let others = classes.iter().copied().enumerate().filter(is_other).collect();
                Pattern { classes, end, bytes: (start, bytes), others }
            })
            .collect();
        let mut search = Self { patterns, table: vec![FAR; 1 << 16], groups: vec![Vec::new()] };
        let mut known: HashMap<Vec<usize>, u8> = HashMap::new();
        for number in 0..search.patterns.len() {
            search.enter(number, &mut known);
        }
        search.groups[0] = (0..search.patterns.len()).collect();
        search
    }

    fn enter(&mut self, number: usize, known: &mut HashMap<Vec<usize>, u8>) {
        let pattern = &self.patterns[number];
        let window = pattern.classes[pattern.end + 1 - WINDOW..=pattern.end].to_vec();
        for (place, step) in [(0, 2), (1, 1), (2, 0)] {
            let seconds = window[place + 1].bytes();
            for first in window[place].bytes() {
                for &second in &seconds {
                    let pair = pair(first, second);
                    let entry = self.table[pair];
                    if step > 0 && entry <= FAR {
                        self.table[pair] = entry.min(step);
                    }
                    if step > 0 || entry == ALL {
                        continue;
                    }
                    let mut group = match entry {
                        entry if entry > FAR => self.groups[usize::from(entry - FAR)].clone(),
                        _ => Vec::new(),
                    };
                    group.push(number);
                    let next = u8::try_from(self.groups.len()).ok().and_then(|count| count.checked_add(FAR));
                    self.table[pair] = match (known.get(&group), next) {
                        (Some(&group), _) => group,
                        (None, Some(next)) if next < ALL => {
                            self.groups.push(group.clone());
                            known.insert(group, next);
                            next
                        }
                        _ => ALL,
                    };
                }
            }
        }
    }

    /// Calls for each match, with the pattern's number and the place behind it, until one call says that it is enough.
    #[allow(
        clippy::cast_lossless,
        reason = "each call costs as much as the rest of a step, where nothing is optimised"
    )]
    pub(crate) fn each(&self, text: &[u8], mut matched: impl FnMut(usize, usize) -> bool) {
        let table = self.table.as_slice();
        // A pattern may begin with two places before the text, and end with one behind it.
        let mut end = 1;
        while end < text.len() {
            let entry = table[(text[end - 1] as usize) << 8 | text[end] as usize];
            if entry <= FAR {
                end += entry as usize;
                continue;
            }
            if self.group_is_at(entry, text, end, &mut matched) {
                return;
            }
            end += 1;
        }
        if let (Some(&last), true) = (text.last(), end == text.len()) {
            let entry = table[pair(last, b'\n')];
            if entry > FAR {
                self.group_is_at(entry, text, end, &mut matched);
            }
        }
    }

    fn group_is_at(&self, entry: u8, text: &[u8], end: usize, matched: &mut impl FnMut(usize, usize) -> bool) -> bool {
        let group = if entry == ALL { 0 } else { usize::from(entry - FAR) };
        for &number in &self.groups[group] {
            let pattern = &self.patterns[number];
            let behind = (end + pattern.classes.len() - pattern.end).min(text.len());
            if pattern.is_at(text, end) && matched(number, behind) {
                return true;
            }
        }
        false
    }
}

impl Pattern {
    /// Whether it matches where its window ends at this byte.
    fn is_at(&self, text: &[u8], end: usize) -> bool {
        let (start, bytes) = &self.bytes;
        let Some(start) = (end + start).checked_sub(self.end) else { return false };
        if text.get(start..start + bytes.len()) != Some(bytes.as_slice()) {
            return false;
        }
        self.others.iter().all(|(place, class)| {
            // What stands before the text, and after it, is as a line break.
            let byte = (end + place).checked_sub(self.end).and_then(|at| text.get(at)).copied().unwrap_or(b'\n');
            class.has(byte)
        })
    }
}

/// The longest row of single bytes in a pattern, and where it begins.
fn longest_row(classes: &[Class]) -> (usize, Vec<u8>) {
    let mut longest = (0, Vec::new());
    for start in 0..classes.len() {
        let row = classes.iter().skip(start).map_while(|class| match class {
            Class::Byte(byte) => Some(*byte),
            _ => None,
        });
        let row: Vec<u8> = row.collect();
        if row.len() > longest.1.len() {
            longest = (start, row);
        }
    }
    longest
}

/// Where the four places end that are met least.
fn rarest(classes: &[Class]) -> usize {
    let cost = |end: usize| {
        let pair = |last: usize| u64::from(classes[last - 1].frequency()) * u64::from(classes[last].frequency());
        pair(end) * 8 + pair(end - 1) * 2 + pair(end - 2)
    };
    (WINDOW - 1..classes.len()).min_by_key(|&end| cost(end)).unwrap_or(WINDOW - 1)
}

fn pair(first: u8, second: u8) -> usize {
    usize::from(first) << 8 | usize::from(second)
}
