//! Dates as analysts write them: EDTF (ISO 8601-2) levels 0 to 2, what people write by hand, and
//! what a timeline needs of them (earliest and latest day, buckets, gaps, density).
//!
//! Uses nothing of this crate but `text`. Deliberately absent: the clock.

pub mod bucket;
pub mod density;
pub mod gap;
pub mod reading;

mod bound;
mod clock_time;
mod days;
mod edges;
mod names;
mod packed;
mod precision;
mod short_words;
mod sort_key;
mod words;

pub use bound::Bound;
pub use clock_time::{ClockTime, Shift};
pub use names::is_day_name;
pub use packed::{PackedBound, PackedDays};
pub use precision::Precision;
pub use sort_key::SortKey;

use std::fmt;
use std::sync::Arc;

use edtf_core::{Edtf, IntervalEndpoint};
use jiff::civil;
use serde::{Deserialize, Serialize};

/// Longer texts are refused unread: no date needs it, and sets cost time per member.
const MAX_BYTES: usize = 1000;

/// A point in time or a span of it, as precise as it was written and no more.
///
/// Two dates are equal where their EDTF in preferred form is (ISO 8601-2 §8.2.4), so `?2023-?03` equals
/// `2023-03?`, while `2023-03-01/2023-03-31` is not `2023-03`. A clone costs no allocation.
/// As serde writes it, all that was made of the text is beside it, so that none is parsed again; for
/// people and other programs there is [`Self::as_edtf`].
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct EdtfDate {
    edtf: Arc<str>,
    earliest: Bound,
    latest: Bound,
    precision: Precision,
    clock: Option<ClockTime>,
    approximate: bool,
    uncertain: bool,
    span: bool,
}

/// Why a text is not EDTF.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct DateError {
    /// Byte of the text at which it stops being EDTF; at most the text's length.
    pub offset: usize,
    /// What is wrong there, without a full stop.
    pub message: &'static str,
}

impl EdtfDate {
    /// One day.
    #[must_use]
    pub fn day(day: civil::Date) -> Self {
        Self {
            edtf: bound::iso_day(day).into(),
            earliest: Bound::Day(day),
            latest: Bound::Day(day),
            precision: Precision::Day,
            clock: None,
            approximate: false,
            uncertain: false,
            span: false,
        }
    }

    /// Reads strict EDTF of ISO 8601-2:2019 Annex A, levels 0 to 2, without spaces around it.
    ///
    /// # Errors
    /// Where the text is not EDTF, names a day that the calendar lacks, is a span that ends before
    /// it begins, or is longer than 1000 bytes.
    pub fn parse(text: &str) -> Result<Self, DateError> {
        if text.len() > MAX_BYTES {
            return Err(DateError { offset: 0, message: "a date is at most 1000 bytes long" });
        }
        let value = Edtf::parse(text).map_err(|error| DateError {
            offset: error.offset.min(text.len()),
            message: error.message,
        })?;
        let (first, last) = edges::edges(&value);
        // edtf-core does not compare years that its arithmetic cannot hold, such as `Y1E40/2023`.
        if first > last {
            return Err(DateError { offset: 0, message: "interval end precedes interval start" });
        }
        Ok(Self {
            edtf: value.to_string().into(),
            earliest: first.bound(),
            latest: last.bound(),
            precision: Precision::of(&value),
            clock: ClockTime::of(&value),
            approximate: value.is_approximate(),
            uncertain: value.is_uncertain(),
            span: matches!(value, Edtf::Interval(_) | Edtf::Set(_)),
        })
    }

    /// The first day that it may mean; of a date-time the local day as written, whatever its zone.
    ///
    /// `~` and `?` do not widen it: ISO 8601-2 §8.4.2 gives them no width, and any would be invented.
    /// The start of an interval that is unknown (`/2023`) may be any day, as that of an open one.
    #[must_use]
    pub fn earliest(&self) -> Bound {
        self.earliest
    }

