//! One date written by hand, of which year or month may stand elsewhere (`20` in `20-22 March 2023`).

use std::ops::Range;

use jiff::civil::{self, Weekday};

use super::DateProblem;
use super::token::{Kind, Token};
use crate::date::names::{self, Style};

/// A number of the date and where it stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    pub value: u32,
    start: usize,
    end: usize,
}

impl Part {
    pub(super) fn span(self) -> Range<usize> {
        self.start..self.end
    }
}

/// What a run of words says of a date.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Partial {
    pub year: Option<Part>,
    /// The year is the first of ten.
    pub decade: bool,
    /// 1 to 12, or an EDTF code of 21 and more if it was named.
    pub month: Option<Part>,
    pub day: Option<Part>,
    pub weekday: Option<Weekday>,
    pub approximate: bool,
    pub uncertain: bool,
    /// Which stands first, where both are numbers and the year is not in front of them.
    pub order: Option<Order>,
}

/// Which of two numbers is the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    DayFirst,
    MonthFirst,
    /// Either would do; read as the day first.
    Either,
}

/// Why words are no date.
pub(super) type Flaw = &'static str;

const STRANGE: Flaw = "this is not understood as a date";
/// Nothing else that is tried on such a text finds a better reason.
pub(super) const SHORT_YEAR: Flaw = "the year needs four digits";

enum Piece {
    Year(Part),
    Decade(Part),
    /// One or two digits.
    Small(Part),
    /// `20230317`.
    Compact(Part),
    Month(Part),
}

/// Reads one date, or the part of one that a range leaves to either of its ends.
pub(super) fn read(tokens: &[Token]) -> Result<Partial, Flaw> {
    let (tokens, approximate, uncertain) = without_qualifiers(tokens);
    let (weekday, tokens) = match tokens.split_first() {
        Some((Token { kind: Kind::Weekday(day), .. }, rest)) => {
            let comma = rest.first().is_some_and(|token| token.kind == Kind::Joint(','));
            (Some(*day), rest.get(usize::from(comma)..).unwrap_or_default())
        }
        _ => (None, tokens),
    };
    let (pieces, joints) = pieces(tokens)?;
    let read = put_together(&pieces, &joints)?;
    if weekday.is_some() && read.day.is_none() {
        return Err(STRANGE);
    }
    Ok(Partial { weekday, approximate, uncertain, ..read })
}

/// The words between what qualifies them: `c. 2022`, `March 2023?`.
pub(super) fn without_qualifiers(mut tokens: &[Token]) -> (&[Token], bool, bool) {
    let (mut approximate, mut uncertain) = (false, false);
    loop {
        let (last, rest) = match tokens {
            [first, rest @ ..] if is_qualifier(first) => (first, rest),
            [rest @ .., last] if is_qualifier(last) => (last, rest),
            _ => return (tokens, approximate, uncertain),
        };
        approximate |= last.kind == Kind::Approximate;
        uncertain |= last.kind == Kind::Uncertain;
        tokens = rest;
    }
}

fn is_qualifier(token: &Token) -> bool {
    matches!(token.kind, Kind::Approximate | Kind::Uncertain)
}

/// Numbers and names, and what stands between each and the next: `-`, `/`, `.`, or a space.
fn pieces(tokens: &[Token]) -> Result<(Vec<Piece>, Vec<char>), Flaw> {
    let mut pieces = Vec::new();
    let mut joints = Vec::new();
    let mut joint = None;
    for token in tokens {
        let part = |value| Part { value, start: token.span.start, end: token.span.end };
        let piece = match token.kind {
            Kind::Joint(sign) if joint.is_none() && !pieces.is_empty() => {
                joint = Some(match sign {
                    '–' => '-',
                    ',' => ' ',
                    other => other,
                });
                continue;
            }
            Kind::Number(value, 1..=2) => Piece::Small(part(value)),
            Kind::Number(value, 4) => Piece::Year(part(value)),
            Kind::Number(value, 8) => Piece::Compact(part(value)),
            Kind::Decade(value) => Piece::Decade(part(value)),
            Kind::Month(number) | Kind::Season(number) => Piece::Month(part(number.into())),
            _ => return Err(STRANGE),
        };
        if !pieces.is_empty() {
            joints.push(joint.take().unwrap_or(' '));
        }
        pieces.push(piece);
    }
    // A German day may end in a dot, `20. - 22.3.2023`; no other sign may be left over.
    if matches!(joint, None | Some('.')) { Ok((pieces, joints)) } else { Err(STRANGE) }
}

