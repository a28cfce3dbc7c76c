//! Which briefings and which events have what a lens may ask for, each as a set of their numbers.
//!
//! The events of a corpus are numbered through, briefing by briefing, in the order of the files: a
//! *row* is such a number. Made once for a snapshot; a lens then is a few operations on sets.

mod counts;

pub use counts::{Count, Counted};

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;
use std::sync::Arc;

use roaring::RoaringBitmap;

use super::concordance::{ActorId, Concordance};
use super::timeline::{EventRef, is_planned};
use super::{BriefingId, Corpus};
use crate::actor::slug_of;
use crate::briefing::{Briefing, EventClass, EventStatus, Kind};
use crate::date::{Bound, EdtfDate};
use crate::diagnostic::Severity;
use crate::text::fold_key;

/// A year and a month from 1 to 12.
pub(super) type Month = (i16, i8);

/// First and last day that a date may mean.
pub(super) type Days = (Bound, Bound);

/// Sets of briefings and of rows for all that is not a word.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Facets {
    /// The first row of each briefing, and the number of rows at the end.
    pub starts: Arc<[u32]>,
    /// The briefing of each row.
    pub owners: Vec<u32>,
    /// When each briefing was issued.
    pub issued: Vec<Option<Days>>,
    /// The place of each briefing in the order of time, newest first, undated last, then by slug.
    pub newest: Vec<u32>,
    /// When the event of each row happened.
    pub happened: Vec<Option<Days>>,
    /// Rows in which an actor acted.
    pub by: HashMap<ActorId, RoaringBitmap>,
    /// Rows in which an actor was acted upon.
    pub to: HashMap<ActorId, RoaringBitmap>,
    /// Briefings by the month in which they may have been issued, of all months in which the date
    /// of any ends.
    pub months: BTreeMap<Month, RoaringBitmap>,
    /// Rows of each class.
    pub classes: HashMap<EventClass, RoaringBitmap>,
    /// Briefings with an event of each class.
    pub of_class: HashMap<EventClass, RoaringBitmap>,
    /// Rows of each status, planned ones as the timeline has them.
    pub statuses: HashMap<EventStatus, RoaringBitmap>,
    /// Rows at each place.
    pub places: Names,
    /// Briefings with each tag.
    pub tags: Names,
    /// Briefings of each source.
    pub sources: Names,
    /// Briefings with an actor of each kind.
    pub kinds: HashMap<Kind, RoaringBitmap>,
    /// Briefings in whose lines something is wrong.
    pub problems: RoaringBitmap,
    /// Ids, names and aliases of all actors, folded.
    pub actors: Vec<(Box<str>, ActorId)>,
}

/// Names with what has each, by what tells one from another: letters and figures alone.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Names {
    by_key: HashMap<String, (String, RoaringBitmap)>,
}

impl Names {
    fn add(&mut self, name: &str, at: u32) {
        let known = self
            .by_key
            .entry(slug_of(name))
            .or_insert_with(|| (name.trim().into(), RoaringBitmap::new()));
        known.1.insert(at);
    }

    /// What has exactly this name.
    pub fn exactly(&self, name: &str) -> RoaringBitmap {
        self.by_key.get(&slug_of(name)).map(|(_, found)| found.clone()).unwrap_or_default()
    }

    /// What has a name of which these are words, one behind the other.
    pub fn with_words(&self, words: &str) -> RoaringBitmap {
        let wanted = format!("-{}-", slug_of(words));
        let fits = |key: &String| format!("-{key}-").contains(&wanted);
        let found = self.by_key.iter().filter(|(key, _)| fits(key));
        found.fold(RoaringBitmap::new(), |all, (_, (_, found))| all | found)
    }

    /// Each name as first written, and its key.
    pub fn all(&self) -> impl Iterator<Item = (&str, &str, &RoaringBitmap)> {
        self.by_key.iter().map(|(key, (name, found))| (key.as_str(), name.as_str(), found))
    }
}

