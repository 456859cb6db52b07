//! Places for names so that each has one of its own: a perfect hash.
//!
//! Names are thrown into buckets, and each bucket gets a number, its pilot, that sends all of its names to free slots.
//! A look-up reads the pilot and one slot, whatever the length of the list.

use alloc::vec;
use alloc::vec::Vec;

/// How often the slots are doubled before the hashes are given up on.
const ATTEMPTS: usize = 4;

/// Half of the bits of its multiples are ones, more or less.
const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

/// Where the names went.
pub(super) struct Placement {
    /// One for each bucket; a power of two of them.
    pub(super) pilots: Vec<u8>,
    /// How many slots there are; a power of two.
    pub(super) slots: usize,
    /// The slot of each hash.
    pub(super) places: Vec<usize>,
}

/// The bucket of a hash.
#[inline]
pub(super) const fn bucket(hash: u64, buckets: usize) -> usize {
    (hash >> 40) as usize & (buckets - 1)
}

/// The slot of a hash under a pilot, which stands for an odd factor.
///
/// The factors are far apart: under small ones, two hashes whose lower halves are near one another would go the same way.
#[inline]
pub(super) const fn slot(hash: u64, pilot: u8, slots: usize) -> usize {
    let factor = (pilot as u64).wrapping_mul(FACTOR) | 1;
    (hash.wrapping_mul(factor) >> 32) as usize & (slots - 1)
}

/// Finds places for hashes; `None` if two are the same, or nearly.
pub(super) fn place(hashes: &[u64]) -> Option<Placement> {
    let mut slots = (hashes.len() + hashes.len() / 4).next_power_of_two().max(4);
    for _ in 0..ATTEMPTS {
        if let Some(placement) = try_place(hashes, slots) {
            return Some(placement);
        }
        slots *= 2;
    }
    None
}

fn try_place(hashes: &[u64], slots: usize) -> Option<Placement> {
    let buckets = slots / 4;
    // The hashes in the order of their buckets, and where each bucket begins.
    let mut starts = vec![0; buckets + 1];
    for hash in hashes {
        starts[bucket(*hash, buckets) + 1] += 1;
    }
    let largest = starts.iter().copied().max().unwrap_or_default();
    let mut sum = 0;
    for start in &mut starts {
        sum += *start;
        *start = sum;
    }
    let mut ends = starts.clone();
    let mut ordered = vec![0; hashes.len()];
    for (index, hash) in hashes.iter().enumerate() {
        let end = &mut ends[bucket(*hash, buckets)];
        ordered[*end] = index;
        *end += 1;
    }
    let mut pilots = vec![0; buckets];
    let mut places = vec![0; hashes.len()];
    let mut taken = vec![false; slots];
    // The largest buckets first, as long as there is room.
    for size in (1..=largest).rev() {
        for bucket in 0..buckets {
            let members = &ordered[starts[bucket]..starts[bucket + 1]];
            if members.len() == size {
                pilots[bucket] =
                    (0..=u8::MAX).find(|pilot| settle(members, hashes, *pilot, &mut taken, &mut places))?;
            }
        }
    }
    Some(Placement { pilots, slots, places })
}

/// Takes the slots of a bucket's members under a pilot, or none if one is taken.
fn settle(members: &[usize], hashes: &[u64], pilot: u8, taken: &mut [bool], places: &mut [usize]) -> bool {
    for (count, member) in members.iter().enumerate() {
        let place = slot(hashes[*member], pilot, taken.len());
        if taken[place] {
            for settled in &members[..count] {
                taken[places[*settled]] = false;
            }
            return false;
        }
        taken[place] = true;
        places[*member] = place;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives the number of slots.
    fn check(hashes: &[u64]) -> usize {
        let Placement { pilots, slots, places } = place(hashes).unwrap();
        let mut taken = vec![false; slots];
        for (hash, place) in hashes.iter().zip(places) {
            assert_eq!(slot(*hash, pilots[bucket(*hash, pilots.len())], slots), place);
            assert!(!core::mem::replace(&mut taken[place], true), "{hashes:?}");
        }
        assert_eq!(pilots.len(), slots / 4, "{hashes:?}");
        slots
    }

    #[test]
    fn every_hash_has_a_place_of_its_own() {
        for count in [0, 1, 2, 3, 5, 12, 13, 100, 1_000, 13_000] {
            let hashes: Vec<u64> = (1..=count).map(|number: u64| number.wrapping_mul(0xa076_1d64_78bd_642f)).collect();
            let slots = check(&hashes);
            assert!(slots <= 4.max(hashes.len() * 5), "{count} in {slots}");
        }
    }

    /// Of short lists, one in hundreds needs more slots than it gets at first.
    #[test]
    fn what_has_no_place_gets_more_room() {
        let mut doubled = 0;
        for list in 0..2_000 {
            let hash = |number: u64| {
                let mixed = (list << 8 | number).wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
                (mixed ^ mixed >> 29).wrapping_mul(0xbf58_476d_1ce4_e5b9)
            };
            let slots = check(&(0..6).map(hash).collect::<Vec<_>>());
            assert!(slots.is_power_of_two(), "{slots}");
            doubled += usize::from(slots > 8);
        }
        assert!(doubled > 0);
    }

    /// Hashes of one bucket that differ little, or only in bits that few slots have no use for.
    #[test]
    fn near_hashes_are_told_apart() {
        check(&[0xa415_a9a0_566b_5e7e, 0x2a36_a180_566a_4d5f]);
        for bit in 0..37 {
            for hash in [0, 0x4cae_244b_1143_9940, u64::MAX] {
                check(&[hash, hash ^ 1 << bit]);
            }
        }
    }

    #[test]
    fn equal_hashes_are_given_up_on() {
        assert!(place(&[7, 7]).is_none());
    }
}
