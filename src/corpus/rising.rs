//! Rows of rising numbers, as most columns of briefings and events are: of each number no more is held
//! than how far it lies behind the one before, in as many bytes as that needs.

use std::slice::Iter;

use serde::{Deserialize, Serialize};

use super::columns::{Runs, push_number};
use super::words::take_number;

/// Rows of numbers that rise.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Rising(Runs<u8>);

/// The numbers of one row.
#[derive(Clone, Debug)]
pub(super) struct RisingRow<'a> {
    rest: Iter<'a, u8>,
    last: u32,
}

impl Rising {
    /// The same rows.
    pub fn of(rows: &Runs<u32>) -> Self {
        let mut rising = Self::default();
        rows.iter().for_each(|row| rising.push(row.iter().copied()));
        rising.shrink();
        rising
    }

    /// One of them; empty where there is no such row.
    pub fn get(&self, at: usize) -> RisingRow<'_> {
        RisingRow { rest: self.0.get(at).iter(), last: 0 }
    }

    /// How many numbers it has.
    pub fn count(&self, at: usize) -> usize {
        self.0.get(at).iter().filter(|byte| **byte < MORE).count()
    }

    /// Adds a row.
    pub fn push(&mut self, row: impl IntoIterator<Item = u32>) {
        let mut last = 0;
        let mut bytes = Vec::new();
        for number in row {
            push_number(&mut bytes, number.wrapping_sub(last));
            last = number;
        }
        self.0.push(bytes);
    }

    /// Gives back room that is not needed.
    pub fn shrink(&mut self) {
        self.0.shrink();
    }
}

/// Marks a byte behind which the number goes on.
const MORE: u8 = 0x80;

impl Iterator for RisingRow<'_> {
    type Item = u32;

    #[inline]
    fn next(&mut self) -> Option<u32> {
        self.last = self.last.wrapping_add(take_number(&mut self.rest)?);
        Some(self.last)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn rows_are_what_was_put_in(
            rows in prop::collection::vec(prop::collection::btree_set(
                prop_oneof![0_u32..300, any::<u32>()], 0..40), 0..9),
        ) {
            let mut plain = Runs::default();
            for row in &rows {
                plain.push(row.iter().copied());
            }
            let rising = Rising::of(&plain);
            for (at, row) in rows.iter().enumerate() {
                prop_assert_eq!(rising.get(at).collect::<Vec<_>>(), plain.get(at));
                prop_assert_eq!(rising.count(at), row.len());
            }
            prop_assert_eq!(rising.get(rows.len()).next(), None);
        }
    }
}
