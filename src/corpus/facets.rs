//! Which briefings and which events have what a lens may ask for, each as a set of their numbers.
//!
//! The events of a corpus are numbered through, briefing by briefing, in the order of the files: a
//! *row* is such a number. Made once for a snapshot; a lens then is a few operations on sets.

mod counts;
mod names;
mod numbers;

pub use counts::{Count, Counted};
pub(super) use names::{Added, Names};
pub(super) use numbers::{Marked, Numbers};

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use roaring::RoaringBitmap;
use serde::{Deserialize, Serialize};

use super::columns::{Runs, exactly, read_set, read_sets, short};
use super::concordance::{ActorId, Concordance};
use super::rising::{Rising, RisingRow};
use super::succession::{Origin, Succession};
use super::timeline::EventRef;
use super::together::{Gleanings, Reported};
use super::{BriefingId, Corpus, Entry};
use crate::briefing::{EventClass, EventStatus, Kind};
use crate::date::{Bound, PackedDays};
use crate::diagnostic::Severity;

/// A year and a month from 1 to 12.
pub(super) type Month = (i16, i8);

/// Sets of briefings and of rows for all that is not a word.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Facets {
    /// The first row of each briefing, and the number of rows at the end.
    pub starts: Arc<[u32]>,
    /// When each briefing was issued.
    #[serde(deserialize_with = "exactly")]
    pub issued: Vec<PackedDays>,
    /// The place of each briefing in the order of time, newest first, undated last, then by slug.
    #[serde(deserialize_with = "exactly")]
    pub newest: Vec<u32>,
    /// What the event of each row is.
    #[serde(deserialize_with = "exactly")]
    sorts: Vec<Sort>,
    /// Rows in which each actor acted.
    by: Rising,
    /// Rows in which each actor was acted upon.
    to: Rising,
    /// Briefings by the month in which they may have been issued, of all months in which the date
    /// of any ends.
    #[serde(deserialize_with = "read_sets")]
    pub months: BTreeMap<Month, RoaringBitmap>,
    /// Rows of each class.
    #[serde(deserialize_with = "read_sets")]
    pub classes: BTreeMap<EventClass, RoaringBitmap>,
    /// Briefings with an event of each class.
    #[serde(deserialize_with = "read_sets")]
    pub of_class: BTreeMap<EventClass, RoaringBitmap>,
    /// Rows of each status, planned ones as the timeline has them.
    #[serde(deserialize_with = "read_sets")]
    pub statuses: BTreeMap<EventStatus, RoaringBitmap>,
    /// Rows at each place.
    pub places: Names,
    /// Briefings with each tag.
    pub tags: Names,
    /// Briefings of each source.
    pub sources: Names,
    /// Briefings with an actor of each kind.
    #[serde(deserialize_with = "read_sets")]
    pub kinds: BTreeMap<Kind, RoaringBitmap>,
    /// Briefings in whose lines something is wrong.
    #[serde(deserialize_with = "read_set")]
    pub problems: RoaringBitmap,
}

/// Class and status of an event, planned as the timeline has it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
struct Sort {
    class: Option<EventClass>,
    status: EventStatus,
}

impl Facets {
    /// From those of another snapshot, and what was gleaned from the texts that are new.
    pub fn after(
        old: &Self,
        succession: &Succession,
        corpus: &Corpus,
        concordance: &Concordance,
        new: &Gleanings,
    ) -> Self {
        let starts = succession.starts(&old.starts, &|at| new.events.get(at).len());
        let mut facets = Self { starts: starts.into(), ..Self::default() };
        facets.add_columns(old, succession, new);
        facets.add_names(old, succession, new);
        facets.add_times(old, succession);
        facets.add_sorts();
        facets.add_parties(concordance);
        facets.add_kinds(concordance);
        facets.add_problems(old, succession, corpus);
        facets
    }

    /// How many events there are.
    pub fn row_count(&self) -> u32 {
        short(self.sorts.len())
    }

