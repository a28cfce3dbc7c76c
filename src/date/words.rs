//! A date in words for a reader.

use edtf_core::{
    Date, DateField, Edtf, Interval, IntervalEndpoint, Qualifier, Set, SetElement, SetKind, Year,
    YearKind,
};

use super::clock_time::ClockTime;
use super::edges::{self, Edge};
use super::names::{self, Style};

/// Sets with more members are cut.
const MEMBERS_SHOWN: usize = 6;

/// The whole value.
pub(super) fn of(value: &Edtf) -> String {
    match value {
        Edtf::Date(date) => of_date(date),
        Edtf::DateTime(moment) => match ClockTime::of(value) {
            Some(clock) => format!("{}, {}", of_date(&moment.date), clock.in_words()),
            None => of_date(&moment.date),
        },
        Edtf::Interval(interval) => of_interval(interval),
        Edtf::Set(set) => of_set(set),
    }
}

fn of_date(date: &Date) -> String {
    let text = unqualified(date);
    match whole_qualifier(date) {
        Some(qualifier) => format!("{}{text}", prefix(qualifier)),
        None => format!("{text} ({})", qualified_parts(date)),
    }
}

fn prefix(qualifier: Qualifier) -> &'static str {
    match (qualifier.uncertain, qualifier.approximate) {
        (false, false) => "",
        (false, true) => "about ",
        (true, false) => "perhaps ",
        (true, true) => "perhaps about ",
    }
}

fn parts(date: &Date) -> Vec<(&'static str, Qualifier)> {
    let mut parts = vec![("year", date.year.qualifier)];
    parts.extend(date.month.map(|month| ("month", month.qualifier)));
    parts.extend(date.day.map(|day| ("day", day.qualifier)));
    parts
}

/// The qualifier that may be said of the whole: that of every part, or of the last one alone.
fn whole_qualifier(date: &Date) -> Option<Qualifier> {
    let parts = parts(date);
    let ((_, last), before) = parts.split_last()?;
    let same = before.iter().all(|(_, qualifier)| qualifier == last);
    let alone = before.iter().all(|(_, qualifier)| !qualifier.is_qualified());
    (same || alone).then_some(*last)
}

fn qualified_parts(date: &Date) -> String {
    let said = parts(date).into_iter().filter_map(|(name, qualifier)| {
        match (qualifier.uncertain, qualifier.approximate) {
            (false, false) => None,
            (false, true) => Some(format!("{name} approximate")),
            (true, false) => Some(format!("{name} uncertain")),
            (true, true) => Some(format!("{name} uncertain and approximate")),
        }
    });
    said.collect::<Vec<_>>().join(", ")
}

fn unqualified(date: &Date) -> String {
    let Some(month) = date.month else { return year_alone(&date.year) };
    let number = month.value();
    match (number, date.day) {
        (Some(code), None) if code > 12 => season_of_year(code, &date.year),
        (Some(number), None) => in_year(names::month(number, Style::Full), &date.year),
        (Some(number), Some(day)) => {
            let name = names::month(number, Style::Full);
            match day.value() {
                Some(day) => in_year(&format!("{day} {name}"), &date.year),
                None if is_blank(day) => format!("{}, day unknown", in_year(name, &date.year)),
                None => between(date),
            }
        }
        (None, None) if is_blank(month) => format!("{}, month unknown", year_alone(&date.year)),
        (None, Some(day)) if is_blank(month) && is_blank(day) => {
            format!("{}, day unknown", year_alone(&date.year))
        }
        (None, _) => between(date),
    }
}

fn is_blank(field: DateField) -> bool {
    field.digits == [None, None]
}

fn in_year(text: &str, year: &Year) -> String {
    let joint = if year.has_unspecified() { " in " } else { " " };
    format!("{text}{joint}{}", year_alone(year))
}

fn season_of_year(code: u8, year: &Year) -> String {
    let name = names::season(code);
    match (code, year.value()) {
        // These begin in December and end in February.
        (24 | 28 | 30, Some(number @ 1000..=9998)) => {
            format!("{name} {number}–{:02}", (number + 1) % 100)
        }
        (37..=41, _) => format!("{name} of {}", year_alone(year)),
        _ => in_year(name, year),
    }
}

fn year_alone(year: &Year) -> String {
    let text = match year.kind {
        YearKind::Standard { digits: [Some(a), Some(b), Some(c), None], .. } => {
            format!("the {a}{b}{c}0s")
        }
        YearKind::Standard { digits: [Some(a), Some(b), None, None], .. } => {
            format!("the years {a}{b}00–{a}{b}99")
        }
        YearKind::Standard { digits: [None, None, None, None], .. } => "an unknown year".to_owned(),
        YearKind::Standard { digits, .. } if year.has_unspecified() => masked_year(digits),
        YearKind::Exponential { significand, exponent } if year.value().is_none() => {
            format!("the year {significand}E{exponent}")
        }
        _ => names::year(year.value().unwrap_or_default()),
    };
    if year.significant_digits.is_some() { format!("about {text}") } else { text }
}

