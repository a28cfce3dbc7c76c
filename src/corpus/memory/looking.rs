//! Files that are in doubt are looked at, portion by portion: while one is kept, the next is read.

use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::Slot;
use super::harvest::Prepared;

/// Files that are read before they are kept: bounds what is in memory, and what is lost by a kill. Of
/// a small corpus there are fewer, so that some are kept while others are read.
const AT_ONCE: usize = 1_024;
const FEWEST_AT_ONCE: usize = 256;
const SHARES: usize = 8;

/// Looks at files that are in doubt, some at once: `prepare` gets them, and then, while the next are
/// looked at, `store`. Whether one says something else.
pub(super) fn look_again(
    mut doubted: Vec<&mut Slot>,
    counter: &Counter<'_>,
    look: &(dyn Fn(&mut Slot) -> bool + Sync),
    prepare: &mut (dyn FnMut(&[&mut Slot]) -> Prepared + Send),
    store: &mut (dyn FnMut(&mut [&mut Slot], Prepared) + Send),
) -> bool {
    let mut is_other = false;
    let mut before: Option<(&mut [&mut Slot], Prepared)> = None;
    let at_once = (doubted.len() / SHARES).clamp(FEWEST_AT_ONCE, AT_ONCE);
    for some in doubted.chunks_mut(at_once) {
        let last = before.take();
        let now = || {
            let looked = some.par_iter_mut().map(|slot| {
                slot.doubted = false;
                counter.count(look(slot))
            });
            let is_other = looked.reduce(|| false, |one, other| one | other);
            let prepared = prepare(some);
            (some, is_other, prepared)
        };
        let store_last = || {
            if let Some((slots, prepared)) = last {
                store(slots, prepared);
            }
        };
        let ((some, is_one_other, prepared), ()) = rayon::join(now, store_last);
        is_other |= is_one_other;
        before = Some((some, prepared));
    }
    if let Some((slots, prepared)) = before {
        store(slots, prepared);
    }
    is_other
}

/// Counts files as they are read.
pub(super) struct Counter<'a> {
    pub read: AtomicUsize,
    pub total: usize,
    pub progress: &'a (dyn Fn(usize, usize) + Sync),
}

impl Counter<'_> {
    /// How many files lie between two reports.
    const STEP: usize = 64;

    fn count<T>(&self, value: T) -> T {
        self.tell(self.read.fetch_add(1, Ordering::Relaxed) + 1);
        value
    }

    pub fn tell(&self, read: usize) {
        if read.is_multiple_of(Self::STEP) || read == self.total {
            (self.progress)(read, self.total);
        }
    }
}
