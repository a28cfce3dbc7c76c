//! Where a word stands in each of its briefings, in as few bytes as that takes.
//!
//! A place counts the words of a briefing from 1, in the order of its texts, with one left out
//! between two texts so that no phrase reaches across. Written are the steps from one place to the
//! next in seven bits a byte, the last byte of each below 128 and never 0, and a 0 between two
//! briefings: so briefings are told apart, and words counted, without reading a number.

/// Writes the places of one word, briefing by briefing.
#[derive(Clone, Debug, Default)]
pub(super) struct PlaceWriter {
    bytes: Vec<u8>,
    last: u32,
}

impl PlaceWriter {
    /// Goes on with another briefing.
    pub fn next_briefing(&mut self) {
        if self.last > 0 {
            self.bytes.push(0);
        }
        self.last = 0;
    }

    /// A place, higher than all before it in this briefing.
    pub fn push(&mut self, place: u32) {
        let mut step = place.saturating_sub(self.last).max(1);
        self.last = place;
        while step >= 0x80 {
            self.bytes.push(u8::try_from(step & 0x7F).unwrap_or(0) | 0x80);
            step >>= 7;
        }
        self.bytes.push(u8::try_from(step).unwrap_or(0));
    }

    /// What was written.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

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

/// How many places a briefing's bytes tell of.
pub(super) fn count(bytes: &[u8]) -> u32 {
    let ends = bytes.iter().filter(|byte| **byte < 0x80).count();
    u32::try_from(ends).unwrap_or(u32::MAX)
}

/// The places themselves, ascending.
pub(super) fn places(bytes: &[u8]) -> impl Iterator<Item = u32> + '_ {
    let mut bytes = bytes.iter();
    let mut place = 0u32;
    std::iter::from_fn(move || {
        let (mut step, mut shift) = (0u32, 0);
        loop {
            let byte = *bytes.next()?;
            step |= u32::from(byte & 0x7F).checked_shl(shift).unwrap_or(0);
            if byte < 0x80 {
                break;
            }
            shift += 7;
        }
        place = place.saturating_add(step);
        Some(place)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn places_come_back(
            written in prop::collection::vec(prop::collection::btree_set(1u32..3_000_000, 1..9), 1..6)
        ) {
            let mut writer = PlaceWriter::default();
            for briefing in &written {
                writer.next_briefing();
                for place in briefing {
                    writer.push(*place);
                }
            }
            let bytes = writer.into_bytes();
            let read: Vec<Vec<u32>> = by_briefing(&bytes).map(|all| places(all).collect()).collect();
            let wanted: Vec<Vec<u32>> = written.iter().map(|all| all.iter().copied().collect()).collect();
            prop_assert_eq!(read, wanted);
            let counts: Vec<u32> = by_briefing(&bytes).map(count).collect();
            let wanted: Vec<u32> = written.iter().map(|all| u32::try_from(all.len()).unwrap()).collect();
            prop_assert_eq!(counts, wanted);
        }
    }
}
