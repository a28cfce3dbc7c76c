//! Which briefings of a segment have a word, in as few bytes as that takes.
//!
//! Briefings are numbered from 0 within their segment. Written are the steps from one number to the
//! next, the first from -1, as [`varint`](super::varint)s: one byte for each briefing of a word that
//! one in 127 has.

use std::borrow::Cow;

use super::varint::take;

/// Numbers in ascending order, all below a bound.
#[derive(Clone, Debug)]
pub(super) struct Numbers<'a> {
    bytes: Cow<'a, [u8]>,
    below: u32,
}

impl<'a> Numbers<'a> {
    /// Those that are written in these bytes. Bytes that nobody wrote so give other numbers, or
    /// fewer, but none that is not below the bound.
    pub fn new(bytes: impl Into<Cow<'a, [u8]>>, below: u32) -> Self {
        Self { bytes: bytes.into(), below }
    }

    /// How many there are, told without reading them.
    pub fn len(&self) -> u32 {
        let ends = self.bytes.iter().filter(|byte| **byte < 0x80).count();
        u32::try_from(ends).unwrap_or(u32::MAX).min(self.below)
    }

    pub fn iter(&self) -> Iter<'_> {
        Iter { bytes: self.bytes.iter(), behind: 0, below: self.below }
    }
}

/// Reads [`Numbers`].
#[derive(Clone, Debug)]
pub(super) struct Iter<'a> {
    bytes: std::slice::Iter<'a, u8>,
    /// One more than the last number.
    behind: u32,
    below: u32,
}

impl Iterator for Iter<'_> {
    type Item = u32;

    #[inline]
    fn next(&mut self) -> Option<u32> {
        let behind = take(&mut self.bytes).and_then(|step| self.behind.checked_add(step));
        let number = behind.filter(|behind| *behind > self.behind && *behind <= self.below);
        let Some(behind) = number else {
            self.bytes = [].iter();
            return None;
        };
        self.behind = behind;
        Some(behind - 1)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::super::varint::{put, size};
    use super::*;

    fn written(numbers: &BTreeSet<u32>) -> Vec<u8> {
        let (mut bytes, mut at, mut behind) = (Vec::new(), 0, 0);
        for number in numbers {
            let step = number + 1 - behind;
            bytes.resize(bytes.len() + size(step) as usize, 0);
            put(&mut bytes, &mut at, step);
            behind = number + 1;
        }
        assert_eq!(at as usize, bytes.len());
        bytes
    }

    #[test]
    fn a_common_word_takes_a_byte_a_briefing() {
        let numbers: BTreeSet<u32> = (0..10_000).filter(|number| number % 5 < 2).collect();
        assert_eq!(written(&numbers).len(), 4_000);
    }

    proptest! {
        #[test]
        fn numbers_come_back(numbers in prop::collection::btree_set(0u32..u32::MAX - 1, 0..60)) {
            let bytes = written(&numbers);
            let read = Numbers::new(bytes.as_slice(), u32::MAX);
            prop_assert_eq!(read.len() as usize, numbers.len());
            prop_assert_eq!(read.iter().collect::<BTreeSet<u32>>(), numbers);
        }

        #[test]
        fn any_bytes_give_ascending_numbers_below_the_bound(
            bytes in prop::collection::vec(any::<u8>(), 0..200), below in 0u32..50_000,
        ) {
            let numbers = Numbers::new(bytes, below);
            let read: Vec<u32> = numbers.iter().collect();
            prop_assert!(read.is_sorted_by(|a, b| a < b));
            prop_assert!(read.iter().all(|number| *number < below));
            prop_assert!(read.len() <= numbers.len() as usize);
        }
    }
}
