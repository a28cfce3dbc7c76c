//! One end of what a date may mean.

use std::fmt;

use jiff::civil;

/// One end of a date: the first or the last day that it may mean. Ordered along time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bound {
    /// Open towards the past.
    NegativeInfinity,
    /// A day. Years beyond what a civil date can hold are clamped to its first or last day.
    Day(civil::Date),
    /// Open towards the future.
    PositiveInfinity,
}

impl Bound {
    /// The day, where it is not open.
    #[must_use]
    pub fn day(self) -> Option<civil::Date> {
        match self {
            Self::Day(day) => Some(day),
            Self::NegativeInfinity | Self::PositiveInfinity => None,
        }
    }

    /// The day, or the first or last that a civil date can hold.
    #[must_use]
    pub fn clamped(self) -> civil::Date {
        match self {
            Self::NegativeInfinity => civil::Date::MIN,
            Self::Day(day) => day,
            Self::PositiveInfinity => civil::Date::MAX,
        }
    }
}

impl fmt::Display for Bound {
    /// An ISO day, `-inf` or `inf`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NegativeInfinity => f.pad("-inf"),
            Self::Day(day) => f.pad(&iso_day(*day)),
            Self::PositiveInfinity => f.pad("inf"),
        }
    }
}

/// `2023-03-17`, `-0043-03-15`: four digits of the year as EDTF has them, where jiff writes six.
pub(super) fn iso_day(day: civil::Date) -> String {
    let sign = if day.year() < 0 { "-" } else { "" };
    format!("{sign}{:04}-{:02}-{:02}", day.year().unsigned_abs(), day.month(), day.day())
}
