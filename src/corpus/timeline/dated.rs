//! A dated event in few bytes: all that sorting, folding, grouping and counting need of it, so that
//! none of these asks for its briefing.

use std::cmp::{Ordering, Reverse};

use jiff::civil;
use serde::{Deserialize, Serialize};

use super::{EventRef, days_between, extent_of, status_of};
use crate::briefing::{Briefing, Event, EventClass, EventStatus};
use crate::corpus::BriefingId;
use crate::corpus::columns::short;
use crate::date::{Bound, ClockTime, EdtfDate, PackedBound, PackedDays, Precision};
use crate::text::fold_key;

/// How a date lies in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dated {
    briefing: u32,
    event: u32,
    earliest: PackedBound,
    latest: PackedBound,
    /// [`PackedBound::NEVER`] where the day is not known.
    reported: PackedBound,
    /// Time of day in seconds and one, 0 where there is none; or what tells the words of a date that no
    /// day, month or year says, marked.
    clock: u32,
    /// What tells the words of one event from those of another.
    words: u32,
    story: u32,
    precision: Precision,
    extent: Extent,
    status: EventStatus,
    class: Option<EventClass>,
}

impl Dated {
    pub(in crate::corpus) fn new(
        at: EventRef,
        briefing: &Briefing,
        event: &Event,
        date: &EdtfDate,
    ) -> Self {
        let seconds = |time: ClockTime| {
            (u32::from(time.hour) * 60 + u32::from(time.minute)) * 61 + u32::from(time.second) + 1
        };
        let issued = briefing.date.as_ref().and_then(|date| date.latest().day());
        Self {
            briefing: at.briefing.0,
            event: short(at.event),
            earliest: date.earliest().into(),
            latest: date.latest().into(),
            reported: issued.map_or(PackedBound::NEVER, |day| Bound::Day(day).into()),
            clock: date.clock().map_or_else(|| wide_words(date), seconds),
            words: hash_of(fold_key(event.what.trim()).as_bytes()),
            story: NEW,
            precision: date.precision(),
            extent: extent_of(date),
            status: status_of(briefing.date.as_ref(), event),
            class: event.class,
        }
    }

    /// Which event.
    #[must_use]
    pub fn at(&self) -> EventRef {
        EventRef { briefing: BriefingId(self.briefing), event: self.event as usize }
    }

    /// First day that its date may mean.
    #[must_use]
    pub fn earliest(&self) -> Bound {
        self.earliest.bound()
    }

    /// Last day that its date may mean (inclusive).
    #[must_use]
    pub fn latest(&self) -> Bound {
        self.latest.bound()
    }

    /// The same two as they are kept.
    #[must_use]
    pub fn span(&self) -> (PackedBound, PackedBound) {
        (self.earliest, self.latest)
    }

    /// The same two together.
    pub(in crate::corpus) fn packed(&self) -> PackedDays {
        PackedDays::between(self.earliest, self.latest)
    }

    /// How exactly the date was written.
    #[must_use]
    pub fn precision(&self) -> Precision {
        self.precision
    }

    /// How it lies in time.
    #[must_use]
    pub fn extent(&self) -> Extent {
        self.extent
    }

    /// How it stands as its briefing says; what could only happen after the report is planned.
    #[must_use]
    pub fn status(&self) -> EventStatus {
        self.status
    }

    /// Its class.
    #[must_use]
    pub fn class(&self) -> Option<EventClass> {
        self.class
    }

    /// The last day on which it may have been reported; `None` where its briefing is undated or open.
    #[must_use]
    pub fn reported(&self) -> Option<civil::Date> {
        self.reported.day()
    }

    /// What it is a report of: the same number within one corpus, the same event of the world.
    #[must_use]
    pub fn story(&self) -> u32 {
        self.story
    }

    /// Whether it is still to come as of a day: it begins after it, or was reported as planned and
    /// may not be over by then. An event that may have happened and is reported as done is not.
    #[must_use]
    pub fn is_to_come(&self, as_of: civil::Date) -> bool {
        let as_of = PackedBound::from(Bound::Day(as_of));
        let planned = self.status == EventStatus::Planned;
        self.earliest > as_of || (planned && self.latest >= as_of)
    }

