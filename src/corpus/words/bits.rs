//! A set of small numbers as a bit for each.

use roaring::RoaringBitmap;

/// Numbers below a bound.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::corpus) struct Bits(Vec<u64>);

impl Bits {
    /// None of the numbers below `end`.
    pub fn new(end: u32) -> Self {
        Self(vec![0; (end as usize).div_ceil(64)])
    }

    /// Those of a set that are below `end`.
    pub fn of(set: &RoaringBitmap, end: u32) -> Self {
        let mut bits = Self::new(end);
        bits.extend(set.iter());
        bits
    }

    /// Adds a number; one that is not below the bound is left out.
    #[inline]
    pub fn insert(&mut self, number: u32) {
        if let Some(word) = self.0.get_mut(number as usize / 64) {
            *word |= 1 << (number % 64);
        }
    }

    #[inline]
    pub fn contains(&self, number: u32) -> bool {
        self.0.get(number as usize / 64).is_some_and(|word| word >> (number % 64) & 1 == 1)
    }

    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    pub fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        (0u32..).step_by(64).zip(&self.0).flat_map(|(first, word)| {
            let mut rest = *word;
            std::iter::from_fn(move || {
                let bit = rest.trailing_zeros();
                rest &= rest.checked_sub(1)?;
                Some(first + bit)
            })
        })
    }

    /// The same as a set that takes no room for what is not in it.
    pub fn into_set(self) -> RoaringBitmap {
        let bytes: Vec<u8> = self.0.into_iter().flat_map(u64::to_le_bytes).collect();
        RoaringBitmap::from_lsb0_bytes(0, &bytes)
    }
}

impl Extend<u32> for Bits {
    fn extend<T: IntoIterator<Item = u32>>(&mut self, numbers: T) {
        for number in numbers {
            self.insert(number);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_is_the_set_it_was_made_of(
            numbers in prop::collection::btree_set(0u32..9_000, 0..6_000), end in 1u32..9_000,
        ) {
            let set: RoaringBitmap = numbers.iter().copied().collect();
            let bits = Bits::of(&set, end.next_multiple_of(64));
            let below: RoaringBitmap =
                numbers.into_iter().filter(|number| *number < end.next_multiple_of(64)).collect();
            prop_assert_eq!(bits.iter().collect::<RoaringBitmap>(), below.clone());
            prop_assert_eq!(bits.is_empty(), below.is_empty());
            prop_assert!((0..9_100).all(|number| bits.contains(number) == below.contains(number)));
            prop_assert_eq!(bits.into_set(), below);
        }
    }
}
