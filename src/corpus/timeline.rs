//! The events of a corpus in the order in which they happened, not in which they were reported.
//!
//! Each report is an event of its briefing; `folding` says which of them tell of the same, and a
//! [`Story`] is what they tell of. Deliberately absent: the clock; what is still to come is always as of a
//! day that is handed in.

mod building;
mod dated;
mod folding;
mod gathered;
mod keys;
mod story;
mod told;

pub(super) use dated::InOrder;
pub use dated::{Dated, Extent};
pub use story::{Standing, Stories, Story};
pub use told::Told;

use std::sync::Arc;

use jiff::civil;
use roaring::RoaringBitmap;
use serde::{Deserialize, Serialize};

use super::BriefingId;
use super::columns::{exactly, short};
use super::words::Bits;
use crate::briefing::{Event, EventStatus};
use crate::date::{Bound, EdtfDate, PackedBound, PackedDays};
use gathered::Gathered;

/// An event of one snapshot: the briefing that reports it, and which of its events, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct EventRef {
    /// The briefing.
    pub briefing: BriefingId,
    /// Index into its events.
    pub event: usize,
}

/// Whether an event was still to come when its briefing was issued: because the briefing says so, or
/// because it can only have happened later.
#[must_use]
pub fn is_planned(issued: Option<&EdtfDate>, event: &Event) -> bool {
    match (event.status, &event.date, issued) {
        (EventStatus::Planned, _, _) => true,
        (EventStatus::Done, Some(date), Some(issued)) => date.earliest() > issued.latest(),
        _ => false,
    }
}

/// How an event stood when its briefing was issued: as that says, or planned where it could only happen
/// later.
#[must_use]
pub fn status_of(issued: Option<&EdtfDate>, event: &Event) -> EventStatus {
    if is_planned(issued, event) { EventStatus::Planned } else { event.status }
}

/// All events of a corpus, or some of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timeline {
    #[serde(deserialize_with = "exactly")]
    dated: Vec<Dated>,
    undated: Vec<EventRef>,
    gathered: Gathered,
    period: Option<(PackedBound, PackedBound)>,
    whole: Arc<Whole>,
    /// Of some events their rows, each with its story.
    part: Option<Vec<(u32, u32)>>,
}

/// What a timeline of some events has in common with that of all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Whole {
    /// The first row of each briefing and the number of rows at the end: events are numbered through,
    /// briefing by briefing.
    #[serde(deserialize_with = "exactly")]
    starts: Vec<u32>,
    /// The place of each row among the dated events; those that are not are marked.
    #[serde(deserialize_with = "exactly")]
    places: Vec<u32>,
    /// When each briefing was issued.
    #[serde(deserialize_with = "exactly")]
    issued: Vec<PackedDays>,
    /// By story, the report that what was planned there was done, where it is another story.
    #[serde(deserialize_with = "exactly")]
    fulfilled: Vec<(u32, Dated)>,
}

/// Marks the place of a row among the undated events.
const UNDATED: u32 = 1 << 31;

impl Timeline {
    /// Those of which it holds, in the same order.
    #[must_use]
    pub fn filtered(&self, keeps: impl Fn(EventRef) -> bool) -> Self {
        let dated = self.dated.iter().filter(|dated| keeps(dated.at())).copied().collect();
        self.with(dated, self.undated.iter().filter(|at| keeps(**at)).copied().collect())
    }

    /// The events of these rows: events are numbered through, briefing by briefing, in the order of the
    /// files. It takes as long as there are rows; the rows must be those of a timeline of all events.
    #[must_use]
    pub fn of_rows(&self, rows: impl Iterator<Item = u32>) -> Self {
        let mut places = Vec::with_capacity(rows.size_hint().0);
        let mut undated = Vec::new();
        for place in rows.filter_map(|row| self.whole.places.get(row as usize)) {
            if place & UNDATED == 0 {
                places.push((*place, ()));
            } else {
                undated.push(place & !UNDATED);
            }
        }
        let mut dated = Vec::with_capacity(places.len());
        let places = in_order(places, self.dated.len());
        dated.extend(places.iter().filter_map(|(place, ())| self.dated.get(*place as usize)));
        undated.sort_unstable();
        let of_undated = undated.iter().filter_map(|place| self.undated.get(*place as usize));
        self.with(dated, of_undated.copied().collect())
    }

    /// The row of an event: events are numbered through, briefing by briefing. `None` for one of another
    /// corpus.
    #[must_use]
    pub fn row(&self, at: EventRef) -> Option<u32> {
        self.whole.row(at)
    }

    /// The rows of these briefings.
    pub(super) fn rows_of(&self, briefings: &RoaringBitmap) -> RoaringBitmap {
        let mut rows = RoaringBitmap::new();
        for at in briefings {
            if let Some(&[start, end]) = self.whole.starts.get(at as usize..at as usize + 2) {
                rows.insert_range(start..end);
            }
        }
        rows
    }

