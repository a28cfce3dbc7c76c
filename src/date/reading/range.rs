//! A whole text written by hand: one date, with a time of day perhaps, or a range of two.

use std::ops::Range;

use super::partial::{self, Flaw, Order, Partial};
use super::token::{self, Kind, Token};
use super::{DateProblem, Doubt, Hand, clock};
use crate::date::{EdtfDate, names};

/// Reads the text, which has no spaces around it.
pub(super) fn read(text: &str) -> Result<Hand, DateProblem> {
    if let Some((date, start)) = clock::split(text) {
        return with_clock(text, date, start);
    }
    let tokens = token::tokens(text)?;
    let whole = 0..text.len();
    let (inner, approximate, uncertain) = partial::without_qualifiers(&tokens);
    let qualified = |partial: Partial| Partial {
        approximate: partial.approximate || approximate,
        uncertain: partial.uncertain || uncertain,
        ..partial
    };
    let single = |tokens: &[Token]| {
        partial::read(tokens).map(qualified).map_err(|flaw| strange(&whole, flaw))
    };
    match inner {
        [Token { kind: Kind::Since, .. }, from @ ..]
        | [Token { kind: Kind::From, .. }, from @ .., Token { kind: Kind::On, .. }] => {
            open(&single(from)?, |edtf| format!("{edtf}/.."), whole)
        }
        [Token { kind: Kind::To, .. }, to @ ..] => {
            open(&single(to)?, |edtf| format!("../{edtf}"), whole)
        }
        [Token { kind: Kind::From, .. }, rest @ ..] => match range(rest, &qualified, &whole) {
            Some(read) => read,
            None => open(&single(rest)?, |edtf| format!("{edtf}/.."), whole),
        },
        [Token { kind: Kind::Between, .. }, both @ ..] => {
            range(both, &qualified, &whole).unwrap_or_else(|| Err(strange(&whole, BROKEN_RANGE)))
        }
        [Token { kind: Kind::On, .. }, rest @ ..] => one(&single(rest)?, whole),
        _ => match single(inner) {
            Ok(date) => one(&date, whole),
            Err(problem) if problem.message == partial::SHORT_YEAR => Err(problem),
            Err(problem) => range(inner, &qualified, &whole).unwrap_or(Err(problem)),
        },
    }
}

const BROKEN_RANGE: Flaw = "this is not understood as a range of dates";

fn strange(whole: &Range<usize>, flaw: Flaw) -> DateProblem {
    DateProblem::unreadable(whole.clone(), flaw)
}

fn one(date: &Partial, whole: Range<usize>) -> Result<Hand, DateProblem> {
    let edtf = date.as_edtf(whole.clone())?;
    Ok(Hand { edtf, doubt: doubt_of(date, whole) })
}

fn open(
    date: &Partial,
    with_open_end: impl Fn(String) -> String,
    whole: Range<usize>,
) -> Result<Hand, DateProblem> {
    let hand = one(date, whole.clone())?;
    let doubt = match hand.doubt {
        Some(Doubt::DayFirst { .. }) => {
            let other = date.reversed().as_edtf(whole).ok().map(&with_open_end);
            let otherwise = other.and_then(|edtf| EdtfDate::parse(&edtf).ok());
            Some(Doubt::DayFirst { otherwise })
        }
        other => other,
    };
    Ok(Hand { edtf: with_open_end(hand.edtf), doubt })
}

fn doubt_of(date: &Partial, whole: Range<usize>) -> Option<Doubt> {
    let civil = date.civil();
    if let (Some(written), Some(day)) = (date.weekday, civil)
        && written != day.weekday()
    {
        return Some(Doubt::Weekday(names::weekday(day.weekday())));
    }
    (date.order == Some(Order::Either)).then(|| {
        let other = date.reversed().as_edtf(whole).ok();
        Doubt::DayFirst { otherwise: other.and_then(|edtf| EdtfDate::parse(&edtf).ok()) }
    })
}

fn with_clock(text: &str, date: &str, start: usize) -> Result<Hand, DateProblem> {
    let tokens = token::tokens(date)?;
    let whole = 0..text.len();
    let partial = partial::read(&tokens).map_err(|_| {
        strange(&whole, "a time of day belongs to one day, and this is not read as one")
    })?;
    let hand = one(&partial, whole)?;
    if partial.civil().is_none() || partial.approximate || partial.uncertain {
        let message = "a time of day belongs to one exact day";
        return Err(DateProblem::unreadable(0..date.len(), message));
    }
    let clock = clock::read(text, start)?;
    let with_time = |edtf: &str| format!("{edtf}T{}", clock.edtf);
    let doubt = match hand.doubt {
        Some(Doubt::DayFirst { otherwise: Some(other) }) => {
            let otherwise = EdtfDate::parse(&with_time(other.as_edtf())).ok();
            Some(Doubt::DayFirst { otherwise })
        }
        Some(doubt) => Some(doubt),
        None => clock.left_out.map(Doubt::LeftOut),
    };
    Ok(Hand { edtf: with_time(&hand.edtf), doubt })
}

