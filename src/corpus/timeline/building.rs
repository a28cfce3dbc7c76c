//! How a timeline is made: from that of the snapshot before and the events that are new.

use std::cmp::Ordering;
use std::sync::Arc;

use roaring::RoaringBitmap;

use super::dated::NEW;
use super::gathered::Gathered;
use super::{Dated, EventRef, Timeline, UNDATED, Whole, folding, keys, period_of};
use crate::corpus::concordance::Concordance;
use crate::corpus::succession::{Origin, Succession};
use crate::corpus::together::{Gleaned, Gleanings};
use crate::corpus::{BriefingId, Corpus};

impl Timeline {
    /// Sorts the events of all briefings: those with a date as an outline of time
    /// ([`SortKey`](crate::date::SortKey): a year comes before its months, and these before their days),
    /// those that fall together by the date of their report; those without by the date of their report
    /// alone.
    #[must_use]
    pub fn of(corpus: &Corpus) -> Self {
        let mut new = Gleanings::default();
        for entry in corpus.entries.iter() {
            new.push(Gleaned::without_cast(&entry.briefing()));
        }
        let all = Succession::to_all(corpus.entries.len());
        let mut timeline = Self::placed(&Self::default(), &all, &new);
        let keys = if corpus.is_surveyed() {
            keys::by_actors(&timeline.dated, &corpus.concordance)
        } else {
            timeline.keys_by_names(corpus)
        };
        timeline.fold(&keys, None);
        timeline
    }

    /// From that of another snapshot, which was folded by its concordance, and the texts that are new.
    pub(in crate::corpus) fn after(
        (old, by): (&Self, &Concordance),
        succession: &Succession,
        concordance: &Concordance,
        new: &Gleanings,
    ) -> Self {
        let mut timeline = Self::placed(old, succession, new);
        // Where what stayed changes its order, what is first of what falls together may be another.
        if old.dated.is_empty() || !succession.keeps_order() {
            let keys = keys::by_actors(&timeline.dated, concordance);
            timeline.fold(&keys, None);
            return timeline;
        }
        let is_gone = |row: &&Dated| succession.now(row.at().briefing.0).is_none();
        let gone: Vec<Dated> = old.dated.iter().filter(is_gone).copied().collect();
        let came = timeline.dated.iter().filter(|row| row.story() == NEW);
        let came: Vec<Dated> = came.copied().collect();
        let mut touched = keys::by_actors(&gone, by);
        touched.extend(keys::by_actors(&came, concordance));
        touched.sort_unstable();
        touched.dedup();
        // Only where one of their actors stands can there be events of the same key.
        let mut near = keys::briefings_near(&came, concordance, concordance);
        near |= keys::briefings_near(&gone, by, concordance);
        let mut keys = vec![keys::NONE; timeline.dated.len()];
        let places: Vec<u32> = timeline.dated_in(&near).collect();
        let rows = places.iter().filter_map(|place| timeline.dated.get(*place as usize));
        let found = keys::by_actors(&rows.copied().collect::<Vec<_>>(), concordance);
        for (place, key) in places.iter().zip(found) {
            if let Some(slot) = keys.get_mut(*place as usize) {
                *slot = key;
            }
        }
        timeline.fold(&keys, Some(&Before { touched, old, succession }));
        timeline
    }

    /// Where the dated events of these briefings stand.
    fn dated_in(&self, briefings: &RoaringBitmap) -> impl Iterator<Item = u32> {
        let places = briefings.iter().flat_map(|at| {
            let at = at as usize;
            let rows = match self.whole.starts.get(at..at + 2) {
                Some(&[start, end]) => start as usize..end as usize,
                _ => 0..0,
            };
            self.whole.places.get(rows).unwrap_or_default()
        });
        places.copied().filter(|place| place & UNDATED == 0)
    }

    /// All events in their order, not folded yet: those of old briefings have their old stories.
    fn placed(old: &Self, succession: &Succession, new: &Gleanings) -> Self {
        let starts = succession.starts(&old.whole.starts, &|at| new.events.get(at).len());
        let mut issued = Vec::with_capacity(succession.count());
        for origin in succession.origins() {
            issued.extend(match origin {
                Origin::Old(at) => old.whole.issued.get(at as usize),
                Origin::New(at) => new.issued.get(at as usize),
            });
        }
        let mut rows = Rows::of(new, &succession.new);
        let order = |a: &Dated, b: &Dated| a.order(b, &issued);
        rows.dated.sort_unstable_by(order);
        let now = |row: &Dated| Some(row.of_briefing(succession.now(row.at().briefing.0)?));
        let mut stayed = Vec::with_capacity(old.dated.len());
        stayed.extend(old.dated.iter().filter_map(now));
        if !succession.keeps_order() {
            stayed.sort_by(order);
        }
        let dated = merged(&stayed, rows.dated, order);
        let now = |at: &EventRef| {
            Some(EventRef { briefing: BriefingId(succession.now(at.briefing.0)?), ..*at })
        };
        let mut undated: Vec<EventRef> = old.undated.iter().filter_map(now).collect();
        undated.extend(rows.undated);
        undated.sort_by_cached_key(|at| {
            (issued.get(at.briefing.0 as usize).map(|days| days.in_order()), *at)
        });
        let mut places = vec![UNDATED; starts.last().copied().unwrap_or(0) as usize];
        let whole = Whole { starts, places: Vec::new(), issued, fulfilled: Vec::new() };
        for (place, row) in (0..).zip(&dated) {
            if let Some(slot) = whole.row(row.at()).and_then(|row| places.get_mut(row as usize)) {
                *slot = place;
            }
        }
        for (place, at) in (0..).zip(&undated) {
            if let Some(slot) = whole.row(*at).and_then(|row| places.get_mut(row as usize)) {
                *slot = place | UNDATED;
            }
        }
        let whole = Arc::new(Whole { places, ..whole });
        let period = period_of(&dated);
        Self { dated, undated, period, whole, ..Self::default() }
    }