    /// How many of them are of a briefing.
    pub fn row_count_of(&self, briefing: BriefingId) -> usize {
        let at = briefing.0 as usize;
        match self.starts.get(at..at + 2) {
            Some(&[start, end]) => (end - start) as usize,
            _ => 0,
        }
    }

    fn add_columns(&mut self, old: &Self, succession: &Succession, new: &Gleanings) {
        let count = self.starts.last().copied().unwrap_or(0) as usize;
        self.issued.reserve_exact(succession.count());
        self.sorts.reserve_exact(count);
        for origin in succession.origins() {
            match origin {
                Origin::Old(at) => {
                    let at = at as usize;
                    self.issued.extend(old.issued.get(at));
                    let Some(&[start, end]) = old.starts.get(at..at + 2) else { continue };
                    let rows = start as usize..end as usize;
                    self.sorts.extend(old.sorts.get(rows).unwrap_or_default());
                }
                Origin::New(at) => {
                    let at = at as usize;
                    self.issued.extend(new.issued.get(at));
                    let events = new.events.get(at).iter();
                    let sort = |event: &Reported| Sort { class: event.class, status: event.status };
                    self.sorts.extend(events.map(sort));
                }
            }
        }
    }

    fn add_names(&mut self, old: &Self, succession: &Succession, new: &Gleanings) {
        let briefing_now = |at: u32| succession.now(at);
        let briefing = |at: &u32| succession.new.get(*at as usize).copied();
        self.tags = old.tags.after(&briefing_now, &new.tags, &briefing);
        self.sources = old.sources.after(&briefing_now, &new.sources, &briefing);
        let owners = old.owners();
        let row_now = |row: u32| {
            let owner = *owners.get(row as usize)?;
            let now = self.starts.get(succession.now(owner)? as usize)?;
            Some(now + (row - old.starts.get(owner as usize)?))
        };
        let row = |(at, event): &(u32, u32)| Some(self.starts.get(briefing(at)? as usize)? + event);
        self.places = old.places.after(&row_now, &new.places, &row);
    }

    fn add_times(&mut self, old: &Self, succession: &Succession) {
        let mut before = vec![None; old.newest.len()];
        for (at, place) in (0..).zip(&old.newest) {
            if let Some(slot) = before.get_mut(*place as usize) {
                *slot = succession.now(at);
            }
        }
        // What stayed is in order already, so that sorting is little more than looking through it.
        let placed = |at: u32| {
            let (undated, last, first) = self.issued.get(at as usize)?.in_order();
            Some((undated, Reverse((last, first)), at))
        };
        let all = before.into_iter().flatten().chain(succession.new.iter().copied());
        let mut order = Vec::with_capacity(self.issued.len());
        order.extend(all.filter_map(placed));
        order.sort();
        self.newest = vec![0; order.len()];
        for (place, (.., at)) in (0..).zip(order) {
            if let Some(newest) = self.newest.get_mut(at as usize) {
                *newest = place;
            }
        }
        self.months = self.by_month();
    }

    fn by_month(&self) -> BTreeMap<Month, RoaringBitmap> {
        let dated = || (0..).zip(&self.issued).filter_map(|(at, days)| Some((at, days.days()?)));
        let month = |bound: Bound| bound.day().map(|day| (day.year(), day.month()));
        let mut ends: Vec<Month> = dated().filter_map(|(_, (_, last))| month(last)).collect();
        ends.dedup();
        ends.sort_unstable();
        ends.dedup();
        let mut found: Vec<Vec<u32>> = vec![Vec::new(); ends.len()];
        // Most are of one month, and of that of the one before.
        let mut before = 0;
        for (at, (first, last)) in dated() {
            let first = month(first).unwrap_or((i16::MIN, 1));
            let last = month(last).unwrap_or((i16::MAX, 12));
            if ends.get(before) != Some(&first) {
                before = ends.partition_point(|month| *month < first);
            }
            let of_it = ends.iter().zip(&mut found).skip(before);
            of_it.take_while(|(month, _)| **month <= last).for_each(|(_, found)| found.push(at));
        }
        let set = |found| RoaringBitmap::from_sorted_iter(found).unwrap_or_default();
        ends.into_iter().zip(found.into_iter().map(set)).collect()
    }

