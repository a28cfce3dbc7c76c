//! The events of a corpus in the order in which they happened, not in which they were reported.
//!
//! Each report is an event of its briefing; `folding` says which of them tell of the same, and a
//! [`Story`] is what they tell of. Deliberately absent: the clock; what is still to come is always as of a
//! day that is handed in.

mod folding;
mod story;
mod told;

pub use story::{Standing, Stories, Story};
pub use told::Told;

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

use jiff::civil;

use super::{BriefingId, Corpus};
use crate::briefing::{Briefing, Event, EventStatus};
use crate::date::{Bound, EdtfDate, Precision, SortKey};

/// An event of one snapshot: the briefing that reports it, and which of its events, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventRef {
    /// The briefing.
    pub briefing: BriefingId,
    /// Index into its events.
    pub event: usize,
}

/// How a date lies in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Extent {
    /// One date, however coarse, or a set of dates.
    Date,
    /// An interval whose ends are both known.
    Range,
    /// An interval that begins at a known date and has no known end.
    Onward,
    /// Its first day is not known, or it lies beyond the years that a calendar can hold: nothing
    /// but words can tell it.
    Unplaced,
}

/// A dated event, with what sorting, grouping and counting need of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dated {
    /// Which event.
    pub at: EventRef,
    /// First day that its date may mean.
    pub earliest: Bound,
    /// Last day that its date may mean (inclusive).
    pub latest: Bound,
    /// How exactly the date was written.
    pub precision: Precision,
    /// How it lies in time.
    pub extent: Extent,
    /// How it stands as its briefing says; what could only happen after the report is planned.
    pub status: EventStatus,
    /// The last day on which it may have been reported; `None` where its briefing is undated or open.
    pub reported: Option<civil::Date>,
    /// What it is a report of: the same number within one corpus, the same event of the world.
    pub story: u32,
}

impl Dated {
    /// Whether it is still to come as of a day: it begins after it, or was reported as planned and
    /// may not be over by then. An event that may have happened and is reported as done is not.
    #[must_use]
    pub fn is_to_come(&self, as_of: civil::Date) -> bool {
        let as_of = Bound::Day(as_of);
        let planned = self.status == EventStatus::Planned;
        self.earliest > as_of || (planned && self.latest >= as_of)
    }

    /// Whether it had been reported by a day. Without a day, or without one of its report, it had.
    #[must_use]
    pub fn is_known(&self, as_of: Option<civil::Date>) -> bool {
        self.reported.zip(as_of).is_none_or(|(reported, as_of)| reported <= as_of)
    }

    /// First and last day where both are known and within the calendar.
    #[must_use]
    pub fn days(&self) -> Option<(civil::Date, civil::Date)> {
        match self.extent {
            Extent::Date | Extent::Range => self.earliest.day().zip(self.latest.day()),
            Extent::Onward | Extent::Unplaced => None,
        }
    }

    /// How many days its date may mean or cover, from 1; `None` where that is not known.
    #[must_use]
    pub fn length(&self) -> Option<i64> {
        self.days().map(|(first, last)| days_between(first, last) + 1)
    }

    fn new(at: EventRef, briefing: &Briefing, event: &Event, date: &EdtfDate) -> Self {
        Self {
            at,
            earliest: date.earliest(),
            latest: date.latest(),
            precision: date.precision(),
            extent: extent_of(date),
            status: status_of(briefing, event),
            reported: as_of(briefing.date.as_ref()),
            story: 0,
        }
    }
}

/// Whether an event was still to come when its briefing was issued: because the briefing says so, or
/// because it can only have happened later.
#[must_use]
pub fn is_planned(briefing: &Briefing, event: &Event) -> bool {
    match (event.status, &event.date, &briefing.date) {
        (EventStatus::Planned, _, _) => true,
        (EventStatus::Done, Some(date), Some(issued)) => date.earliest() > issued.latest(),
        _ => false,
    }
}

/// How an event stood when its briefing was issued: as that says, or planned where it could only happen
/// later.
#[must_use]
pub fn status_of(briefing: &Briefing, event: &Event) -> EventStatus {
    if is_planned(briefing, event) { EventStatus::Planned } else { event.status }
}

/// All events of a corpus.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Timeline {
    dated: Vec<Dated>,
    undated: Vec<EventRef>,
    /// By story, the report that what was planned there was done, where it is another story.
    fulfilled: Arc<HashMap<u32, Dated>>,
    /// For each briefing the events of all before it; at the end the number of all.
    starts: Arc<[usize]>,
}

