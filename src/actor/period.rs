//! A time that an alias is in use or an office is held.

use jiff::civil;

use crate::date::EdtfDate;

/// From a day until before another; open where not known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Period {
    since: Option<civil::Date>,
    until: Option<civil::Date>,
}

/// The days that a briefing's date may mean, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    first: civil::Date,
    last: civil::Date,
}

impl Period {
    /// The time between two dates, each taken for the first day that it may mean.
    pub fn new(since: Option<&EdtfDate>, until: Option<&EdtfDate>) -> Self {
        let day = |date: &EdtfDate| date.earliest().clamped();
        Self { since: since.map(day), until: until.map(day) }
    }

    /// Whether it goes on at some time of these days.
    pub fn touches(self, days: Days) -> bool {
        self.since.is_none_or(|since| since <= days.last)
            && self.until.is_none_or(|until| until > days.first)
    }

    /// Whether any bound is known.
    pub fn is_bound(self) -> bool {
        self.since.is_some() || self.until.is_some()
    }
}

impl Days {
    /// The first of them.
    pub fn first(self) -> civil::Date {
        self.first
    }

    /// The last of them.
    pub fn last(self) -> civil::Date {
        self.last
    }

    /// The days of a date.
    pub fn of(date: &EdtfDate) -> Self {
        Self { first: date.earliest().clamped(), last: date.latest().clamped() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn until_is_the_day_after_the_last() {
        let date = |text: &str| EdtfDate::parse(text).unwrap();
        for (since, until, on, expected) in [
            ("2022-12-30", "2023-07-25", "2023-07-24", true),
            ("2022-12-30", "2023-07-25", "2023-07-25", false),
            ("2022-12-30", "2023-07-25", "2022-12-29", false),
            ("2022-12-30", "2023-07-25", "2022-12-30", true),
            ("2022-12-30", "2023-07-25", "2023-07", true),
            ("2022-12-30", "2023-07-25", "2023-08", false),
        ] {
            let period = Period::new(Some(&date(since)), Some(&date(until)));
            assert_eq!(period.touches(Days::of(&date(on))), expected, "{on}");
        }
        assert!(Period::default().touches(Days::of(&date("1815"))));
    }
}
