//! Words that mean a day only beside another: `yesterday`, `last monday`, `this quarter`, `-7d`, `3 weeks ago`.

use jiff::civil::{self, Weekday};
use jiff::{Span, ToSpan};

use super::stretch_of;
use crate::date::bucket::{Bucket, Unit};
use crate::date::{EdtfDate, days, names};

/// So many years and more are no stretch that anybody asks for.
const MOST: i64 = 9999;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Which {
    Last,
    This,
    Next,
}

/// `None` where the text has none of these words.
pub(super) fn read(words: &str, as_of: civil::Date) -> Option<EdtfDate> {
    let words = words.strip_prefix("the ").unwrap_or(words);
    if let Some(date) = signed(words, as_of) {
        return Some(date);
    }
    let words: Vec<&str> = words.split(' ').collect();
    match words.as_slice() {
        ["today" | "now"] => Some(EdtfDate::day(as_of)),
        ["yesterday"] => as_of.yesterday().ok().map(EdtfDate::day),
        ["tomorrow"] => as_of.tomorrow().ok().map(EdtfDate::day),
        [word] => weekday(word).and_then(|day| latest(day, as_of)).map(EdtfDate::day),
        [which, word] => {
            let which = which_of(which)?;
            match (unit_of(word), weekday(word)) {
                (Some(unit), _) => whole(unit, which, as_of),
                (None, Some(day)) => on_weekday(day, which, as_of).map(EdtfDate::day),
                (None, None) => None,
            }
        }
        [many, unit, "ago"] => then(unit_of(unit)?, -count(many)?, as_of),
        ["in", many, unit] => then(unit_of(unit)?, count(many)?, as_of),
        [which, many, unit] => match which_of(which)? {
            Which::Last => stretch(unit_of(unit)?, -count(many)?, as_of),
            Which::Next => stretch(unit_of(unit)?, count(many)?, as_of),
            Which::This => None,
        },
        _ => None,
    }
}

fn which_of(word: &str) -> Option<Which> {
    match word {
        "last" | "past" | "previous" => Some(Which::Last),
        "this" | "current" => Some(Which::This),
        "next" | "coming" | "following" => Some(Which::Next),
        _ => None,
    }
}

fn unit_of(word: &str) -> Option<Unit> {
    let name = word.strip_suffix('s').unwrap_or(word);
    let letter = match name {
        "d" => Some(Unit::Day),
        "w" | "wk" => Some(Unit::Week),
        "m" | "mo" | "mth" => Some(Unit::Month),
        "q" => Some(Unit::Quarter),
        "y" | "yr" => Some(Unit::Year),
        _ => None,
    };
    letter.or_else(|| Unit::ALL.into_iter().find(|unit| unit.name() == name))
}

fn weekday(word: &str) -> Option<Weekday> {
    names::weekday_named(word.strip_suffix('.').unwrap_or(word))
}

fn count(word: &str) -> Option<i64> {
    match word {
        "a" | "an" | "one" => Some(1),
        "two" => Some(2),
        "three" => Some(3),
        "few" => None,
        _ => word.parse().ok().filter(|count| (1..=MOST).contains(count)),
    }
}

/// `-7d`, `+2 w`.
fn signed(words: &str, as_of: civil::Date) -> Option<EdtfDate> {
    let (sign, rest) = match words.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, words.strip_prefix('+')?),
    };
    let digits = rest.find(|c: char| !c.is_ascii_digit())?;
    let (many, unit) = rest.split_at_checked(digits)?;
    stretch(unit_of(unit.trim())?, sign * count(many)?, as_of)
}

/// The whole day, week, month, quarter or year of the calendar.
fn whole(unit: Unit, which: Which, as_of: civil::Date) -> Option<EdtfDate> {
    let this = Bucket::containing(as_of, unit);
    let bucket = match which {
        Which::Last => this.previous()?,
        Which::This => this,
        Which::Next => this.next()?,
    };
    EdtfDate::parse(&bucket.as_edtf()).ok()
}

/// Up to a day and with it, or from the day after it.
fn stretch(unit: Unit, many: i64, as_of: civil::Date) -> Option<EdtfDate> {
    let end = as_of.checked_add(span(unit, many)).ok()?;
    if many < 0 {
        stretch_of(end.tomorrow().ok()?, as_of)
    } else {
        stretch_of(as_of.tomorrow().ok()?, end)
    }
}

fn then(unit: Unit, many: i64, as_of: civil::Date) -> Option<EdtfDate> {
    let day = as_of.checked_add(span(unit, many)).ok()?;
    EdtfDate::parse(&Bucket::containing(day, unit).as_edtf()).ok()
}

fn span(unit: Unit, many: i64) -> Span {
    match unit {
        Unit::Day => many.days(),
        Unit::Week => many.weeks(),
        Unit::Month => many.months(),
        Unit::Quarter => (many * 3).months(),
        Unit::Year => many.years(),
    }
}

/// The latest up to a day.
fn latest(day: Weekday, as_of: civil::Date) -> Option<civil::Date> {
    let back = as_of.weekday().since(day);
    as_of.checked_sub(i64::from(back).days()).ok()
}

fn on_weekday(day: Weekday, which: Which, as_of: civil::Date) -> Option<civil::Date> {
    match which {
        Which::Last => latest(day, as_of.yesterday().ok()?),
        Which::Next => {
            let tomorrow = as_of.tomorrow().ok()?;
            let on = tomorrow.weekday().until(day);
            tomorrow.checked_add(i64::from(on).days()).ok()
        }
        Which::This => {
            let monday = Bucket::containing(as_of, Unit::Week).first_day();
            Some(days::later(monday, i64::from(day.to_monday_zero_offset())))
        }
    }
}
