//! Dates as analysts write them: EDTF (ISO 8601-2) levels 0 to 2, what people write by hand, and
//! what a timeline needs of them (earliest and latest day, buckets, gaps, density).
//!
//! Uses nothing of this crate but `text`. Deliberately absent: the clock.

use std::fmt;

use jiff::civil;

/// A point in time or a span of it, as precise as it was written and no more.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct EdtfDate {
    edtf: String,
    earliest: Bound,
    latest: Bound,
}

/// One end of a date: the first or the last day that it may mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bound {
    /// Open towards the past.
    NegativeInfinity,
    /// A day. Years beyond what a civil date can hold are clamped to its first or last day.
    Day(civil::Date),
    /// Open towards the future.
    PositiveInfinity,
}

/// How exactly a date was written. Of a span, the coarser of its two ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// Day and time of day.
    Time,
    /// A day.
    Day,
    /// A month.
    Month,
    /// A season or quarter (EDTF 21 to 41).
    Season,
    /// A year.
    Year,
    /// Ten years or more.
    Decade,
}

impl EdtfDate {
    /// One day.
    #[must_use]
    pub fn day(day: civil::Date) -> Self {
        Self { edtf: day.to_string(), earliest: Bound::Day(day), latest: Bound::Day(day) }
    }

    /// The first day that it may mean.
    #[must_use]
    pub fn earliest(&self) -> Bound {
        self.earliest
    }

    /// The last day that it may mean (inclusive).
    #[must_use]
    pub fn latest(&self) -> Bound {
        self.latest
    }

    /// As EDTF.
    #[must_use]
    pub fn as_edtf(&self) -> &str {
        &self.edtf
    }
}

impl fmt::Display for EdtfDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.edtf)
    }
}
