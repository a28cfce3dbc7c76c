//! The first and last day of a parsed EDTF value, before years are clamped to what a civil date
//! can hold. Single dates are edtf-core's work; spans are put together here, since it gives an
//! unknown end or an enormous year no bound at all.

use std::fmt;

use edtf_core::{Bound as Raw, BoundDate, Date, Edtf, IntervalEndpoint, SetElement, YearKind};
use jiff::civil;

use super::bound::Bound;

/// One end of a value, with years of any size.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Edge {
    /// Open or unknown towards the past.
    Past,
    /// A day; the least and greatest year stand for those that 64 bits cannot hold.
    Day(BoundDate),
    /// Open or unknown towards the future.
    Future,
}

impl Edge {
    /// Clamped to a civil date.
    pub(super) fn bound(self) -> Bound {
        match self {
            Self::Past => Bound::NegativeInfinity,
            Self::Future => Bound::PositiveInfinity,
            Self::Day(day) => Bound::Day(civil_day(day)),
        }
    }
}

impl fmt::Display for Edge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) if day.year.unsigned_abs() > 9999 => match day.year {
                i64::MIN => f.write_str("-inf"),
                i64::MAX => f.write_str("inf"),
                year => write!(f, "Y{year}"),
            },
            _ => self.bound().fmt(f),
        }
    }
}

fn civil_day(day: BoundDate) -> civil::Date {
    let limit = if day.year < 0 { civil::Date::MIN } else { civil::Date::MAX };
    let parts = (i16::try_from(day.year), i8::try_from(day.month), i8::try_from(day.day));
    let (Ok(year), Ok(month), Ok(day)) = parts else { return limit };
    civil::Date::new(year, month, day).unwrap_or(limit)
}

/// First and last day of a value.
pub(super) fn edges(value: &Edtf) -> (Edge, Edge) {
    match value {
        Edtf::Date(date) => of_date(date),
        Edtf::DateTime(moment) => of_date(&moment.date),
        Edtf::Interval(interval) => {
            let first = match &interval.start {
                IntervalEndpoint::Date(date) | IntervalEndpoint::OnOrAfter(date) => of_date(date).0,
                _ => Edge::Past,
            };
            let last = match &interval.end {
                IntervalEndpoint::Date(date) | IntervalEndpoint::OnOrBefore(date) => {
                    of_date(date).1
                }
                _ => Edge::Future,
            };
            (first, last)
        }
        Edtf::Set(set) => set
            .elements
            .iter()
            .map(of_element)
            .reduce(|(a, b), (c, d)| (a.min(c), b.max(d)))
            .unwrap_or((Edge::Past, Edge::Future)),
    }
}

/// First and last day of one date.
pub(super) fn of_date(date: &Date) -> (Edge, Edge) {
    let bounds = Edtf::Date(*date).bounds();
    match (bounds.earliest, bounds.latest) {
        (Raw::Date(first), Raw::Date(last)) => (Edge::Day(first), Edge::Day(last)),
        _ => beyond(date),
    }
}

/// A year that 64 bits cannot hold.
fn beyond(date: &Date) -> (Edge, Edge) {
    let negative = match date.year.kind {
        YearKind::Standard { negative, .. } => negative,
        YearKind::Big { value } => value < 0,
        YearKind::Exponential { significand, .. } => significand < 0,
    };
    let year = if negative { i64::MIN } else { i64::MAX };
    let day = |month, day| Edge::Day(BoundDate { year, month, day });
    (day(1, 1), day(12, 31))
}

fn of_element(element: &SetElement) -> (Edge, Edge) {
    match element {
        SetElement::Date(date) => of_date(date),
        SetElement::OnOrBefore(date) => (Edge::Past, of_date(date).1),
        SetElement::OnOrAfter(date) => (of_date(date).0, Edge::Future),
        SetElement::Range(from, to) => (of_date(from).0, of_date(to).1),
    }
}
