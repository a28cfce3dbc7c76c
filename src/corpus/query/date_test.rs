//! What `on:` and `date:` ask of a date.

use std::fmt;
use std::ops::Range;

use super::QueryProblem;
use crate::date::reading::{DateProblemKind, read_date};
use crate::date::{EdtfDate, PackedBound};

/// A date, or all that lies on one side of it.
///
/// A date passes where it *may* lie there: coarse dates and intervals by any of their days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateTest {
    pub side: Side,
    pub date: EdtfDate,
}

/// On which side of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Within,
    Before,
    UpTo,
    After,
    From,
}

/// How they are typed, the longer first.
const SIDES: [(&str, Side); 5] = [
    ("<=", Side::UpTo),
    (">=", Side::From),
    ("<", Side::Before),
    (">", Side::After),
    ("", Side::Within),
];

impl DateTest {
    pub fn within(date: EdtfDate) -> Self {
        Self { side: Side::Within, date }
    }

    /// Reads what stands behind a colon at `at`.
    pub fn parse(text: &str, at: &Range<usize>) -> Result<Self, QueryProblem> {
        let (sign, side) = sign_of(text);
        let written = text.get(sign.len()..).unwrap_or_default();
        let read = read_date(written);
        let understood =
            read.problem.as_ref().is_none_or(|found| found.kind == DateProblemKind::HandWritten);
        match (read.date, read.problem) {
            (Some(date), _) if understood => Ok(Self { side, date }),
            (_, problem) => Err(in_query(problem, sign.len(), text, at)),
        }
    }

    /// Whether a date between two days may lie there: the earliest and the latest of those that it may
    /// mean.
    pub fn packed(&self) -> impl Fn(PackedBound, PackedBound) -> bool + use<> {
        let side = self.side;
        let (first, last) = (self.date.earliest().into(), self.date.latest().into());
        move |earliest: PackedBound, latest: PackedBound| match side {
            Side::Within => earliest <= last && latest >= first,
            Side::Before => earliest < first,
            Side::UpTo => earliest <= last,
            Side::After => latest > last,
            Side::From => latest >= first,
        }
    }
}

/// The sign before a date.
pub(super) fn sign_of(text: &str) -> (&'static str, Side) {
    let found = SIDES.into_iter().find(|(sign, _)| text.starts_with(sign));
    found.unwrap_or(("", Side::Within))
}

fn in_query(
    problem: Option<crate::date::reading::DateProblem>,
    before: usize,
    text: &str,
    at: &Range<usize>,
) -> QueryProblem {
    let Some(problem) = problem else { return QueryProblem::new(at.clone(), "no date is given") };
    // Escapes in quotes shift what stands behind them; then the whole value is pointed at.
    let exact = at.len() == text.len();
    let place = |offset: usize| (at.start + before + offset).min(at.end);
    let span = if exact { place(problem.span.start)..place(problem.span.end) } else { at.clone() };
    QueryProblem { span, message: problem.message, help: problem.help }
}

impl fmt::Display for DateTest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = SIDES.into_iter().find(|(_, side)| *side == self.side);
        write!(f, "{}{}", sign.map_or("", |(sign, _)| sign), self.date)
    }
}
