//! All briefings in the order of a sort, under the headings that belong to it.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::SortBy;
use crate::corpus::{BriefingId, Corpus, Entry};
use crate::date::Bound;
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
        match sort {
            SortBy::Title | SortBy::Relevance => {}
            // Told of all at once: no briefing is asked for.
            SortBy::Date => order.add_headings(corpus.newest_months().into_iter().map(month_of)),
            SortBy::Source => {
                let all = order.all.clone();
                let sources = all.iter().filter_map(|id| corpus.entry(*id)).map(source);
                order.add_headings(sources.map(|source| (source_shown(source), 1)));
            }
        }
        order
    }

    /// Adds headings, each with the number of briefings in a row that it is of.
    fn add_headings(&mut self, headings: impl Iterator<Item = (String, u32)>) {
        self.groups.reserve_exact(self.all.len());
        let mut known: HashMap<String, u32> = HashMap::new();
        for (heading, count) in headings {
            let group = *known.entry(heading).or_insert_with_key(|heading| {
                self.headings.push(heading.clone());
                u32::try_from(self.headings.len() - 1).unwrap_or(u32::MAX)
            });
            self.groups.extend(std::iter::repeat_n(group, count as usize));
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

/// Newest day that the date may mean: a month's review belongs after the days of the month.
fn issued(entry: &Entry) -> Option<(Bound, Bound)> {
    entry.date().map(|date| (date.latest(), date.earliest()))
}

fn source(entry: &Entry) -> &str {
    entry.source().unwrap_or_default()
}

fn source_shown(name: &str) -> String {
    if name.is_empty() { "No source".into() } else { name.into() }
}

fn month_of((latest, count): (Option<Bound>, u32)) -> (String, u32) {
    let heading = match latest {
        None => "Undated".into(),
        Some(Bound::Day(day)) => day.strftime("%B %Y").to_string(),
        Some(Bound::NegativeInfinity | Bound::PositiveInfinity) => "Open dates".into(),
    };
    (heading, count)
}
