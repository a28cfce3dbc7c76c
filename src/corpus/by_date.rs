//! The order in which a corpus is read: the newest first.

use std::borrow::Borrow;
use std::cmp::Reverse;
use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::columns::short;
use super::succession::Succession;
use super::{BriefingId, Corpus, Entry, Pieces};
use crate::date::{Bound, EdtfDate};
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
        let keyed = |(at, entry): (usize, &E)| (key(entry.borrow()), at);
        let mut all: Vec<_> = entries.par_iter().enumerate().map(keyed).collect();
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

    /// That of the entries to which those went of which this is.
    pub fn after(&self, succession: &Succession, entries: &Pieces<Entry>) -> Self {
        let is_of_old = self.order.len() == succession.now.len();
        if !is_of_old || !succession.keeps_order() || succession.new.len() > MOST_PUT_IN {
            return Self::of(&entries.iter().collect::<Vec<&Entry>>());
        }
        let mut next = Self { order: Vec::with_capacity(entries.len()), months: Vec::new() };
        let mut rest = self.order.as_slice();
        for (latest, count) in &self.months {
            let (month, behind) = rest.split_at_checked(*count as usize).unwrap_or((rest, &[]));
            rest = behind;
            let before = next.order.len();
            next.order.extend(month.iter().filter_map(|at| succession.now(*at)));
            let first = next.order.get(before);
            let is_first = first == month.first().and_then(|at| succession.now(*at)).as_ref();
            // Only where another is the first by now has its row to be looked at.
            let new = || first.and_then(|at| latest_of(entries.get(*at as usize)?));
            let latest = if is_first { *latest } else { new() };
            let count = short(next.order.len() - before);
            next.months.extend((count > 0).then_some((latest, count)));
        }
        for at in &succession.new {
            next.put_in(*at, entries);
        }
        next
    }

    fn put_in(&mut self, at: u32, entries: &Pieces<Entry>) {
        let Some(entry) = entries.get(at as usize) else { return };
        let own = (key(entry), at);
        let is_before = |other: &u32| {
            entries.get(*other as usize).is_some_and(|entry| (key(entry), *other) < own)
        };
        let place = self.order.partition_point(is_before);
        self.order.insert(place, at);
        let (mut start, latest) = (0, latest_of(entry));
        for (row, (month, count)) in self.months.iter_mut().enumerate() {
            let end = start + *count as usize;
            if (start..=end).contains(&place) && is_one_month(*month, latest) {
                *count += 1;
                if place == start {
                    *month = latest;
                }
                return;
            }
            if place <= start {
                self.months.insert(row, (latest, 1));
                return;
            }
            start = end;
        }
        self.months.push((latest, 1));
    }
}

/// More new ones are sorted among all.
const MOST_PUT_IN: usize = 1_024;

/// By which entries are sorted, and then by their numbers.
fn key(entry: &Entry) -> (Reverse<Option<(Bound, Bound)>>, String) {
    let issued = entry.date().map(|date| (date.latest(), date.earliest()));
    (Reverse(issued), fold_key(entry.title()))
}

fn latest_of(entry: &Entry) -> Option<Bound> {
    entry.date().map(EdtfDate::latest)
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::corpus::FileId;
    use crate::corpus::text::Text;
    use crate::corpus::timeline::samples::briefing;

    const DATES: [&str; 6] = ["2023-03-17", "2023-03", "2023-03-02", "2023-04-01", "../2023", ""];

    fn entries(all: &[(usize, usize)]) -> Vec<Entry> {
        let entry = |(date, title): &(usize, usize)| {
            let briefing = briefing(&title.to_string(), DATES[*date], &[]);
            Entry {
                slug: String::new(),
                file: FileId(0),
                text: Text::held(briefing).into(),
                unreadable: false,
                lines: 0..9,
            }
        };
        all.iter().map(entry).collect()
    }

    proptest! {
        #[test]
        fn an_order_that_follows_is_that_made_anew(
            all in proptest::collection::vec(
                ((0..DATES.len(), 0..3usize), any::<bool>(), any::<bool>()),
                0..20,
            ),
        ) {
            let only = |is_in: fn(&(bool, bool)) -> bool| {
                let all = all.iter().filter(|(_, was, is)| is_in(&(*was, *is)));
                entries(&all.map(|(entry, ..)| *entry).collect::<Vec<_>>())
            };
            let (before, after) = (only(|(was, _)| *was), only(|(_, is)| *is));
            let mut next = 0..;
            let now = |(was, is): (bool, bool)| {
                let now = if is { next.next() } else { None };
                was.then_some(now)
            };
            let now = all.iter().map(|(_, was, is)| (*was, *is)).filter_map(now).collect();
            let succession = Succession::of(now, after.len());
            let followed = ByDate::of(&before).after(&succession, &after.clone().into());
            prop_assert_eq!(followed, ByDate::of(&after));
        }
    }
}