    /// Sets of rows are made of all of them: that costs less than renumbering what is in them.
    fn add_sorts(&mut self) {
        let all = || (0..).zip(&self.sorts);
        self.statuses = sets(all().map(|(row, sort)| (sort.status, row)));
        self.classes = sets(all().filter_map(|(row, sort)| Some((sort.class?, row))));
        let owners = |(class, rows): (&EventClass, &RoaringBitmap)| (*class, self.owners_of(rows));
        self.of_class = self.classes.iter().map(owners).collect();
    }

    fn add_parties(&mut self, concordance: &Concordance) {
        let count = concordance.actors().len();
        let room = self.sorts.len() * 3 / 2;
        let (mut by, mut to) = (Vec::with_capacity(room), Vec::with_capacity(room));
        for (id, start) in (0..).map(BriefingId).zip(&*self.starts) {
            for (row, parties) in (*start..).zip(concordance.cast(id).events()) {
                by.extend(parties.by().map(|actor| (actor.0, row)));
                to.extend(parties.to().map(|actor| (actor.0, row)));
            }
        }
        self.by = Rising::of(&Runs::gathered(count, &by));
        self.to = Rising::of(&Runs::gathered(count, &to));
    }

    fn add_kinds(&mut self, concordance: &Concordance) {
        for known in concordance.actors() {
            *self.kinds.entry(known.actor.kind).or_default() |= &known.briefings;
        }
    }

    fn add_problems(&mut self, old: &Self, succession: &Succession, corpus: &Corpus) {
        let is_wrong = |found: &crate::diagnostic::Diagnostic| found.severity() > Severity::Note;
        let has = |entry: &Entry| entry.unreadable || corpus.diagnostics_of(entry).any(is_wrong);
        if let Some(told) = succession.told_anew() {
            self.problems = succession.renumbered(&old.problems);
            for at in told {
                self.problems.remove(at);
                let is_wrong = corpus.entry(BriefingId(at)).is_some_and(has);
                self.problems.extend(is_wrong.then_some(at));
            }
            return;
        }
        let all = (0..).zip(corpus.entries.iter()).filter(|(_, entry)| has(entry));
        self.problems = all.map(|(at, _)| at).collect();
    }

    fn sort_of(&self, at: EventRef) -> Option<&Sort> {
        let briefing = at.briefing.0 as usize;
        let start = *self.starts.get(briefing)?;
        let row = start.checked_add(u32::try_from(at.event).ok()?)?;
        self.sorts.get(row as usize).filter(|_| self.starts.get(briefing + 1) > Some(&row))
    }

    /// What an event is.
    pub fn class_of(&self, at: EventRef) -> Option<EventClass> {
        self.sort_of(at)?.class
    }

    /// How an event stands; what could only happen after it was reported is planned.
    pub fn status_of(&self, at: EventRef) -> Option<EventStatus> {
        Some(self.sort_of(at)?.status)
    }

