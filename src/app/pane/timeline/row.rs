//! The rows of the timeline: headings, gaps, events, their reports, the ends of ranges.

use jiff::civil;

use crate::corpus::Corpus;
use crate::corpus::timeline::EventRef;
use crate::date::bucket::{Bucket, Unit};
use crate::date::gap::gap_in_words;

/// A row of the pane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    /// What the events beneath have in common.
    Heading(Heading),
    /// Time without events before the next row, from a day to another.
    Gap(civil::Date, civil::Date),
    /// Divides what has happened from what is to come as of a day, which stands below it, or where
    /// time runs backwards above it.
    Divider {
        /// What stands below it.
        below: Below,
        /// As of when.
        as_of: civil::Date,
    },
    /// An event, with all reports of it.
    Event(EventRow),
    /// One of the reports of the event above.
    Report(EventRow),
    /// The last day of a range that an earlier row opens.
    End(EventRow),
}

/// What stands below a divider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Below {
    /// What is still to come.
    ToCome,
    /// What had happened.
    Happened,
}

/// What the events under a heading have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heading {
    /// The time in which they lie.
    Bucket(Bucket),
    /// The whole date, which is this event's.
    DateOf(EventRef),
    /// That they have none.
    Undated,
}

/// An event, a report of one, or the end of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EventRow {
    /// Which event of which briefing: of several reports the one that places it in time.
    pub at: EventRef,
    /// The number of its story; `None` where it is undated.
    pub story: Option<usize>,
    /// What the heading above says of its date.
    pub said: Said,
    /// What stands in the lane of ranges.
    pub lane: Lane,
}

impl Row {
    /// What a heading, gap or divider says; empty for all others.
    #[must_use]
    pub fn words(&self, corpus: &Corpus) -> String {
        match self {
            Self::Heading(Heading::Bucket(bucket)) => bucket.label(),
            Self::Heading(Heading::DateOf(at)) => words_of(corpus, *at),
            Self::Heading(Heading::Undated) => "Undated".to_owned(),
            Self::Gap(from, to) => gap_in_words(*from, *to).unwrap_or_default(),
            Self::Divider { below: Below::ToCome, as_of } => {
                format!("still to come as of {}", name_of(*as_of))
            }
            Self::Divider { below: Below::Happened, as_of } => {
                format!("had happened by {}", name_of(*as_of))
            }
            Self::Event(_) | Self::Report(_) | Self::End(_) => String::new(),
        }
    }
}

pub(super) fn words_of(corpus: &Corpus, at: EventRef) -> String {
    let event = at.find_in(corpus);
    let date = event.as_ref().and_then(|event| event.date.as_ref());
    date.map(crate::date::EdtfDate::in_words).unwrap_or_default()
}

/// How much of a date the heading above it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// The day, week, month, quarter or year in which it lies, or begins.
    Bucket(Bucket),
    /// All of it.
    All,
    /// There is no date.
    Undated,
}

/// What stands between date and event: the bracket of a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// Nothing.
    Free,
    /// A range begins, whose end has a row of its own.
    Opens,
    /// The event lies within the range that is open, or begins in it.
    Within,
    /// The range that is open ends.
    Closes,
    /// A range whose end has no row of its own.
    Spans,
    /// It goes on without a known end.
    Onward,
}

/// In which direction time runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    /// Oldest first.
    #[default]
    Forward,
    /// Newest first.
    Backward,
}

/// A day in few words: `17 Mar 2023`.
fn name_of(day: civil::Date) -> String {
    let label = Bucket::containing(day, Unit::Day).label();
    label.rsplit_once(' ').map_or(label.clone(), |(day, _weekday)| day.to_owned())
}