    /// Folds the events by their keys: all, or those of some keys, the others as in another snapshot.
    fn fold(&mut self, keys: &[u64], before: Option<&Before<'_>>) {
        let touched = before.map(|before| before.touched.as_slice());
        let folding = folding::fold(&self.dated, keys, touched);
        let (gathered, stories) = Gathered::of(&self.dated, &folding.leaders);
        for (row, story) in self.dated.iter_mut().zip(&stories) {
            row.set_story(*story);
        }
        let story_of = |leader: u32| stories.get(leader as usize).copied();
        let by_index = |by: u32| self.dated.get(by as usize).copied();
        let found = folding.fulfilled.iter();
        let mut fulfilled: Vec<(u32, Dated)> =
            found.filter_map(|(leader, by)| Some((story_of(*leader)?, by_index(*by)?))).collect();
        if let Some(Before { old, succession, .. }) = before {
            let now = |(story, by): &(u32, Dated)| {
                let story = story_of(folding.kept.get(*story as usize).copied()?)?;
                let EventRef { briefing, event } = by.at();
                let briefing = BriefingId(succession.now(briefing.0)?);
                let row = self.whole.row(EventRef { briefing, event })?;
                Some((story, *self.dated_at(row)?))
            };
            fulfilled.extend(old.whole.fulfilled.iter().filter_map(now));
        }
        fulfilled.sort_unstable_by_key(|(story, _)| *story);
        self.gathered = gathered;
        Arc::make_mut(&mut self.whole).fulfilled = fulfilled;
    }

    fn keys_by_names(&self, corpus: &Corpus) -> Vec<u64> {
        let mut keys = vec![keys::NONE; self.dated.len()];
        let mut names = keys::Names::default();
        for (id, entry) in corpus.ids().zip(corpus.entries.iter()) {
            for (event, told) in entry.briefing().events.iter().enumerate() {
                let row = self.whole.row(EventRef { briefing: id, event });
                let place = row.and_then(|row| self.whole.places.get(row as usize));
                if let Some(key) = place.and_then(|place| keys.get_mut(*place as usize)) {
                    *key = names.key_of(told);
                }
            }
        }
        keys
    }
}

/// What is taken over of another snapshot.
struct Before<'a> {
    /// Keys of events that came or went, sorted.
    touched: Vec<u64>,
    old: &'a Timeline,
    succession: &'a Succession,
}

/// The events of texts that are new.
#[derive(Default)]
struct Rows {
    dated: Vec<Dated>,
    undated: Vec<EventRef>,
}

impl Rows {
    fn of(new: &Gleanings, numbers: &[u32]) -> Self {
        let mut rows = Self::default();
        for (briefing, events) in numbers.iter().zip(new.events.iter()) {
            for (event, told) in events.iter().enumerate() {
                match told.dated {
                    Some(dated) => {
                        let mut dated = dated.of_briefing(*briefing);
                        dated.set_story(NEW);
                        rows.dated.push(dated);
                    }
                    None => {
                        rows.undated.push(EventRef { briefing: BriefingId(*briefing), event });
                    }
                }
            }
        }
        rows
    }
}

/// Two sorted lists as one.
fn merged(
    stayed: &[Dated],
    came: Vec<Dated>,
    order: impl Fn(&Dated, &Dated) -> Ordering,
) -> Vec<Dated> {
    if stayed.is_empty() {
        return came;
    }
    let mut all = Vec::with_capacity(stayed.len() + came.len());
    let mut rest = stayed;
    for row in came {
        let before = rest.partition_point(|other| order(other, &row) == Ordering::Less);
        let (first, behind) = rest.split_at_checked(before).unwrap_or((rest, &[]));
        all.extend_from_slice(first);
        all.push(row);
        rest = behind;
    }
    all.extend_from_slice(rest);
    all
}
