//! How a stretch of time without events is called.

use jiff::civil;

use super::days;

/// Below it nothing is said: a week from one event to the next is no gap.
const DAYS_FROM: i64 = 8;
/// From here it is counted in weeks.
const WEEKS_FROM: i64 = 28;
/// From here it is counted in months: ten weeks.
const MONTHS_FROM: i64 = 70;
/// From here it is counted in years: what rounds to 24 months.
const YEARS_FROM: i64 = 716;
/// The Gregorian calendar repeats after so many days, which are 400 years.
const CYCLE: i64 = 146_097;

/// The time from the last day of one event to the first of the next, for the timeline's gap marks:
/// `12 days`, `5 weeks`, `12 months`, `2 years`, rounded to the nearest.
///
/// `None` up to 7 days, and where they touch or overlap. Days up to four weeks, weeks up to ten,
/// months up to two years.
#[must_use]
pub fn gap_in_words(from_last: civil::Date, to_first: civil::Date) -> Option<String> {
    let days = days::between(from_last, to_first);
    let words = match days {
        ..DAYS_FROM => return None,
        DAYS_FROM..WEEKS_FROM => format!("{days} days"),
        WEEKS_FROM..MONTHS_FROM => format!("{} weeks", (days + 3) / 7),
        MONTHS_FROM..YEARS_FROM => format!("{} months", (days * 4800 + CYCLE / 2) / CYCLE),
        _ => format!("{} years", (days * 400 + CYCLE / 2) / CYCLE),
    };
    Some(words)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_gap_is_told_in_the_unit_that_fits() {
        let from = date(2022, 2, 24);
        for (to, words) in [
            (date(2022, 2, 20), None),
            (date(2022, 2, 24), None),
            (date(2022, 3, 3), None),
            (date(2022, 3, 4), Some("8 days")),
            (date(2022, 3, 8), Some("12 days")),
            (date(2022, 3, 23), Some("27 days")),
            (date(2022, 3, 24), Some("4 weeks")),
            (date(2022, 3, 31), Some("5 weeks")),
            (date(2022, 5, 4), Some("10 weeks")),
            (date(2022, 5, 5), Some("2 months")),
            (date(2023, 2, 22), Some("12 months")),
            (date(2023, 8, 24), Some("18 months")),
            (date(2024, 2, 9), Some("23 months")),
            (date(2024, 2, 10), Some("2 years")),
            (date(2042, 2, 24), Some("20 years")),
        ] {
            assert_eq!(gap_in_words(from, to).as_deref(), words, "{from} to {to}");
        }
        assert_eq!(
            gap_in_words(civil::Date::MIN, civil::Date::MAX).as_deref(),
            Some("19999 years"),
            "the whole of time"
        );
    }
}