    /// Whether it had been reported by a day. Without a day, or without one of its report, it had.
    #[must_use]
    pub fn is_known(&self, as_of: Option<civil::Date>) -> bool {
        as_of.is_none_or(|as_of| {
            self.reported == PackedBound::NEVER || self.reported <= Bound::Day(as_of).into()
        })
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

    fn time(&self) -> u32 {
        if self.clock & WORDS == 0 { self.clock } else { 0 }
    }

    /// What tells how the date is written out from how others are, where no day, month or year says it.
    #[must_use]
    pub fn date_words(&self) -> u32 {
        let known = (self.earliest, self.latest, self.clock);
        hash_of(format!("{known:?}").as_bytes())
    }

    /// The surest first, then the earliest report.
    pub(super) fn rank(&self) -> (u8, PackedBound, u32, u32) {
        let sureness = match self.status {
            EventStatus::Done => 0,
            EventStatus::Alleged => 1,
            EventStatus::Denied => 2,
            EventStatus::Planned => 3,
        };
        (sureness, self.reported, self.briefing, self.event)
    }

    /// The earliest report first.
    pub(super) fn by_report(&self) -> (PackedBound, u32, u32) {
        (self.reported, self.briefing, self.event)
    }

    /// Where its date stands in the order of time (see [`SortKey`](crate::date::SortKey)).
    pub(in crate::corpus) fn in_order(&self) -> InOrder {
        (self.earliest, Reverse(self.latest), Reverse(self.precision), self.time())
    }

    /// The order of time: an outline (see [`SortKey`](crate::date::SortKey)), then by when its
    /// briefing was issued.
    pub(super) fn order(&self, other: &Self, issued: &[PackedDays]) -> Ordering {
        let report = |one: &Self| {
            let issued = issued.get(one.briefing as usize).map(|days| days.in_order());
            (issued, one.briefing, one.event)
        };
        self.in_order().cmp(&other.in_order()).then_with(|| report(self).cmp(&report(other)))
    }

    /// What tells its words from others. Of thousands of events that are alike in all else, two may
    /// have the same number by chance once in a million times.
    pub(in crate::corpus) fn words(&self) -> u32 {
        self.words
    }

    pub(super) fn set_story(&mut self, story: u32) {
        self.story = story;
    }

    /// The same in a snapshot in which its briefing has another number.
    pub(super) fn of_briefing(self, briefing: u32) -> Self {
        Self { briefing, ..self }
    }
}

/// First day, last day, precision, time of day; ordered as dates are.
pub(in crate::corpus) type InOrder = (PackedBound, Reverse<PackedBound>, Reverse<Precision>, u32);

/// Marks what is no time of day.
const WORDS: u32 = 1 << 31;

/// What tells the words of a date that lies in no day, month or year; 0 for all others.
fn wide_words(date: &EdtfDate) -> u32 {
    let year = |bound: Bound| bound.day().map(civil::Date::year);
    let is_wide = extent_of(date) == Extent::Unplaced
        || date.precision() == Precision::Decade
        || (extent_of(date) == Extent::Date && year(date.earliest()) != year(date.latest()));
    if is_wide { hash_of(date.in_words().as_bytes()) | WORDS } else { 0 }
}

/// The story of an event that was not folded yet.
pub(super) const NEW: u32 = u32::MAX;

/// Fowler, Noll and Vo's hash (1a, 64 bits), folded to 32: the same on every machine and in every
/// version of the program, for it is kept.
pub(super) fn hash_of(bytes: &[u8]) -> u32 {
    let hash = hash_on(SEED, bytes);
    u32::try_from((hash >> 32) ^ (hash & u64::from(u32::MAX))).unwrap_or(0)
}

/// Where a hash begins.
pub(super) const SEED: u64 = 0xcbf2_9ce4_8422_2325;

/// The same in 64 bits, of what stands behind what was hashed before.
pub(super) fn hash_on(hash: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(hash, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}
