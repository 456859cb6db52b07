//! Summaries by the content that they are of.
//!
//! One file holds all that the last scan used. It is read as a whole, and its last bytes are a hash of the others: a file
//! that was cut, edited or written by another version is as if it weren't there.

use std::collections::HashMap;
use std::fs;
use std::hash::Hasher as _;
use std::path::{Path, PathBuf};

use siphasher::sip128::{Hasher128 as _, SipHasher13};

use super::report::ReasonCode;
use super::summary::{FORMAT, Parsed, Stored};

const MAGIC: &[u8] = b"csp-scan";

type Key = u128;

#[derive(Debug, Default)]
pub(crate) struct Cache {
    file: Option<PathBuf>,
    old: HashMap<Key, Vec<u8>>,
    used: HashMap<Key, Vec<u8>>,
    is_changed: bool,
}

impl Cache {
    /// The cache of a folder; without one, a cache that keeps nothing.
    pub(crate) fn open(folder: Option<&Path>) -> Self {
        let Some(folder) = folder else { return Self::default() };
        let file = folder.join("summaries.bin");
        let old = fs::read(&file).ok().and_then(|bytes| read(&bytes)).unwrap_or_default();
        Self { file: Some(file), old, ..Self::default() }
    }

    /// What is kept of a text, or what a parser makes of it. The language is part of what a text says.
    pub(crate) fn parsed(&mut self, text: &str, language: &str, parse: impl FnOnce() -> Parsed) -> Parsed {
        if self.file.is_none() {
            return parse();
        }
        let key = hash(language.as_bytes(), text.as_bytes());
        let known = self.used.get(&key).or_else(|| self.old.get(&key)).cloned();
        if let Some(bytes) = known
            && let Some(parsed) = whole(&bytes)
        {
            self.used.insert(key, bytes);
            return parsed;
        }
        let parsed = parse();
        // What was refused for want of stack another process may have.
        if parsed.problem.as_ref().is_some_and(|(reason, _)| reason.code == ReasonCode::TooComplex) {
            return parsed;
        }
        let mut bytes = Vec::new();
        parsed.put(&mut bytes);
        self.used.insert(key, bytes);
        self.is_changed = true;
        parsed
    }

    /// Writes what was used, if that isn't what is there. A folder that can't be written to only costs the next scan time.
    pub(crate) fn save(&self) {
        let Some(file) = &self.file else { return };
        if !self.is_changed && self.used.len() == self.old.len() {
            return;
        }
        let Some(folder) = file.parent() else { return };
        let fresh = file.with_extension(format!("{}.tmp", std::process::id()));
        let written = fs::create_dir_all(folder)
            .and_then(|()| fs::write(&fresh, write(&self.used)))
            .and_then(|()| fs::rename(&fresh, file));
        if written.is_err() {
            let _ = fs::remove_file(&fresh);
        }
    }
}

fn whole(mut bytes: &[u8]) -> Option<Parsed> {
    Parsed::take(&mut bytes).filter(|_| bytes.is_empty())
}

fn hash(first: &[u8], second: &[u8]) -> Key {
    let mut hasher = SipHasher13::new();
    hasher.write_usize(first.len());
    hasher.write(first);
    hasher.write(second);
    hasher.finish128().as_u128()
}

/// Who wrote it: another version may make other summaries of the same text.
fn writer() -> Vec<u8> {
    [MAGIC, env!("CARGO_PKG_VERSION").as_bytes(), &FORMAT.to_le_bytes()].concat()
}

fn write(entries: &HashMap<Key, Vec<u8>>) -> Vec<u8> {
    let mut entries: Vec<_> = entries.iter().collect();
    entries.sort();
    let mut bytes = writer();
    for (key, entry) in entries {
        bytes.extend_from_slice(&key.to_le_bytes());
        bytes.extend_from_slice(&(u64::try_from(entry.len()).unwrap_or(0)).to_le_bytes());
        bytes.extend_from_slice(entry);
    }
    let sum = hash(b"cache", &bytes);
    bytes.extend_from_slice(&sum.to_le_bytes());
    bytes
}

fn read(bytes: &[u8]) -> Option<HashMap<Key, Vec<u8>>> {
    let (content, sum) = bytes.split_last_chunk::<16>()?;
    if hash(b"cache", content) != Key::from_le_bytes(*sum) {
        return None;
    }
    let mut rest = content.strip_prefix(writer().as_slice())?;
    let mut entries = HashMap::new();
    while !rest.is_empty() {
        let (key, after) = rest.split_first_chunk::<16>()?;
        let (length, after) = after.split_first_chunk::<8>()?;
        let length = usize::try_from(u64::from_le_bytes(*length)).ok()?;
        let (entry, after) = after.split_at_checked(length)?;
        entries.insert(Key::from_le_bytes(*key), entry.to_vec());
        rest = after;
    }
    Some(entries)
}