impl Timeline {
    /// Sorts the events of all briefings: those with a date as an outline of time ([`SortKey`]: a
    /// year comes before its months, and these before their days), those that fall together by the date of their
    /// report; those without by the date of their report alone.
    #[must_use]
    pub fn of(corpus: &Corpus) -> Self {
        let mut dated: Vec<(SortKey, Issued, Dated)> = Vec::new();
        let mut undated: Vec<(Issued, EventRef)> = Vec::new();
        let mut starts = vec![0];
        for (id, entry) in corpus.ids().zip(&corpus.entries) {
            let issued = Issued::of(entry.date());
            let before = starts.last().copied().unwrap_or(0);
            starts.push(before + entry.event_count());
            for (index, event) in entry.briefing().events.iter().enumerate() {
                let at = EventRef { briefing: id, event: index };
                match &event.date {
                    None => undated.push((issued, at)),
                    Some(date) => {
                        let row = Dated::new(at, &entry.briefing(), event, date);
                        dated.push((date.sort_key(), issued, row));
                    }
                }
            }
        }
        dated.sort_unstable_by_key(|(key, issued, row)| (*key, *issued, row.at));
        undated.sort_unstable();
        let mut dated: Vec<Dated> = dated.into_iter().map(|(_, _, row)| row).collect();
        let folding = folding::fold(corpus, &dated);
        for (row, story) in dated.iter_mut().zip(&folding.stories) {
            row.story = *story;
        }
        let fulfilled = folding.fulfilled.into_iter();
        let fulfilled =
            fulfilled.filter_map(|(story, by)| Some((story, *dated.get(by)?))).collect();
        Self {
            dated,
            undated: undated.into_iter().map(|(_, at)| at).collect(),
            fulfilled: Arc::new(fulfilled),
            starts: starts.into(),
        }
    }

    /// Those of which it holds, in the same order.
    #[must_use]
    pub fn filtered(&self, keeps: impl Fn(EventRef) -> bool) -> Self {
        Self {
            dated: self.dated.iter().filter(|dated| keeps(dated.at)).copied().collect(),
            undated: self.undated.iter().filter(|at| keeps(**at)).copied().collect(),
            fulfilled: Arc::clone(&self.fulfilled),
            starts: Arc::clone(&self.starts),
        }
    }

    /// A number for each event of the corpus, below [`Self::slots`]; `None` for one of another corpus.
    fn slot(&self, at: EventRef) -> Option<usize> {
        let briefing = at.briefing.0 as usize;
        let slot = self.starts.get(briefing)? + at.event;
        (slot < *self.starts.get(briefing + 1)?).then_some(slot)
    }

    fn slots(&self) -> usize {
        self.starts.last().copied().unwrap_or(0)
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.dated.len() + self.undated.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The events that have a date, in the order of time.
    #[must_use]
    pub fn dated(&self) -> &[Dated] {
        &self.dated
    }

    /// The events that have none, the earliest report first.
    #[must_use]
    pub fn undated(&self) -> &[EventRef] {
        &self.undated
    }

    /// All of them in the order of time, the undated last.
    pub fn all(&self) -> impl Iterator<Item = EventRef> + '_ {
        self.dated.iter().map(|dated| dated.at).chain(self.undated.iter().copied())
    }

    /// First and last day of the whole; `None` where no event has a known day. An open end adds
    /// nothing to it.
    #[must_use]
    pub fn period(&self) -> Option<(civil::Date, civil::Date)> {
        let placed = || self.dated.iter().filter(|dated| dated.extent != Extent::Unplaced);
        let first = placed().filter_map(|dated| dated.earliest.day()).min()?;
        let last =
            placed().filter_map(|dated| dated.latest.day().or(dated.earliest.day())).max()?;
        Some((first, last))
    }
}

/// The day as of which a briefing speaks: the last that its date may mean. `None` where it is undated
/// or open.
#[must_use]
pub fn as_of(issued: Option<&EdtfDate>) -> Option<civil::Date> {
    issued.and_then(|date| date.latest().day())
}

/// Days from one to the other: 1 to the next day, negative backwards.
#[must_use]
pub fn days_between(from: civil::Date, to: civil::Date) -> i64 {
    from.duration_until(to).as_hours() / 24
}

/// When a briefing was issued, as it sorts: the undated last.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Issued(Reverse<Option<Reverse<(Bound, Bound)>>>);

impl Issued {
    fn of(date: Option<&EdtfDate>) -> Self {
        Self(Reverse(date.map(|date| Reverse((date.latest(), date.earliest())))))
    }
}

fn extent_of(date: &EdtfDate) -> Extent {
    let is_set = date.as_edtf().starts_with(['[', '{']);
    let is_interval = date.is_span() && !is_set;
    match (placed(date.earliest()), placed(date.latest())) {
        (Some(_), Some(_)) if is_interval => Extent::Range,
        (Some(_), Some(_)) => Extent::Date,
        (Some(_), None) if is_interval && date.latest() == Bound::PositiveInfinity => {
            Extent::Onward
        }
        _ => Extent::Unplaced,
    }
}

/// The day, unless it stands for a year that a civil date cannot hold.
fn placed(bound: Bound) -> Option<civil::Date> {
    bound.day().filter(|day| day.year().abs() < 9999)
}

#[cfg(test)]
pub(crate) mod samples;
#[cfg(test)]
mod tests;