    /// The last day that it may mean (inclusive). Winter (`2023-24`) ends in the February after.
    #[must_use]
    pub fn latest(&self) -> Bound {
        self.latest
    }

    /// [`Self::earliest`] as an ISO day, `-inf` or `inf`; a year beyond four digits as `Y170000002`,
    /// and as an infinity where it is beyond 64 bits.
    #[must_use]
    pub fn earliest_in_iso(&self) -> String {
        self.value().map_or_else(|| self.earliest.to_string(), |v| edges::edges(&v).0.to_string())
    }

    /// [`Self::latest`] in the same form.
    #[must_use]
    pub fn latest_in_iso(&self) -> String {
        self.value().map_or_else(|| self.latest.to_string(), |v| edges::edges(&v).1.to_string())
    }

    /// How exactly it was written.
    #[must_use]
    pub fn precision(&self) -> Precision {
        self.precision
    }

    /// Whether any part of it is an estimate (`~`, `%`).
    #[must_use]
    pub fn is_approximate(&self) -> bool {
        self.approximate
    }

    /// Whether any part of it is in doubt (`?`, `%`).
    #[must_use]
    pub fn is_uncertain(&self) -> bool {
        self.uncertain
    }

    /// Whether it is an interval or a set, rather than one date however coarse.
    #[must_use]
    pub fn is_span(&self) -> bool {
        self.span
    }

    /// Time of day and zone as written; only date-times have one.
    #[must_use]
    pub fn clock(&self) -> Option<ClockTime> {
        self.clock
    }

    /// The two ends of an interval as dates of their own, `None` for one that is open or unknown.
    /// `None` for whatever is no interval.
    #[must_use]
    pub fn ends(&self) -> Option<(Option<Self>, Option<Self>)> {
        let Some(Edtf::Interval(interval)) = self.value() else { return None };
        let end = |end: &IntervalEndpoint| match end {
            IntervalEndpoint::Open | IntervalEndpoint::Unknown => None,
            IntervalEndpoint::Date(date)
            | IntervalEndpoint::OnOrBefore(date)
            | IntervalEndpoint::OnOrAfter(date) => Self::parse(&Edtf::Date(*date).to_string()).ok(),
        };
        Some((end(&interval.start), end(&interval.end)))
    }

    /// As EDTF in its preferred form: qualifiers to the right where one does for the whole.
    #[must_use]
    pub fn as_edtf(&self) -> &str {
        &self.edtf
    }

    /// In words for a reader: `17 March 2023`, `20–22 March 2023`, `about February 2022`, `the 2010s`.
    #[must_use]
    pub fn in_words(&self) -> String {
        self.value().map_or_else(|| self.edtf.to_string(), |value| words::of(&value))
    }

    /// In a few characters for a narrow column, without the year of a day or a month: `17 Mar`,
    /// `20–22 Mar`, `~Feb`, `17 Mar?`, `2023`. Years stand only in spans of a year and more.
    #[must_use]
    pub fn short_words(&self) -> String {
        self.value().map_or_else(|| self.edtf.to_string(), |value| short_words::of(&value))
    }

    /// The day of the week, such as `Friday`, where it is one day that nobody doubts.
    #[must_use]
    pub fn weekday_in_words(&self) -> Option<&'static str> {
        let exact = self.precision <= Precision::Day
            && !(self.span || self.approximate || self.uncertain)
            && self.earliest == self.latest;
        exact.then(|| self.earliest.day().map(|day| names::weekday(day.weekday()))).flatten()
    }

    /// What timelines sort by.
    #[must_use]
    pub fn sort_key(&self) -> SortKey {
        SortKey::new(self)
    }

    /// Kept as text, since edtf-core's tree has no `Hash` and costs a quarter microsecond to make.
    fn value(&self) -> Option<Edtf> {
        Edtf::parse(&self.edtf).ok()
    }
}

impl fmt::Display for EdtfDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.edtf)
    }
}

#[cfg(test)]
mod tests;
