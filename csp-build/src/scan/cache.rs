//! What a scan makes of contents, by the contents: never by a name or a time, so that what is known is as good as new.
//!
//! One file holds all that the last scan used. It is read as a whole, and its last bytes are a hash of the others: a file
//! that was cut, edited or written by another version is as if it weren't there. It is looked up without being unpacked, as
//! most of what is known of a front end is that a file needn't be parsed.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::prefilter::Glance;
use super::report::ReasonCode;
use super::summary::{FORMAT, Parsed, Stored};
use crate::hash::{Key, key};
use crate::walk::read;

const MAGIC: &[u8] = b"csp-scan";

/// What is kept of one content.
#[derive(Clone, Debug, Default)]
struct Entry {
    glance: Option<Vec<u8>>,
    parsed: Option<Vec<u8>>,
}

#[derive(Debug, Default)]
pub(crate) struct Cache {
    file: Option<PathBuf>,
    /// Who wrote it: another version, or one with other sinks, may say another thing of the same content.
    writer: Vec<u8>,
    old: Old,
    used: BTreeMap<Key, Entry>,
    is_changed: bool,
}

/// A file as it was read: what tells where entries are, sorted by their keys, and then the entries.
#[derive(Debug, Default)]
struct Old {
    bytes: Vec<u8>,
    /// Where the row of the first key is, and how many there are.
    rows: usize,
    count: usize,
}

/// The bytes of a row: a key, then where its entry starts, where its second part does, and where it ends.
const ROW: usize = 16 + 3 * 4;

impl Cache {
    /// The cache of a folder, of scans that look for the same; without a folder, a cache that keeps nothing.
    pub(crate) fn open(folder: Option<&Path>, looks_for: &str) -> Self {
        let Some(folder) = folder else { return Self::default() };
        let file = folder.join("summaries.bin");
        let version = env!("CARGO_PKG_VERSION").as_bytes();
        let writer = [MAGIC, &FORMAT.to_le_bytes(), &key(version, looks_for.as_bytes()).to_le_bytes()].concat();
        let old = read(&file).ok().and_then(|bytes| Old::read(bytes, &writer)).unwrap_or_default();
        Self { file: Some(file), writer, old, ..Self::default() }
    }

    fn keeps(&self) -> bool {
        self.file.is_some()
    }

    /// What a look at a content showed.
    pub(crate) fn glance(&self, key: Key) -> Option<Glance> {
        self.old.glance(key).and_then(whole)
    }

    /// What a parser made of a content.
    pub(crate) fn parsed(&self, key: Key) -> Option<Parsed> {
        let fresh = self.used.get(&key).and_then(|entry| entry.parsed.as_deref());
        fresh.or_else(|| self.old.parsed(key)).and_then(whole)
    }

    /// Keeps what was seen; `None` is what the cache said itself.
    pub(crate) fn keep_glance(&mut self, key: Key, glance: Option<&Glance>) {
        if self.keeps() {
            let entry = self.used.entry(key).or_default();
            if let (None, Some(glance)) = (&entry.glance, glance) {
                entry.glance = Some(packed(glance));
                self.is_changed = true;
            }
        }
    }

    /// Keeps what was parsed; `None` is what the cache said itself.
    pub(crate) fn keep_parsed(&mut self, key: Key, parsed: Option<&Parsed>) {
        // What was refused for want of stack another process may have.
        let is_refused =
            |parsed: &Parsed| parsed.problem.as_ref().is_some_and(|(reason, _)| reason.code == ReasonCode::TooComplex);
        if self.keeps() && !parsed.is_some_and(is_refused) {
            let entry = self.used.entry(key).or_default();
            if let (None, Some(parsed)) = (&entry.parsed, parsed) {
                entry.parsed = Some(packed(parsed));
                self.is_changed = true;
            }
        }
    }