impl Facets {
    pub fn of(corpus: &Corpus, concordance: &Concordance) -> Self {
        let mut facets = Self::default();
        let mut starts = Vec::with_capacity(corpus.entries.len() + 1);
        for (id, entry) in corpus.ids().zip(&corpus.entries) {
            starts.push(facets.row_count());
            facets.add_briefing(id.0, &entry.briefing());
            facets.add_parties(id, concordance);
            facets.add_events(id.0, &entry.briefing());
            let is_wrong =
                |found: &crate::diagnostic::Diagnostic| found.severity() > Severity::Note;
            if entry.unreadable || corpus.diagnostics_of(entry).any(is_wrong) {
                facets.problems.insert(id.0);
            }
        }
        starts.push(facets.row_count());
        facets.starts = starts.into();
        facets.add_times();
        facets.add_actors(concordance);
        facets
    }

    /// How many events there are.
    pub fn row_count(&self) -> u32 {
        u32::try_from(self.owners.len()).unwrap_or(u32::MAX)
    }

    fn add_briefing(&mut self, id: u32, briefing: &Briefing) {
        self.issued.push(briefing.date.as_ref().map(days));
        briefing.tags.iter().for_each(|tag| self.tags.add(tag, id));
        briefing.sources.iter().for_each(|source| self.sources.add(&source.name, id));
    }

    fn add_times(&mut self) {
        let mut order: Vec<u32> = (0..).zip(&self.issued).map(|(at, _)| at).collect();
        let issued = |at: u32| self.issued.get(at as usize).copied().flatten();
        order.sort_by_cached_key(|at| Reverse(issued(*at).map(|(first, last)| (last, first))));
        self.newest = vec![0; order.len()];
        for (place, at) in (0..).zip(order) {
            if let Some(newest) = self.newest.get_mut(at as usize) {
                *newest = place;
            }
        }
        let dated = || (0..).zip(&self.issued).filter_map(|(at, days)| Some((at, (*days)?)));
        for (_, (_, last)) in dated() {
            if let Some(day) = last.day() {
                self.months.entry((day.year(), day.month())).or_default();
            }
        }
        for (at, (first, last)) in dated() {
            let month = |day: Bound, open| day.day().map_or(open, |day| (day.year(), day.month()));
            let (first, last) = (month(first, (i16::MIN, 1)), month(last, (i16::MAX, 12)));
            if first <= last {
                self.months.range_mut(first..=last).for_each(|(_, found)| {
                    found.insert(at);
                });
            }
        }
    }

    fn add_parties(&mut self, id: BriefingId, concordance: &Concordance) {
        for (row, parties) in (self.row_count()..).zip(&concordance.cast(id).events) {
            parties.by.iter().for_each(|actor| insert(&mut self.by, *actor, row));
            parties.to.iter().for_each(|actor| insert(&mut self.to, *actor, row));
        }
    }

    fn add_events(&mut self, id: u32, briefing: &Briefing) {
        for event in &briefing.events {
            let row = self.row_count();
            self.owners.push(id);
            self.happened.push(event.date.as_ref().map(days));
            if let Some(class) = event.class {
                insert(&mut self.classes, class, row);
                insert(&mut self.of_class, class, id);
            }
            if let Some(place) = &event.place {
                self.places.add(place, row);
            }
            let status =
                if is_planned(briefing, event) { EventStatus::Planned } else { event.status };
            insert(&mut self.statuses, status, row);
        }
    }

    fn add_actors(&mut self, concordance: &Concordance) {
        for (id, known) in concordance.all() {
            *self.kinds.entry(known.actor.kind).or_default() |= &known.briefings;
            let aliases = known.actor.aliases.iter().map(|alias| alias.text.as_str());
            let all = [known.actor.id.as_str(), known.actor.name.as_str()];
            let names = all.into_iter().chain(aliases);
            self.actors.extend(names.map(|name| (fold_key(name).into(), id)));
        }
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
        rows.iter().filter_map(|row| self.owners.get(row as usize)).collect()
    }

    /// Those rows that are of these briefings.
    pub fn within(&self, rows: &RoaringBitmap, briefings: &RoaringBitmap) -> RoaringBitmap {
        let is_in = |row: &u32| {
            self.owners.get(*row as usize).is_some_and(|owner| briefings.contains(*owner))
        };
        rows.iter().filter(is_in).collect()
    }
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

fn days(date: &EdtfDate) -> Days {
    (date.earliest(), date.latest())
}

fn insert<K: Eq + Hash>(sets: &mut HashMap<K, RoaringBitmap>, key: K, at: u32) {
    sets.entry(key).or_default().insert(at);
}
