//! Numbers of briefings or rows in columns, counted against a set of them.

use std::ops::Range;

use roaring::RoaringBitmap;

use crate::corpus::rising::Rising;

/// Some rows of numbers, of which one may have the same as another.
#[derive(Clone, Debug)]
pub struct Numbers<'a> {
    pub(super) all: &'a Rising,
    pub(super) rows: Range<usize>,
}

impl Numbers<'_> {
    /// All of them as a set.
    pub fn set(&self) -> RoaringBitmap {
        self.each().collect()
    }

    /// How many different ones there are.
    pub fn count(&self) -> u64 {
        if self.rows.len() == 1 {
            return self.all.count(self.rows.start) as u64;
        }
        self.set().len()
    }

    /// How many different ones of a set there are.
    pub fn count_in(&self, set: &Marked) -> u64 {
        if self.rows.len() == 1 {
            let own = self.all.get(self.rows.start);
            return own.filter(|at| set.has(*at)).count() as u64;
        }
        self.each().filter(|at| set.has(*at)).collect::<RoaringBitmap>().len()
    }

    fn each(&self) -> impl Iterator<Item = u32> {
        self.rows.clone().flat_map(|row| self.all.get(row))
    }
}

/// A set that is asked for many numbers: a bit for each.
#[derive(Clone, Debug)]
pub struct Marked(Vec<u64>);

impl Marked {
    /// The same set.
    pub fn new(set: &RoaringBitmap) -> Self {
        let mut bits = vec![0; set.max().map_or(0, |most| most as usize / 64 + 1)];
        for at in set {
            if let Some(word) = bits.get_mut(at as usize / 64) {
                *word |= 1 << (at % 64);
            }
        }
        Self(bits)
    }

    fn has(&self, at: u32) -> bool {
        self.0.get(at as usize / 64).is_some_and(|word| word & (1 << (at % 64)) != 0)
    }
}
