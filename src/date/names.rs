//! English names of months, weekdays and parts of a year, and how years and runs of days are put.

use jiff::civil::{self, Weekday};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

const WEEKDAYS: [(&str, Weekday); 7] = [
    ("Monday", Weekday::Monday),
    ("Tuesday", Weekday::Tuesday),
    ("Wednesday", Weekday::Wednesday),
    ("Thursday", Weekday::Thursday),
    ("Friday", Weekday::Friday),
    ("Saturday", Weekday::Saturday),
    ("Sunday", Weekday::Sunday),
];

/// Whether months are written out.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// `March`, and spaces around a dash between two-word dates.
    Full,
    /// `Mar`.
    Brief,
}

/// Name of month 1 to 12; empty for any other number.
pub(super) fn month(number: u8, style: Style) -> &'static str {
    let name = usize::from(number).checked_sub(1).and_then(|i| MONTHS.get(i)).copied();
    match style {
        Style::Full => name.unwrap_or_default(),
        Style::Brief => name.and_then(|name| name.get(..3)).unwrap_or_default(),
    }
}

/// Number of a month by its name or the first letters of it, three at least; in lower case.
pub(super) fn month_named(word: &str) -> Option<u8> {
    let is = |name: &str| word.len() >= 3 && name.to_ascii_lowercase().starts_with(word);
    (1..=12).find(|&number| is(month(number, Style::Full)))
}

/// Whether a word, capitalised, is the whole name of a weekday or a month.
#[must_use]
pub fn is_day_name(word: &str) -> bool {
    MONTHS.contains(&word) || WEEKDAYS.iter().any(|(name, _)| *name == word)
}

/// `Friday`.
pub(super) fn weekday(day: Weekday) -> &'static str {
    WEEKDAYS.iter().find(|(_, other)| *other == day).map_or("", |(name, _)| name)
}

/// A weekday by its name or the first letters of it, three at least; in lower case.
pub(super) fn weekday_named(word: &str) -> Option<Weekday> {
    let is = |name: &str| word.len() >= 3 && name.to_ascii_lowercase().starts_with(word);
    WEEKDAYS.iter().find(|(name, _)| is(name)).map(|(_, day)| *day)
}

/// What the groupings of ISO 8601-2 §4.8 are called, without the year.
pub(super) fn season(code: u8) -> &'static str {
    match code {
        21 => "spring",
        22 => "summer",
        23 => "autumn",
        24 => "winter",
        25 => "northern spring",
        26 => "northern summer",
        27 => "northern autumn",
        28 => "northern winter",
        29 => "southern spring",
        30 => "southern summer",
        31 => "southern autumn",
        32 => "southern winter",
        33 => "Q1",
        34 => "Q2",
        35 => "Q3",
        36 => "Q4",
        37 => "first third",
        38 => "second third",
        39 => "last third",
        40 => "first half",
        41 => "second half",
        _ => "",
    }
}

/// Code of a season by its name in lower case; 21 to 24.
pub(super) fn season_named(word: &str) -> Option<u8> {
    match word {
        "spring" => Some(21),
        "summer" => Some(22),
        "autumn" | "fall" => Some(23),
        "winter" => Some(24),
        _ => None,
    }
}

/// A year for a reader: `2023`, `170,000,002`, `44 BC` (year -43 of ISO 8601, which has a year 0).
pub(super) fn year(number: i64) -> String {
    match number {
        1..=9999 => number.to_string(),
        10_000.. => grouped(number.unsigned_abs()),
        _ => format!("{} BC", grouped(number.unsigned_abs().saturating_add(1))),
    }
}

fn grouped(number: u64) -> String {
    let digits = number.to_string();
    if digits.len() <= 4 {
        return digits;
    }
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `17 March 2023`.
pub(super) fn day(day: civil::Date, style: Style) -> String {
    let month = month(day.month().unsigned_abs(), style);
    format!("{} {month} {}", day.day(), year(day.year().into()))
}

/// `20–22 March 2023`, `28 February – 2 March 2023`, `28 December 2022 – 2 January 2023`.
pub(super) fn days(first: civil::Date, last: civil::Date, style: Style) -> String {
    let to = day(last, style);
    if first == last {
        to
    } else if (first.year(), first.month()) == (last.year(), last.month()) {
        format!("{}–{to}", first.day())
    } else if first.year() == last.year() {
        format!("{} {} – {to}", first.day(), month(first.month().unsigned_abs(), style))
    } else {
        format!("{} – {to}", day(first, style))
    }
}
