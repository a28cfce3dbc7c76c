//! Where a word stands in each of its briefings, in as few bytes as that takes.
//!
//! A place counts the words of a briefing from 1, in the order of its texts, with one left out
//! between two texts so that no phrase reaches across. Written are the steps from one place to the
//! next as [`varint`](super::varint)s, none of which ends in 0, and a 0 between two briefings: so
//! briefings are told apart, and words counted, without reading a number.

use super::varint::take;

/// The bytes of each briefing.
pub(super) fn by_briefing(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = Some(bytes);
    std::iter::from_fn(move || {
        let all = rest?;
        match memchr::memchr(0, all) {
            Some(end) => {
                rest = all.get(end + 1..);
                all.get(..end)
            }
            None => rest.take(),
        }
    })
}

/// How many places each briefing has.
pub(super) fn counts(bytes: &[u8]) -> impl Iterator<Item = u32> + '_ {
    let mut rest = Some(bytes.iter());
    std::iter::from_fn(move || {
        let mut count = 0;
        for byte in rest.as_mut()? {
            if *byte == 0 {
                return Some(count);
            }
            count += u32::from(*byte < 0x80);
        }
        rest = None;
        Some(count)
    })
}

/// The places themselves, ascending, of the bytes of one briefing.
pub(super) fn places(bytes: &[u8]) -> impl Iterator<Item = u32> + '_ {
    let mut bytes = bytes.iter();
    let mut place = 0u32;
    std::iter::from_fn(move || {
        place = place.saturating_add(take(&mut bytes)?);
        Some(place)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::varint::{put, size};
    use super::*;

    fn written(briefings: &[std::collections::BTreeSet<u32>]) -> Vec<u8> {
        let (mut bytes, mut at) = (Vec::new(), 0);
        for (number, places) in briefings.iter().enumerate() {
            if number > 0 {
                bytes.push(0);
                at += 1;
            }
            let mut last = 0;
            for place in places {
                bytes.resize(bytes.len() + size(place - last) as usize, 0);
                put(&mut bytes, &mut at, place - last);
                last = *place;
            }
        }
        bytes
    }

    proptest! {
        #[test]
        fn places_come_back(
            briefings in prop::collection::vec(prop::collection::btree_set(1u32..3_000_000, 1..9), 1..6)
        ) {
            let bytes = written(&briefings);
            let read: Vec<Vec<u32>> = by_briefing(&bytes).map(|all| places(all).collect()).collect();
            let wanted: Vec<Vec<u32>> = briefings.iter().map(|all| all.iter().copied().collect()).collect();
            prop_assert_eq!(read, wanted);
            let wanted: Vec<u32> = briefings.iter().map(|all| u32::try_from(all.len()).unwrap()).collect();
            prop_assert_eq!(counts(&bytes).collect::<Vec<u32>>(), wanted);
        }

        #[test]
        fn any_bytes_can_be_read(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let parted = bytes.split(|byte| *byte == 0).count();
            prop_assert_eq!(by_briefing(&bytes).count(), parted);
            prop_assert_eq!(counts(&bytes).count(), parted);
            for briefing in by_briefing(&bytes) {
                prop_assert!(places(briefing).collect::<Vec<u32>>().is_sorted());
            }
        }
    }
}
