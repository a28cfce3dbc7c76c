//! One end of what a date may mean.

use std::fmt;

use jiff::civil;
use serde::{Deserialize, Serialize};

/// One end of a date: the first or the last day that it may mean. Ordered along time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Bound {
    /// Open towards the past.
    NegativeInfinity,
    /// A day. Years beyond what a civil date can hold are clamped to its first or last day.
    Day(#[serde(with = "as_numbers")] civil::Date),
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

/// A day for serde as year, month and day.
mod as_numbers {
    use jiff::civil::Date;
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

    #[allow(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
    pub(super) fn serialize<S: Serializer>(day: &Date, to: S) -> Result<S::Ok, S::Error> {
        (day.year(), day.month(), day.day()).serialize(to)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Date, D::Error> {
        let (year, month, day) = Deserialize::deserialize(from)?;
        Date::new(year, month, day).map_err(D::Error::custom)
    }
}

/// `2023-03-17`, `-0043-03-15`: four digits of the year as EDTF has them, where jiff writes six.
pub(super) fn iso_day(day: civil::Date) -> String {
    let sign = if day.year() < 0 { "-" } else { "" };
    format!("{sign}{:04}-{:02}-{:02}", day.year().unsigned_abs(), day.month(), day.day())
}