    /// Rows in which an actor acted.
    pub fn rows_by(&self, actor: ActorId) -> RisingRow<'_> {
        self.by.get(actor.0 as usize)
    }

    /// Rows in which an actor was acted upon.
    pub fn rows_to(&self, actor: ActorId) -> RisingRow<'_> {
        self.to.get(actor.0 as usize)
    }

    /// The briefing of each row.
    fn owners(&self) -> Vec<u32> {
        let mut owners = Vec::with_capacity(self.sorts.len());
        for (id, end) in (0..).zip(self.starts.iter().skip(1)) {
            owners.resize(*end as usize, id);
        }
        owners
    }

    /// The briefings of rows that rise, each row with its own.
    fn each_owner(&self, rows: impl IntoIterator<Item = u32>) -> impl Iterator<Item = (u32, u32)> {
        let mut owner = 0;
        let of = move |row: u32| {
            let ends = self.starts.get(owner + 1..)?;
            // The next row is mostly of the same briefing, or of one soon after it.
            let mut near = 1;
            while ends.get(near - 1).is_some_and(|end| *end <= row) {
                near *= 2;
            }
            let some = ends.get(near / 2..near.min(ends.len()))?;
            owner += near / 2 + some.partition_point(|end| *end <= row);
            (owner + 1 < self.starts.len()).then(|| (row, short(owner)))
        };
        rows.into_iter().map_while(of)
    }

    /// How many briefings these rows are of, which rise.
    pub fn owner_count(&self, rows: impl IntoIterator<Item = u32>) -> u64 {
        let mut last = None;
        let is_next = |(_, owner): &(u32, u32)| last.replace(*owner) != Some(*owner);
        self.each_owner(rows).filter(is_next).count() as u64
    }

    /// The rows of these briefings.
    pub fn rows_of(&self, briefings: &RoaringBitmap) -> RoaringBitmap {
        let mut rows = RoaringBitmap::new();
        for at in briefings {
            let at = at as usize;
            if let Some(&[start, end]) = self.starts.get(at..at + 2) {
                rows.insert_range(start..end);
            }
        }
        rows
    }

    /// The briefings of these rows.
    pub fn owners_of(&self, rows: &RoaringBitmap) -> RoaringBitmap {
        let mut owners: Vec<u32> = self.each_owner(rows).map(|(_, owner)| owner).collect();
        owners.dedup();
        RoaringBitmap::from_sorted_iter(owners).unwrap_or_default()
    }

    /// Those rows that are of these briefings.
    pub fn within(&self, rows: &RoaringBitmap, briefings: &RoaringBitmap) -> RoaringBitmap {
        let is_in = |(row, owner)| briefings.contains(owner).then_some(row);
        let rows = self.each_owner(rows).filter_map(is_in);
        RoaringBitmap::from_sorted_iter(rows).unwrap_or_default()
    }
}

/// Rising numbers by what they have in common.
fn sets<T: Copy + Ord>(all: impl Iterator<Item = (T, u32)>) -> BTreeMap<T, RoaringBitmap> {
    let mut sets: Vec<(T, Vec<u32>)> = Vec::new();
    let mut last = 0;
    for (of, row) in all {
        // What follows is often of the same sort.
        if sets.get(last).is_none_or(|(known, _)| *known != of) {
            last = sets.iter().position(|(known, _)| *known == of).unwrap_or(sets.len());
        }
        match sets.get_mut(last) {
            Some((_, rows)) => rows.push(row),
            None => sets.push((of, vec![row])),
        }
    }
    let set = |rows: Vec<u32>| RoaringBitmap::from_sorted_iter(rows).unwrap_or_default();
    sets.into_iter().map(|(of, rows)| (of, set(rows))).collect()
}

/// Events of a corpus.
#[derive(Clone, Debug, Default)]
pub struct EventSet {
    rows: RoaringBitmap,
    starts: Arc<[u32]>,
}

impl EventSet {
    pub(super) fn new(rows: RoaringBitmap, facets: &Facets) -> Self {
        Self { rows, starts: Arc::clone(&facets.starts) }
    }

    pub(super) fn rows(&self) -> &RoaringBitmap {
        &self.rows
    }

    /// How many.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.rows.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Whether it has an event.
    #[must_use]
    pub fn contains(&self, at: EventRef) -> bool {
        let start = self.starts.get(at.briefing.0 as usize);
        let row =
            start.zip(u32::try_from(at.event).ok()).and_then(|(start, n)| start.checked_add(n));
        row.is_some_and(|row| self.rows.contains(row))
    }

    /// Its events, briefing by briefing, in the order of the files.
    pub fn iter(&self) -> impl Iterator<Item = EventRef> + '_ {
        self.rows.iter().filter_map(|row| {
            let at = self.starts.partition_point(|start| *start <= row).checked_sub(1)?;
            let start = *self.starts.get(at)?;
            let briefing = BriefingId(u32::try_from(at).ok()?);
            Some(EventRef { briefing, event: (row - start) as usize })
        })
    }
}

impl PartialEq for EventSet {
    fn eq(&self, other: &Self) -> bool {
        self.rows == other.rows
    }
}

#[cfg(test)]
mod tests;
