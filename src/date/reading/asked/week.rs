//! Weeks of ISO 8601 (§5.2.3): `2023-W12`, `w12`, `week 12 2023`, and a day of one, `2023-W12-5`.

use jiff::civil::{self, ISOWeekDate, Weekday};

use super::{nearest, stretch_of};
use crate::date::EdtfDate;
use crate::date::reading::DateProblem;

/// `None` where the text names no week.
pub(super) fn read(words: &str, as_of: civil::Date) -> Option<Result<EdtfDate, DateProblem>> {
    let (year, week, day) = parts(words)?;
    let of_year = |year: i16| {
        let read = days_of(year, week, day);
        read.ok_or_else(|| {
            let has = ISOWeekDate::new(year, 53, Weekday::Monday).map_or(52, |_| 53);
            let what = match day {
                Some(day) if !(1..=7).contains(&day) => format!("a week has no day {day}"),
                _ => format!("{year} has {has} weeks, and no week {week}"),
            };
            DateProblem::impossible(0..words.len(), what)
        })
    };
    if let Some(year) = year {
        return Some(of_year(year));
    }
    let read = nearest(as_of, |year| Some(of_year(year)));
    Some(read.or_else(|_| of_year(as_of.year())))
}

fn days_of(year: i16, week: i8, day: Option<i8>) -> Option<EdtfDate> {
    let on = |day: Weekday| ISOWeekDate::new(year, week, day).ok().map(ISOWeekDate::date);
    match day {
        None => stretch_of(on(Weekday::Monday)?, on(Weekday::Sunday)?),
        Some(day) => on(Weekday::from_monday_one_offset(day).ok()?).map(EdtfDate::day),
    }
}

/// Year, week and day of the week as written.
fn parts(words: &str) -> Option<(Option<i16>, i8, Option<i8>)> {
    let year = |text: &str| {
        let is_year = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
        is_year.then(|| text.parse().ok()).flatten()
    };
    if let Some((first, rest)) = words.split_at_checked(4)
        && let Some(year) = year(first)
    {
        let rest = rest.trim_start_matches(['-', ' ']);
        let (week, day) = match week_behind(rest)?.split_once('-') {
            Some((week, day)) => (week, Some(number(day)?)),
            None => (week_behind(rest)?, None),
        };
        return Some((Some(year), number(week)?, day));
    }
    let rest = week_behind(words)?;
    match rest.split_once([' ', ',', '/', '-']) {
        Some((week, after)) => {
            let after = after.trim().strip_prefix("of ").unwrap_or(after.trim());
            Some((Some(year(after)?), number(week)?, None))
        }
        None => Some((None, number(rest)?, None)),
    }
}

fn week_behind(words: &str) -> Option<&str> {
    let rest = ["week", "wk", "w"].iter().find_map(|word| words.strip_prefix(word))?;
    Some(rest.trim_start_matches(['.', ' ']))
}

fn number(text: &str) -> Option<i8> {
    let is_number = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}
