//! Dates as an analyst asks for them: all that a file may say, and what only somebody who reads as of a
//! day can mean (`mar 20-25`, `last week`, `-7d`, `w12`).
//!
//! Tried in this order: EDTF, a stretch with an open end (`>2023-01`, `after feb`), words relative to the
//! day (`relative`), weeks (`week`), by hand, by hand with a year lent, and a range of any two of them.

mod relative;
mod stretch;
mod week;

use jiff::civil;

use super::{DateProblem, DateProblemKind, read_date};
use crate::date::{EdtfDate, MAX_BYTES, bound, days};

/// What may be asked, for the help beside a prompt: a form, and what it means.
pub const ASKED_EXAMPLES: [(&str, &str); 12] = [
    ("2023-03-17", "a day; 2023-03 a month, 2023 a year"),
    ("17 mar", "of the year that is being read"),
    ("mar 20-25", "from one day to another"),
    ("q1 2023", "a quarter; also spring 2023"),
    ("w12", "an ISO week; also 2023-W12"),
    ("today", "the open briefing's day; also yesterday, tomorrow"),
    ("monday", "the latest Monday; last, this, next monday"),
    ("last week", "also this, next; month, quarter, year"),
    ("last 7 days", "up to the day; also -7d, +2w, 3 months ago"),
    (">2023-01", "after January; >= from it on, < before it"),
    ("since feb", "from February on; also until 2023-03"),
    ("feb..mar", "also 2023-01..2023-03, from 5 feb to monday"),
];

/// A date in the year of the day as of which one reads is not meant where it is farther from that
/// day than this (eight months) and the same date of another year is nearer.
const FARTHEST: i64 = 243;

/// Years to look for a date without one, the likeliest first: 29 February may be four years away.
const YEARS: [i16; 9] = [0, -1, 1, -2, 2, -3, 3, -4, 4];

/// Reads a date as somebody asks for it who reads as of a day. What comes out is explicit: its EDTF
/// names years and days, whatever was asked.
///
/// Beyond [`read_date`], in any case and with any spaces:
/// - without a year: that of `as_of`, unless the date lies more than eight months from it and the same date
///   a year before or after is nearer (in March `dec` is last December, in December `jan` next January);
///   a bare day (`20`, `20-22`) is of the month of `as_of`, `20/3` and `20.3.` have the day first;
/// - weeks of ISO 8601 (`2023-W12`, `w12`, `week 12 2023`, `2023-W12-5`), which become their seven days;
/// - `today`, `yesterday`, `tomorrow`; a weekday, which is the latest up to `as_of`, with `last` before it, with
///   `next` after it, with `this` in its week;
/// - `last`, `this`, `next` with `week`, `month`, `quarter`, `year`: whole ones of the calendar;
/// - `last 7 days`, `past 3 months`, `-7d`: so long, up to `as_of` and with it; `next 2 weeks`, `+2w`: so
///   long, from the day after; `3 months ago`, `in 2 weeks`: the one day, week, month, quarter or year then;
/// - `since`, `from`, `>=` with that date, `after`, `>` from the day after it; `until`, `<=` with it, `before`, `<` up to the
///   day before it; ranges with `..`, `to`, `until`, a spaced dash, `between … and …`.
///
/// # Errors
/// Why it is not understood, or that no calendar has it; its span lies within `text`.
pub fn parse_asked(text: &str, as_of: civil::Date) -> Result<EdtfDate, DateProblem> {
    let trimmed = text.trim();
    let start = text.len() - text.trim_start().len();
    let read = if trimmed.is_empty() {
        Err(DateProblem::unreadable(0..0, "no date is given"))
    } else if trimmed.len() > MAX_BYTES {
        Err(DateProblem::unreadable(0..trimmed.len(), "a date is at most 1000 bytes long"))
    } else {
        whole(trimmed, as_of)
    };
    read.map_err(|problem| asked_problem(problem, trimmed, start))
}

fn whole(text: &str, as_of: civil::Date) -> Result<EdtfDate, DateProblem> {
    if let Ok(date) = EdtfDate::parse(text) {
        return Ok(date);
    }
    let words = Words::of(text);
    if let Some(read) = stretch::open(&words.0, as_of) {
        return read;
    }
    if let Some(date) = point(&words.0, as_of)? {
        return Ok(date);
    }
    let by_hand = hand(text, as_of);
    match by_hand {
        Err(problem) if problem.kind == DateProblemKind::Unreadable => {
            stretch::range(&words.0, as_of).unwrap_or(Err(problem))
        }
        read => read,
    }
}

/// One date or known stretch, on either side of a range; without spaces around it.
fn one(words: &str, as_of: civil::Date) -> Result<EdtfDate, DateProblem> {
    if let Ok(date) = EdtfDate::parse(words) {
        return Ok(date);
    }
    match point(words, as_of)? {
        Some(date) => Ok(date),
        None => hand(words, as_of),
    }
}

/// What only words and weeks say; `None` where the text is neither.
fn point(words: &str, as_of: civil::Date) -> Result<Option<EdtfDate>, DateProblem> {
    if let Some(date) = relative::read(words, as_of) {
        return Ok(Some(date));
    }
    week::read(words, as_of).transpose()
}

