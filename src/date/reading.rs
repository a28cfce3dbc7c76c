//! Dates as people write them by hand, and what to say of them.
//!
//! Strict EDTF is taken without remark. Else the text is split into a clock (`clock`) and words
//! (`token`), which make one date (`partial`) or a range of two (`range`).

mod asked;
mod clock;
mod partial;
mod problem;
mod range;
mod token;

pub use asked::{ASKED_EXAMPLES, parse_asked};
pub use problem::{DateProblem, DateProblemKind};

use super::{DateError, EdtfDate, MAX_BYTES};

/// A text read as a date: the date as far as it could be understood, and what is to be said of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateReading {
    /// What it means; `None` where it names no possible date.
    pub date: Option<EdtfDate>,
    /// What is wrong with it; `None` for EDTF. Never `None` where `date` is.
    pub problem: Option<DateProblem>,
}

/// What is read from a text written by hand.
struct Hand {
    edtf: String,
    doubt: Option<Doubt>,
}

/// Why what was read may not be what was meant.
enum Doubt {
    /// Day and month could be the other way round; what it is then.
    DayFirst { otherwise: Option<EdtfDate> },
    /// The weekday that was written is not that of the day; which it is.
    Weekday(&'static str),
    /// One end of a range had no year, and its month lies across the turn of the year.
    YearTurn,
    /// Something that EDTF has no room for was left out; what.
    LeftOut(&'static str),
}

/// Reads a date in EDTF or as written by hand. Never fails: what cannot be read is a problem.
///
/// By hand: English month names in full or cut to three letters and more, in any case; the day or the
/// month first; numbers with `/`, `.` or `-` between (the year in four digits, first or last);
/// ranges (`20-22 March 2023`, `28 Feb to 2 Mar 2023`, `2023-03-20/22`, `since 2022`, `until March
/// 2023`); `c.`, `about`, `perhaps`, `?`; seasons, quarters, decades (`the 2010s`); a weekday before the
/// day, which must be its own; a time of day with or without seconds and with an offset.
/// `2023/3` is March, while `2022/2023` is EDTF for two years. In `03/04/2023` the day is taken
/// to stand first, with a problem that says so. Spaces around the text are ignored.
#[must_use]
pub fn read_date(text: &str) -> DateReading {
    let trimmed = text.trim();
    let start = text.len() - text.trim_start().len();
    let strict = match EdtfDate::parse(trimmed) {
        Ok(date) => return DateReading { date: Some(date), problem: None },
        Err(error) => error,
    };
    let read = if trimmed.is_empty() {
        Err(DateProblem::unreadable(0..0, "no date is given"))
    } else if trimmed.len() > MAX_BYTES {
        Err(DateProblem::unreadable(0..trimmed.len(), strict.message))
    } else {
        range::read(trimmed).and_then(|hand| Ok((date_of(&hand, trimmed)?, hand)))
    };
    match read {
        Ok((date, hand)) => {
            let problem = remark(&date, hand.doubt, start..start + trimmed.len());
            DateReading { date: Some(date), problem: Some(problem) }
        }
        Err(problem) => {
            let mut problem = better_said(problem, &strict, trimmed);
            problem.span = problem.span.start + start..problem.span.end + start;
            DateReading { date: None, problem: Some(problem) }
        }
    }
}

fn date_of(hand: &Hand, text: &str) -> Result<EdtfDate, DateProblem> {
    EdtfDate::parse(&hand.edtf)
        .map_err(|error| DateProblem::unreadable(0..text.len(), error.message))
}

/// What is said of a date that was read from a text written by hand.
fn remark(date: &EdtfDate, doubt: Option<Doubt>, span: std::ops::Range<usize>) -> DateProblem {
    let words = date.in_words();
    let edtf = date.as_edtf();
    let write = format!("write it `{edtf}`");
    let (kind, message, help) = match doubt {
        None => {
            let message = format!("a date written by hand, read as {words}");
            let replacement = Some(edtf.to_owned());
            let kind = DateProblemKind::HandWritten;
            return DateProblem { kind, span, message, help: Some(write), replacement };
        }
        Some(Doubt::DayFirst { otherwise }) => (
            DateProblemKind::Ambiguous,
            format!("day or month may stand first; read as {words}, the day first"),
            match otherwise {
                Some(other) => format!("{write}, or `{other}` if the month stands first"),
                None => write,
            },
        ),
        Some(Doubt::Weekday(weekday)) => (
            DateProblemKind::Ambiguous,
            format!("the weekday and the date do not agree; read as {words}, a {weekday}"),
            write,
        ),
        Some(Doubt::YearTurn) => (
            DateProblemKind::Ambiguous,
            format!("one end has no year; read as {words}, across the turn of the year"),
            write,
        ),
        Some(Doubt::LeftOut(what)) => (
            DateProblemKind::HandWritten,
            format!("a date written by hand, read as {words}; {what}"),
            write,
        ),
    };
    DateProblem { kind, span, message, help: Some(help), replacement: None }
}

/// Where a text is EDTF but for one place, that place says more than "unreadable".
fn better_said(problem: DateProblem, strict: &DateError, text: &str) -> DateProblem {
    let shaped = |c: char| c.is_ascii_digit() || "XYESTZ-+:./,{}[]?~%".contains(c);
    let telling =
        text.contains(['X', 'Y', 'S', '{', '[', '~', '?', '%']) && text.chars().all(shaped);
    if problem.kind != DateProblemKind::Unreadable || !telling {
        return problem;
    }
    let span = strict.offset.min(text.len().saturating_sub(1))..text.len();
    // Of edtf-core's messages only these speak of the calendar rather than of the spelling.
    let impossible = ["out of range", "precedes", "no calendar month", "month must be 01"];
    if impossible.iter().any(|words| strict.message.contains(words)) {
        DateProblem::impossible(span, strict.message)
    } else {
        DateProblem::unreadable(span, strict.message)
    }
}

#[cfg(test)]
mod tests;
