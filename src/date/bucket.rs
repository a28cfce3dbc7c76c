//! Time cut into days, weeks, months, quarters or years: what the timeline groups by.

use jiff::ToSpan;
use jiff::civil::{self, Weekday};

use super::names::{self, Style};
use super::{bound, days};

/// What a timeline is cut into, the finest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// A day.
    Day,
    /// An ISO week, Monday to Sunday.
    Week,
    /// A month.
    Month,
    /// Three months from January, April, July or October.
    Quarter,
    /// A year.
    Year,
}

impl Unit {
    /// All of them, the finest first.
    pub const ALL: [Self; 5] = [Self::Day, Self::Week, Self::Month, Self::Quarter, Self::Year];

    /// The next finer one; `None` below a day.
    #[must_use]
    pub fn finer(self) -> Option<Self> {
        Self::ALL.into_iter().rev().find(|unit| *unit < self)
    }

    /// The next coarser one; `None` above a year.
    #[must_use]
    pub fn coarser(self) -> Option<Self> {
        Self::ALL.into_iter().find(|unit| *unit > self)
    }

    /// `day`, `week`, `month`, `quarter`, `year`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
        }
    }
}

/// One day, week, month, quarter or year. Ordered by first day, then by unit, finest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bucket {
    first: civil::Date,
    unit: Unit,
}

impl Bucket {
    /// The one in which a day lies.
    #[must_use]
    pub fn containing(day: civil::Date, unit: Unit) -> Self {
        let first = match unit {
            Unit::Day => day,
            Unit::Week => days::later(day, -i64::from(day.weekday().to_monday_zero_offset())),
            Unit::Month => day.first_of_month(),
            Unit::Quarter => {
                let months = (day.month() - 1) % 3;
                day.first_of_month().saturating_sub(months.months())
            }
            Unit::Year => day.first_of_year(),
        };
        Self { first, unit }
    }

    /// What it is one of.
    #[must_use]
    pub fn unit(&self) -> Unit {
        self.unit
    }

    /// Its first day.
    #[must_use]
    pub fn first_day(&self) -> civil::Date {
        self.first
    }

    /// Its last day (inclusive).
    #[must_use]
    pub fn last_day(&self) -> civil::Date {
        match self.unit {
            Unit::Day => self.first,
            Unit::Week => {
                days::later(self.first, i64::from(self.first.weekday().until(Weekday::Sunday)))
            }
            Unit::Month => self.first.last_of_month(),
            Unit::Quarter => self.first.saturating_add(2.months()).last_of_month(),
            Unit::Year => self.first.last_of_year(),
        }
    }

    /// The one after it; `None` at the end of year 9999.
    #[must_use]
    pub fn next(&self) -> Option<Self> {
        self.last_day().tomorrow().ok().map(|day| Self::containing(day, self.unit))
    }

    /// The one before it; `None` at the beginning of year -9999.
    #[must_use]
    pub fn previous(&self) -> Option<Self> {
        self.first.yesterday().ok().map(|day| Self::containing(day, self.unit))
    }

    /// Whether a day lies in it.
    #[must_use]
    pub fn contains(&self, day: civil::Date) -> bool {
        self.first <= day && day <= self.last_day()
    }

    /// As EDTF, which has no weeks: those are intervals.
    #[must_use]
    pub fn as_edtf(&self) -> String {
        let day = bound::iso_day(self.first);
        let (year, month) = (day.get(..day.len() - 6), day.get(..day.len() - 3));
        let (year, month) = (year.unwrap_or_default(), month.unwrap_or_default());
        match self.unit {
            Unit::Day => day,
            Unit::Week => format!("{day}/{}", bound::iso_day(self.last_day())),
            Unit::Month => month.to_owned(),
            Unit::Quarter => format!("{year}-{}", 33 + quarter_from_zero(self.first)),
            Unit::Year => year.to_owned(),
        }
    }

    /// `17 Mar 2023 Fri`, `week 11, 13–19 Mar 2023`, `March 2023`, `Q1 2023`, `2023`.
    #[must_use]
    pub fn label(&self) -> String {
        let year = names::year(self.first.year().into());
        match self.unit {
            Unit::Day => {
                let weekday = names::weekday(self.first.weekday());
                let weekday = weekday.get(..3).unwrap_or(weekday);
                format!("{} {weekday}", names::day(self.first, Style::Brief))
            }
            Unit::Week => {
                let days = names::days(self.first, self.last_day(), Style::Brief);
                format!("week {}, {days}", self.first.iso_week_date().week())
            }
            Unit::Month => {
                format!("{} {year}", names::month(self.first.month().unsigned_abs(), Style::Full))
            }
            Unit::Quarter => format!("Q{} {year}", 1 + quarter_from_zero(self.first)),
            Unit::Year => year,
        }
    }
}