/// `2X23`, as it stands: no phrase is shorter.
pub(super) fn masked_year(digits: [Option<u8>; 4]) -> String {
    digits.iter().map(|digit| digit.map_or('X', |d| char::from(b'0' + d.min(9)))).collect()
}

fn between(date: &Date) -> String {
    match edges::of_date(date) {
        (Edge::Day(first), Edge::Day(last)) => {
            let (first, last) = (Edge::Day(first).bound(), Edge::Day(last).bound());
            let (first, last) = (first.clamped(), last.clamped());
            let words = |day| names::day(day, Style::Full);
            format!("between {} and {}", words(first), words(last))
        }
        _ => Edtf::Date(*date).to_string(),
    }
}

fn of_interval(interval: &Interval) -> String {
    use IntervalEndpoint::{Date, Open, Unknown};
    match (&interval.start, &interval.end) {
        (Date(from), Date(to)) => of_range(from, to),
        (Open, to) => format!("until {}", of_endpoint(to)),
        (Unknown, to) => format!("until {}, start unknown", of_endpoint(to)),
        (from, Open) => format!("from {} on", of_endpoint(from)),
        (from, Unknown) => format!("from {}, end unknown", of_endpoint(from)),
        (from, to) => format!("from {} to {}", of_endpoint(from), of_endpoint(to)),
    }
}

fn of_endpoint(end: &IntervalEndpoint) -> String {
    match end {
        IntervalEndpoint::Date(date) => of_date(date),
        IntervalEndpoint::OnOrBefore(date) => format!("{} or before", of_date(date)),
        IntervalEndpoint::OnOrAfter(date) => format!("{} or later", of_date(date)),
        IntervalEndpoint::Open | IntervalEndpoint::Unknown => "an unknown date".to_owned(),
    }
}

fn of_range(from: &Date, to: &Date) -> String {
    match (whole_qualifier(from), whole_qualifier(to)) {
        (Some(a), Some(b)) if a == b => format!("{}{}", prefix(a), plain_range(from, to)),
        _ => format!("{} – {}", of_date(from), of_date(to)),
    }
}

fn plain_range(from: &Date, to: &Date) -> String {
    if let (Some(first), Some(last)) = (exact_day(from), exact_day(to)) {
        return names::days(first, last, Style::Full);
    }
    let (a, b) = (unqualified(from), unqualified(to));
    if a == b {
        return a;
    }
    let same_year = from.year.kind == to.year.kind && !from.year.has_unspecified();
    match (from.month, to.month) {
        (None, None) if !a.contains(' ') && !b.contains(' ') => format!("{a}–{b}"),
        (Some(month), Some(_)) if same_year && from.day.is_none() && to.day.is_none() => {
            match month.value() {
                Some(number @ 1..=12) => format!("{}–{b}", names::month(number, Style::Full)),
                Some(code @ (21..=23 | 25..=27 | 29 | 31..=36)) => {
                    format!("{} – {b}", names::season(code))
                }
                _ => format!("{a} – {b}"),
            }
        }
        _ => format!("{a} – {b}"),
    }
}

/// The one civil day that a date names.
pub(super) fn exact_day(date: &Date) -> Option<jiff::civil::Date> {
    let year = i16::try_from(date.year.value()?).ok()?;
    let month = i8::try_from(date.month?.value()?).ok()?;
    let day = i8::try_from(date.day?.value()?).ok()?;
    jiff::civil::Date::new(year, month, day).ok()
}

fn of_set(set: &Set) -> String {
    let word = match set.kind {
        SetKind::AllMembers => "and",
        SetKind::OneMember => "or",
    };
    let mut members: Vec<String> = set.elements.iter().map(of_element).collect();
    if members.len() > MEMBERS_SHOWN {
        let more = members.len() - (MEMBERS_SHOWN - 1);
        members.truncate(MEMBERS_SHOWN - 1);
        members.push(format!("{more} more"));
    }
    match members.split_last() {
        Some((last, before)) if !before.is_empty() => {
            format!("{} {word} {last}", before.join(", "))
        }
        Some((last, _)) => last.clone(),
        None => String::new(),
    }
}

fn of_element(element: &SetElement) -> String {
    match element {
        SetElement::Date(date) => of_date(date),
        SetElement::OnOrBefore(date) => format!("{} or before", of_date(date)),
        SetElement::OnOrAfter(date) => format!("{} or later", of_date(date)),
        SetElement::Range(from, to) => of_range(from, to),
    }
}
