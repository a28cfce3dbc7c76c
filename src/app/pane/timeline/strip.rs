//! The strip over the timeline: how many events there are over the whole period.

use std::ops::RangeInclusive;

use jiff::civil;

use crate::corpus::timeline::{Dated, Extent};
use crate::date::density::{Slices, density};

/// The period is counted in so many slices once, and drawn in as many columns as there are: so many
/// that the slices of two columns differ by little, and a multiple of most small numbers.
const SLICES: usize = 2520;

/// Events counted over a period.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Strip {
    period: Option<(civil::Date, civil::Date)>,
    slices: Vec<f64>,
}

impl Strip {
    /// Counts the events that have a known beginning; one without an end counts up to the end of
    /// the period.
    pub(super) fn new<'a>(
        events: impl Iterator<Item = &'a Dated>,
        period: Option<(civil::Date, civil::Date)>,
    ) -> Self {
        let Some((first, last)) = period else { return Self::default() };
        let days = |dated: &Dated| match dated.extent() {
            Extent::Onward => Some((dated.earliest().day()?, last)),
            _ => dated.days(),
        };
        // In the order of time many of one day come together.
        let mut before = None;
        let ranges = events.filter_map(|dated| {
            let kept = (dated.span(), dated.extent());
            let known = before.filter(|(same, _)| *same == kept).map(|(_, days)| days);
            let days = known.unwrap_or_else(|| days(dated));
            before = Some((kept, days));
            days
        });
        Self { period, slices: density(ranges, (first, last), SLICES) }
    }

    /// First and last day; `None` where no event has a known one.
    #[must_use]
    pub fn period(&self) -> Option<(civil::Date, civil::Date)> {
        self.period
    }

    /// How many events fall in each of so many equal columns. Their sum is the number of events.
    #[must_use]
    pub fn columns(&self, columns: usize) -> Vec<f64> {
        let mut counts = vec![0.0; columns];
        for (slice, count) in self.slices.iter().enumerate() {
            if let Some(column) = counts.get_mut(slice * columns / SLICES) {
                *column += count;
            }
        }
        counts
    }

    /// The columns in which these days lie; `None` where they lie outside the period.
    #[must_use]
    pub fn columns_of(
        &self,
        days: (civil::Date, civil::Date),
        columns: usize,
    ) -> Option<RangeInclusive<usize>> {
        let (first, last) = self.period?;
        Slices::new(first, last, columns).columns_of(days.0, days.1)
    }
}
