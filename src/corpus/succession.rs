//! Which briefing of one snapshot is which of the next, by the identity of their texts.

use std::collections::HashMap;
use std::hash::Hash;

use roaring::RoaringBitmap;

use super::columns::short;
use super::{Entry, Pieces};

/// What became of the briefings of one snapshot in the next.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Succession {
    /// For each old number the new one; `None` is gone.
    pub now: Vec<Option<u32>>,
    /// New numbers whose text was not there before, ascending.
    pub new: Vec<u32>,
    /// For each new number the old one.
    before: Vec<Option<u32>>,
    gone: RoaringBitmap,
    /// Whether what stayed has the same number.
    stays: bool,
    /// Whether what stayed is in the same order.
    rises: bool,
    /// New numbers of what stayed and of which something else may be wrong, as far as it is known.
    touched: Option<Vec<u32>>,
}

/// Where a briefing of the new snapshot comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// Its number in the old snapshot.
    Old(u32),
    /// Its place in [`Succession::new`].
    New(u32),
}

impl Succession {
    /// Of texts that are all new.
    pub fn to_all(count: usize) -> Self {
        Self::of(Vec::new(), count)
    }

    /// From some entries to others, by their texts.
    pub fn between(before: &Pieces<Entry>, after: &Pieces<Entry>) -> Self {
        let key = |entry: &Entry| entry.text.key();
        Self::by_key(before.iter().map(key), after.iter().map(key))
    }

    /// From some texts to others, each told by a key; of several with one key one is taken for another.
    pub fn by_key<K: Eq + Hash>(
        before: impl Iterator<Item = K>,
        after: impl ExactSizeIterator<Item = K>,
    ) -> Self {
        let count = after.len();
        let (before, after): (Vec<K>, Vec<K>) = (before.collect(), after.collect());
        // Most stay where they are: only what lies between the first and the last change is looked for.
        let most = before.len().min(count);
        let same = before.iter().zip(&after).take_while(|(a, b)| a == b).count();
        let behind = before.iter().rev().zip(after.iter().rev()).take(most - same);
        let behind = behind.take_while(|(a, b)| a == b).count();
        let between = after.iter().zip(0..).skip(same).take(count - same - behind);
        let mut left: HashMap<&K, u32> = between.collect();
        let last = before.len() - behind;
        let now = |(old, key): (usize, &K)| {
            if old < same {
                Some(short(old))
            } else if old >= last {
                Some(short(old - last + count - behind))
            } else {
                left.remove(key)
            }
        };
        Self::of(before.iter().enumerate().map(now).collect(), count)
    }

    /// Of briefings of which the new numbers are known, by the old ones, to so many.
    pub fn of(now: Vec<Option<u32>>, count: usize) -> Self {
        let mut before = vec![None; count];
        let mut gone = RoaringBitmap::new();
        for (old, now) in (0..).zip(&now) {
            match now.and_then(|now| before.get_mut(now as usize)) {
                Some(slot) => *slot = Some(old),
                None => {
                    gone.insert(old);
                }
            }
        }
        let is_new = |(at, before): (u32, &Option<u32>)| before.is_none().then_some(at);
        Self {
            new: (0..).zip(&before).filter_map(is_new).collect(),
            stays: (0..).zip(&now).all(|(old, now)| now.is_none_or(|now| now == old)),
            rises: now.iter().flatten().is_sorted(),
            now,
            before,
            gone,
            touched: None,
        }
    }

    /// The same where it is known of which of those that stayed something else may be wrong, by their new
    /// numbers.
    pub fn touching(self, touched: Vec<u32>) -> Self {
        Self { touched: Some(touched), ..self }
    }

    /// The new numbers of all of which something else may be wrong than was; `None` where that is not known.
    pub fn told_anew(&self) -> Option<impl Iterator<Item = u32> + '_> {
        let touched = self.touched.as_ref()?;
        Some(self.new.iter().chain(touched).copied())
    }

    /// How many briefings there are now.
    pub fn count(&self) -> usize {
        self.before.len()
    }

    /// Whether those that stayed are in the same order.
    pub fn keeps_order(&self) -> bool {
        self.rises
    }

    /// Where each of the new snapshot comes from.
    pub fn origins(&self) -> impl Iterator<Item = Origin> + '_ {
        let mut new = 0;
        self.before.iter().map(move |old| {
            old.map_or_else(
                || {
                    new += 1;
                    Origin::New(new - 1)
                },
                Origin::Old,
            )
        })
    }

    /// The new number of an old one.
    pub fn now(&self, old: u32) -> Option<u32> {
        self.now.get(old as usize).copied().flatten()
    }

    /// Old numbers that are gone.
    pub fn gone(&self) -> &RoaringBitmap {
        &self.gone
    }

    /// A set of old numbers in new ones.
    pub fn renumbered(&self, old: &RoaringBitmap) -> RoaringBitmap {
        if self.stays {
            return if self.gone.is_empty() { old.clone() } else { old - &self.gone };
        }
        let now = old.iter().filter_map(|at| self.now(at));
        if self.rises {
            // What rises is sorted, so it is never refused.
            RoaringBitmap::from_sorted_iter(now).unwrap_or_default()
        } else {
            now.collect()
        }
    }

    /// The first row of each briefing and their number at the end, from those of the old ones;
    /// `rows` tells how many the new ones have, by
    /// their places among these.
    pub fn starts(&self, old: &[u32], rows: &dyn Fn(usize) -> usize) -> Vec<u32> {
        let mut starts = Vec::with_capacity(self.count() + 1);
        let mut sum = 0;
        starts.push(0);
        for origin in self.origins() {
            sum += match origin {
                Origin::Old(at) => match old.get(at as usize..at as usize + 2) {
                    Some(&[start, end]) => end - start,
                    _ => 0,
                },
                Origin::New(at) => short(rows(at as usize)),
            };
            starts.push(sum);
        }
        starts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_stayed_and_went_is_told() {
        type Case = (&'static [usize], &'static [usize], &'static [Option<u32>], &'static [u32]);
        let cases: [Case; 8] = [
            (&[], &[7, 8], &[], &[0, 1]),
            (&[7, 8], &[], &[None, None], &[]),
            (&[7, 8], &[7, 8], &[Some(0), Some(1)], &[]),
            (&[7, 8], &[7, 9], &[Some(0), None], &[1]),
            (&[7, 8], &[6, 7, 8], &[Some(1), Some(2)], &[0]),
            (&[7, 8], &[8, 7], &[Some(1), Some(0)], &[]),
            (&[7, 7], &[7, 7], &[Some(0), Some(1)], &[]),
            (&[7, 7, 6], &[5, 7], &[Some(1), None, None], &[0]),
        ];
        for (before, after, now, new) in cases {
            let found = Succession::by_key(before.iter().copied(), after.iter().copied());
            assert_eq!((&*found.now, &*found.new), (now, new), "{before:?} {after:?}");
            let all: RoaringBitmap = (0..2).collect();
            let expected: RoaringBitmap = now.iter().flatten().copied().collect();
            if before.len() == 2 {
                assert_eq!(found.renumbered(&all), expected, "{before:?} {after:?}");
            }
            assert_eq!(found.origins().count(), after.len());
        }
    }

    #[test]
    fn rows_go_with_their_briefings() {
        let found = Succession::by_key([7u8, 8, 9].into_iter(), [9, 5, 7].into_iter());
        assert_eq!(found.starts(&[0, 2, 3, 7], &|_| 5), [0, 4, 9, 11]);
    }
}
