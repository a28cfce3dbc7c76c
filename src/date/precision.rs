//! How exactly a date was written.

use edtf_core::{Date, DateField, Edtf, IntervalEndpoint, SetElement, YearKind};
use serde::{Deserialize, Serialize};

/// How exactly a date was written, the finest first. Of a span, the coarsest of its ends.
///
/// A digit left open (`X`) counts as unsaid: `2023-XX` is as exact as `2023`, `2023-03-XX` as `2023-03`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Precision {
    /// Day and time of day.
    Time,
    /// A day.
    Day,
    /// A month.
    Month,
    /// A season, quarter, third or half of a year (EDTF 21 to 41).
    Season,
    /// A year.
    Year,
    /// Ten years or more.
    Decade,
}

impl Precision {
    pub(super) fn of(value: &Edtf) -> Self {
        match value {
            Edtf::Date(date) => Self::of_date(date),
            Edtf::DateTime(_) => Self::Time,
            Edtf::Interval(interval) => [&interval.start, &interval.end]
                .into_iter()
                .filter_map(|end| match end {
                    IntervalEndpoint::Open | IntervalEndpoint::Unknown => None,
                    IntervalEndpoint::Date(date)
                    | IntervalEndpoint::OnOrBefore(date)
                    | IntervalEndpoint::OnOrAfter(date) => Some(Self::of_date(date)),
                })
                .max()
                .unwrap_or(Self::Decade),
            Edtf::Set(set) => set
                .elements
                .iter()
                .map(|element| match element {
                    SetElement::Date(date)
                    | SetElement::OnOrBefore(date)
                    | SetElement::OnOrAfter(date) => Self::of_date(date),
                    SetElement::Range(from, to) => Self::of_date(from).max(Self::of_date(to)),
                })
                .max()
                .unwrap_or(Self::Decade),
        }
    }

    fn of_date(date: &Date) -> Self {
        let vague_year = date.year.has_unspecified() || has_insignificant_digits(date);
        match (date.month, date.day) {
            _ if vague_year => Self::Decade,
            (None, _) => Self::Year,
            (Some(month), _) if month.has_unspecified() => Self::Year,
            (Some(month), None) if month.value().is_some_and(|code| code > 12) => Self::Season,
            (Some(_), Some(day)) if !DateField::has_unspecified(day) => Self::Day,
            (Some(_), _) => Self::Month,
        }
    }
}

/// Whether the year is one of several: `1950S2`, but not `1950S4`.
fn has_insignificant_digits(date: &Date) -> bool {
    let Some(significant) = date.year.significant_digits else { return false };
    match date.year.kind {
        YearKind::Standard { .. } => significant < 4,
        YearKind::Big { value } => significant < value.unsigned_abs().max(1).ilog10() + 1,
        YearKind::Exponential { significand, exponent } => {
            significant < significand.unsigned_abs().max(1).ilog10() + 1 + exponent
        }
    }
}
