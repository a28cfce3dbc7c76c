//! How many events fall in each slice of a period: the strip above the timeline.

use std::ops::RangeInclusive;

use jiff::civil;

use super::days;

/// A period cut into equal slices, one a column.
///
/// Each day belongs to whole columns: to one where there are fewer columns than days, else to one or
/// more that no other day has. So every column has at least one day, and every day a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slices {
    first: civil::Date,
    days: u64,
    columns: usize,
}

impl Slices {
    /// Cuts the days from `first` to `last` (inclusive) into `columns`. A period that ends before it
    /// begins has no days, and nothing lies in it.
    #[must_use]
    pub fn new(first: civil::Date, last: civil::Date, columns: usize) -> Self {
        let days = u64::try_from(days::between(first, last) + 1).unwrap_or(0);
        Self { first, days, columns }
    }

    /// The first column of a day; `None` outside the period, or where there are no columns.
    #[must_use]
    pub fn column_of(&self, day: civil::Date) -> Option<usize> {
        self.columns_of(day, day).map(|columns| *columns.start())
    }

    /// The columns that a range of days touches within the period; `None` where it lies outside,
    /// ends before it begins, or there are no columns.
    #[must_use]
    pub fn columns_of(
        &self,
        first: civil::Date,
        last: civil::Date,
    ) -> Option<RangeInclusive<usize>> {
        let end = i64::try_from(self.days).ok()? - 1;
        let from = days::between(self.first, first).max(0);
        let to = days::between(self.first, last).min(end);
        if from > to || first > last || self.columns == 0 {
            return None;
        }
        let start = self.column_at(from)?;
        let after = self.column_at(to + 1)?;
        let stop = after.saturating_sub(1).max(self.column_at(to)?);
        Some(start..=stop)
    }

    /// First and last day of a column; `None` beyond the last one.
    #[must_use]
    pub fn days_of(&self, column: usize) -> Option<(civil::Date, civil::Date)> {
        if column >= self.columns || self.days == 0 {
            return None;
        }
        let (column, columns) = (column as u64, self.columns as u64);
        let after = ((column + 1) * self.days).div_ceil(columns);
        let last = after.saturating_sub(1);
        let first = (column * self.days).div_ceil(columns).min(last);
        let day = |offset| Some(days::later(self.first, i64::try_from(offset).ok()?));
        Some((day(first)?, day(last)?))
    }

    fn column_at(&self, offset: i64) -> Option<usize> {
        let columns = u64::try_from(self.columns).ok()?;
        let column = u64::try_from(offset).ok()?.checked_mul(columns)?.checked_div(self.days)?;
        usize::try_from(column).ok()
    }
}

