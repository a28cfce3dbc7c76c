//! What the date column says of an event: no more than the heading above leaves unsaid.

use super::row::Said;
use crate::date::bucket::Unit;
use crate::date::{Bound, ClockTime, EdtfDate, Precision};

/// A date as the column shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DateWords {
    /// Whether it is an estimate (`~`).
    pub approximate: bool,
    /// The words; empty where the heading says it all.
    pub text: String,
    /// Whether it is in doubt (`?`).
    pub uncertain: bool,
}

/// The column of an event's date, or of the beginning of its range.
#[must_use]
pub fn date_words(date: &EdtfDate, said: Said) -> DateWords {
    match date.ends() {
        Some((Some(start), _)) if said != Said::All => of_date(&start, said),
        _ => of_date(date, said),
    }
}

/// The column of the last day of a range; empty for whatever is none.
#[must_use]
pub fn end_words(date: &EdtfDate, said: Said) -> DateWords {
    let end = date.ends().and_then(|(_, end)| end);
    end.map(|end| of_date(&end, said)).unwrap_or_default()
}

/// The end of a range in words, for a row that has no bracket: `22 Mar`, `2 Jan 2024`.
#[must_use]
pub fn told_end(date: &EdtfDate) -> Option<String> {
    let (start, end) = date.ends()?;
    let (start, end) = (start?, end?);
    let same_year = year_of(start.earliest()) == year_of(end.latest());
    Some(if same_year { end.short_words() } else { end.in_words() })
}

fn of_date(date: &EdtfDate, said: Said) -> DateWords {
    let text = match said {
        Said::All | Said::Undated => String::new(),
        Said::Bucket(bucket) => {
            let is_all = date.earliest() == Bound::Day(bucket.first_day())
                && date.latest() == Bound::Day(bucket.last_day());
            let is_day = date.earliest() == date.latest() && date.precision() <= Precision::Day;
            match (bucket.unit(), date.earliest()) {
                (Unit::Day, _) if is_all => date.clock().map(of_clock).unwrap_or_default(),
                _ if is_all => String::new(),
                (Unit::Week | Unit::Month, Bound::Day(day)) if is_day => day.day().to_string(),
                _ => date.short_words().trim_start_matches('~').trim_end_matches('?').to_owned(),
            }
        }
    };
    DateWords { approximate: date.is_approximate(), text, uncertain: date.is_uncertain() }
}

/// The zone is left to the text: the day under which it stands is that of the clock as written.
fn of_clock(time: ClockTime) -> String {
    format!("{:02}:{:02}", time.hour, time.minute)
}

fn year_of(bound: Bound) -> Option<i16> {
    bound.day().map(jiff::civil::Date::year)
}
