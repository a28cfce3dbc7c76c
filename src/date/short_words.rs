//! A date in a few characters, for narrow columns that say the year elsewhere.

use edtf_core::{Date, Edtf, Interval, IntervalEndpoint, Set, SetElement, SetKind, YearKind};

use super::edges::{self, Edge};
use super::names::{self, Style};
use super::words;

/// The whole value.
pub(super) fn of(value: &Edtf) -> String {
    match value {
        Edtf::Date(date) => of_date(date),
        Edtf::DateTime(moment) => of_date(&moment.date),
        Edtf::Interval(interval) => of_interval(interval),
        Edtf::Set(set) => of_set(set),
    }
}

fn of_date(date: &Date) -> String {
    marked(date, &unmarked(date))
}

/// `~` before what is approximate, `?` after what is uncertain.
fn marked(date: &Date, text: &str) -> String {
    let before = if date.is_approximate() { "~" } else { "" };
    let after = if date.is_uncertain() { "?" } else { "" };
    format!("{before}{text}{after}")
}

fn unmarked(date: &Date) -> String {
    let month = date.month.and_then(edtf_core::DateField::value);
    let day = date.day.and_then(edtf_core::DateField::value);
    match (month, day) {
        (Some(code), _) if code > 12 => names::season(code).to_owned(),
        (Some(month), Some(day)) => format!("{day} {}", names::month(month, Style::Brief)),
        (Some(month), None) => names::month(month, Style::Brief).to_owned(),
        (None, _) => year(date),
    }
}

fn year(date: &Date) -> String {
    match date.year.kind {
        YearKind::Standard { digits: [Some(a), Some(b), Some(c), None], .. } => {
            format!("{a}{b}{c}0s")
        }
        YearKind::Standard { digits, .. } if date.year.has_unspecified() => {
            words::masked_year(digits)
        }
        YearKind::Exponential { significand, exponent } if date.year.value().is_none() => {
            format!("{significand}E{exponent}")
        }
        _ => names::year(date.year.value().unwrap_or_default()),
    }
}

fn of_interval(interval: &Interval) -> String {
    match (dated(&interval.start), dated(&interval.end)) {
        (Some(from), Some(to)) => of_range(from, to),
        (Some(from), None) => format!("from {}", of_date(from)),
        (None, Some(to)) => format!("until {}", of_date(to)),
        (None, None) => String::new(),
    }
}

fn dated(end: &IntervalEndpoint) -> Option<&Date> {
    match end {
        IntervalEndpoint::Open | IntervalEndpoint::Unknown => None,
        IntervalEndpoint::Date(date)
        | IntervalEndpoint::OnOrBefore(date)
        | IntervalEndpoint::OnOrAfter(date) => Some(date),
    }
}

fn of_range(from: &Date, to: &Date) -> String {
    let alike =
        from.is_approximate() == to.is_approximate() && from.is_uncertain() == to.is_uncertain();
    if !alike {
        return format!("{}–{}", of_date(from), of_date(to));
    }
    if is_a_year_or_more(from, to) && from.month.is_some() && to.month.is_some() {
        let with_year = |date| format!("{} {}", unmarked(date), year(date));
        return marked(to, &format!("{}–{}", with_year(from), with_year(to)));
    }
    let (a, b) = (unmarked(from), unmarked(to));
    let text = match (words::exact_day(from), words::exact_day(to)) {
        _ if a == b => a,
        (Some(first), Some(last)) if first.month() == last.month() => {
            format!("{}–{b}", first.day())
        }
        _ => format!("{a}–{b}"),
    };
    marked(to, &text)
}

fn is_a_year_or_more(from: &Date, to: &Date) -> bool {
    match (edges::of_date(from).0, edges::of_date(to).1) {
        (Edge::Day(first), Edge::Day(last)) => {
            (last.year.saturating_sub(1), last.month, last.day)
                >= (first.year, first.month, first.day)
        }
        _ => true,
    }
}

fn of_set(set: &Set) -> String {
    let joint = match set.kind {
        SetKind::AllMembers => ", ",
        SetKind::OneMember => " or ",
    };
    match set.elements.as_slice() {
        [] => String::new(),
        [one] => of_element(one),
        [first, second] => format!("{}{joint}{}", of_element(first), of_element(second)),
        [first, .., last] => format!("{} … {}", of_element(first), of_element(last)),
    }
}

fn of_element(element: &SetElement) -> String {
    match element {
        SetElement::Date(date) => of_date(date),
        SetElement::OnOrBefore(date) => format!("until {}", of_date(date)),
        SetElement::OnOrAfter(date) => format!("from {}", of_date(date)),
        SetElement::Range(from, to) => of_range(from, to),
    }
}