/// How many events fall in each of `columns` equal slices of the days `over.0` to `over.1`.
///
/// Each range of days (first, last; both inclusive) adds one in all: a day to its slice, a longer
/// range in equal parts to every slice that it touches. What of it lies outside the period is cut off, and
/// its one is shared by the slices that remain; a range wholly outside adds nothing.
pub fn density(
    ranges: impl Iterator<Item = (civil::Date, civil::Date)>,
    over: (civil::Date, civil::Date),
    columns: usize,
) -> Vec<f64> {
    let slices = Slices::new(over.0, over.1, columns);
    let mut counts = vec![0.0; columns];
    // Of ranges over several slices: how many more, and how much more, there are from a slice on, so that a
    // long one costs no more than a short one.
    let mut steps = vec![(0_i64, 0.0); columns + 1];
    let mut add = |at: usize, count: i64, share: f64| {
        if let Some(step) = steps.get_mut(at) {
            *step = (step.0 + count, step.1 + share);
        }
    };
    // Events come in the order of time, many of one day together.
    let mut last_one = None;
    for range in ranges {
        let touched = match last_one {
            Some((same, touched)) if same == range => touched,
            _ => slices
                .columns_of(range.0, range.1)
                .map(|touched| (*touched.start(), *touched.end())),
        };
        last_one = Some((range, touched));
        let Some((from, to)) = touched else { continue };
        if from == to {
            if let Some(count) = counts.get_mut(from) {
                *count += 1.0;
            }
            continue;
        }
        let share = 1.0 / f64::from(u16::try_from(to - from + 1).unwrap_or(u16::MAX));
        add(from, 1, share);
        add(to + 1, -1, -share);
    }
    let mut here = (0, 0.0);
    for (count, (more, share)) in counts.iter_mut().zip(steps) {
        here = (here.0 + more, here.1 + share);
        if here.0 == 0 {
            // What is left where all ranges have ended is the error of the sums.
            here.1 = 0.0;
        }
        *count += here.1;
    }
    counts
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn events_are_counted_where_they_fall() {
        let over = (date(2023, 3, 1), date(2023, 3, 10));
        let day = |d| (date(2023, 3, d), date(2023, 3, d));
        let to = |a, b| (date(2023, 3, a), date(2023, 3, b));
        let cases = [
            ("none", vec![], 3, vec![0.0, 0.0, 0.0]),
            ("days", vec![day(1), day(2), day(3), day(10)], 5, vec![2.0, 1.0, 0.0, 0.0, 1.0]),
            ("a range is shared", vec![to(1, 4)], 5, vec![0.5, 0.5, 0.0, 0.0, 0.0]),
            ("cut at the edges", vec![(date(2022, 1, 1), date(2023, 3, 1))], 2, vec![1.0, 0.0]),
            ("outside", vec![(date(2022, 1, 1), date(2022, 3, 1))], 2, vec![0.0, 0.0]),
            ("backwards", vec![to(4, 2)], 2, vec![0.0, 0.0]),
            ("no columns", vec![day(1)], 0, vec![]),
            ("two columns a day", vec![day(1)], 20, {
                let mut wide = vec![0.0; 20];
                wide[..2].fill(0.5);
                wide
            }),
        ];
        for (name, ranges, columns, counts) in cases {
            assert_eq!(density(ranges.into_iter(), over, columns), counts, "{name}");
        }
    }

    #[test]
    fn a_period_that_ends_before_it_begins_holds_nothing() {
        let (late, early) = (date(2023, 3, 2), date(2023, 3, 1));
        assert_eq!(density([(early, late)].into_iter(), (late, early), 2), [0.0, 0.0]);
        assert_eq!(Slices::new(late, early, 2).days_of(0), None);
        let whole = density([(Date::MIN, Date::MAX)].into_iter(), (Date::MIN, Date::MAX), 2);
        assert_eq!(whole, [0.5, 0.5]);
    }

    fn any_day() -> impl Strategy<Value = Date> {
        (0i64..1000).prop_map(|offset| days::later(date(2022, 1, 1), offset))
    }

    proptest! {
        #[test]
        fn no_event_is_lost_or_doubled(
            ranges in prop::collection::vec((any_day(), 0i64..100), 0..50),
            columns in 1usize..200,
        ) {
            let ranges: Vec<_> = ranges.into_iter().map(|(d, n)| (d, days::later(d, n))).collect();
            let over = (date(2022, 1, 1), date(2025, 1, 1));
            let counts = density(ranges.iter().copied(), over, columns);
            let total = f64::from(u16::try_from(ranges.len()).unwrap());
            prop_assert!((counts.iter().sum::<f64>() - total).abs() < 0.01);
        }

        #[test]
        fn nothing_is_left_where_no_event_falls(
            ranges in prop::collection::vec((0i64..900, 0i64..100), 1..5),
            times in 1usize..20_000,
        ) {
            let over = (date(2022, 1, 1), date(2025, 1, 1));
            let day = |offset| days::later(over.0, offset);
            let ranges: Vec<_> = ranges.into_iter().map(|(at, n)| (day(at), day(at + n))).collect();
            let counts = density(ranges.iter().copied().cycle().take(times), over, 2_520);
            let slices = Slices::new(over.0, over.1, 2_520);
            let ranges = &ranges[..times.min(ranges.len())];
            let touched: Vec<_> =
                ranges.iter().filter_map(|range| slices.columns_of(range.0, range.1)).collect();
            for (column, count) in counts.iter().enumerate() {
                let is_touched = touched.iter().any(|columns| columns.contains(&column));
                prop_assert_eq!(*count > 0.0, is_touched, "{} in {}", count, column);
            }
        }

        #[test]
        fn columns_and_days_agree(first in any_day(), length in 0i64..500, columns in 1usize..300) {
            let slices = Slices::new(first, days::later(first, length), columns);
            for offset in 0..=length {
                let day = days::later(first, offset);
                let touched = slices.columns_of(day, day).unwrap();
                prop_assert!(*touched.end() < columns);
                for column in touched {
                    let (from, to) = slices.days_of(column).unwrap();
                    prop_assert!(from <= day && day <= to);
                }
            }
            for column in 0..columns {
                let (from, to) = slices.days_of(column).unwrap();
                prop_assert!(from <= to);
                prop_assert!(slices.columns_of(from, to).unwrap().contains(&column));
            }
            prop_assert_eq!(slices.days_of(columns), None);
        }
    }
}
