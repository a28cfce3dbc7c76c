//! How many when: counts by month over a span of time, or by what is coarser where months have no room.

use jiff::civil;

use crate::date::bucket::{Bucket, Unit};
use crate::date::density::Slices;

/// Fewest months of a span that is cut into months; a shorter one is cut into weeks.
const FEWEST_MONTHS: usize = 4;

/// Counts on days within a span.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rhythm {
    /// First and last day of the whole; `None` where nothing is dated.
    pub span: Option<(civil::Date, civil::Date)>,
    /// Days with how many fell on each; a day may come more than once.
    pub days: Vec<(civil::Date, usize)>,
}

/// A rhythm in columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bars {
    /// What each column is; `None` where even years have no room, so that columns are equal parts.
    pub unit: Option<Unit>,
    /// How many fell into each column, from the first day of the span on.
    pub counts: Vec<usize>,
}

impl Rhythm {
    /// Its counts in at most so many columns: months, or weeks where there are fewer than four months; where
    /// months have no room quarters, then years, then equal parts.
    #[must_use]
    pub fn bars(&self, columns: usize) -> Bars {
        let Some((first, last)) = self.span.filter(|_| columns > 0) else { return Bars::default() };
        let months = buckets(first, last, Unit::Month, columns);
        let weeks = months.as_ref().filter(|months| months.len() < FEWEST_MONTHS);
        let weeks = weeks.and_then(|_| buckets(first, last, Unit::Week, columns));
        let mut coarser = [Unit::Quarter, Unit::Year].into_iter();
        let chosen = weeks
            .or(months)
            .or_else(|| coarser.find_map(|unit| buckets(first, last, unit, columns)));
        match chosen {
            Some(buckets) => self.in_buckets(&buckets),
            None => self.in_slices(Slices::new(first, last, columns), columns),
        }
    }

    /// Every month of the span with its count; quarters or years where there are more than 1200.
    #[must_use]
    pub fn by_bucket(&self) -> Vec<(Bucket, usize)> {
        let Some((first, last)) = self.span else { return Vec::new() };
        let mut units = [Unit::Month, Unit::Quarter, Unit::Year].into_iter();
        let chosen = units.find_map(|unit| buckets(first, last, unit, 1_200));
        let Some(chosen) = chosen else { return Vec::new() };
        let counts = self.in_buckets(&chosen).counts;
        chosen.into_iter().zip(counts).collect()
    }

    fn in_buckets(&self, buckets: &[Bucket]) -> Bars {
        let mut counts = vec![0; buckets.len()];
        for (day, count) in &self.days {
            let at = buckets.partition_point(|bucket| bucket.last_day() < *day);
            if let Some(sum) = counts.get_mut(at).filter(|_| buckets[at].contains(*day)) {
                *sum += count;
            }
        }
        Bars { unit: buckets.first().map(Bucket::unit), counts }
    }

    fn in_slices(&self, slices: Slices, columns: usize) -> Bars {
        let mut counts = vec![0; columns];
        for (day, count) in &self.days {
            if let Some(sum) = slices.column_of(*day).and_then(|at| counts.get_mut(at)) {
                *sum += count;
            }
        }
        Bars { unit: None, counts }
    }
}

/// All buckets of a span, unless there are more than `most`.
fn buckets(first: civil::Date, last: civil::Date, unit: Unit, most: usize) -> Option<Vec<Bucket>> {
    let start = Bucket::containing(first, unit);
    let all: Vec<Bucket> = std::iter::successors(Some(start), Bucket::next)
        .take_while(|bucket| bucket.first_day() <= last)
        .take(most + 1)
        .collect();
    (all.len() <= most).then_some(all)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_finest_that_has_room_is_taken() {
        let (first, last) = (date(2022, 2, 4), date(2023, 11, 16));
        let days = vec![(first, 2), (date(2022, 2, 28), 1), (date(2023, 1, 1), 3), (last, 1)];
        let rhythm = Rhythm { span: Some((first, last)), days };
        for (columns, unit, counts) in [
            (100, Some(Unit::Month), 22),
            (22, Some(Unit::Month), 22),
            (21, Some(Unit::Quarter), 8),
            (7, Some(Unit::Year), 2),
            (1, None, 1),
            (0, None, 0),
        ] {
            let bars = rhythm.bars(columns);
            assert_eq!((bars.unit, bars.counts.len()), (unit, counts), "{columns} columns");
            let expected = if columns == 0 { 0 } else { 7 };
            assert_eq!(bars.counts.iter().sum::<usize>(), expected, "{columns} columns");
        }
        assert_eq!(rhythm.bars(22).counts[..12], [3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3]);
    }

    #[test]
    fn a_short_span_is_told_by_week() {
        let span = Some((date(2023, 3, 1), date(2023, 4, 30)));
        let rhythm = Rhythm { span, days: vec![(date(2023, 3, 17), 1)] };
        let bars = rhythm.bars(40);
        assert_eq!((bars.unit, bars.counts.len()), (Some(Unit::Week), 9));
        assert_eq!(bars.counts[2], 1);
    }

    #[test]
    fn any_span_ends() {
        let rhythm = Rhythm { span: Some((civil::Date::MIN, civil::Date::MAX)), days: Vec::new() };
        assert_eq!(rhythm.bars(50).counts.len(), 50);
        assert!(rhythm.by_bucket().is_empty());
        assert_eq!(Rhythm::default().bars(50), Bars::default());
    }
}
