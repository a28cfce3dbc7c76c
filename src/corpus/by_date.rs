//! The order in which a corpus is read: the newest first.

use std::cmp::Reverse;
use std::sync::Arc;

use rayon::prelude::*;

use super::{BriefingId, Corpus, Entry};
use crate::text::fold_key;

/// The numbers of all briefings: those of the newest date first, which is the last day that a date
/// may mean (a month's review belongs after the days of the month); the undated last; of one date
/// by title.
pub(super) fn by_date(entries: &[Entry]) -> Arc<[u32]> {
    let key = |entry: &Entry| {
        let issued = entry.date().map(|date| (date.latest(), date.earliest()));
        (Reverse(issued), fold_key(entry.title()))
    };
    let mut all: Vec<_> =
        entries.par_iter().enumerate().map(|(at, entry)| (key(entry), at)).collect();
    all.par_sort_unstable();
    all.into_iter().map(|(_, at)| u32::try_from(at).unwrap_or(u32::MAX)).collect()
}

impl Corpus {
    /// All briefings: those of the newest date first, the undated last, of one date by title.
    #[must_use]
    pub fn newest(&self) -> Vec<BriefingId> {
        let order = if self.by_date.len() == self.entries.len() {
            Arc::clone(&self.by_date)
        } else {
            by_date(&self.entries)
        };
        order.iter().copied().map(BriefingId).collect()
    }
}