fn quarter_from_zero(day: civil::Date) -> i8 {
    (day.month() - 1) / 3
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};
    use proptest::prelude::*;

    use super::*;
    use crate::date::{Bound, EdtfDate};

    #[test]
    fn a_bucket_knows_its_days_and_its_name() {
        let cases = [
            (date(2023, 3, 17), Unit::Day, "2023-03-17", "2023-03-17", "17 Mar 2023 Fri"),
            (date(2023, 3, 17), Unit::Week, "2023-03-13", "2023-03-19", "week 11, 13–19 Mar 2023"),
            (
                date(2023, 3, 5),
                Unit::Week,
                "2023-02-27",
                "2023-03-05",
                "week 9, 27 Feb – 5 Mar 2023",
            ),
            (
                date(2023, 1, 1),
                Unit::Week,
                "2022-12-26",
                "2023-01-01",
                "week 52, 26 Dec 2022 – 1 Jan 2023",
            ),
            (date(2024, 2, 10), Unit::Month, "2024-02-01", "2024-02-29", "February 2024"),
            (date(2023, 3, 31), Unit::Quarter, "2023-01-01", "2023-03-31", "Q1 2023"),
            (date(2023, 12, 31), Unit::Quarter, "2023-10-01", "2023-12-31", "Q4 2023"),
            (date(2023, 3, 17), Unit::Year, "2023-01-01", "2023-12-31", "2023"),
        ];
        for (day, unit, first, last, label) in cases {
            let bucket = Bucket::containing(day, unit);
            assert_eq!(bucket.first_day().to_string(), first, "{label}");
            assert_eq!(bucket.last_day().to_string(), last, "{label}");
            assert_eq!(bucket.label(), label);
            assert_eq!(bucket.unit(), unit);
        }
    }

    #[test]
    fn units_lead_from_the_day_to_the_year_and_back() {
        let up: Vec<_> =
            std::iter::successors(Some(Unit::Day), |unit| unit.coarser()).map(Unit::name).collect();
        assert_eq!(up, ["day", "week", "month", "quarter", "year"]);
        let down: Vec<_> = std::iter::successors(Some(Unit::Year), |unit| unit.finer()).collect();
        assert!(down.into_iter().rev().eq(Unit::ALL));
    }

    #[test]
    fn time_ends_and_nothing_breaks() {
        for unit in Unit::ALL {
            assert_eq!(Bucket::containing(Date::MAX, unit).next(), None, "{unit:?}");
            assert_eq!(Bucket::containing(Date::MIN, unit).previous(), None, "{unit:?}");
        }
    }

    fn any_day() -> impl Strategy<Value = Date> {
        (0i64..7_304_483).prop_map(|offset| days::later(Date::MIN, offset))
    }

    fn any_unit() -> impl Strategy<Value = Unit> {
        prop::sample::select(Unit::ALL.to_vec())
    }

    proptest! {
        #[test]
        fn buckets_tile_time(day in any_day(), unit in any_unit()) {
            let bucket = Bucket::containing(day, unit);
            prop_assert!(bucket.contains(day));
            prop_assert_eq!(bucket, Bucket::containing(bucket.first_day(), unit));
            prop_assert_eq!(bucket, Bucket::containing(bucket.last_day(), unit));
            if let Some(next) = bucket.next() {
                prop_assert!(bucket < next);
                prop_assert_eq!(days::between(bucket.last_day(), next.first_day()), 1);
                prop_assert_eq!(next.previous(), Some(bucket));
            }
        }

        #[test]
        fn a_bucket_is_the_edtf_that_it_says(day in any_day(), unit in any_unit()) {
            let bucket = Bucket::containing(day, unit);
            let edtf = EdtfDate::parse(&bucket.as_edtf()).unwrap();
            prop_assert_eq!(edtf.earliest(), Bound::Day(bucket.first_day()));
            prop_assert_eq!(edtf.latest(), Bound::Day(bucket.last_day()));
        }
    }
}
