//! Bounds in four bytes each, for columns of hundreds of thousands of dates.

use jiff::civil;
use serde::{Deserialize, Serialize};

use super::Bound;

/// A [`Bound`] in four bytes, in the same order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PackedBound(i32);

/// Numbers of a month's days and of a year's, with room: a day is below the first, and month and day
/// are below the second.
const OF_MONTH: i32 = 32;
const OF_YEAR: i32 = 16 * OF_MONTH;

impl From<Bound> for PackedBound {
    fn from(bound: Bound) -> Self {
        Self(match bound {
            Bound::NegativeInfinity => i32::MIN,
            Bound::Day(day) => {
                i32::from(day.year()) * OF_YEAR
                    + i32::from(day.month()) * OF_MONTH
                    + i32::from(day.day())
            }
            Bound::PositiveInfinity => i32::MAX,
        })
    }
}

impl PackedBound {
    /// Later than every day.
    pub const NEVER: Self = Self(i32::MAX);

    /// The same in full; what was never packed is open towards the past.
    #[must_use]
    pub fn bound(self) -> Bound {
        match self.0 {
            i32::MIN => Bound::NegativeInfinity,
            i32::MAX => Bound::PositiveInfinity,
            days => {
                let short = |n: i32| i8::try_from(n).unwrap_or(0);
                let (month, day) = (days.rem_euclid(OF_YEAR) / OF_MONTH, days.rem_euclid(OF_MONTH));
                let year = i16::try_from(days.div_euclid(OF_YEAR)).unwrap_or(i16::MIN);
                let day = civil::Date::new(year, short(month), short(day));
                day.map_or(Bound::NegativeInfinity, Bound::Day)
            }
        }
    }

    /// Whether it is not open.
    #[must_use]
    pub fn is_day(self) -> bool {
        self.0 != i32::MIN && self.0 != i32::MAX
    }

    /// The day, where it is not open.
    #[must_use]
    pub fn day(self) -> Option<civil::Date> {
        self.bound().day()
    }
}

/// First and last day that a date may mean, or that there is no date, in eight bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackedDays {
    first: PackedBound,
    last: PackedBound,
}

impl Default for PackedDays {
    fn default() -> Self {
        Self::of(None)
    }
}

impl PackedDays {
    /// From one bound to another that is not before it.
    #[must_use]
    pub fn between(first: PackedBound, last: PackedBound) -> Self {
        Self { first, last }
    }

    /// Of a date; `None` is undated.
    #[must_use]
    pub fn of(date: Option<&super::EdtfDate>) -> Self {
        date.map_or(Self { first: PackedBound(i32::MAX), last: PackedBound(i32::MIN) }, |date| {
            Self { first: date.earliest().into(), last: date.latest().into() }
        })
    }

    /// First and last; `None` where there is no date.
    #[must_use]
    pub fn days(self) -> Option<(Bound, Bound)> {
        self.is_dated().then(|| (self.first.bound(), self.last.bound()))
    }

    /// Whether there is a date.
    #[must_use]
    pub fn is_dated(self) -> bool {
        self.first <= self.last
    }

    /// What sorts dates by their last days, those by their first, and the undated behind all.
    #[must_use]
    pub fn in_order(self) -> (bool, PackedBound, PackedBound) {
        (!self.is_dated(), self.last, self.first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::EdtfDate;

    #[test]
    fn a_packed_bound_is_the_same_and_sorts_the_same() {
        let day = |year, month, day| Bound::Day(civil::date(year, month, day));
        let bounds = [
            Bound::NegativeInfinity,
            Bound::Day(civil::Date::MIN),
            day(-44, 3, 15),
            day(-44, 12, 31),
            day(0, 1, 1),
            day(2023, 2, 28),
            day(2023, 3, 1),
            Bound::Day(civil::Date::MAX),
            Bound::PositiveInfinity,
        ];
        for bound in bounds {
            assert_eq!(PackedBound::from(bound).bound(), bound);
        }
        assert!(bounds.map(PackedBound::from).is_sorted());
    }

    #[test]
    fn no_date_is_told_from_every_date() {
        assert_eq!(PackedDays::of(None).days(), None);
        for edtf in ["2023", "2023/..", "../2023", "Y170000002"] {
            let date = EdtfDate::parse(edtf).unwrap();
            let days = PackedDays::of(Some(&date));
            assert_eq!(days.days(), Some((date.earliest(), date.latest())), "{edtf}");
            assert!(days.in_order() < PackedDays::of(None).in_order(), "{edtf}");
        }
    }
}
