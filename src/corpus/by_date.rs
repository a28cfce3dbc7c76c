//! The order in which a corpus is read: the newest first.

use std::borrow::Borrow;
use std::cmp::Reverse;
use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::{BriefingId, Corpus, Entry};
use crate::date::Bound;
use crate::text::fold_key;

/// The numbers of all briefings: those of the newest date first, which is the last day that a date
/// may mean (a month's review belongs after the days of the month); the undated last; of one date
/// by title.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct ByDate {
    order: Vec<u32>,
    /// How many in a row are of one month, and the date of the first of them.
    months: Vec<(Option<Bound>, u32)>,
}

impl ByDate {
    /// That of these.
    pub fn of<E: Borrow<Entry> + Sync>(entries: &[E]) -> Self {
        let key = |entry: &E| {
            let entry = entry.borrow();
            let issued = entry.date().map(|date| (date.latest(), date.earliest()));
            (Reverse(issued), fold_key(entry.title()))
        };
        let mut all: Vec<_> =
            entries.par_iter().enumerate().map(|(at, entry)| (key(entry), at)).collect();
        all.par_sort_unstable();
        let mut months: Vec<(Option<Bound>, u32)> = Vec::new();
        for ((Reverse(issued), _), _) in &all {
            let latest = issued.map(|(latest, _)| latest);
            match months.last_mut().filter(|(last, _)| is_one_month(*last, latest)) {
                Some((_, count)) => *count += 1,
                None => months.push((latest, 1)),
            }
        }
        let order = all.into_iter().map(|(_, at)| u32::try_from(at).unwrap_or(u32::MAX));
        Self { order: order.collect(), months }
    }
}

fn is_one_month(one: Option<Bound>, other: Option<Bound>) -> bool {
    let month = |bound: Option<Bound>| bound.map(|it| it.day().map(|it| (it.year(), it.month())));
    one == other || (month(one) == month(other) && matches!(one, Some(Bound::Day(_))))
}

impl Corpus {
    /// All briefings: those of the newest date first, the undated last, of one date by title.
    #[must_use]
    pub fn newest(&self) -> Vec<BriefingId> {
        self.by_date().order.iter().copied().map(BriefingId).collect()
    }

    /// How many in a row, of the newest first, are of one month, each time with the last day that the
    /// date of the first of them may mean.
    #[must_use]
    pub fn newest_months(&self) -> Vec<(Option<Bound>, u32)> {
        self.by_date().months.clone()
    }

    pub(super) fn by_date(&self) -> Arc<ByDate> {
        if self.by_date.order.len() == self.entries.len() {
            return Arc::clone(&self.by_date);
        }
        ByDate::of(&self.entries.iter().collect::<Vec<&Entry>>()).into()
    }
}
