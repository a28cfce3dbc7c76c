//! All briefings in the order of a sort, under the headings that belong to it.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::SortBy;
use crate::corpus::{BriefingId, Corpus, Entry};
use crate::date::{Bound, EdtfDate};
use crate::text::fold_key;

/// An order of the list.
#[derive(Clone, Debug)]
pub(super) struct Order {
    /// By what it is.
    pub sort: SortBy,
    /// All briefings.
    pub all: Vec<BriefingId>,
    /// The heading of each; empty where there are none.
    pub groups: Vec<u32>,
    /// The headings, no two of them alike.
    pub headings: Vec<String>,
}

impl Order {
    /// That of all briefings of a corpus.
    pub fn new(corpus: &Corpus, sort: SortBy) -> Self {
        let all = sorted(corpus, sort);
        let mut order = Self { sort, all, groups: Vec::new(), headings: Vec::new() };
        if matches!(sort, SortBy::Date | SortBy::Source) {
            order.add_headings(corpus);
        }
        order
    }

    fn add_headings(&mut self, corpus: &Corpus) {
        self.groups.reserve_exact(self.all.len());
        let mut known: HashMap<String, u32> = HashMap::new();
        let (mut above, mut group) = (None, 0);
        for id in &self.all {
            let entry = corpus.entry(*id);
            let are_together = above.zip(entry).is_some_and(|(a, b)| are_together(a, b, self.sort));
            if !are_together && let Some(entry) = entry {
                let heading = heading(entry, self.sort);
                group = *known.entry(heading).or_insert_with_key(|heading| {
                    self.headings.push(heading.clone());
                    u32::try_from(self.headings.len() - 1).unwrap_or(u32::MAX)
                });
            }
            above = entry;
            self.groups.push(group);
        }
    }
}

fn sorted(corpus: &Corpus, sort: SortBy) -> Vec<BriefingId> {
    let mut all = corpus.newest();
    let entry = |id: &BriefingId| corpus.entry(*id);
    match sort {
        SortBy::Date | SortBy::Relevance => {}
        SortBy::Title => all.sort_by_cached_key(|id| {
            entry(id).map(|entry| (fold_key(entry.title()), Reverse(issued(entry))))
        }),
        SortBy::Source => all.sort_by_cached_key(|id| {
            entry(id).map(|entry| (fold_key(source(entry)), Reverse(issued(entry))))
        }),
    }
    all
}

/// Whether two are surely under one heading, told without writing it.
fn are_together(one: &Entry, other: &Entry, sort: SortBy) -> bool {
    let month = |entry: &Entry| {
        let latest = entry.date().map(EdtfDate::latest);
        latest.and_then(Bound::day).map(|day| (day.year(), day.month()))
    };
    match sort {
        SortBy::Title | SortBy::Relevance => true,
        SortBy::Source => source(one) == source(other),
        SortBy::Date => month(one).is_some() && month(one) == month(other),
    }
}

/// Newest day that the date may mean: a month's review belongs after the days of the month.
fn issued(entry: &Entry) -> Option<(Bound, Bound)> {
    entry.date().map(|date| (date.latest(), date.earliest()))
}

fn source(entry: &Entry) -> &str {
    entry.source().unwrap_or_default()
}

fn heading(entry: &Entry, sort: SortBy) -> String {
    match sort {
        SortBy::Title | SortBy::Relevance => String::new(),
        SortBy::Source => Some(source(entry))
            .filter(|name| !name.is_empty())
            .map_or_else(|| "No source".into(), Into::into),
        SortBy::Date => entry.date().map_or_else(|| "Undated".into(), month_of),
    }
}

fn month_of(date: &EdtfDate) -> String {
    match date.latest() {
        Bound::Day(day) => day.strftime("%B %Y").to_string(),
        Bound::NegativeInfinity | Bound::PositiveInfinity => "Open dates".into(),
    }
}