    /// Writes what was used, if that isn't what is there. A folder that can't be written to only costs the next scan time.
    pub(crate) fn save(&self) {
        let Some(file) = &self.file else { return };
        if !self.is_changed && self.used.len() == self.old.count {
            return;
        }
        let Some(folder) = file.parent() else { return };
        let fresh = file.with_extension(format!("{}.tmp", std::process::id()));
        let written = fs::create_dir_all(folder)
            .and_then(|()| fs::write(&fresh, self.written()))
            .and_then(|()| fs::rename(&fresh, file));
        if written.is_err() {
            let _ = fs::remove_file(&fresh);
        }
    }

    fn written(&self) -> Vec<u8> {
        let (mut rows, mut entries) = (Vec::new(), Vec::new());
        for (key, entry) in &self.used {
            let glance = entry.glance.as_deref().or_else(|| self.old.glance(*key)).unwrap_or_default();
            let parsed = entry.parsed.as_deref().or_else(|| self.old.parsed(*key)).unwrap_or_default();
            rows.extend_from_slice(&key.to_le_bytes());
            let start = entries.len();
            entries.extend_from_slice(glance);
            let middle = entries.len();
            entries.extend_from_slice(parsed);
            // What doesn't fit is as if it weren't there: nobody finds it there.
            for place in [start, middle, entries.len()] {
                rows.extend_from_slice(&u32::try_from(place).unwrap_or(u32::MAX).to_le_bytes());
            }
        }
        let count = u32::try_from(self.used.len()).unwrap_or(u32::MAX).to_le_bytes();
        let mut bytes = [self.writer.as_slice(), &count, &rows, &entries].concat();
        let sum = key(b"cache", &bytes);
        bytes.extend_from_slice(&sum.to_le_bytes());
        bytes
    }
}

impl Old {
    fn read(bytes: Vec<u8>, writer: &[u8]) -> Option<Self> {
        let (content, sum) = bytes.split_last_chunk::<16>()?;
        if key(b"cache", content) != Key::from_le_bytes(*sum) {
            return None;
        }
        let (count, rest) = content.strip_prefix(writer)?.split_first_chunk::<4>()?;
        let count = usize::try_from(u32::from_le_bytes(*count)).ok()?;
        if rest.len() < count.checked_mul(ROW)? {
            return None;
        }
        Some(Self { rows: content.len() - rest.len(), count, bytes })
    }

    /// Where the two parts of an entry are.
    fn find(&self, key: Key) -> Option<(usize, usize, usize)> {
        let row = |number: usize| self.bytes.get(self.rows + number * ROW..)?.first_chunk::<ROW>();
        let (mut low, mut high) = (0, self.count);
        while low < high {
            let middle = usize::midpoint(low, high);
            let (found, places) = row(middle)?.split_first_chunk::<16>()?;
            match Key::from_le_bytes(*found).cmp(&key) {
                Ordering::Less => low = middle + 1,
                Ordering::Greater => high = middle,
                Ordering::Equal => {
                    let entries = self.rows + self.count * ROW;
                    let place = |number: usize| {
                        let place = u32::from_le_bytes(*places.get(number * 4..)?.first_chunk()?);
                        entries.checked_add(usize::try_from(place).ok()?)
                    };
                    return Some((place(0)?, place(1)?, place(2)?));
                }
            }
        }
        None
    }

    fn glance(&self, key: Key) -> Option<&[u8]> {
        let (start, middle, _) = self.find(key)?;
        self.bytes.get(start..middle).filter(|bytes| !bytes.is_empty())
    }

    fn parsed(&self, key: Key) -> Option<&[u8]> {
        let (_, middle, end) = self.find(key)?;
        self.bytes.get(middle..end).filter(|bytes| !bytes.is_empty())
    }
}

fn whole<T: Stored>(mut bytes: &[u8]) -> Option<T> {
    T::take(&mut bytes).filter(|_| bytes.is_empty())
}

fn packed(value: &impl Stored) -> Vec<u8> {
    let mut bytes = Vec::new();
    value.put(&mut bytes);
    bytes
}
