//! Events and relations.

use super::super::model::{Event, Relation};
use super::super::raw;
use super::super::rule;
use super::super::typing::{NameOr, Spanned};
use super::super::words::STATUSES;
use super::values::Values;

/// An event with the names of its actors, each with its span; `None` where it does not say what.
pub fn event(
    values: &mut Values<'_>,
    item: Spanned<NameOr<raw::Event>>,
) -> Option<(Event, Vec<Spanned<String>>)> {
    let source_place = Some(values.source.place(item.span.clone()));
    let raw = match item.value {
        NameOr::Name(what) => {
            let what = what.trim().to_owned();
            let event = Event { what, source_place, ..Event::default() };
            return (!event.what.is_empty()).then(|| (event, Vec::new()));
        }
        NameOr::Whole(raw) => raw,
    };
    let date = values.date(&raw.date);
    let (class, finding) = rule::class::read(values.source, &raw.class);
    values.found.extend(finding);
    let status = values.word(&raw.status, "status", STATUSES).unwrap_or_default();
    let Some(what) = Values::line(raw.what) else {
        values.missing(&item.span, "an event needs a `what`");
        return None;
    };
    let by = Values::texts(raw.by.0);
    let to = Values::texts(raw.to.0);
    let names = |items: &[Spanned<String>]| items.iter().map(|item| item.value.clone()).collect();
    let event = Event {
        date,
        what,
        class,
        by: names(&by),
        to: names(&to),
        place: Values::line(raw.place),
        status,
        quote: Values::line(raw.quote),
        source_place,
    };
    Some((event, by.into_iter().chain(to).collect()))
}

/// A relation; `None` where an end is missing.
pub fn relation(values: &mut Values<'_>, item: Spanned<raw::Relation>) -> Option<Relation> {
    let raw = item.value;
    let (since, until) = values.period(&raw.since, &raw.until);
    let (Some(from), Some(to)) = (Values::line(raw.from), Values::line(raw.to)) else {
        values.missing(&item.span, "a relation needs `from` and `to`");
        return None;
    };
    Some(Relation { from, to, kind: Values::line(raw.kind).unwrap_or_default(), since, until })
}