/// Tries every sign that may part a range, the likeliest first. `None` where none has a date on
/// either side.
fn range(
    tokens: &[Token],
    qualified: &impl Fn(Partial) -> Partial,
    whole: &Range<usize>,
) -> Option<Result<Hand, DateProblem>> {
    let end = |side: &[Token]| match side {
        [Token { kind: Kind::Open, .. }] => Some(None),
        _ => partial::read(side).ok().map(qualified).map(Some),
    };
    likeliest_first(tokens).into_iter().find_map(|i| {
        let (left, right) = (tokens.get(..i)?, tokens.get(i + 1..)?);
        let right_starts = right.first()?.span.start;
        let right_span = right_starts..whole.end;
        match (end(left)?, end(right)?) {
            (Some(from), Some(to)) => both(from, to, whole, right_span),
            (Some(from), None) => Some(open(&from, |edtf| format!("{edtf}/.."), whole.clone())),
            (None, Some(to)) => Some(open(&to, |edtf| format!("../{edtf}"), whole.clone())),
            (None, None) => None,
        }
    })
}

fn likeliest_first(tokens: &[Token]) -> Vec<usize> {
    let mut places: Vec<(u8, usize)> = Vec::new();
    for (i, token) in tokens.iter().enumerate() {
        let spaced = token.spaced && tokens.get(i + 1).is_some_and(|next| next.spaced);
        match token.kind {
            Kind::To | Kind::And | Kind::Joint('–') => places.push((0, i)),
            Kind::Joint('-' | '/') if spaced => places.push((0, i)),
            Kind::Joint('/') => places.push((1, i)),
            Kind::Joint('-') => places.push((2, i)),
            _ => {}
        }
    }
    places.sort_unstable();
    places.into_iter().map(|(_, i)| i).collect()
}

/// Two ends that may lend each other month and year.
fn both(
    mut from: Partial,
    mut to: Partial,
    whole: &Range<usize>,
    right: Range<usize>,
) -> Option<Result<Hand, DateProblem>> {
    if from.day.is_some() && from.month.is_none() {
        // `20-2023` lends nothing: a day needs a day at the other end.
        from.month = to.month.filter(|_| to.day.is_some());
        from.month?;
    }
    if to.day.is_some() && to.month.is_none() {
        to.month = from.month.filter(|_| from.day.is_some());
        to.month?;
    }
    order_alike(&mut from, &mut to);
    let turned = lend_year(&mut from, &mut to);
    Some(finish(&from, &to, whole, right, turned))
}

/// Both ends are written alike, so the one that leaves no doubt which stands first tells of the other.
fn order_alike(from: &mut Partial, to: &mut Partial) {
    let orders = (from.order, to.order);
    for (one, other) in [(from, orders.1), (to, orders.0)] {
        match (one.order, other) {
            (Some(Order::Either), Some(Order::MonthFirst)) => *one = one.reversed(),
            (Some(Order::Either), Some(Order::DayFirst)) => one.order = other,
            _ => {}
        }
    }
}

/// Gives each end a year; true where that put them on either side of a turn of the year.
fn lend_year(from: &mut Partial, to: &mut Partial) -> bool {
    let backwards = from.month.zip(to.month).is_some_and(|(a, b)| {
        let named = (1..=12).contains(&a.value) && (1..=12).contains(&b.value);
        named && a.value > b.value
    });
    match (from.year, to.year) {
        (None, Some(mut year)) if from.month.is_some() => {
            year.value = year.value.saturating_sub(u32::from(backwards));
            from.year = Some(year);
            backwards
        }
        (Some(mut year), None) if to.month.is_some() => {
            year.value += u32::from(backwards);
            to.year = Some(year);
            backwards
        }
        _ => false,
    }
}

fn finish(
    from: &Partial,
    to: &Partial,
    whole: &Range<usize>,
    right: Range<usize>,
    turned: bool,
) -> Result<Hand, DateProblem> {
    let (first, last) = (from.as_edtf(whole.clone())?, to.as_edtf(whole.clone())?);
    let edtf = format!("{first}/{last}");
    if let (Ok(a), Ok(b)) = (EdtfDate::parse(&first), EdtfDate::parse(&last))
        && a.earliest() > b.latest()
    {
        let (begins, ends) = (a.in_words(), b.in_words());
        let message = format!("the range ends ({ends}) before it begins ({begins})");
        return Err(DateProblem::impossible(right, message));
    }
    let doubt = if turned {
        Some(Doubt::YearTurn)
    } else {
        doubt_of(from, whole.clone())
            .or_else(|| doubt_of(to, whole.clone()))
            .map(|doubt| otherwise_of_range(doubt, from, to, whole))
    };
    Ok(Hand { edtf, doubt })
}

fn otherwise_of_range(doubt: Doubt, from: &Partial, to: &Partial, whole: &Range<usize>) -> Doubt {
    let Doubt::DayFirst { .. } = doubt else { return doubt };
    if (from.order, to.order) != (Some(Order::Either), Some(Order::Either)) {
        return Doubt::DayFirst { otherwise: None };
    }
    let first = from.reversed().as_edtf(whole.clone());
    let last = to.reversed().as_edtf(whole.clone());
    let both = first.ok().zip(last.ok()).map(|(first, last)| format!("{first}/{last}"));
    Doubt::DayFirst { otherwise: both.and_then(|edtf| EdtfDate::parse(&edtf).ok()) }
}
