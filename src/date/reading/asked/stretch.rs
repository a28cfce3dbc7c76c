//! Stretches between any two dates that can be asked for, or with an open end.

use jiff::civil;

use super::{one, stretch_of};
use crate::date::reading::DateProblem;
use crate::date::{Bound, EdtfDate, bound};

/// What stands before the one end that is known.
const OPENERS: [(&str, Opener); 15] = [
    (">=", Opener::From),
    ("<=", Opener::UpTo),
    (">", Opener::After),
    ("<", Opener::Before),
    ("..", Opener::UpTo),
    ("since ", Opener::From),
    ("starting ", Opener::From),
    ("after ", Opener::After),
    ("until ", Opener::UpTo),
    ("till ", Opener::UpTo),
    ("through ", Opener::UpTo),
    ("up to ", Opener::UpTo),
    ("to ", Opener::UpTo),
    ("before ", Opener::Before),
    ("by ", Opener::UpTo),
];

/// What may part two dates, the likeliest first.
const JOINTS: [&str; 9] =
    ["..", " to ", " until ", " till ", " through ", " and ", " – ", " - ", "–"];

#[derive(Clone, Copy)]
enum Opener {
    From,
    After,
    UpTo,
    Before,
}

/// `None` where the text has no such beginning or end, or goes on to another date.
pub(super) fn open(words: &str, as_of: civil::Date) -> Option<Result<EdtfDate, DateProblem>> {
    let from_on = |rest: &str| {
        let rest = rest.trim_end_matches([' ', '.']);
        Some(one(rest, as_of).and_then(|date| with_open_end(&date, Opener::From)))
    };
    if let Some(rest) = words.strip_suffix("..").or_else(|| words.strip_suffix(" onwards")) {
        let rest = rest.strip_prefix("from ").unwrap_or(rest);
        return if OPENERS.iter().any(|(sign, _)| rest.starts_with(sign)) {
            None
        } else {
            from_on(rest)
        };
    }
    let (rest, opener) =
        OPENERS.iter().find_map(|(sign, opener)| Some((words.strip_prefix(sign)?, *opener)))?;
    if matches!(opener, Opener::From) && range(rest, as_of).is_some_and(|read| read.is_ok()) {
        return None;
    }
    Some(
        one(rest.trim_start_matches([' ', '.']), as_of)
            .and_then(|date| with_open_end(&date, opener)),
    )
}

fn with_open_end(date: &EdtfDate, opener: Opener) -> Result<EdtfDate, DateProblem> {
    let beside = |day: Option<civil::Date>| day.map(bound::iso_day);
    let (first, last) = (date.earliest().day(), date.latest().day());
    let edtf = match opener {
        Opener::From => written(date, date.earliest()).map(|from| format!("{from}/..")),
        Opener::UpTo => written(date, date.latest()).map(|to| format!("../{to}")),
        Opener::After => {
            beside(last.and_then(|day| day.tomorrow().ok())).map(|from| format!("{from}/.."))
        }
        Opener::Before => {
            beside(first.and_then(|day| day.yesterday().ok())).map(|to| format!("../{to}"))
        }
    };
    edtf.and_then(|edtf| EdtfDate::parse(&edtf).ok()).ok_or_else(|| {
        DateProblem::impossible(0..usize::MAX, "no calendar goes beyond the end of this")
    })
}

/// A date as one end of a stretch: as it is, or the day where it is a stretch itself.
fn written(date: &EdtfDate, end: Bound) -> Option<String> {
    if date.is_span() || date.clock().is_some() {
        end.day().map(bound::iso_day)
    } else {
        Some(date.as_edtf().to_owned())
    }
}

/// Two dates; `None` where nothing parts two that are understood.
pub(super) fn range(words: &str, as_of: civil::Date) -> Option<Result<EdtfDate, DateProblem>> {
    let words =
        ["from ", "between "].iter().find_map(|word| words.strip_prefix(word)).unwrap_or(words);
    let sides = JOINTS.iter().filter_map(|joint| words.split_once(joint));
    let mut both = sides.filter_map(|(from, to)| {
        let (from, to) = (from.trim_end_matches([' ', '.']), to.trim_start_matches([' ', '.']));
        // By hand either end may lend the other its month and year, so that way is tried first.
        let lent = super::hand(&format!("{from} to {to}"), as_of);
        Some(match lent {
            Ok(date) => Ok(date),
            Err(_) => joined(&one(from, as_of).ok()?, &one(to, as_of).ok()?),
        })
    });
    both.next()
}

fn joined(from: &EdtfDate, to: &EdtfDate) -> Result<EdtfDate, DateProblem> {
    let backwards = || {
        let (begins, ends) = (from.in_words(), to.in_words());
        let message = format!("the range ends ({ends}) before it begins ({begins})");
        DateProblem::impossible(0..usize::MAX, message)
    };
    if from.earliest() > to.latest() {
        return Err(backwards());
    }
    let edges = written(from, from.earliest()).zip(written(to, to.latest()));
    let exact = edges.and_then(|(from, to)| EdtfDate::parse(&format!("{from}/{to}")).ok());
    let by_day = || stretch_of(from.earliest().day()?, to.latest().day()?);
    exact.or_else(by_day).ok_or_else(backwards)
}