fn put_together(pieces: &[Piece], joints: &[char]) -> Result<Partial, Flaw> {
    use Piece::{Compact, Decade, Month, Small, Year};
    let none = Partial::default();
    let ymd = |year: &Part, month: &Part, day: &Part| Partial {
        year: Some(*year),
        month: Some(*month),
        day: Some(*day),
        ..none
    };
    let year_month =
        |year: &Part, month: &Part| Partial { year: Some(*year), month: Some(*month), ..none };
    let month_day =
        |month: &Part, day: &Part| Partial { month: Some(*month), day: Some(*day), ..none };
    let signs =
        matches!(joints, [first, rest @ ..] if *first != ' ' && rest.iter().all(|j| j == first));
    Ok(match pieces {
        [Year(year)] => Partial { year: Some(*year), ..none },
        [Decade(year)] => Partial { year: Some(*year), decade: true, ..none },
        [Small(day)] => Partial { day: Some(*day), ..none },
        [Month(month)] => Partial { month: Some(*month), ..none },
        [Compact(number)] => compact(*number),
        [Month(month), Year(year)] | [Year(year), Month(month)] => year_month(year, month),
        [Year(year), Small(month)] | [Small(month), Year(year)] if signs => year_month(year, month),
        [Small(day), Year(year)] => Partial { year: Some(*year), day: Some(*day), ..none },
        [Small(day), Month(month)] | [Month(month), Small(day)] => month_day(month, day),
        [Small(month), Small(day)] if joints == ['-'] => month_day(month, day),
        [Small(day), Small(month)] if signs => {
            Partial { order: Some(order(*day, *month)), ..month_day(month, day) }
        }
        [Small(day), Month(month), Year(year)]
        | [Month(month), Small(day), Year(year)]
        | [Year(year), Month(month), Small(day)] => ymd(year, month, day),
        [Year(year), Small(month), Small(day)] if signs => ymd(year, month, day),
        [Small(month), Small(day), Year(year)] if signs && month.value <= 12 && day.value > 12 => {
            Partial { order: Some(Order::MonthFirst), ..ymd(year, month, day) }
        }
        [Small(day), Small(month), Year(year)] if signs => {
            Partial { order: Some(order(*day, *month)), ..ymd(year, month, day) }
        }
        [Small(_), Small(_) | Month(_), Small(_)] => return Err(SHORT_YEAR),
        _ => return Err(STRANGE),
    })
}

/// Of two that are read as the day first.
fn order(day: Part, month: Part) -> Order {
    let fits = |part: Part| (1..=12).contains(&part.value);
    let either = fits(day) && fits(month) && day.value != month.value;
    if either { Order::Either } else { Order::DayFirst }
}

fn compact(number: Part) -> Partial {
    let part =
        |value, from, to| Some(Part { value, start: number.start + from, end: number.start + to });
    Partial {
        year: part(number.value / 10_000, 0, 4),
        month: part(number.value / 100 % 100, 4, 6),
        day: part(number.value % 100, 6, 8),
        ..Partial::default()
    }
}

impl Partial {
    /// As EDTF, if it has a year and the calendar has the rest.
    pub(super) fn as_edtf(&self, whole: Range<usize>) -> Result<String, DateProblem> {
        let Some(year) = self.year else {
            return Err(DateProblem::unreadable(whole, "the year is missing"));
        };
        let mut parts = vec![if self.decade {
            format!("{:03}X", year.value / 10)
        } else {
            format!("{:04}", year.value)
        }];
        if let Some(month) = self.month {
            if month.value == 0 || (13..21).contains(&month.value) || month.value > 41 {
                return Err(no_month(month));
            }
            parts.push(format!("{:02}", month.value));
        }
        if let (Some(month), Some(day)) = (self.month, self.day) {
            if month.value > 12 {
                return Err(no_month(month));
            }
            check_day(year.value, month.value, day)?;
            parts.push(format!("{:02}", day.value));
        } else if self.day.is_some() {
            return Err(DateProblem::unreadable(whole, "the month is missing"));
        }
        let qualifier = match (self.approximate, self.uncertain) {
            (false, false) => "",
            (true, false) => "~",
            (false, true) => "?",
            (true, true) => "%",
        };
        Ok(parts.join("-") + qualifier)
    }

    /// The one day that it names.
    pub(super) fn civil(&self) -> Option<civil::Date> {
        let year = i16::try_from(self.year?.value).ok()?;
        let month = i8::try_from(self.month?.value).ok()?;
        civil::Date::new(year, month, i8::try_from(self.day?.value).ok()?).ok()
    }

    /// The same with day and month the other way round.
    pub(super) fn reversed(&self) -> Self {
        Self { month: self.day, day: self.month, order: Some(Order::MonthFirst), ..*self }
    }
}

fn no_month(month: Part) -> DateProblem {
    DateProblem::impossible(month.span(), format!("there is no month {}", month.value))
        .with_help("a month is `01` to `12`")
}

fn check_day(year: u32, month: u32, day: Part) -> Result<(), DateProblem> {
    let first = i16::try_from(year).ok().zip(i8::try_from(month).ok());
    let first = first.and_then(|(year, month)| civil::Date::new(year, month, 1).ok());
    let Some(first) = first else { return Ok(()) };
    let length = u32::from(first.days_in_month().unsigned_abs());
    if (1..=length).contains(&day.value) {
        return Ok(());
    }
    let month = names::month(first.month().unsigned_abs(), Style::Full);
    let year = names::year(year.into());
    Err(DateProblem::impossible(day.span(), format!("{month} {year} has {length} days")))
}