/// By hand as in a file, else with the year that is missing, else as days of the month.
fn hand(text: &str, as_of: civil::Date) -> Result<EdtfDate, DateProblem> {
    let direct = match taken(text) {
        Ok(date) => return Ok(date),
        Err(problem) => problem,
    };
    if let Some(date) = days_of_month(text, as_of) {
        return Ok(date);
    }
    if direct.kind == DateProblemKind::Impossible {
        return Err(direct);
    }
    let with_year = |year: i16| (1..=9999).contains(&year).then(|| lent(text, year))?;
    nearest(as_of, with_year).map_err(|impossible| impossible.unwrap_or(direct))
}

/// Of a date that has no year, the one that is meant. The error is why its own year lacks it, where it
/// is a date at all.
fn nearest(
    as_of: civil::Date,
    with_year: impl Fn(i16) -> Option<Result<EdtfDate, DateProblem>>,
) -> Result<EdtfDate, Option<DateProblem>> {
    let own = with_year(as_of.year());
    if let Some(Ok(date)) = &own
        && distance(date, as_of) <= FARTHEST
    {
        return Ok(date.clone());
    }
    let impossible = own.and_then(Result::err);
    if impossible.as_ref().is_some_and(|problem| problem.kind != DateProblemKind::Impossible) {
        return Err(impossible);
    }
    let found = YEARS.iter().filter_map(|years| with_year(as_of.year().checked_add(*years)?)?.ok());
    found.min_by_key(|date| distance(date, as_of)).ok_or(impossible)
}

/// Days from a day to the nearest that a date may mean.
fn distance(date: &EdtfDate, day: civil::Date) -> i64 {
    let (first, last) = (date.earliest().clamped(), date.latest().clamped());
    days::between(day, first).max(days::between(last, day)).max(0)
}

/// A text that has no year, with one.
fn lent(text: &str, year: i16) -> Option<Result<EdtfDate, DateProblem>> {
    let text = text.trim_end_matches(|c: char| c == ',' || c.is_whitespace());
    let is_open = text.ends_with('-') || text.ends_with('/');
    if text.is_empty() || is_open {
        return None;
    }
    let numbers = text.chars().all(|c| c.is_ascii_digit() || "/.".contains(c));
    let joint = match text.chars().find(|c| "/.".contains(*c)) {
        Some(_) if numbers && text.ends_with('.') => "",
        Some('/') if numbers => "/",
        Some('.') if numbers => ".",
        _ if numbers => return None,
        _ => " ",
    };
    Some(taken(&format!("{text}{joint}{year:04}")))
}

fn taken(text: &str) -> Result<EdtfDate, DateProblem> {
    let read = read_date(text);
    let none = || DateProblem::unreadable(0..text.len(), "this is not understood as a date");
    read.date.ok_or_else(|| read.problem.unwrap_or_else(none))
}

/// `20`, `20.`, `20th`, `20-22`: days of the month that is being read.
fn days_of_month(text: &str, as_of: civil::Date) -> Option<EdtfDate> {
    let day = |text: &str| {
        let text = text.trim().trim_end_matches('.');
        let number = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let suffix = text.get(number.len()..)?;
        let is_day = number.len() <= 2 && ["", "st", "nd", "rd", "th"].contains(&suffix);
        let day = is_day.then(|| number.parse().ok()).flatten()?;
        civil::Date::new(as_of.year(), as_of.month(), day).ok()
    };
    if let Some(day) = day(text) {
        return Some(EdtfDate::day(day));
    }
    let (from, to) = text.split_once(['-', '–'])?;
    stretch_of(day(from)?, day(to)?)
}

/// The days from one to the other; `None` where they run backwards.
fn stretch_of(first: civil::Date, last: civil::Date) -> Option<EdtfDate> {
    let edtf = format!("{}/{}", bound::iso_day(first), bound::iso_day(last));
    EdtfDate::parse(&edtf).ok()
}

/// A text in lower case with single spaces, and one sign for each dash and minus.
struct Words(String);

impl Words {
    fn of(text: &str) -> Self {
        let lower = text.to_ascii_lowercase().replace(['\u{2212}', '\u{2010}', '\u{2011}'], "-");
        let lower = lower.replace('…', "..");
        Self(lower.split_whitespace().collect::<Vec<_>>().join(" "))
    }
}

/// The problem as one of the text that was typed, with a way out that fits a prompt.
fn asked_problem(problem: DateProblem, text: &str, start: usize) -> DateProblem {
    let in_text = |at: usize| {
        let at = at.min(text.len());
        (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0) + start
    };
    let (from, to) = (in_text(problem.span.start), in_text(problem.span.end));
    let help = match problem.kind {
        DateProblemKind::Unreadable => {
            Some("try `2023-03-17`, `mar 20-25`, `last week`, `w12` or `>2023-01`".to_owned())
        }
        _ => problem.help,
    };
    DateProblem { span: from..to.max(from), help, replacement: None, ..problem }
}

#[cfg(test)]
mod tests;