    /// The rows of those that have such a date.
    pub(super) fn rows_dated(&self, is_such: impl Fn(PackedDays) -> bool) -> RoaringBitmap {
        let found = self.dated.iter().filter(|dated| is_such(dated.packed()));
        let mut rows = Bits::new(short(self.row_count()));
        rows.extend(found.filter_map(|dated| self.whole.row(dated.at())));
        rows.into_set()
    }

    /// How many rows there are: events of all briefings.
    #[must_use]
    pub fn row_count(&self) -> usize {
        self.whole.places.len()
    }

    fn with(&self, dated: Vec<Dated>, undated: Vec<EventRef>) -> Self {
        let mut firsts = vec![NONE; self.row_count()];
        let leader = |(at, dated): (u32, &Dated)| match firsts.get_mut(dated.story() as usize) {
            Some(first) => {
                *first = at.min(*first);
                *first
            }
            // There are no more stories than events.
            None => at,
        };
        let leaders: Vec<u32> = (0..).zip(&dated).map(leader).collect();
        let (gathered, stories) = Gathered::of(&dated, &leaders);
        let row = |(dated, story): (&Dated, u32)| Some((self.whole.row(dated.at())?, story));
        let mut part = Vec::with_capacity(dated.len());
        part.extend(dated.iter().zip(stories).filter_map(row));
        let part = in_order(part, self.row_count());
        let period = period_of(&dated);
        let whole = Arc::clone(&self.whole);
        Self { dated, undated, gathered, period, whole, part: Some(part) }
    }

    /// The stories of its events.
    #[must_use]
    pub fn stories(&self) -> Stories<'_> {
        Stories::of(self)
    }

    fn number_of(&self, at: EventRef) -> Option<u32> {
        let row = self.whole.row(at)?;
        match &self.part {
            None => self.dated_at(row).map(Dated::story),
            Some(part) => {
                let at = part.binary_search_by_key(&row, |(row, _)| *row).ok()?;
                part.get(at).map(|(_, story)| *story)
            }
        }
    }

    /// An event of the corpus, if it is dated.
    pub(super) fn find(&self, at: EventRef) -> Option<&Dated> {
        self.dated_at(self.whole.row(at)?)
    }

    fn dated_at(&self, row: u32) -> Option<&Dated> {
        self.dated.get(*self.whole.places.get(row as usize)? as usize)
    }

    fn fulfilled(&self, story: u32) -> Option<&Dated> {
        let all = &self.whole.fulfilled;
        let at = all.binary_search_by_key(&story, |(story, _)| *story).ok()?;
        all.get(at).map(|(_, by)| by)
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
        self.dated.iter().map(Dated::at).chain(self.undated.iter().copied())
    }

    /// First and last day of the whole; `None` where no event has a known day. An open end adds
    /// nothing to it.
    #[must_use]
    pub fn period(&self) -> Option<(civil::Date, civil::Date)> {
        let (first, last) = self.period?;
        first.day().zip(last.day())
    }
}

impl Whole {
    fn row(&self, at: EventRef) -> Option<u32> {
        let briefing = at.briefing.0 as usize;
        let row = self.starts.get(briefing)?.checked_add(u32::try_from(at.event).ok()?)?;
        (row < *self.starts.get(briefing + 1)?).then_some(row)
    }
}

/// Different numbers below an end, ascending, each with what it has: looked up where they are many, for
/// that takes less than to sort them.
fn in_order<T: Copy>(mut all: Vec<(u32, T)>, end: usize) -> Vec<(u32, T)> {
    if all.len() < end / MANY {
        all.sort_unstable_by_key(|(number, _)| *number);
        return all;
    }
    let mut by_number: Vec<Option<T>> = vec![None; end];
    for (number, value) in &all {
        if let Some(slot) = by_number.get_mut(*number as usize) {
            *slot = Some(*value);
        }
    }
    all.clear();
    all.extend((0..).zip(by_number).filter_map(|(number, value)| Some((number, value?))));
    all
}

/// One number in so many is many.
const MANY: usize = 16;
/// The number of no event.
const NONE: u32 = u32::MAX;

fn period_of(dated: &[Dated]) -> Option<(PackedBound, PackedBound)> {
    let placed = || dated.iter().filter(|dated| dated.extent() != Extent::Unplaced);
    let first = placed().map(|dated| dated.span().0).filter(|first| first.is_day()).min()?;
    let last = |(first, last): (PackedBound, PackedBound)| if last.is_day() { last } else { first };
    let last = placed().map(|dated| last(dated.span())).filter(|last| last.is_day()).max()?;
    Some((first, last))
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
