//! Which files are worth a parse: those that may connect by themselves, and by what they import, those that may call them.

use std::collections::HashSet;

use super::cdn;
use super::importers::name_key;
use super::search::{Class, Search, is_outside};
use super::sinks::{Word, entry_point};

/// What is seen of a text without a parser.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Glance {
    /// It has the name of something that connects. What it imports is not looked at to its end then.
    pub(crate) connects: bool,
    /// What it imports, as it is written; of Rust, the names in its paths.
    pub(crate) imports: Vec<String>,
    /// The keys of their last names, in the same order.
    pub(crate) names: Vec<u32>,
}

/// What is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    Sink,
    /// `type: "json"`, behind an import.
    Json,
    /// A module's name may follow.
    Import,
    /// A path of Rust.
    Path,
}

#[derive(Debug)]
pub(crate) struct Prefilter {
    search: Search,
    marks: Vec<Mark>,
    packages: HashSet<String>,
}

/// The farthest that a module's name may be behind its keyword, comments included, and the longest one.
const FAR: usize = 1 << 10;

/// What may stand before jQuery's `$`, and behind it.
const BEFORE_DOLLAR: Class = Class::Of(b" \t\r\n(,=[!;{}:.&|+-?>");
const BEHIND_DOLLAR: Class = Class::Of(b" \t\r\n(.[,);=?:}&|");
const QUOTE: Class = Class::Of(b"'\"`");

impl Prefilter {
    pub(crate) fn of(words: Vec<Word>) -> Self {
        let (mut patterns, mut marks, mut packages) = (Vec::new(), Vec::new(), HashSet::new());
        let mut add = |classes, mark| {
            patterns.push(classes);
            marks.push(mark);
        };
        for word in words {
            match word {
                Word::Name(name) if name == "$" => {
                    add(vec![BEFORE_DOLLAR, Class::Byte(b'$'), BEHIND_DOLLAR], Mark::Sink);
                }
                Word::Name(name) => add(outside(&name, Class::Outside), Mark::Sink),
                Word::Text(text) => add(text.bytes().map(Class::Byte).collect(), Mark::Sink),
                Word::Package(package) => {
                    packages.insert(package);
                }
            }
        }
        add([&[QUOTE], literal("json").as_slice(), &[QUOTE]].concat(), Mark::Json);
        for keyword in ["from", "import", "require"] {
            add(outside(keyword, Class::Of(b" \t\r\n'\"`(/")), Mark::Import);
        }
        // What a page calls modules is read where it is parsed.
        add(literal("importmap"), Mark::Sink);
        add(literal("::"), Mark::Path);
        add(outside("mod", Class::Of(b" \t\r\n")), Mark::Path);
        Self { search: Search::of(patterns), marks, packages }
    }

    /// Whether a package, or a file of one, connects.
    pub(crate) fn knows(&self, name: &str) -> bool {
        self.packages.contains(name) || entry_point(name).is_some_and(|(package, _)| self.packages.contains(package))
    }

    pub(crate) fn glance(&self, text: &[u8], is_rust: bool) -> Glance {
        let mut glance = Glance::default();
        // What can't be read is told, not left out: here no word is as it looks.
        if matches!(text, [0xFE, 0xFF, ..] | [0xFF, 0xFE, ..]) {
            glance.connects = true;
            return glance;
        }
        self.search.each(text, |pattern, behind| {
            match self.marks[pattern] {
                Mark::Sink => glance.connects = true,
                Mark::Json => glance.connects |= is_json_type(text, behind - "'json'".len()),
                Mark::Import if !is_rust => {
                    let Some(name) = module(text, behind - 1) else { return false };
                    glance.connects |= self.knows(name);
                    if !glance.connects && name.contains(':') {
                        glance.connects = self.knows(&cdn::called(name));
                    }
                    glance.imports.push(name.to_owned());
                }
                Mark::Path if is_rust => names(text, behind, &mut glance.imports),
                Mark::Import | Mark::Path => {}
            }
            glance.connects
        });
        glance.imports.sort_unstable();
        glance.imports.dedup();
        glance.names = glance.imports.iter().map(|import| name_key(import)).collect();
        glance
    }
}

/// A search for names that are no part of longer ones.
pub(crate) fn mentions<'n>(names: impl Iterator<Item = &'n str>) -> Search {
    Search::of(names.map(|name| outside(name, Class::Outside)))
}

fn literal(text: &str) -> Vec<Class> {
    text.bytes().map(Class::Byte).collect()
}

/// A name that is no part of a longer one.
fn outside(name: &str, behind: Class) -> Vec<Class> {
    [&[Class::Outside], literal(name).as_slice(), &[behind]].concat()
}

/// The name in quotes that follows, past an open bracket and comments.
fn module(text: &[u8], mut at: usize) -> Option<&str> {
    let last = text.len().min(at + FAR);
    loop {
        match (text.get(at)?, text.get(at + 1)) {
            _ if at >= last => return None,
            (b' ' | b'\t' | b'\r' | b'\n' | b'(', _) => at += 1,
            (b'/', Some(b'*')) => at = past(text, at + 2, last, b"*/")?,
            (b'/', Some(b'/')) => at = past(text, at + 2, last, b"\n")?,
            (&quote @ (b'"' | b'\'' | b'`'), _) => {
                let rest = text.get(at + 1..text.len().min(at + 1 + FAR))?;
                let length = rest.iter().position(|&byte| byte == quote || byte == b'\n')?;
                return std::str::from_utf8(rest.get(..length)?).ok().filter(|name| !name.is_empty());
            }
            _ => return None,
        }
    }
}

/// The place behind the next of these.
fn past(text: &[u8], at: usize, last: usize, mark: &[u8]) -> Option<usize> {
    let rest = text.get(at..last)?;
    rest.windows(mark.len()).position(|window| window == mark).map(|found| at + found + mark.len())
}

/// Whether `type:` stands before a place, with or without quotes.
fn is_json_type(text: &[u8], at: usize) -> bool {
    let before = text.get(at.saturating_sub(64)..at).unwrap_or_default().trim_ascii_end();
    let Some(before) = before.strip_suffix(b":") else { return false };
    let before = before.trim_ascii_end();
    let before = before.strip_suffix(b"\"").or_else(|| before.strip_suffix(b"'")).unwrap_or(before);
    before.ends_with(b"type")
}

/// The names around a `::`, or behind a `mod`; of `{…}`, all that are in it.
fn names(text: &[u8], behind: usize, found: &mut Vec<String>) {
    let mut push = |name: &[u8]| {
        if let (Ok(name), false) = (std::str::from_utf8(name), name.is_empty()) {
            found.push(name.to_owned());
        }
    };
    if let Some(path) = text.get(..behind).and_then(|text| text.strip_suffix(b"::")) {
        let start = path.iter().rposition(|&byte| is_outside(byte)).map_or(0, |before| before + 1);
        push(path.get(start..).unwrap_or_default());
    }
    let rest = text.get(behind..).unwrap_or_default();
    let rest = rest.get(..rest.len().min(FAR)).unwrap_or_default().trim_ascii_start();
    let end = if rest.first() == Some(&b'{') {
        rest.iter().position(|&byte| byte == b';')
    } else {
        rest.iter().position(|&byte| is_outside(byte))
    };
    rest.get(..end.unwrap_or(rest.len())).unwrap_or_default().split(|&byte| is_outside(byte)).for_each(push);
}
